// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/cards.h"
#include "app/workspace/contacts.h"
#include "app/workspace/download_book.h"
#include "app/workspace/hub.h"
#include "app/workspace/job_meter.h"
#include "app/workspace/review_desk.h"
#include "app/workspace/session.h"
#include "app/workspace/vault_journal.h"
#include "core/jobs/job_runner.h"

namespace amana::app {

/// One open profile as the window uses it: the session, its jobs, the names it knows, and what can be read of
/// the network without being on it. Thread-safe.
class Seat : public std::enable_shared_from_this<Seat> {
public:
    /// Errors of Contacts, EventIndex, BlockStore. Nothing is started.
    [[nodiscard]] static Result<std::shared_ptr<Seat>> take(Hub &hub, std::unique_ptr<Session> session);
    ~Seat(); ///< lets running steps end; their jobs stay in the journal

    [[nodiscard]] Hub &hub() const { return m_hub; }
    [[nodiscard]] Session &session() { return *m_session; }
    [[nodiscard]] store::Library &library() { return m_session->library(); }
    [[nodiscard]] const keys::ProfileInfo &profile() const { return m_session->profile().info; }
    [[nodiscard]] const Address &address() const { return m_session->chainKey().address(); }

    [[nodiscard]] Contacts &contacts() { return *m_contacts; }
    [[nodiscard]] Cards &cards() { return *m_cards; }
    [[nodiscard]] DownloadBook &downloads() { return *m_downloads; }
    [[nodiscard]] ReviewDesk &review() { return *m_review; }
    [[nodiscard]] JobMeter &meter() { return m_meter; }
    /// What was read of the chain, also while offline.
    [[nodiscard]] const chain::EventIndex &index() const { return *m_index; }
    /// Cards that came here since the chain was read; a few, for a search that somebody waits for.
    [[nodiscard]] Status readNewCards();
    [[nodiscard]] const content::BlockStore &blocks() const { return *m_blocks; }

    [[nodiscard]] jobs::JobRunner &jobs() { return *m_jobs; }
    [[nodiscard]] Result<ports::JobId> start(jobs::JobSpec spec);
    /// Goes on with what the last run left.
    [[nodiscard]] Status resumeJobs();

    [[nodiscard]] std::weak_ptr<Seat> weak() { return weak_from_this(); }

private:
    Seat(Hub &hub, std::unique_ptr<Session> session);
    void jobMoved(const jobs::JobRunner &runner, const jobs::JobId &id);
    void jobEnded(const jobs::JobInfo &info);

    Hub &m_hub;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Contacts> m_contacts;
    std::unique_ptr<chain::EventIndex> m_index;
    std::unique_ptr<content::BlockStore> m_blocks;
    std::unique_ptr<Cards> m_cards;
    std::unique_ptr<DownloadBook> m_downloads;
    std::unique_ptr<ReviewDesk> m_review;
    JobMeter m_meter;
    VaultJournal m_journal;
    std::unique_ptr<jobs::JobRunner> m_jobs; // last: its steps use all of the above until they have ended
};

} // namespace amana::app
