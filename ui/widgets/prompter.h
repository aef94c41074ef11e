// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace amana::ui {

struct Question {
    QString title;
    QString text;       ///< what will happen, in the user's nouns
    QString action;     ///< the verb on the button
    bool dangerous = false;
};

struct TextQuestion {
    QString title;
    QString label;
    QString action;
    bool required = true;
};

/// The only way to ask in a dialog. Answers come later, by callback: nobody waits in a nested event loop.
/// A callback is not called when the dialog's parent is gone; on cancel it is not called either.
class Prompter {
public:
    virtual ~Prompter() = default;

    virtual void confirm(QWidget *parent, const Question &question, std::function<void()> yes) = 0;
    virtual void askText(QWidget *parent, const TextQuestion &question, std::function<void(QString)> answer) = 0;
    virtual void askFiles(QWidget *parent, const QString &title, std::function<void(QStringList)> answer) = 0;
    virtual void askFolder(QWidget *parent, const QString &title, std::function<void(QString)> answer) = 0;
};

} // namespace amana::ui
