// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace amana::ui {

/// The sections of the window, with the number of things that wait in each.
class SideBar final : public QListWidget {
    Q_OBJECT
public:
    explicit SideBar(QWidget *parent = nullptr);
    void addHeading(const QString &text);
    void addSection(const QString &id, const QString &title, const QString &iconName);
    void setBadge(const QString &id, int count);
    void setCurrent(const QString &id);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void sectionChosen(const QString &id);

private:
    [[nodiscard]] QListWidgetItem *itemOf(const QString &id) const;
};

} // namespace amana::ui
