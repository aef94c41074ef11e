// SPDX-License-Identifier: GPL-3.0-or-later
// The main job as the window does it: only through the ports, on a real chain and real files.
#include "core/base/files.h"
#include "house.h"

#include <QDirIterator>
#include <QSignalSpy>

#include <algorithm>

using namespace amana;

namespace {

const QString kClinician = QStringLiteral("Dr Lee");
const QString kPatient = QStringLiteral("Patient");
const QString kResearcher = QStringLiteral("Researcher");
const QString kHealth = QStringLiteral("DUO:0000006");

const ports::ActionState &action(const ports::RequestDetail &detail, ports::RequestAction wanted)
{
    return *std::find_if(detail.actions.begin(), detail.actions.end(),
                         [&](const ports::ActionState &state) { return state.action == wanted; });
}

QString consequence(const ports::RequestDetail &detail, const QString &what)
{
    for (const ports::Consequence &row : detail.consequences)
        if (row.what == what)
            return row.now + QStringLiteral(" > ") + row.after;
    return {};
}

} // namespace

class TestWorkspaceMainJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensAtOnceWithoutProfile();
    void enrols();
    void imports();
    void drafts();
    void reviews();
    void publishes();
    void isAskedFor();
    void isApproved();
    void isDownloaded();
    void isRevoked();
    void tellsWhoDidWhat();

private:
    House m_house;
    QString m_draft;
    QString m_request;
    QString m_folder;
};

void TestWorkspaceMainJob::opensAtOnceWithoutProfile()
{
    QElapsedTimer timer;
    timer.start();
    auto workspace = app::Workspace::open(m_house.options({}));
    QVERIFY(workspace);
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    const ports::Ports at = (*workspace)->ports();
    QVERIFY(!at.session.current().open);
    GET(profiles, at.session.profiles());
    QVERIFY(profiles.empty());
    QCOMPARE(errorOf(at.library.documents()), std::string("profile.unknown"));
    QVERIFY(at.jobs.rows().empty());
}

void TestWorkspaceMainJob::enrols()
{
    using ports::ProfileRole;
    QVERIFY(m_house.moveIn({kClinician, kPatient, kResearcher},
                           {ProfileRole::Clinician, ProfileRole::Patient, ProfileRole::Researcher}));
    const ports::Ports at = m_house.at(kClinician);
    const ports::SessionInfo info = at.session.current();
    QVERIFY(info.open && info.roleValid && info.network.thisComputer);
    QCOMPARE(info.roles, std::uint32_t(ports::RoleUploader | ports::RoleAdministrator));
    QCOMPARE(info.profile.name, kClinician);

    for (const QString &name : {kPatient, kResearcher}) { // their own signature publishes their key
        QVERIFY(m_house.sitDown(name));
        const ports::Ports other = m_house.at(name);
        QTRY_VERIFY_WITH_TIMEOUT(other.session.current().roleValid, kPatience);
        GET(keys, other.session.keys());
        QCOMPARE(keys.size(), std::size_t(2));
        QCOMPARE(keys[1].kind, QStringLiteral("encryption"));
        QCOMPARE(keys[1].secretPlace, QStringLiteral("passphrase"));
        QTRY_COMPARE_WITH_TIMEOUT(answer(other.session.keys())->at(1).version, 1u, kPatience);
    }
    DO(at.catalogue.refresh());
    GET(members, at.members.members());
    QCOMPARE(members.size(), std::size_t(3));
    for (const ports::MemberRow &member : members) {
        QVERIFY(!member.party.name.isEmpty());
        QCOMPARE(member.keyVersion, 1u);
    }
    GET(candidates, at.members.candidates());
    QVERIFY(candidates.empty());
    GET(institutions, at.members.institutions());
    QCOMPARE(institutions.size(), std::size_t(1));
    QCOMPARE(institutions[0].administrator.name, kClinician);
    QCOMPARE(errorOf(m_house.at(kPatient).members.suspend(members[0].party.address, true)),
             std::string("contract.notAdmin"));
}

void TestWorkspaceMainJob::imports()
{
    const ports::Ports at = m_house.at(kClinician);
    QSignalSpy changed(&at.events, &ports::Events::libraryChanged);
    GET(job, at.library.startSampleImport());
    const ports::JobRow row = finished(at.jobs, job);
    QVERIFY2(row.state == ports::JobState::Done, told(row).c_str());
    QTRY_VERIFY(!changed.isEmpty());
    GET(summary, at.library.importSummary(job));
    QVERIFY(summary.found >= 5);
    QCOMPARE(summary.imported + summary.duplicates + summary.quarantined, summary.found);
    QCOMPARE(summary.quarantined, 0);
    GET(documents, at.library.documents());
    QVERIFY(documents.size() >= std::size_t(summary.imported));
    for (const ports::DocumentRow &document : documents)
        QCOMPARE(document.phase, ports::Phase::Imported);
    GET(fields, at.library.fields(documents.front().id));
    QVERIFY(!fields.empty());

    QFile bad(m_house.path(QStringLiteral("cut.json")));
    QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write("{\"resourceType\":\"Patient\",\"id\":") > 0);
    bad.close();
    GET(second, at.library.startImport({bad.fileName()}));
    QCOMPARE(finished(at.jobs, second).state, ports::JobState::Done);
    GET(refused, at.library.importSummary(second));
    QCOMPARE(refused.quarantined, 1);
    QCOMPARE(errorId(refused.problems.at(0).reason.code), std::string_view("format.truncated"));
    GET(quarantined, at.library.quarantined());
    QCOMPARE(quarantined.size(), std::size_t(1));
    QCOMPARE(errorId(quarantined[0].reason.code), std::string_view("format.truncated"));
}

void TestWorkspaceMainJob::drafts()
{
    const ports::Ports at = m_house.at(kClinician);
    QVERIFY(makeFolder(m_house.home() + QStringLiteral("/policies")).has_value());
    const auto put = [this](const char *name, const char *text) {
        return writeFileAtomic(m_house.home() + QStringLiteral("/policies/") + QLatin1String(name), text).has_value();
    };
    QVERIFY(put("ward-7.json", R"({"base":"longitudinal","name":"ward-7","version":"1","fields":{"city":"keep"}})"));
    QVERIFY(put("broken.json", "{}"));
    GET(policies, at.library.policies());
    QStringList ids;
    for (const ports::PolicyInfo &policy : policies)
        ids << policy.id;
    QCOMPARE(ids.join(QLatin1Char(' ')),
             QStringLiteral("korea-pipa limited-data-set longitudinal safe-harbor broken ward-7"));
    QVERIFY(policies[4].problem && policies[4].problem->code == ErrorCode::DeidPolicyInvalid);
    QCOMPARE(policies[5].base, QStringLiteral("longitudinal"));
    QCOMPARE(policies[5].weaker, QStringList{QStringLiteral("fields.city")});
    GET(documents, at.library.documents());
    ports::NewDraft spec{QStringLiteral("Glucose of two people"), QStringLiteral("ward-7"), {}};
    for (const ports::DocumentRow &document : documents)
        spec.documents << document.id;
    GET(job, at.library.startDraft(spec));
    const ports::JobRow row = finished(at.jobs, job);
    QVERIFY2(row.state == ports::JobState::Done, told(row).c_str());
    m_draft = row.result;
    GET(drafts, at.review.drafts());
    QCOMPARE(drafts.size(), std::size_t(1));
    QCOMPARE(drafts[0].id, m_draft);
    QCOMPARE(drafts[0].state, ports::DraftState::Open);
    QVERIFY(drafts[0].counts.edits > 20);
}

/// Everything that waits is decided one by one, as a person would; nothing in bulk.
void TestWorkspaceMainJob::reviews()
{
    const ports::Ports at = m_house.at(kClinician);
    const std::string early = errorOf(at.review.finish(m_draft));
    GET(documents, at.review.documents(m_draft));
    bool waited = false;
    for (const ports::ReviewDocumentRow &row : documents) {
        GET(document, at.review.document(m_draft, row.id));
        for (const ports::ReviewField &field : document.fields)
            for (const ports::ReviewSpan &span : field.spans)
                if (span.edit.decision == records::Decision::Proposed) {
                    waited = true;
                    DO(at.review.decide(m_draft, row.id, {QString::fromStdString(span.edit.id)},
                                        records::Decision::Accepted));
                }
        QStringList pieces;
        for (const ports::SamplePiece &piece : document.sample)
            pieces << piece.id;
        waited = waited || !pieces.isEmpty();
        DO(at.review.confirmSample(m_draft, row.id, pieces));
    }
    QCOMPARE(early, std::string(waited ? "review.undecided" : "none"));
    GET(row, at.review.finish(m_draft));
    QCOMPARE(row.state, ports::DraftState::Finished);
    QCOMPARE(row.counts.undecided + row.counts.sampleLeft, 0);
}

void TestWorkspaceMainJob::publishes()
{
    const ports::Ports at = m_house.at(kClinician);
    GET(choices, at.publish.custodianChoices());
    const auto patient = std::find_if(choices.begin(), choices.end(),
                                      [](const auto &choice) { return choice.party.name == kPatient; });
    QVERIFY(patient != choices.end() && patient->hasKey);
    ports::PublishSpec spec{m_draft, QStringLiteral("Glucose of two people"), {QStringLiteral("glucose")},
                            {patient->id}, 1, {kHealth}};
    QVERIFY(at.publish.purposes().contains(kHealth));

    ports::PublishSpec wrong = spec;
    wrong.threshold = 3;
    GET(refused, at.publish.preview(wrong));
    QCOMPARE(refused.problems.size(), std::size_t(1));
    QCOMPARE(errorId(refused.problems[0].code), std::string_view("contract.badThreshold"));

    GET(preview, at.publish.preview(spec));
    QVERIFY2(preview.problems.empty(),
             preview.problems.empty() ? "" : preview.problems[0].debugString().c_str());
    QCOMPARE(preview.fee, QStringLiteral("0"));
    QVERIFY(preview.subjects >= 2 && preview.parts >= preview.subjects && !preview.removed.empty());
    QVERIFY(!preview.publisherCanOpen);
    QCOMPARE(preview.custodians.at(0).name, kPatient);

    GET(job, at.publish.start(spec));
    const ports::JobRow row = finished(at.jobs, job);
    QVERIFY2(row.state == ports::JobState::Done, told(row).c_str());
    QCOMPARE(row.result, QStringLiteral("1"));
    GET(published, at.publish.published());
    QCOMPARE(published.size(), std::size_t(1));
    QCOMPARE(published[0].storedHere, ports::Truth::Proved);
    QCOMPARE(published[0].foundByOthers, ports::Truth::OnlyThisComputer);
    QVERIFY(published[0].cid.startsWith(QStringLiteral("bafy")));
    GET(documents, at.library.documents());
    for (const ports::DocumentRow &document : documents)
        QCOMPARE(document.phase, ports::Phase::Published);
}

void TestWorkspaceMainJob::isAskedFor()
{
    const ports::Ports at = m_house.at(kResearcher);
    QSignalSpy waits(&m_house.at(kPatient).events, &ports::Events::requestsChanged);
    DO(at.catalogue.refresh());
    GET(all, at.catalogue.entries({}));
    QCOMPARE(all.rows.size(), std::size_t(1));
    QCOMPARE(all.rows[0].owner.name, kClinician);
    QCOMPARE(all.rows[0].purposes, QStringList{kHealth});
    GET(fitting, at.catalogue.entries({QStringLiteral("GLUCOSE"), QStringLiteral("DUO:0000007"), {}}));
    QCOMPARE(fitting.rows.size(), std::size_t(1)); // health research includes research on one disease
    GET(none, at.catalogue.entries({{}, QStringLiteral("DUO:0000043"), {}}));
    QVERIFY(none.rows.empty());

    const QDate until = QDate::currentDate().addMonths(6);
    QCOMPARE(errorOf(at.requests.request({all.rows[0].dataset, QStringLiteral("DUO:0000042"), until, {}})),
             std::string("contract.purposeNotAllowed"));
    QCOMPARE(errorOf(at.requests.request({all.rows[0].dataset, kHealth, QDate(2020, 1, 1), {}})),
             std::string("sharing.badDate"));
    GET(request, at.requests.request({all.rows[0].dataset, kHealth, until, QStringLiteral("For a study of night values.")}));
    m_request = request;
    GET(outgoing, at.requests.outgoing());
    QCOMPARE(outgoing.size(), std::size_t(1));
    QCOMPARE(outgoing[0].state, ports::RequestState::Requested);
    QCOMPARE(outgoing[0].until.toLocalTime().date(), until);
    GET(again, at.catalogue.entries({}));
    QCOMPARE(again.rows[0].ownRequest, m_request);
    QTRY_VERIFY_WITH_TIMEOUT(!waits.isEmpty(), kPatience); // the other window hears of it by itself
}

void TestWorkspaceMainJob::isApproved()
{
    const ports::Ports at = m_house.at(kPatient);
    GET(incoming, at.requests.incoming());
    QCOMPARE(incoming.size(), std::size_t(1));
    QVERIFY(incoming[0].waitsForMe);
    GET(detail, at.requests.detail(m_request));
    QCOMPARE(detail.message, QStringLiteral("For a study of night values."));
    QCOMPARE(detail.row.requester.name, kResearcher);
    QCOMPARE(detail.roles, QStringLiteral("researcher"));
    QVERIFY(detail.purposeFits && !detail.careAllowed);
    QVERIFY(detail.records > 0 && detail.subjects >= 2 && !detail.removed.empty());
    QCOMPARE(detail.policy, QStringLiteral("ward-7")); // who decides sees that it is an own one, and where it is weaker
    QCOMPARE(detail.policyBase, QStringLiteral("longitudinal"));
    QCOMPARE(detail.policyWeaker, QStringList{QStringLiteral("fields.city")});
    QCOMPARE(consequence(detail, QStringLiteral("canOpen")), QStringLiteral("1 > 2"));
    QCOMPARE(consequence(detail, QStringLiteral("votes")), QStringLiteral("0/1 > 1/1"));
    QCOMPARE(consequence(detail, QStringLiteral("cannotRecall")), QStringLiteral(" > ") + kResearcher);
    QVERIFY(!action(detail, ports::RequestAction::Approve).refused);
    QVERIFY(!action(detail, ports::RequestAction::Deny).refused);
    QCOMPARE(errorId(action(detail, ports::RequestAction::Revoke).refused->code), std::string_view("contract.badState"));
    QCOMPARE(errorId(action(detail, ports::RequestAction::Cancel).refused->code),
             std::string_view("contract.notRequester"));

    const QDate until = QDate::currentDate().addMonths(3);
    DO(at.requests.returnForChanges(m_request, QStringLiteral("Three months are enough.")));
    DO(m_house.at(kResearcher).catalogue.refresh());
    GET(returned, m_house.at(kResearcher).requests.detail(m_request));
    QCOMPARE(returned.row.state, ports::RequestState::Returned);
    QVERIFY(returned.row.waitsForMe);
    QCOMPARE(returned.timeline.back().comment, QStringLiteral("Three months are enough."));
    QCOMPARE(errorOf(m_house.at(kResearcher).downloads.start(QStringLiteral("99"), m_house.path(QStringLiteral("x")))),
             std::string("store.notFound"));
    DO(m_house.at(kResearcher).requests.resubmit(m_request, {returned.row.dataset, kHealth, until,
                                                             QStringLiteral("Then three months.")}));
    QCOMPARE(errorOf(at.requests.approve(m_request, 1, ports::GrantKind::Research)),
             std::string("contract.revisionChanged"));
    QCOMPARE(errorOf(at.requests.approve(m_request, 2, ports::GrantKind::Care)), std::string("sharing.unknownPurpose"));
    DO(at.requests.approve(m_request, 2, ports::GrantKind::Research));
    GET(approved, at.requests.incoming());
    QCOMPARE(approved[0].state, ports::RequestState::Approved);
    QVERIFY(!approved[0].waitsForMe);
}

void TestWorkspaceMainJob::isDownloaded()
{
    const ports::Ports at = m_house.at(kResearcher);
    DO(at.catalogue.refresh());
    GET(before, at.downloads.rows());
    QCOMPARE(before.size(), std::size_t(1));
    QVERIFY(before[0].allowed && before[0].folder.isEmpty());
    QDir().mkpath(m_house.path(QStringLiteral("Downloads/other files")));
    GET(job, at.downloads.start(m_request, m_house.path(QStringLiteral("Downloads"))));
    const ports::JobRow row = finished(at.jobs, job);
    QVERIFY2(row.state == ports::JobState::Done, told(row).c_str());
    GET(after, at.downloads.rows());
    QCOMPARE(after[0].steps.size(), std::size_t(5));
    for (const ports::DownloadStep &step : after[0].steps)
        QCOMPARE(step.state, ports::StepState::Done);
    m_folder = after[0].folder;
    QVERIFY(m_folder.startsWith(m_house.path(QStringLiteral("Downloads/"))));
    QVERIFY(after[0].bytes > 0 && !after[0].care);
    int files = 0;
    for (QDirIterator it(m_folder, QDir::Files); it.hasNext(); ++files) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("Whitcombe"), qPrintable(file.fileName()));
    }
    QVERIFY(files >= 5);
}

void TestWorkspaceMainJob::isRevoked()
{
    DO(m_house.at(kPatient).requests.revoke(m_request));
    const ports::Ports at = m_house.at(kResearcher);
    const QString target = m_house.path(QStringLiteral("second"));
    GET(job, at.downloads.start(m_request, target));
    const ports::JobRow row = finished(at.jobs, job);
    QCOMPARE(row.state, ports::JobState::Failed);
    QCOMPARE(errorId(row.error->code), std::string_view("sharing.revoked"));
    QVERIFY(!QDir(target).exists());
    DO(at.catalogue.refresh());
    GET(rows, at.downloads.rows());
    QVERIFY(!rows[0].allowed);
    QCOMPARE(rows[0].folder, m_folder); // what was opened stays where it is, and is still told
    QCOMPARE(rows[0].steps[0].state, ports::StepState::Failed);
    QVERIFY(rows[0].steps[0].error);
}

void TestWorkspaceMainJob::tellsWhoDidWhat()
{
    const ports::Ports at = m_house.at(kPatient);
    GET(rows, at.audit.rows({}));
    QStringList kinds;
    for (const ports::AuditRow &row : rows)
        kinds << row.kind;
    for (const char *kind : {"datasetPublished", "accessRequested", "accessReturned", "accessApproved", "accessRevoked",
                             "memberSet", "keySet", "institutionSet"})
        QVERIFY2(kinds.contains(QLatin1String(kind)), kind);
    GET(found, at.audit.rows(QStringLiteral("accessRevoked")));
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].request, m_request);

    // Without the network the lists are still there, and no action is.
    GET(status, at.session.stopNetwork());
    QCOMPARE(status.state, ports::NetworkState::Offline);
    GET(incoming, at.requests.incoming());
    QCOMPARE(incoming.size(), std::size_t(1));
    QCOMPARE(errorOf(at.requests.revoke(m_request)), std::string("chain.unreachable"));
    GET(detail, at.requests.detail(m_request));
    for (const ports::ActionState &state : detail.actions)
        QCOMPARE(errorId(state.refused->code), std::string_view("chain.unreachable"));
    const ports::Ports other = m_house.at(kResearcher); // its node went away: the watch notices
    QTRY_COMPARE_WITH_TIMEOUT(other.session.current().network.state, ports::NetworkState::Offline, kPatience);
    QVERIFY(other.session.current().network.error);
    GET(again, at.session.startNetwork());
    QCOMPARE(again.state, ports::NetworkState::Online);
    DO(at.requests.revoke(m_request)); // done already: the same transaction is answered, none is sent
    QCOMPARE(errorOf(at.requests.deny(m_request, {})), std::string("contract.badState"));
    QCOMPARE(errorOf(other.requests.cancel(m_request)), std::string("contract.badState")); // acting connects anew
    QCOMPARE(other.session.current().network.state, ports::NetworkState::Online);
}

QTEST_GUILESS_MAIN(TestWorkspaceMainJob)
#include "test_workspace_main_job.moc"
