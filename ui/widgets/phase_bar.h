// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/library_port.h"

#include <QWidget>

namespace amana::ui {

/// Imported → Reviewed → Sealed → Published → Shared, with ticks for what is done.
class PhaseBar final : public QWidget {
    Q_OBJECT
public:
    explicit PhaseBar(QWidget *parent = nullptr);
    void setPhase(ports::Phase phase);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QStringList names() const;

    ports::Phase m_phase = ports::Phase::Imported;
};

[[nodiscard]] QString phaseText(ports::Phase phase);

} // namespace amana::ui
