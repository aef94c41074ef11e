// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job_runner.h"

#include <QSemaphore>
#include <QTest>

#include <map>
#include <mutex>

using namespace amana;
using namespace amana::jobs;

namespace {

class MemoryJournal final : public JobJournal {
public:
    Status put(const Row &row) override
    {
        const std::lock_guard lock(m_mutex);
        m_rows.insert_or_assign(row.id, row);
        return {};
    }
    Status remove(const JobId &id) override
    {
        const std::lock_guard lock(m_mutex);
        m_rows.erase(id);
        return {};
    }
    Result<std::vector<Row>> unfinished() const override
    {
        const std::lock_guard lock(m_mutex);
        std::vector<Row> rows;
        for (const auto &[id, row] : m_rows)
            rows.push_back(row);
        return rows;
    }

private:
    mutable std::mutex m_mutex;
    std::map<JobId, Row> m_rows;
};

JobSpec counting(int &runs)
{
    JobSpec spec{"count", "p", {}, [] { return QByteArray("counted"); }};
    spec.steps.push_back({"one", [&runs](const Progress &) -> Status { ++runs; return {}; }});
    spec.steps.push_back({"two", [&runs](const Progress &) -> Status { ++runs; return {}; }});
    return spec;
}

/// Reports until it is told to stop.
JobSpec endless(QSemaphore &started)
{
    JobSpec spec{"endless", "p", {}, {}};
    spec.steps.push_back({"loop", [&started](const Progress &progress) -> Status {
                              started.release();
                              for (std::uint64_t i = 0; !progress.cancelled(); ++i) {
                                  progress.report(i, 0);
                                  QThread::msleep(1);
                              }
                              return fail(ErrorCode::Cancelled);
                          }});
    return spec;
}

} // namespace

class TestJobRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsStepsInOrderAndLeavesTheJournal();
    void failureKeepsTheErrorAndCanBeRetried();
    void pauseHoldsAndResumeGoesOn();
    void cancelStops();
    void whatRanAtExitRunsAgain();
    void aLostKindIsListedAsFailed();

private:
    SystemClock m_clock;
};

void TestJobRunner::runsStepsInOrderAndLeavesTheJournal()
{
    MemoryJournal journal;
    JobRunner runner(&journal, m_clock);
    int runs = 0;
    const auto id = runner.start(counting(runs));
    QVERIFY(id);
    const auto info = runner.wait(*id);
    QVERIFY(info);
    QCOMPARE(info->state, JobState::Done);
    QCOMPARE(runs, 2);
    QCOMPARE(info->stage, std::string("two"));
    QCOMPARE(info->result, QByteArray("counted"));
    QVERIFY(journal.unfinished()->empty());
}

void TestJobRunner::failureKeepsTheErrorAndCanBeRetried()
{
    MemoryJournal journal;
    JobRunner runner(&journal, m_clock);
    int runs = 0;
    runner.setFactory([&](const std::string &, const QByteArray &) -> Result<JobSpec> { return counting(runs); });
    JobSpec failing{"count", "p", {}, {}};
    failing.steps.push_back({"one", [](const Progress &) -> Status { return fail(ErrorCode::FileDiskFull); }});
    const auto id = runner.start(std::move(failing));
    QVERIFY(id);
    const auto failed = runner.wait(*id);
    QCOMPARE(failed->state, JobState::Failed);
    QCOMPARE(failed->error->code, ErrorCode::FileDiskFull);
    QVERIFY(runner.retry(*id));
    QCOMPARE(runner.wait(*id)->state, JobState::Done);
    QCOMPARE(runs, 2);
}

void TestJobRunner::pauseHoldsAndResumeGoesOn()
{
    JobRunner runner(nullptr, m_clock);
    QSemaphore started;
    const auto id = runner.start(endless(started));
    started.acquire();
    QVERIFY(runner.pause(*id));
    QTRY_COMPARE(runner.job(*id)->state, JobState::Paused);
    const auto before = runner.job(*id)->done;
    QTest::qWait(50);
    QCOMPARE(runner.job(*id)->done, before);
    QVERIFY(runner.resume(*id));
    QTRY_VERIFY(runner.job(*id)->done > before);
    QVERIFY(runner.cancel(*id));
    QCOMPARE(runner.wait(*id)->state, JobState::Cancelled);
}

void TestJobRunner::cancelStops()
{
    MemoryJournal journal;
    JobRunner runner(&journal, m_clock);
    QSemaphore started;
    const auto id = runner.start(endless(started));
    started.acquire();
    QVERIFY(runner.cancel(*id));
    QCOMPARE(runner.wait(*id)->state, JobState::Cancelled);
    QVERIFY(journal.unfinished()->empty());
    QCOMPARE(runner.cancel(*id).error().code, ErrorCode::JobUnknown);
}

void TestJobRunner::whatRanAtExitRunsAgain()
{
    MemoryJournal journal;
    QSemaphore started;
    {
        JobRunner runner(&journal, m_clock);
        QVERIFY(runner.start(endless(started)));
        started.acquire();
    }
    QCOMPARE(journal.unfinished()->size(), std::size_t(1));
    int runs = 0;
    JobRunner runner(&journal, m_clock);
    runner.setFactory([&](const std::string &, const QByteArray &) -> Result<JobSpec> { return counting(runs); });
    QVERIFY(runner.restoreUnfinished());
    const auto list = runner.jobs();
    QCOMPARE(list.size(), std::size_t(1));
    QCOMPARE(runner.wait(list.front().id)->state, JobState::Done);
    QCOMPARE(runs, 2);
    QVERIFY(journal.unfinished()->empty());
}

void TestJobRunner::aLostKindIsListedAsFailed()
{
    MemoryJournal journal;
    QVERIFY(journal.put({"0000000000000001", "forgotten", {}}));
    JobRunner runner(&journal, m_clock);
    runner.setFactory([](const std::string &kind, const QByteArray &) -> Result<JobSpec> {
        return fail(ErrorCode::JobNotResumable, {{"kind", kind}});
    });
    QVERIFY(runner.restoreUnfinished());
    const auto info = runner.wait("0000000000000001");
    QCOMPARE(info->state, JobState::Failed);
    QCOMPARE(info->error->code, ErrorCode::JobNotResumable);
}

QTEST_GUILESS_MAIN(TestJobRunner)
#include "test_job_runner.moc"
