// SPDX-License-Identifier: GPL-3.0-or-later
// A person reviews: decisions, undo over a restart, equal texts in other documents, marks by hand.
#include "house.h"

#include "core/base/files.h"
#include "core/base/utf8.h"

#include <QSignalSpy>

#include <algorithm>

using namespace amana;

namespace {

const QString kClinician = QStringLiteral("Dr Lee");

struct Word {
    std::string path;
    records::Span span;
};

/// Where `word` stands in the free text of a document, the n-th time.
Word findWord(const ports::ReviewDocument &document, const std::string &word, int n = 0)
{
    for (const ports::ReviewField &field : document.fields) {
        std::size_t at = field.original.find(word);
        for (int i = 0; i < n && at != std::string::npos; ++i)
            at = field.original.find(word, at + 1);
        if (at == std::string::npos)
            continue;
        const std::size_t begin = codePointCount(std::string_view(field.original).substr(0, at));
        return {field.path, {begin, begin + codePointCount(word)}};
    }
    return {};
}

std::string releasedText(const ports::ReviewDocument &document)
{
    std::string text;
    for (const ports::ReviewField &field : document.fields)
        text += field.released;
    return text;
}

const ports::ReviewSpan *spanOver(const ports::ReviewDocument &document, const Word &word)
{
    for (const ports::ReviewField &field : document.fields)
        for (const ports::ReviewSpan &span : field.spans)
            if (field.path == word.path && span.edit.span.overlaps(word.span))
                return &span;
    return nullptr;
}

} // namespace

class TestWorkspaceReview : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void marksByHandAndTakesBack();
    void undoSurvivesARestart();
    void decidesEqualTextEverywhere();
    void coveredMarksComeBack();
    void fieldsAreThePolicys();
    void endsWithTheReview();
    void wrongPassphraseIsTold();

private:
    [[nodiscard]] ports::ReviewDocument shown(const QString &document);
    [[nodiscard]] ports::ReviewPort &review() { return m_house.at(kClinician).review; }

    House m_house;
    QString m_draft;
    QStringList m_documents; // first.txt, second.txt
};

ports::ReviewDocument TestWorkspaceReview::shown(const QString &document)
{
    auto result = answer(review().document(m_draft, document));
    if (!result)
        qWarning("%s", result.error().debugString().c_str());
    return result ? std::move(*result) : ports::ReviewDocument();
}

void TestWorkspaceReview::initTestCase()
{
    QVERIFY(m_house.moveIn({kClinician}, {ports::ProfileRole::Clinician}));
    const std::pair<QString, QByteArray> notes[] = {
        {m_house.path(QStringLiteral("first.txt")),
         "Seen on 2024-03-05 for review. Had no breakfast in the morning.\nSleeps well after breakfast.\n"
         "가나다 breakfast again.\n"},
        {m_house.path(QStringLiteral("second.txt")),
         "Telephone call 2024-04-11. No breakfast today. Sleeps well.\n"}};
    QStringList paths;
    for (const auto &[path, text] : notes) {
        QVERIFY(writeFileAtomic(path, text));
        paths << path;
    }
    const ports::Ports at = m_house.at(kClinician);
    GET(import, at.library.startImport(paths));
    QCOMPARE(finished(at.jobs, import).state, ports::JobState::Done);
    GET(documents, at.library.documents());
    QCOMPARE(documents.size(), std::size_t(2));
    std::sort(documents.begin(), documents.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    for (const ports::DocumentRow &row : documents)
        m_documents << row.id;
    GET(draft, at.library.startDraft({QStringLiteral("Notes"), QStringLiteral("longitudinal"), m_documents}));
    const ports::JobRow row = finished(at.jobs, draft);
    QVERIFY2(row.state == ports::JobState::Done, told(row).c_str());
    m_draft = row.result;
}

void TestWorkspaceReview::marksByHandAndTakesBack()
{
    QSignalSpy changed(&m_house.at(kClinician).events, &ports::Events::reviewChanged);
    const ports::ReviewDocument before = shown(m_documents[0]);
    QVERIFY(!before.canUndo && !before.canRedo);
    const Word word = findWord(before, "breakfast", 2); // behind Korean text: offsets are code points
    QVERIFY(!word.path.empty());
    GET(change, review().addSpan(m_draft, m_documents[0], word.path, word.span, "OTHER"));
    QCOMPARE(change.fields.size(), std::size_t(1));
    QVERIFY(change.canUndo && !change.canRedo);
    QCOMPARE(change.document.edits, before.row.counts.edits + 1);
    const ports::ReviewDocument after = shown(m_documents[0]);
    const ports::ReviewSpan *span = spanOver(after, word);
    QVERIFY(span != nullptr);
    QCOMPARE(span->edit.decision, records::Decision::Added);
    QCOMPARE(span->edit.span, word.span);
    const auto field = std::find_if(after.fields.begin(), after.fields.end(),
                                    [&](const auto &one) { return one.path == word.path; });
    const std::u32string released = decodeUtf8(field->released);
    QCOMPARE(encodeUtf8(released.substr(span->inReleased.begin, span->inReleased.length())), span->edit.replacement);

    GET(undone, review().undo(m_draft, m_documents[0]));
    QVERIFY(!undone.canUndo && undone.canRedo);
    QCOMPARE(releasedText(shown(m_documents[0])), releasedText(before));
    GET(past, review().undo(m_draft, m_documents[0]));
    QCOMPARE(past.decided, 0);
    GET(redone, review().redo(m_draft, m_documents[0]));
    QVERIFY(redone.canUndo && !redone.canRedo);
    QCOMPARE(releasedText(shown(m_documents[0])), releasedText(after));
    QTRY_VERIFY(changed.size() >= 3);
    QCOMPARE(changed.first().first().toString(), m_draft);
    QCOMPARE(errorOf(review().decide(m_draft, m_documents[0], {QStringLiteral("none")}, records::Decision::Accepted)),
             std::string("review.unknownEdit"));
    QCOMPARE(errorOf(review().addSpan(m_draft, m_documents[0], word.path, {0, 100'000}, "NAME")),
             std::string("review.badDecision"));
}

void TestWorkspaceReview::undoSurvivesARestart()
{
    const ports::ReviewDocument before = shown(m_documents[0]);
    const Word word = findWord(before, "breakfast", 0);
    DO(review().addSpan(m_draft, m_documents[0], word.path, word.span, "OTHER"));
    const std::string marked = releasedText(shown(m_documents[0]));
    DO(review().undo(m_draft, m_documents[0]));

    m_house.leave(kClinician);
    QVERIFY(m_house.sitDown(kClinician));
    const ports::ReviewDocument reopened = shown(m_documents[0]);
    QVERIFY(reopened.canUndo && reopened.canRedo);
    QCOMPARE(releasedText(reopened), releasedText(before));
    DO(review().redo(m_draft, m_documents[0]));
    QCOMPARE(releasedText(shown(m_documents[0])), marked);
}

void TestWorkspaceReview::decidesEqualTextEverywhere()
{
    const Word other = findWord(shown(m_documents[1]), "breakfast");
    DO(review().addSpan(m_draft, m_documents[1], other.path, other.span, "OTHER"));
    const ports::ReviewDocument first = shown(m_documents[0]);
    const ports::ReviewSpan *span = spanOver(first, findWord(first, "breakfast", 0));
    QVERIFY(span != nullptr);
    QCOMPARE(span->sameText, 3);
    GET(change, review().decideSameText(m_draft, m_documents[0], QString::fromStdString(span->edit.id),
                                        records::Decision::Rejected));
    QCOMPARE(change.decided, 3);
    QCOMPARE(change.otherDocuments, 1);
    QVERIFY(releasedText(shown(m_documents[1])).find("breakfast") != std::string::npos);
    DO(review().undo(m_draft, m_documents[1])); // each document has its own step
    QVERIFY(releasedText(shown(m_documents[1])).find("breakfast") == std::string::npos);
    QVERIFY(spanOver(shown(m_documents[0]), findWord(first, "breakfast", 0)) == nullptr);
}

void TestWorkspaceReview::coveredMarksComeBack()
{
    const ports::ReviewDocument before = shown(m_documents[0]);
    const Word date = findWord(before, "2024-03-05");
    const ports::ReviewSpan *found = spanOver(before, date);
    QVERIFY2(found != nullptr, "the date was not found by any detector");
    const records::Edit covered = found->edit;
    DO(review().addSpan(m_draft, m_documents[0], date.path, {date.span.begin - 3, date.span.end}, "OTHER"));
    const ports::ReviewDocument over = shown(m_documents[0]);
    const ports::ReviewSpan *added = spanOver(over, date);
    QVERIFY(added != nullptr && added->edit.decision == records::Decision::Added);
    DO(review().decide(m_draft, m_documents[0], {QString::fromStdString(added->edit.id)},
                       records::Decision::Rejected));
    const ports::ReviewDocument after = shown(m_documents[0]);
    const ports::ReviewSpan *back = spanOver(after, date);
    QVERIFY2(back != nullptr, "what a detector marked would be released");
    QCOMPARE(back->edit, covered);
    QVERIFY(releasedText(after).find("2024-03-05") == std::string::npos);
}

void TestWorkspaceReview::fieldsAreThePolicys()
{
    const ports::Ports at = m_house.at(kClinician);
    GET(import, at.library.startSampleImport());
    QCOMPARE(finished(at.jobs, import).state, ports::JobState::Done);
    GET(documents, at.library.documents());
    const auto bundle = std::find_if(documents.begin(), documents.end(),
                                     [](const auto &row) { return row.format == QStringLiteral("fhir.bundle"); });
    QVERIFY(bundle != documents.end());
    GET(job, at.library.startDraft({QStringLiteral("Bundle"), QStringLiteral("longitudinal"), {bundle->id}}));
    const ports::JobRow row = finished(at.jobs, job);
    QVERIFY2(row.state == ports::JobState::Done, told(row).c_str());
    GET(document, review().document(row.result, bundle->id));
    const auto field = std::find_if(document.fields.begin(), document.fields.end(), [](const auto &one) {
        return one.kind == records::FieldKind::PatientName && !one.spans.empty();
    });
    QVERIFY(field != document.fields.end());
    QVERIFY(field->released.find(field->original) == std::string::npos);
    const QString edit = QString::fromStdString(field->spans.front().edit.id);
    QCOMPARE(errorOf(review().decide(row.result, bundle->id, {edit}, records::Decision::Rejected)),
             std::string("review.badDecision"));
    const auto dropped = std::find_if(document.fields.begin(), document.fields.end(),
                                      [](const auto &one) { return one.removed; });
    QVERIFY(dropped != document.fields.end());
    QVERIFY(dropped->released.empty());
}

void TestWorkspaceReview::endsWithTheReview()
{
    for (const QString &id : m_documents) {
        const ports::ReviewDocument document = shown(id);
        QStringList edits;
        for (const ports::ReviewField &field : document.fields)
            for (const ports::ReviewSpan &span : field.spans)
                if (span.edit.decision == records::Decision::Proposed)
                    edits << QString::fromStdString(span.edit.id);
        QStringList pieces;
        for (const ports::SamplePiece &piece : document.sample)
            pieces << piece.id;
        DO(review().decide(m_draft, id, edits, records::Decision::Accepted));
        DO(review().confirmSample(m_draft, id, pieces));
    }
    DO(review().finish(m_draft));
    const ports::ReviewDocument document = shown(m_documents[0]);
    QVERIFY(!document.canUndo && !document.canRedo);
    QCOMPARE(errorOf(review().undo(m_draft, m_documents[0])), std::string("review.badDecision"));
    QCOMPARE(errorOf(review().addSpan(m_draft, m_documents[0], "text", {0, 4}, "NAME")),
             std::string("review.badDecision"));
}

void TestWorkspaceReview::wrongPassphraseIsTold()
{
    app::WorkspaceOptions options = m_house.options({});
    options.passphraseFile.clear();
    auto workspace = app::Workspace::open(options);
    QVERIFY(workspace);
    const ports::Ports at = (*workspace)->ports();
    QCOMPARE(errorOf(at.session.openProfile(kClinician, nullptr)), std::string("passphrase.needed"));
    const auto wrong = std::make_shared<const SecretBytes>(SecretBytes::fromText("not it"));
    QCOMPARE(errorOf(at.session.openProfile(kClinician, wrong)), std::string("passphrase.wrong"));
    QCOMPARE(errorOf(at.session.openProfile(QStringLiteral("Nobody"), nullptr)), std::string("profile.unknown"));
    QVERIFY(!at.session.current().open);
    const auto right = std::make_shared<const SecretBytes>(SecretBytes::fromText("a long passphrase of the house"));
    GET(opened, at.session.openProfile(kClinician, right));
    QVERIFY(opened.open);
    QCOMPARE(opened.profile.name, kClinician);
    QCOMPARE(errorOf(at.session.createProfile({kClinician, ports::ProfileRole::Clinician, right})),
             std::string("profile.exists"));
}

QTEST_GUILESS_MAIN(TestWorkspaceReview)
#include "test_workspace_review.moc"
