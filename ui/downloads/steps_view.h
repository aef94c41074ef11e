// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/downloads_port.h"

#include <QWidget>

namespace amana::ui {

/// The steps of a download, one line each, with icon, words and the reason of a failure.
class StepsView final : public QWidget {
    Q_OBJECT
public:
    explicit StepsView(QWidget *parent = nullptr);
    void show(const std::vector<ports::DownloadStep> &steps);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int lineHeight() const;

    std::vector<ports::DownloadStep> m_steps;
};

} // namespace amana::ui
