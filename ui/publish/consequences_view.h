// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/publish_port.h"

#include <QWidget>

class QLabel;

namespace amana::ui {

class MessageBar;

/// What publishing will do, in the user's nouns, and what stands in the way.
class ConsequencesView final : public QWidget {
    Q_OBJECT
public:
    explicit ConsequencesView(QWidget *parent = nullptr);
    void show(const ports::PublishPreview &preview);
    void clear();

private:
    void showProblems(const std::vector<Error> &problems);

    QLabel *m_title, *m_contents, *m_removed, *m_policy, *m_sampled;
    QLabel *m_custodians, *m_rule, *m_self, *m_emergency;
    QLabel *m_network, *m_fee, *m_price;
    QWidget *m_problems;
};

} // namespace amana::ui
