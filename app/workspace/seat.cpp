// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/seat.h"

#include "app/workspace/job_kinds.h"
#include "core/sharing/card_words.h"

namespace amana::app {

Seat::Seat(Hub &hub, std::unique_ptr<Session> session)
    : m_hub(hub), m_session(std::move(session)), m_journal(m_session->library(), hub.clock())
{
}

Seat::~Seat() = default;

Result<std::shared_ptr<Seat>> Seat::take(Hub &hub, std::unique_ptr<Session> session)
{
    std::shared_ptr<Seat> seat(new Seat(hub, std::move(session)));
    Session &open = *seat->m_session;
    const std::string network = hub.networkName();
    AMANA_TRY(seat->m_contacts, Contacts::open(open.library(), open.home()));
    AMANA_TRY(seat->m_index, chain::EventIndex::open(indexFile(open.folder(), network)));
    AMANA_TRY(seat->m_blocks, content::BlockStore::open(blocksFolder(open.home(), network)));
    AMANA_TRY(seat->m_downloads, DownloadBook::open(open.library()));
    seat->m_cards = std::make_unique<Cards>(*seat->m_blocks);
    seat->m_review = std::make_unique<ReviewDesk>(open);
    seat->m_jobs = std::make_unique<jobs::JobRunner>(&seat->m_journal, hub.clock());
    Seat *self = seat.get(); // the runner is a part of the seat
    seat->m_jobs->setFactory([self](const std::string &kind, const QByteArray &params) {
        return makeJob(*self, kind, params);
    });
    seat->m_jobs->setListener([self, runner = seat->m_jobs.get()](const jobs::JobId &id) {
        self->jobMoved(*runner, id);
    });
    return seat;
}

Result<ports::JobId> Seat::start(jobs::JobSpec spec)
{
    AMANA_TRY(const jobs::JobId id, m_jobs->start(std::move(spec)));
    return QString::fromStdString(id);
}

Status Seat::readNewCards()
{
    constexpr std::size_t kFew = 200;
    return sharing::rememberCards(*m_blocks, *m_index, kFew);
}

Status Seat::resumeJobs()
{
    return m_jobs->restoreUnfinished();
}

void Seat::jobMoved(const jobs::JobRunner &runner, const jobs::JobId &id)
{
    const auto info = runner.job(id);
    if (!info)
        return;
    const JobMeter::Verdict verdict = m_meter.note(*info);
    if (!verdict.tell)
        return;
    Q_EMIT m_hub.events().jobChanged(QString::fromStdString(id));
    if (info->kind == kDownloadJob && verdict.moved)
        Q_EMIT m_hub.events().downloadsChanged();
    if (verdict.moved && jobs::isOver(info->state))
        jobEnded(*info);
}

void Seat::jobEnded(const jobs::JobInfo &info)
{
    ports::Events &events = m_hub.events();
    if (info.kind == kImportJob)
        Q_EMIT events.libraryChanged();
    if (info.kind == kDraftJob || info.kind == kPublishJob) {
        Q_EMIT events.draftsChanged();
        Q_EMIT events.libraryChanged();
    }
    if (info.kind == kPublishJob || info.kind == kKeepJob)
        Q_EMIT events.publishedChanged();
    if (info.kind == kPublishJob)
        Q_EMIT events.catalogueChanged();
}

} // namespace amana::app
