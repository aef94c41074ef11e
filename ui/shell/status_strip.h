// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/ports.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QToolButton;
class QAction;

namespace amana::ui {

class Chip;

/// Network, profile and the jobs that run, at the foot of the window.
class StatusStrip final : public QFrame {
    Q_OBJECT
public:
    StatusStrip(const ports::Ports &ports, QAction *toggleJobs, QWidget *parent = nullptr);

private:
    void showSession();
    void showJobs();

    const ports::Ports &m_ports;
    QAction *m_toggle;
    Chip *m_network;
    QLabel *m_profile;
    QProgressBar *m_progress;
    QToolButton *m_jobs;
};

} // namespace amana::ui
