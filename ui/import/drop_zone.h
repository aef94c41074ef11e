// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QStringList>

namespace amana::ui {

/// Where files and folders are dropped. Only local files are taken.
class DropZone final : public QFrame {
    Q_OBJECT
public:
    explicit DropZone(QWidget *content, QWidget *parent = nullptr);

Q_SIGNALS:
    void dropped(const QStringList &paths);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_over = false;
};

} // namespace amana::ui
