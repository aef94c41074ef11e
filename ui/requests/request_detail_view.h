// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/requests_port.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace amana::ui {

class Chip;

/// Who, what, why, until when, consequences; then what happened so far.
class RequestDetailView final : public QWidget {
    Q_OBJECT
public:
    explicit RequestDetailView(QWidget *parent = nullptr);
    void show(const ports::RequestDetail &detail);

private:
    void showPayment(const ports::Payment &payment);
    void showConsequences(const std::vector<ports::Consequence> &rows);
    void showTimeline(const std::vector<ports::TimelineRow> &rows);

    Chip *m_state, *m_fits;
    QLabel *m_title;
    QLabel *m_name, *m_address, *m_verified, *m_past;
    QLabel *m_contents, *m_removed, *m_policy, *m_cid;
    QLabel *m_purpose, *m_conditions, *m_message;
    QLabel *m_until;
    QWidget *m_money;
    QLabel *m_price, *m_paid, *m_arbiter;
    QWidget *m_table;
    QGridLayout *m_grid;
    QLabel *m_timeline;
};

[[nodiscard]] QString consequenceValue(const QString &what, const QString &value);

} // namespace amana::ui
