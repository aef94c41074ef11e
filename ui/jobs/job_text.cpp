// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace amana::ui {

namespace {

constexpr int kEtaAfterSeconds = 5; // earlier estimates jump about

struct Words {
    Q_DECLARE_TR_FUNCTIONS(amana::ui::Jobs)
};

QString amount(double value, const QString &unit)
{
    if (unit == QLatin1String("bytes"))
        return bytesText(qint64(value));
    return QLocale().toString(qint64(value)) + QLatin1Char(' ') + termText(QStringLiteral("unit"), unit);
}

QString duration(qint64 seconds)
{
    return seconds < 90 ? Words::tr("%n s left", "seconds", int(seconds))
                        : Words::tr("%n min left", "minutes", int((seconds + 30) / 60));
}

} // namespace

bool isActive(const ports::JobRow &job)
{
    return job.state == ports::JobState::Queued || job.state == ports::JobState::Running
        || job.state == ports::JobState::Paused;
}

QString jobName(const ports::JobRow &job)
{
    const QString kind = termText(QStringLiteral("job"), job.kind);
    return job.title.isEmpty() ? kind : kind + QStringLiteral(": ") + job.title;
}

QString jobStage(const ports::JobRow &job)
{
    if (job.stageIndex < 1 || job.stage.isEmpty())
        return {};
    const QString stage = termText(QStringLiteral("stage"), job.stage);
    return job.stages > 1 ? Words::tr("%1 of %2: %3", "stage number, stages, name")
                                .arg(job.stageIndex).arg(job.stages).arg(stage)
                          : stage;
}

QString jobProgress(const ports::JobRow &job)
{
    if (job.done == 0 && job.total == 0)
        return {};
    const QString done = amount(double(job.done), job.unit);
    if (job.total == 0)
        return done;
    if (job.unit == QLatin1String("bytes"))
        return Words::tr("%1 of %2", "amount done, amount in all").arg(done, amount(double(job.total), job.unit));
    return Words::tr("%1 of %2", "amount done, amount in all")
        .arg(QLocale().toString(qint64(job.done)), amount(double(job.total), job.unit));
}

QString jobRate(const ports::JobRow &job)
{
    if (job.rate <= 0 || job.state != ports::JobState::Running)
        return {};
    QString text = Words::tr("%1/s", "amount a second").arg(amount(job.rate, job.unit));
    const bool settled = job.started.isValid() && job.started.secsTo(QDateTime::currentDateTime()) >= kEtaAfterSeconds;
    if (settled && job.total > job.done)
        text += QStringLiteral(" · ") + duration(qint64(double(job.total - job.done) / job.rate));
    return text;
}

int jobPercent(const ports::JobRow &job)
{
    if (job.state == ports::JobState::Done)
        return 100;
    return job.total == 0 ? -1 : int(std::min<std::uint64_t>(100, job.done * 100 / job.total));
}

StateWords jobStateWords(ports::JobState state)
{
    switch (state) {
    case ports::JobState::Queued:
        return {Words::tr("Waiting", "state of a job"), Tone::Pending, QStringLiteral("clock")};
    case ports::JobState::Running: return {Words::tr("Running", "state of a job"), Tone::Info, QStringLiteral("play")};
    case ports::JobState::Paused: return {Words::tr("Paused", "state of a job"), Tone::Caution, QStringLiteral("pause")};
    case ports::JobState::Done: return {Words::tr("Done", "state of a job"), Tone::Ok, QStringLiteral("check")};
    case ports::JobState::Failed: return {Words::tr("Failed", "state of a job"), Tone::Danger, QStringLiteral("problem")};
    case ports::JobState::Cancelled:
        return {Words::tr("Cancelled", "state of a job"), Tone::Pending, QStringLiteral("stop")};
    }
    return {};
}

} // namespace amana::ui
