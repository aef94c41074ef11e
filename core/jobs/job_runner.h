// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/jobs/job.h"

#include <memory>

namespace amana::jobs {

/// Runs jobs on a pool of its own. All functions may be called from any thread and return at once, except wait().
/// The destructor pauses what runs, so that it stays in the journal and goes on at the next start.
class JobRunner {
public:
    /// Makes a job again from what the journal kept.
    using Factory = std::function<Result<JobSpec>(const std::string &kind, const QByteArray &params)>;
    /// Called from worker threads, at most about 20 times a second for each job.
    using Listener = std::function<void(const JobId &)>;

    /// `journal` may be null (nothing survives); it and `clock` must outlive the runner.
    JobRunner(JobJournal *journal, const Clock &clock, int threads = 2);
    ~JobRunner();
    JobRunner(const JobRunner &) = delete;
    JobRunner &operator=(const JobRunner &) = delete;

    void setFactory(Factory factory);
    void setListener(Listener listener);

    /// Queues a job and writes it to the journal first.
    [[nodiscard]] Result<JobId> start(JobSpec spec);
    /// Starts again what the journal holds. Rows whose job cannot be made again are listed as failed, not dropped.
    [[nodiscard]] Status restoreUnfinished();

    [[nodiscard]] Status pause(const JobId &id);
    [[nodiscard]] Status resume(const JobId &id);
    [[nodiscard]] Status cancel(const JobId &id);
    /// A failed or cancelled job, made again by the factory; keeps its id. JobNotResumable.
    [[nodiscard]] Status retry(const JobId &id);

    [[nodiscard]] std::vector<JobInfo> jobs() const; ///< newest first
    [[nodiscard]] Result<JobInfo> job(const JobId &id) const;
    /// Blocks until the job is over. Never call it on the GUI thread.
    [[nodiscard]] Result<JobInfo> wait(const JobId &id);

private:
    struct Entry;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace amana::jobs
