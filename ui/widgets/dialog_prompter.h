// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/prompter.h"

namespace amana::ui {

/// Asks in window-modal dialogs.
class DialogPrompter final : public Prompter {
public:
    void confirm(QWidget *parent, const Question &question, std::function<void()> yes) override;
    void askText(QWidget *parent, const TextQuestion &question, std::function<void(QString)> answer) override;
    void askFiles(QWidget *parent, const QString &title, std::function<void(QStringList)> answer) override;
    void askFolder(QWidget *parent, const QString &title, std::function<void(QString)> answer) override;
};

} // namespace amana::ui
