// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/ports.h"
#include "ui/memory_review.h"
#include "ui/widgets/prompter.h"

#include <QFuture>

#include <map>

namespace amana::test {

template <class T>
ports::Future<T> ready(T value)
{
    return QtFuture::makeReadyFuture(Result<T>(std::move(value)));
}
template <class T>
ports::Future<T> refused(ErrorCode code, Error::Params params = {})
{
    return QtFuture::makeReadyFuture(Result<T>(fail(code, std::move(params))));
}
inline ports::FutureStatus done()
{
    return QtFuture::makeReadyFuture(Status());
}

struct MemorySession final : ports::SessionPort {
    explicit MemorySession(ports::Events &e) : events(e) {}
    ports::SessionInfo current() const override { return info; }
    ports::Future<std::vector<ports::ProfileInfo>> profiles() override { return ready(known); }
    ports::Future<ports::CreatedProfile> createProfile(const ports::NewProfile &spec) override;
    ports::Future<ports::SessionInfo> openProfile(const QString &name, ports::Secret passphrase) override;
    ports::Future<std::vector<ports::KeyRow>> keys() override;
    ports::Future<ports::NetworkStatus> startNetwork() override;
    ports::Future<ports::NetworkStatus> stopNetwork() override;

    ports::Events &events;
    ports::SessionInfo info;
    std::vector<ports::ProfileInfo> known;
    bool keychainWorks = true;
    QString passphraseSeen;
};

struct MemoryLibrary final : ports::LibraryPort {
    explicit MemoryLibrary(ports::Events &e) : events(e) {}
    ports::Future<std::vector<ports::DocumentRow>> documents() override { return ready(rows); }
    ports::Future<std::vector<ports::QuarantineRow>> quarantined() override { return ready(bad); }
    ports::Future<std::vector<records::Field>> fields(const QString &document) override;
    ports::Future<ports::JobId> startImport(const QStringList &paths) override;
    ports::Future<ports::JobId> startSampleImport() override { return startImport({QStringLiteral(":sample")}); }
    ports::Future<ports::ImportSummary> importSummary(const ports::JobId &job) override;
    ports::Future<std::vector<ports::PolicyInfo>> policies() override;
    ports::Future<ports::JobId> startDraft(const ports::NewDraft &spec) override;

    ports::Events &events;
    std::vector<ports::DocumentRow> rows;
    std::vector<ports::QuarantineRow> bad;
    QStringList imported;
    std::vector<ports::NewDraft> drafts;
};

struct MemoryPublish final : ports::PublishPort {
    ports::Future<std::vector<ports::CustodianChoice>> custodianChoices() override;
    QStringList purposes() const override;
    ports::Future<ports::PublishPreview> preview(const ports::PublishSpec &spec) override;
    ports::Future<ports::JobId> start(const ports::PublishSpec &spec) override;
    ports::Future<std::vector<ports::PublishedRow>> published() override { return ready(rows); }
    ports::Future<ports::JobId> keep(const QString &dataset) override;

    std::vector<ports::PublishedRow> rows;
    std::vector<Error> problems;
    std::vector<ports::PublishSpec> started;
    QStringList kept; ///< datasets that keep() was called for
};

struct MemoryCatalogue final : ports::CataloguePort {
    ports::Future<ports::CataloguePage> entries(const ports::CatalogueSearch &search) override;
    ports::FutureStatus refresh() override { return done(); }

    std::vector<ports::CatalogueRow> rows;
    std::vector<ports::CatalogueSearch> searches;
};

struct MemoryRequests final : ports::RequestsPort {
    explicit MemoryRequests(ports::Events &e) : events(e) {}
    ports::Future<std::vector<ports::RequestRow>> incoming() override { return ready(in); }
    ports::Future<std::vector<ports::RequestRow>> outgoing() override { return ready(out); }
    ports::Future<ports::RequestDetail> detail(const QString &request) override;
    ports::Future<QString> request(const ports::NewRequest &spec) override;
    ports::FutureStatus resubmit(const QString &, const ports::NewRequest &) override { return done(); }
    ports::FutureStatus approve(const QString &request, unsigned revision, ports::GrantKind kind) override;
    ports::FutureStatus returnForChanges(const QString &request, const QString &comment) override;
    ports::FutureStatus deny(const QString &request, const QString &reason) override;
    ports::FutureStatus revoke(const QString &request) override;
    ports::FutureStatus cancel(const QString &request) override;
    ports::FutureStatus money(const QString &request, ports::RequestAction step, const QString &reason) override;
    ports::Future<std::vector<ports::EmergencyRow>> emergencies() override { return ready(alarms); }
    ports::FutureStatus note(const QString &what, const QString &request, ports::RequestState state);

    ports::Events &events;
    std::vector<ports::RequestRow> in, out;
    std::vector<ports::EmergencyRow> alarms;
    std::vector<ports::NewRequest> asked;
    ports::Payment payment;                         ///< of every request
    std::vector<ports::ActionState> moneyActions;   ///< beside those of the state
    QStringList calls; ///< "approve 7 r1 research", "deny 7 because", "pay 7"
    std::optional<Error> refuseNext;
};

struct MemoryDownloads final : ports::DownloadsPort {
    ports::Future<std::vector<ports::DownloadRow>> rows() override { return ready(list); }
    ports::Future<ports::JobId> start(const QString &request, const QString &folder) override;

    std::vector<ports::DownloadRow> list;
    QStringList started;
};

struct MemoryJobs final : ports::JobsPort {
    explicit MemoryJobs(ports::Events &e) : events(e) {}
    std::vector<ports::JobRow> rows() const override { return list; }
    ports::FutureStatus pause(const ports::JobId &job) override { return set(job, ports::JobState::Paused); }
    ports::FutureStatus resume(const ports::JobId &job) override { return set(job, ports::JobState::Running); }
    ports::FutureStatus cancel(const ports::JobId &job) override { return set(job, ports::JobState::Cancelled); }
    ports::FutureStatus retry(const ports::JobId &job) override { return set(job, ports::JobState::Running); }
    ports::FutureStatus set(const ports::JobId &job, ports::JobState state);

    ports::Events &events;
    std::vector<ports::JobRow> list;
};

struct MemoryMembers final : ports::MembersPort {
    ports::Future<std::vector<ports::MemberRow>> members() override { return ready(rows); }
    ports::Future<std::vector<ports::InstitutionRow>> institutions() override { return ready(places); }
    ports::Future<std::vector<ports::ProfileInfo>> candidates() override { return ready(others); }
    ports::FutureStatus enrol(const ports::Enrolment &spec) override;
    ports::FutureStatus suspend(const QString &, bool) override { return done(); }
    ports::FutureStatus addInstitution(const QString &, const QString &) override { return done(); }

    std::vector<ports::MemberRow> rows;
    std::vector<ports::InstitutionRow> places;
    std::vector<ports::ProfileInfo> others;
    std::vector<ports::Enrolment> enrolled;
};

struct MemoryAudit final : ports::AuditPort {
    ports::Future<std::vector<ports::AuditRow>> rows(const QString &) override { return ready(list); }
    std::vector<ports::AuditRow> list;
};

/// All ports in memory, empty until fill() puts an invented hospital day into them.
struct MemoryPorts {
    ports::Events events;
    MemorySession session{events};
    MemoryLibrary library{events};
    MemoryReview review{events};
    MemoryPublish publish;
    MemoryCatalogue catalogue;
    MemoryRequests requests{events};
    MemoryDownloads downloads;
    MemoryJobs jobs{events};
    MemoryMembers members;
    MemoryAudit audit;
    ports::Ports ports{session, library, review, publish, catalogue, requests, downloads, jobs, members, audit, events};

    void fill();
};

/// Answers at once and remembers what it was asked.
struct InstantPrompter final : ui::Prompter {
    void confirm(QWidget *, const ui::Question &question, std::function<void()> yes) override
    {
        asked << question.title;
        if (sayYes)
            yes();
    }
    void askText(QWidget *, const ui::TextQuestion &question, std::function<void(QString)> answer) override
    {
        asked << question.title;
        answer(text);
    }
    void askFiles(QWidget *, const QString &title, std::function<void(QStringList)> answer) override
    {
        asked << title;
        answer(paths);
    }
    void askFolder(QWidget *, const QString &title, std::function<void(QString)> answer) override
    {
        asked << title;
        answer(folder);
    }

    bool sayYes = true;
    QString text = QStringLiteral("because");
    QStringList paths;
    QString folder = QStringLiteral("/tmp/opened");
    QStringList asked;
};

} // namespace amana::test
