// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QDateTime>

#include <cstdint>
#include <memory>
#include <vector>

namespace amana::ports {

enum class JobState { Queued, Running, Paused, Done, Failed, Cancelled };

struct JobRow {
    JobId id;
    QString kind;   ///< code: "import" "draft" "publish" "download" "send" …
    QString title;  ///< the dataset's or request's own name, no patient text; may be empty
    QString stage;  ///< code of the step that runs, e.g. "scan" "deidentify" "seal" "register"
    int stageIndex = 0; ///< from 1; 0: not started
    int stages = 0;
    std::uint64_t done = 0;
    std::uint64_t total = 0; ///< 0: not known
    QString unit;   ///< code: "bytes" "files" "documents" "records"
    double rate = 0; ///< units a second, over the last seconds
    JobState state = JobState::Queued;
    std::shared_ptr<const Error> error; ///< why it failed; shared: an Error has no empty value
    QString result;  ///< id of what was made (draft, dataset, folder)
    QDateTime started;
    QDateTime finished;
    bool canPause = false;
};

/// Everything that takes long.
class JobsPort {
public:
    virtual ~JobsPort() = default;

    [[nodiscard]] virtual std::vector<JobRow> rows() const = 0; ///< a snapshot in memory, newest first: quick
    virtual FutureStatus pause(const JobId &job) = 0;
    virtual FutureStatus resume(const JobId &job) = 0;
    virtual FutureStatus cancel(const JobId &job) = 0; ///< what was finished stays
    virtual FutureStatus retry(const JobId &job) = 0;  ///< from the step that failed
};

} // namespace amana::ports
