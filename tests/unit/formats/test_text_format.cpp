// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace amana;
using namespace amana::formats;

class TestTextFormat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsHeads();
    void koreanSample();
    void edits();
    void refusesStructuredText();
    void plantedIdentifiersAreKnown();
};

namespace {

bool has(const std::vector<std::string> &list, const std::string &value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

} // namespace

void TestTextFormat::readsHeads()
{
    const auto outcome = readSource("Patient: Peter Chalmers  MRN: 12345 DOB: 25 December 1974\nAttending: Dr. Careful\nSex: M\n\nHe is well.\n",
                                    QStringLiteral("note.txt"));
    QVERIFY(outcome);
    const records::Document &document = outcome->documents.front();
    QCOMPARE(document.format, std::string("text.note"));
    QCOMPARE(document.fields.size(), 1U);
    QCOMPARE(document.subject.names, (std::vector<std::string>{"Peter Chalmers", "Peter", "Chalmers"}));
    QVERIFY(has(document.subject.identifiers, "12345"));
    QVERIFY(has(document.subject.otherKnown, "Dr. Careful"));
    QCOMPARE(document.subject.birthDate, std::string("1974-12-25"));
    QCOMPARE(document.subject.sex, std::string("male"));
    QVERIFY(has(document.subject.links, "born:1974-12-25|chalmers peter")); // the same person as in FHIR
}

void TestTextFormat::koreanSample()
{
    const QByteArray bytes = *readFile(QStringLiteral(AMANA_SOURCE_DIR "/resources/sample/note-korean.txt"));
    const auto outcome = readSource(bytes, QStringLiteral("note-korean.txt"));
    QVERIFY(outcome);
    const records::Subject &subject = outcome->documents.front().subject;
    QCOMPARE(subject.names, (std::vector<std::string>{"김하늘"}));
    QVERIFY(has(subject.identifiers, "KR-2025-88213"));
    QVERIFY(has(subject.otherKnown, "박서준"));
    QCOMPARE(subject.birthDate, std::string("1968-05-21"));
    QCOMPARE(subject.sex, std::string("female"));
    QVERIFY(has(subject.links, "born:1968-05-21|김하늘"));
}

void TestTextFormat::edits()
{
    const auto outcome = readSource("\xEF\xBB\xBFSeen René\r\ntoday", QStringLiteral("a.txt"));
    QVERIFY(outcome);
    const auto written = writeDocument(outcome->documents.front(), std::vector{test::edit("text", {5, 9}, "[NAME]"), test::edit("text", {11, 16}, "(date)")});
    QCOMPARE(*written, QByteArray("\xEF\xBB\xBFSeen [NAME]\r\n(date)"));
}

void TestTextFormat::refusesStructuredText()
{
    for (const char *bytes : {"MSH|^~\\&|A|B\r", "<?xml version=\"1.0\"?><a/>", "[1,2]"})
        QCOMPARE(readSource(bytes, QStringLiteral("a.txt")).error().code, ErrorCode::FormatUnknown);
    QCOMPARE(readSource("a,b\n1,2\n", QStringLiteral("a.csv")).error().code, ErrorCode::FormatUnknown);
    QCOMPARE(readSource("caf\xe9", QStringLiteral("a.txt")).error().code, ErrorCode::EncodingBadUtf8);
}

/// The sample records say in planted.json what is planted: the readers must see those in fields that are no prose.
void TestTextFormat::plantedIdentifiersAreKnown()
{
    const QString folder = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample/");
    const QByteArray planted = *readFile(folder + QStringLiteral("planted.json"));
    const auto table = nlohmann::json::parse(planted.toStdString());
    std::size_t subjects = 0;
    for (const auto &[file, identifiers] : table["files"].items()) {
        const auto outcome = readSource(*readFile(folder + QString::fromStdString(file)), QString::fromStdString(file));
        QVERIFY2(outcome, file.c_str());
        for (const auto &value : identifiers) {
            const auto text = value.get<std::string>();
            bool found = false;
            for (const records::Document &document : outcome->documents)
                for (const records::Field &field : document.fields)
                    found = found || field.text.find(text) != std::string::npos;
            QVERIFY2(found, (file + ": " + text).c_str());
        }
        subjects += static_cast<std::size_t>(std::count_if(outcome->documents.begin(), outcome->documents.end(),
                                                           [](const auto &d) { return !d.subject.links.empty(); }));
    }
    QCOMPARE(subjects, 6U); // six parts of four people
}

QTEST_GUILESS_MAIN(TestTextFormat)
#include "test_text_format.moc"
