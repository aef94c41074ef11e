// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace amana::ports {

/// What changed. Emitted from any thread; connect with a receiver that lives on the GUI thread.
class Events : public QObject {
    Q_OBJECT
public:
    explicit Events(QObject *parent = nullptr);
    ~Events() override;

Q_SIGNALS:
    void sessionChanged();                     ///< another profile, another role, enrolled
    void networkChanged();                     ///< state of the network, new head of the chain
    void libraryChanged();                     ///< documents or quarantine
    void draftsChanged();                      ///< a draft was made, finished, published, discarded
    void reviewChanged(const QString &draft);  ///< decisions in a draft, by whatever way
    void publishedChanged();
    void catalogueChanged();
    void requestsChanged();
    void downloadsChanged();
    void jobChanged(const QString &job);       ///< progress (at most 10 a second for each job) and state
    void membersChanged();
    void auditChanged();
};

} // namespace amana::ports
