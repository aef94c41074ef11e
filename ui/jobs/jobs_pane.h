// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"

class QStackedWidget;

namespace amana::ui {

class JobsView;

class JobsPane final : public Pane {
    Q_OBJECT
public:
    explicit JobsPane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;
    void open(const QString &job) override;

protected:
    void reload() override;

private:
    QStackedWidget *m_stack;
    JobsView *m_view;
};

} // namespace amana::ui
