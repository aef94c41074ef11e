// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/jobs_adapter.h"

#include "app/workspace/job_kinds.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"

namespace amana::app {

namespace {

ports::JobState portState(jobs::JobState state)
{
    switch (state) {
    case jobs::JobState::Queued:
        return ports::JobState::Queued;
    case jobs::JobState::Running:
        return ports::JobState::Running;
    case jobs::JobState::Paused:
        return ports::JobState::Paused;
    case jobs::JobState::Done:
        return ports::JobState::Done;
    case jobs::JobState::Failed:
        return ports::JobState::Failed;
    case jobs::JobState::Cancelled:
        return ports::JobState::Cancelled;
    }
    return ports::JobState::Failed;
}

/// What the numbers of a stage count; empty where one stage counts several things after each other.
QString unitOf(const std::string &stage)
{
    if (stage == "read")
        return QStringLiteral("files");
    if (stage == "deidentify")
        return QStringLiteral("documents");
    if (stage == "announce" || stage == "verify")
        return QStringLiteral("bytes");
    return {};
}

ports::JobRow rowOf(const jobs::JobInfo &info, double rate)
{
    ports::JobRow row;
    row.id = QString::fromStdString(info.id);
    row.kind = QString::fromStdString(info.kind);
    row.title = jobTitle(info.params);
    row.stage = QString::fromStdString(info.stage);
    row.stageIndex = info.stage.empty() ? 0 : info.stageIndex + 1;
    row.stages = info.stageCount;
    row.done = info.done;
    row.total = info.total;
    row.unit = unitOf(info.stage);
    row.rate = info.state == jobs::JobState::Running ? rate : 0;
    row.state = portState(info.state);
    if (info.error)
        row.error = shared(*info.error);
    row.result = jobMade(info.result);
    row.started = info.started;
    row.finished = info.ended;
    row.canPause = !jobs::isOver(info.state);
    return row;
}

ports::FutureStatus command(Hub &hub, const ports::JobId &job, Status (jobs::JobRunner::*what)(const jobs::JobId &))
{
    return hub.onSeat(hub.reading(), [job = job.toStdString(), what](Seat &seat) -> Status {
        return (seat.jobs().*what)(job);
    });
}

} // namespace

std::vector<ports::JobRow> JobsAdapter::rows() const
{
    std::vector<ports::JobRow> rows;
    if (const std::shared_ptr<Seat> seat = m_hub.seat())
        for (const jobs::JobInfo &info : seat->jobs().jobs())
            rows.push_back(rowOf(info, seat->meter().rate(info.id)));
    return rows;
}

ports::FutureStatus JobsAdapter::pause(const ports::JobId &job)
{
    return command(m_hub, job, &jobs::JobRunner::pause);
}

ports::FutureStatus JobsAdapter::resume(const ports::JobId &job)
{
    return command(m_hub, job, &jobs::JobRunner::resume);
}

ports::FutureStatus JobsAdapter::cancel(const ports::JobId &job)
{
    return command(m_hub, job, &jobs::JobRunner::cancel);
}

ports::FutureStatus JobsAdapter::retry(const ports::JobId &job)
{
    return command(m_hub, job, &jobs::JobRunner::retry);
}

} // namespace amana::app
