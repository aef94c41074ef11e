// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/downloads_adapter.h"

#include "app/workspace/chain_words.h"
#include "app/workspace/job_kinds.h"
#include "app/workspace/request_rows.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"
#include "core/chain/purpose.h"
#include "core/crypto/random.h"

#include <QDir>

#include <algorithm>
#include <array>

namespace amana::app {

namespace {

constexpr std::array kSteps{"grant", "fetch", "verify", "unwrap", "open"}; // the stages of downloadJob(), in order

std::vector<ports::DownloadStep> stepsOf(const jobs::JobInfo *job, bool opened)
{
    std::vector<ports::DownloadStep> steps;
    for (std::size_t i = 0; i < kSteps.size(); ++i) {
        ports::DownloadStep step{QLatin1String(kSteps[i]), ports::StepState::Waiting, nullptr};
        const auto at = job == nullptr || job->stage.empty() ? std::size_t(0) : static_cast<std::size_t>(job->stageIndex);
        if (job == nullptr ? opened : job->state == jobs::JobState::Done || i < at)
            step.state = ports::StepState::Done;
        else if (job != nullptr && i == at && !job->stage.empty())
            step.state = jobs::isOver(job->state) ? ports::StepState::Failed : ports::StepState::Running;
        if (step.state == ports::StepState::Failed)
            step.error = shared(job->error.value_or(Error(ErrorCode::Cancelled)));
        steps.push_back(std::move(step));
    }
    return steps;
}

/// The newest start for a request among the jobs, which are listed newest first.
const jobs::JobInfo *jobFor(const std::vector<jobs::JobInfo> &jobs, std::uint64_t request)
{
    const auto it = std::find_if(jobs.begin(), jobs.end(), [&](const jobs::JobInfo &job) {
        return job.kind == kDownloadJob && downloadRequestOf(job.params) == request;
    });
    return it == jobs.end() ? nullptr : &*it;
}

ports::DownloadRow rowOf(Seat &seat, const chain::AccessRequest &request, const jobs::JobInfo *job)
{
    const auto entry = seat.downloads().entry(request.id);
    ports::DownloadRow row;
    row.request = QString::number(request.id);
    row.dataset = QString::number(request.dataset);
    row.title = datasetTitle(seat, request.dataset);
    row.care = request.purpose == chain::kPurposeCare;
    row.until = timeOf(request.until);
    row.allowed = request.state == chain::RequestState::Approved;
    if (job != nullptr)
        row.job = QString::fromStdString(job->id);
    if (entry && entry->opened) {
        row.folder = entry->folder;
        row.bytes = static_cast<qint64>(entry->bytes);
    }
    row.steps = stepsOf(job, entry && entry->opened);
    return row;
}

/// Approved now, or once approved: what was opened stays on this computer and is still shown.
Result<std::vector<ports::DownloadRow>> rowsOf(Seat &seat)
{
    AMANA_TRY(const auto requests, seat.index().requests(requestsNow(seat, {{}, seat.address(), {}, 0})));
    const std::vector<jobs::JobInfo> jobs = seat.jobs().jobs();
    std::vector<ports::DownloadRow> rows;
    for (const chain::IndexedRequest &entry : requests)
        if (entry.capsuleDigest != Digest{} || seat.downloads().entry(entry.request.id))
            rows.push_back(rowOf(seat, entry.request, jobFor(jobs, entry.request.id)));
    std::reverse(rows.begin(), rows.end());
    return rows;
}

/// A folder that a person picks is often in use already; then a new one is made in it, for what is opened is
/// not mixed with other files.
QString freshFolder(const QString &chosen, const chain::AccessRequest &request)
{
    const QDir folder(QDir(chosen).absolutePath());
    if (!folder.exists() || folder.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
        return folder.absolutePath();
    const QString stem = QStringLiteral("amana-%1-%2").arg(request.dataset).arg(request.id);
    QString name = stem;
    for (int i = 2; folder.exists(name); ++i)
        name = QStringLiteral("%1-%2").arg(stem).arg(i);
    return folder.absoluteFilePath(name);
}

Result<ports::JobId> startDownload(Seat &seat, const QString &request, const QString &folder)
{
    DownloadOrder order;
    AMANA_TRY(order.request, numberOf(request));
    AMANA_TRY(const chain::IndexedRequest entry, indexedRequest(seat, order.request));
    order.folder = freshFolder(folder, entry.request);
    order.title = datasetTitle(seat, entry.request.dataset).toStdString();
    order.token = toHex(crypto::randomDigest());
    AMANA_TRY(jobs::JobSpec job, downloadJob(seat, downloadParams(order)));
    return seat.start(std::move(job));
}

} // namespace

ports::Future<std::vector<ports::DownloadRow>> DownloadsAdapter::rows()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return rowsOf(seat); });
}

ports::Future<ports::JobId> DownloadsAdapter::start(const QString &request, const QString &folder)
{
    return m_hub.onSeat(m_hub.reading(),
                        [request, folder](Seat &seat) { return startDownload(seat, request, folder); });
}

} // namespace amana::app
