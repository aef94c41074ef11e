// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace amana::ui {

/// The marks of a document as a list: type and state as chips, text → replacement. Fixed row height.
class SpanList final : public QListView {
    Q_OBJECT
public:
    explicit SpanList(QWidget *parent = nullptr);
};

} // namespace amana::ui
