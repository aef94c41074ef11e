// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QDateTime>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace amana::jobs {

using JobId = std::string; ///< random, 16 hexadecimal digits

enum class JobState { Queued, Running, Paused, Done, Failed, Cancelled };

[[nodiscard]] const char *stateName(JobState state); ///< "queued" "running" …
[[nodiscard]] inline bool isOver(JobState state)
{
    return state == JobState::Done || state == JobState::Failed || state == JobState::Cancelled;
}

/// One stage of a job. It may run again after a crash, so it must do nothing twice: a step looks at what is there first.
struct Step {
    std::string stage; ///< fixed word, e.g. "seal": the ui translates it
    std::function<Status(const Progress &)> run;
};

/// What to do, and what is needed to make the same job again after a restart.
struct JobSpec {
    std::string kind;  ///< fixed word, e.g. "import"
    QByteArray params; ///< opaque to this folder; kept encrypted in the journal, since it may name files
    std::vector<Step> steps;
    std::function<QByteArray()> result; ///< optional: read once when all steps are done, e.g. a summary as JSON
};

/// A job as it stands, a plain value for lists.
struct JobInfo {
    JobId id;
    std::string kind;
    QByteArray params;
    JobState state = JobState::Queued;
    std::string stage;
    int stageIndex = 0; ///< from 0
    int stageCount = 0;
    std::uint64_t done = 0; ///< units of the running step
    std::uint64_t total = 0; ///< 0: unknown
    QDateTime started; ///< UTC, invalid before the first step
    QDateTime ended;   ///< UTC, invalid until over
    std::optional<Error> error;
    QByteArray result;
};

/// Where unfinished jobs survive a crash or a restart.
class JobJournal {
public:
    struct Row {
        JobId id;
        std::string kind;
        QByteArray params;
    };

    virtual ~JobJournal() = default;
    [[nodiscard]] virtual Status put(const Row &row) = 0;
    [[nodiscard]] virtual Status remove(const JobId &id) = 0;
    [[nodiscard]] virtual Result<std::vector<Row>> unfinished() const = 0;
};

} // namespace amana::jobs
