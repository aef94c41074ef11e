// SPDX-License-Identifier: GPL-3.0-or-later
// The window is closed in the middle of work, at every stage: the next start finishes it, and nothing is done twice.
#include "house.h"

#include "core/base/files.h"

#include <atomic>

#include <QFile>
#include <QTcpServer>

using namespace amana;

namespace {

const QString kClinician = QStringLiteral("Dr Lee");

/// True as soon as a job reaches `stage`; told on the thread of the job.
class StageWatch {
public:
    StageWatch(const ports::Ports &at, QString stage) : m_jobs(at.jobs), m_stage(std::move(stage))
    {
        QObject::connect(&at.events, &ports::Events::jobChanged, &m_context, [this](const QString &job) {
            for (const ports::JobRow &row : m_jobs.rows())
                if (row.id == job && row.stage == m_stage)
                    m_reached = true;
        }, Qt::DirectConnection);
    }
    [[nodiscard]] bool wait()
    {
        QElapsedTimer timer;
        timer.start();
        while (!m_reached && timer.elapsed() < kPatience)
            QThread::msleep(1);
        return m_reached;
    }

private:
    ports::JobsPort &m_jobs;
    QString m_stage;
    std::atomic<bool> m_reached{false};
    QObject m_context;
};

} // namespace

class TestWorkspaceRestart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void publishGoesOn_data();
    void publishGoesOn();
    void publishesWithOtherOptionsAfterARefusal();
    void copiesElsewhereAreTold();
    void importAndDraftGoOn();
    void closingDropsWhatWaits();

private:
    [[nodiscard]] QString finishedDraft(const QString &title);

    House m_house;
    QString m_document;
};

void TestWorkspaceRestart::initTestCase()
{
    QVERIFY(m_house.moveIn({kClinician}, {ports::ProfileRole::Clinician}));
    const QString note = m_house.path(QStringLiteral("note.txt"));
    QVERIFY(writeFileAtomic(note, "Seen on 2024-03-05. Feels well.\n"));
    const ports::Ports at = m_house.at(kClinician);
    GET(import, at.library.startImport({note}));
    QCOMPARE(finished(at.jobs, import).state, ports::JobState::Done);
    m_document = answer(at.library.documents())->at(0).id;
}

/// Empty when it could not be made.
QString TestWorkspaceRestart::finishedDraft(const QString &title)
{
    const ports::Ports at = m_house.at(kClinician);
    const auto job = answer(at.library.startDraft({title, QStringLiteral("longitudinal"), {m_document}}));
    if (!job)
        return {};
    const QString draft = finished(at.jobs, *job).result;
    const auto document = answer(at.review.document(draft, m_document));
    if (!document)
        return {};
    QStringList edits;
    for (const ports::ReviewField &field : document->fields)
        for (const ports::ReviewSpan &span : field.spans)
            if (span.edit.decision == records::Decision::Proposed)
                edits << QString::fromStdString(span.edit.id);
    QStringList pieces;
    for (const ports::SamplePiece &piece : document->sample)
        pieces << piece.id;
    const bool decided = answer(at.review.decide(draft, m_document, edits, records::Decision::Accepted))
        && answer(at.review.confirmSample(draft, m_document, pieces)) && answer(at.review.finish(draft));
    return decided ? draft : QString();
}

void TestWorkspaceRestart::publishGoesOn_data()
{
    QTest::addColumn<QString>("stage");
    for (const char *stage : {"check", "seal", "register", "announce", "keep"})
        QTest::newRow(stage) << QString::fromLatin1(stage);
}

void TestWorkspaceRestart::publishGoesOn()
{
    QFETCH(QString, stage);
    const QString draft = finishedDraft(stage);
    QVERIFY(!draft.isEmpty());
    const auto before = answer(m_house.at(kClinician).publish.published())->size();
    {
        const ports::Ports at = m_house.at(kClinician);
        StageWatch watch(at, stage);
        DO(at.publish.start({draft, stage, {}, {QStringLiteral("institution")}, 1, {QStringLiteral("DUO:0000006")}}));
        QVERIFY(watch.wait());
        m_house.leave(kClinician);
    }
    QVERIFY(m_house.sitDown(kClinician));
    const ports::Ports at = m_house.at(kClinician);
    for (const ports::JobRow &job : at.jobs.rows()) { // none, when the last step had begun and was let end
        const ports::JobRow over = finished(at.jobs, job.id);
        QCOMPARE(over.kind, QStringLiteral("publish"));
        QVERIFY2(over.state == ports::JobState::Done, told(over).c_str());
        QCOMPARE(over.title, stage);
    }
    DO(at.catalogue.refresh());
    GET(published, at.publish.published());
    QCOMPARE(published.size(), before + 1); // exactly one entry on the chain
    QCOMPARE(published.front().title, stage);
    QCOMPARE(published.front().storedHere, ports::Truth::Proved);
    GET(drafts, at.review.drafts());
    QCOMPARE(drafts.front().state, ports::DraftState::Published);

    // Asked for once more, it is the same dataset.
    GET(again, at.publish.start({draft, stage, {}, {QStringLiteral("institution")}, 1, {QStringLiteral("DUO:0000006")}}));
    const ports::JobRow over = finished(at.jobs, again);
    QVERIFY2(over.state == ports::JobState::Done, told(over).c_str());
    QCOMPARE(over.result, published.front().dataset);
    DO(at.catalogue.refresh());
    QCOMPARE(answer(at.publish.published())->size(), before + 1);
}

/// Sealed, but never sent: what is published is what was asked for last.
void TestWorkspaceRestart::publishesWithOtherOptionsAfterARefusal()
{
    const QString draft = finishedDraft(QStringLiteral("first title"));
    ports::PublishSpec spec{draft, QStringLiteral("a"), {}, {QStringLiteral("institution")}, 1, {QStringLiteral("DUO:0000006")}};
    QString before;
    {
        const ports::Ports at = m_house.at(kClinician);
        GET(published, at.publish.published());
        before = published.front().dataset;
        StageWatch watch(at, QStringLiteral("seal"));
        GET(job, at.publish.start(spec));
        QVERIFY(watch.wait());
        DO(at.jobs.cancel(job)); // the step that runs ends first: the package may be sealed by now
        QCOMPARE(finished(at.jobs, job).state, ports::JobState::Cancelled);
    }
    const ports::Ports at = m_house.at(kClinician);
    spec.purposes = {QStringLiteral("DUO:0000043")};
    GET(job, at.publish.start(spec));
    const ports::JobRow over = finished(at.jobs, job);
    QVERIFY2(over.state == ports::JobState::Done, told(over).c_str());
    DO(at.catalogue.refresh());
    GET(entries, at.catalogue.entries({{}, QStringLiteral("DUO:0000043"), {}}));
    QCOMPARE(entries.rows.size(), std::size_t(1));
    QCOMPARE(entries.rows[0].dataset.toULongLong(), before.toULongLong() + 1);
    QCOMPARE(entries.rows[0].custody, QStringLiteral("institution")); // the card that was registered is the one that is stored
}

void TestWorkspaceRestart::copiesElsewhereAreTold()
{
    QString dataset;
    {
        const ports::Ports at = m_house.at(kClinician);
        GET(published, at.publish.published());
        dataset = published.front().dataset;
        QCOMPARE(published.front().keptByOthers, ports::Truth::OnlyThisComputer);
        GET(alone, at.publish.keep(dataset));
        const ports::JobRow over = finished(at.jobs, alone);
        QCOMPARE(over.state, ports::JobState::Failed);
        QVERIFY2(told(over).find("ipfs.storageNone") != std::string::npos, told(over).c_str());
    }
    m_house.leave(kClinician);
    QTcpServer closed; // a port on which nobody listens
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QByteArray url = "http://127.0.0.1:" + QByteArray::number(closed.serverPort());
    closed.close();
    QVERIFY(writeFileAtomic(m_house.home() + QStringLiteral("/networks/local/storage.json"),
                            R"({"places":[{"name":"archive","kind":"kubo","url":")" + url + R"("}]})"));
    QVERIFY(m_house.sitDown(kClinician));
    const ports::Ports at = m_house.at(kClinician);
    GET(job, at.publish.keep(dataset));
    const ports::JobRow over = finished(at.jobs, job);
    QVERIFY2(over.state == ports::JobState::Done, told(over).c_str());
    GET(published, at.publish.published());
    const ports::PublishedRow &row = published.front();
    QCOMPARE(row.keptByOthers, ports::Truth::NotProved);
    QCOMPARE(row.foundByOthers, ports::Truth::NotProved);
    QCOMPARE(row.keeping.size(), std::size_t(1));
    QCOMPARE(row.keeping[0].place, QStringLiteral("archive"));
    QVERIFY(row.keeping[0].problem && row.keeping[0].problem->code == ErrorCode::IpfsUnreachable);
    QVERIFY(!row.keeping[0].checked.isValid());
    QVERIFY(QFile::remove(m_house.home() + QStringLiteral("/networks/local/storage.json")));
    m_house.leave(kClinician);
    QVERIFY(m_house.sitDown(kClinician));
}

void TestWorkspaceRestart::importAndDraftGoOn()
{
    const QDir folder(m_house.path(QStringLiteral("many")));
    QVERIFY(QDir().mkpath(folder.path()));
    for (int i = 0; i < 60; ++i)
        QVERIFY(writeFileAtomic(folder.filePath(QStringLiteral("%1.txt").arg(i)),
                                "Note number " + QByteArray::number(i) + ". Feels well.\n"));
    {
        const ports::Ports at = m_house.at(kClinician);
        StageWatch watch(at, QStringLiteral("read"));
        DO(at.library.startImport({folder.path()}));
        QVERIFY(watch.wait());
        m_house.leave(kClinician);
    }
    QVERIFY(m_house.sitDown(kClinician));
    {
        const ports::Ports at = m_house.at(kClinician);
        for (const ports::JobRow &job : at.jobs.rows())
            QCOMPARE(finished(at.jobs, job.id).state, ports::JobState::Done);
        GET(documents, at.library.documents());
        QCOMPARE(documents.size(), std::size_t(61));
        ports::NewDraft spec{QStringLiteral("Many"), QStringLiteral("longitudinal"), {}};
        for (const ports::DocumentRow &row : documents)
            spec.documents << row.id;
        StageWatch watch(at, QStringLiteral("deidentify"));
        DO(at.library.startDraft(spec));
        QVERIFY(watch.wait());
        m_house.leave(kClinician);
    }
    QVERIFY(m_house.sitDown(kClinician));
    const ports::Ports at = m_house.at(kClinician);
    for (const ports::JobRow &job : at.jobs.rows())
        QCOMPARE(finished(at.jobs, job.id).state, ports::JobState::Done);
    GET(drafts, at.review.drafts());
    QCOMPARE(drafts.size(), std::size_t(7)); // six published ones, and this one once
    QCOMPARE(drafts.front().documents, 61);
}

void TestWorkspaceRestart::closingDropsWhatWaits()
{
    std::vector<ports::Future<std::vector<ports::DocumentRow>>> asked;
    for (int i = 0; i < 200; ++i)
        asked.push_back(m_house.at(kClinician).library.documents());
    m_house.leave(kClinician);
    std::size_t dropped = 0;
    for (const auto &future : asked) {
        QVERIFY(future.isFinished()); // nobody waits for ever
        dropped += future.resultCount() == 0;
    }
    QVERIFY2(dropped > 0, "all was read before the end: nothing was dropped");
}

QTEST_GUILESS_MAIN(TestWorkspaceRestart)
#include "test_workspace_restart.moc"
