// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QDateTime>

#include <memory>
#include <vector>

namespace amana::ports {

enum class StepState { Waiting, Running, Done, Failed };

/// `step` is a code: "grant" "fetch" "verify" "unwrap" "open".
struct DownloadStep {
    QString step;
    StepState state = StepState::Waiting;
    std::shared_ptr<const Error> error; ///< only when failed; shared: an Error has no empty value
};

struct DownloadRow {
    QString request;
    QString dataset;
    QString title;
    bool care = false;
    QDateTime until;
    bool allowed = true;  ///< the grant holds now
    JobId job;            ///< of the last start; empty: never started
    QString folder;       ///< where the files are; empty: nothing opened yet
    qint64 bytes = 0;
    std::vector<DownloadStep> steps;
};

/// Approved requests of this profile and what was fetched under them.
class DownloadsPort {
public:
    virtual ~DownloadsPort() = default;

    virtual Future<std::vector<DownloadRow>> rows() = 0;
    /// Fetches, verifies, unwraps and opens into `folder`. Refusals (sharing.*, content.*) show in the job and the step.
    virtual Future<JobId> start(const QString &request, const QString &folder) = 0;
};

} // namespace amana::ports
