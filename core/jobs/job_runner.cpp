// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job_runner.h"

#include "core/base/log.h"

#include <QRandomGenerator>
#include <QThreadPool>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace amana::jobs {

namespace {

JobId newId()
{
    return QString::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, u'0').toStdString();
}

constexpr auto kListenerInterval = std::chrono::milliseconds(50);

} // namespace

struct JobRunner::Entry {
    JobInfo info;
    JobSpec spec;
    std::atomic<bool> stop{false};  // read by the step through Progress
    bool cancelWanted = false;      // stop means: forget it; otherwise: paused or shutting down
    bool pauseWanted = false;
    std::chrono::steady_clock::time_point lastNotice{};
};

struct JobRunner::Private {
    JobJournal *journal;
    const Clock *clock;
    Factory factory;
    Listener listener;
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::shared_ptr<Entry>> entries; // shared: a worker may still hold one while the list changes
    bool shuttingDown = false;
    QThreadPool pool;

    std::shared_ptr<Entry> find(const JobId &id) const
    {
        for (const auto &entry : entries)
            if (entry->info.id == id)
                return entry;
        return nullptr;
    }

    void notify(const JobId &id)
    {
        changed.notify_all();
        Listener copy;
        {
            const std::lock_guard lock(mutex);
            copy = listener;
        }
        if (copy)
            copy(id);
    }

    /// Blocks while paused; false when the job must stop.
    bool waitWhilePaused(const std::shared_ptr<Entry> &entry)
    {
        std::unique_lock lock(mutex);
        if (entry->pauseWanted && !entry->stop) {
            entry->info.state = JobState::Paused;
            lock.unlock();
            notify(entry->info.id);
            lock.lock();
            changed.wait(lock, [&] { return !entry->pauseWanted || entry->stop.load(); });
            entry->info.state = JobState::Running;
        }
        return !entry->stop;
    }

    Progress progressFor(const std::shared_ptr<Entry> &entry)
    {
        auto report = [this, entry](std::uint64_t done, std::uint64_t total) {
            bool tell = false;
            {
                const std::lock_guard lock(mutex);
                entry->info.done = done;
                entry->info.total = total;
                const auto now = std::chrono::steady_clock::now();
                tell = now - entry->lastNotice >= kListenerInterval;
                if (tell)
                    entry->lastNotice = now;
            }
            if (tell)
                notify(entry->info.id);
            waitWhilePaused(entry);
        };
        return {report, &entry->stop};
    }

    Status runSteps(const std::shared_ptr<Entry> &entry)
    {
        const Progress progress = progressFor(entry);
        for (std::size_t i = 0; i < entry->spec.steps.size(); ++i) {
            if (!waitWhilePaused(entry))
                return fail(ErrorCode::Cancelled);
            {
                const std::lock_guard lock(mutex);
                entry->info.stage = entry->spec.steps[i].stage;
                entry->info.stageIndex = static_cast<int>(i);
                entry->info.done = entry->info.total = 0;
            }
            notify(entry->info.id);
            AMANA_CHECK(entry->spec.steps[i].run(progress));
        }
        return {};
    }

    void finish(const std::shared_ptr<Entry> &entry, const Status &outcome)
    {
        const QByteArray result = outcome && entry->spec.result ? entry->spec.result() : QByteArray();
        bool keepInJournal = false;
        {
            const std::lock_guard lock(mutex);
            keepInJournal = shuttingDown && !entry->cancelWanted && !outcome;
            entry->info.ended = clock->now();
            entry->info.result = result;
            if (outcome)
                entry->info.state = JobState::Done;
            else if (entry->cancelWanted)
                entry->info.state = JobState::Cancelled;
            else
                entry->info.state = keepInJournal ? JobState::Paused : JobState::Failed;
            if (entry->info.state == JobState::Failed)
                entry->info.error = outcome.error();
        }
        if (journal && !keepInJournal)
            if (const Status removed = journal->remove(entry->info.id); !removed)
                log(LogLevel::Warning, removed.error());
        notify(entry->info.id);
    }

    void enqueue(const std::shared_ptr<Entry> &entry)
    {
        pool.start([this, entry] {
            {
                const std::lock_guard lock(mutex);
                if (!entry->stop) {
                    entry->info.state = JobState::Running;
                    entry->info.started = clock->now();
                }
            }
            finish(entry, runSteps(entry));
        });
    }

    std::shared_ptr<Entry> add(const JobId &id, JobSpec spec)
    {
        auto entry = std::make_shared<Entry>();
        entry->info.id = id;
        entry->info.kind = spec.kind;
        entry->info.params = spec.params;
        entry->info.stageCount = static_cast<int>(spec.steps.size());
        entry->spec = std::move(spec);
        const std::lock_guard lock(mutex);
        entries.push_front(entry);
        return entry;
    }
};

const char *stateName(JobState state)
{
    switch (state) {
    case JobState::Queued:
        return "queued";
    case JobState::Running:
        return "running";
    case JobState::Paused:
        return "paused";
    case JobState::Done:
        return "done";
    case JobState::Failed:
        return "failed";
    case JobState::Cancelled:
        return "cancelled";
    }
    return "failed";
}

JobRunner::JobRunner(JobJournal *journal, const Clock &clock, int threads) : d(std::make_unique<Private>())
{
    d->journal = journal;
    d->clock = &clock;
    d->pool.setMaxThreadCount(threads);
}

JobRunner::~JobRunner()
{
    {
        const std::lock_guard lock(d->mutex);
        d->shuttingDown = true;
        d->listener = nullptr;
        for (const auto &entry : d->entries)
            entry->stop = true;
    }
    d->changed.notify_all();
    d->pool.waitForDone();
}

void JobRunner::setFactory(Factory factory)
{
    const std::lock_guard lock(d->mutex);
    d->factory = std::move(factory);
}

void JobRunner::setListener(Listener listener)
{
    const std::lock_guard lock(d->mutex);
    d->listener = std::move(listener);
}

Result<JobId> JobRunner::start(JobSpec spec)
{
    const JobId id = newId();
    if (d->journal)
        AMANA_CHECK(d->journal->put({id, spec.kind, spec.params}));
    d->enqueue(d->add(id, std::move(spec)));
    d->notify(id);
    return id;
}

Status JobRunner::restoreUnfinished()
{
    if (!d->journal)
        return {};
    AMANA_TRY(const auto rows, d->journal->unfinished());
    for (const auto &row : rows) {
        Result<JobSpec> spec = d->factory ? d->factory(row.kind, row.params)
                                          : Result<JobSpec>(fail(ErrorCode::JobNotResumable));
        if (spec) {
            d->enqueue(d->add(row.id, std::move(*spec)));
        } else {
            JobSpec broken{row.kind, row.params, {}, {}};
            broken.steps.push_back({"restore", [error = spec.error()](const Progress &) -> Status { return fail(error); }});
            d->enqueue(d->add(row.id, std::move(broken)));
        }
        d->notify(row.id);
    }
    return {};
}

Status JobRunner::pause(const JobId &id)
{
    {
        const std::lock_guard lock(d->mutex);
        const auto entry = d->find(id);
        if (!entry || isOver(entry->info.state))
            return fail(ErrorCode::JobUnknown, {{"job", id}});
        entry->pauseWanted = true;
    }
    d->notify(id);
    return {};
}

Status JobRunner::resume(const JobId &id)
{
    {
        const std::lock_guard lock(d->mutex);
        const auto entry = d->find(id);
        if (!entry || isOver(entry->info.state))
            return fail(ErrorCode::JobUnknown, {{"job", id}});
        entry->pauseWanted = false;
    }
    d->notify(id);
    return {};
}

Status JobRunner::cancel(const JobId &id)
{
    {
        const std::lock_guard lock(d->mutex);
        const auto entry = d->find(id);
        if (!entry || isOver(entry->info.state))
            return fail(ErrorCode::JobUnknown, {{"job", id}});
        entry->cancelWanted = true;
        entry->stop = true;
    }
    d->notify(id);
    return {};
}

Status JobRunner::retry(const JobId &id)
{
    std::shared_ptr<Entry> old;
    Factory factory;
    {
        const std::lock_guard lock(d->mutex);
        old = d->find(id);
        factory = d->factory;
    }
    const bool again = old && (old->info.state == JobState::Failed || old->info.state == JobState::Cancelled);
    if (!again)
        return fail(ErrorCode::JobUnknown, {{"job", id}});
    if (!factory)
        return fail(ErrorCode::JobNotResumable, {{"job", id}});
    AMANA_TRY(JobSpec spec, factory(old->info.kind, old->info.params));
    if (d->journal)
        AMANA_CHECK(d->journal->put({id, spec.kind, spec.params}));
    {
        const std::lock_guard lock(d->mutex);
        std::erase(d->entries, old);
    }
    d->enqueue(d->add(id, std::move(spec)));
    d->notify(id);
    return {};
}

std::vector<JobInfo> JobRunner::jobs() const
{
    const std::lock_guard lock(d->mutex);
    std::vector<JobInfo> list;
    list.reserve(d->entries.size());
    for (const auto &entry : d->entries)
        list.push_back(entry->info);
    return list;
}

Result<JobInfo> JobRunner::job(const JobId &id) const
{
    const std::lock_guard lock(d->mutex);
    if (const auto entry = d->find(id))
        return entry->info;
    return fail(ErrorCode::JobUnknown, {{"job", id}});
}

Result<JobInfo> JobRunner::wait(const JobId &id)
{
    std::unique_lock lock(d->mutex);
    const auto entry = d->find(id);
    if (!entry)
        return fail(ErrorCode::JobUnknown, {{"job", id}});
    d->changed.wait(lock, [&] { return isOver(entry->info.state); });
    return entry->info;
}

} // namespace amana::jobs
