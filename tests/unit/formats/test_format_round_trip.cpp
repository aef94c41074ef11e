// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/formats/fhir/json_tree.h"
#include "samples.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <set>

using namespace amana;
using namespace amana::formats;
using records::Document;

class TestFormatRoundTrip : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void samplesAreRead();
    void nothingEditedNothingChanged();
    void editsThatAreNotAcceptedChangeNothing();
    void everyFieldCanBeReplaced();
    void everyFieldCanBeRemoved();
    void allFieldsRemovedAtOnce();
    void truncationNeverCrashes();
    void openGivesTheSameFields();
    void badEditsAreRefused();
};

namespace {

std::vector<Document> documentsOf(const QString &path)
{
    const auto bytes = readFile(path);
    auto outcome = readSource(*bytes, QFileInfo(path).fileName());
    return outcome ? std::move(outcome->documents) : std::vector<Document>{};
}

/// Valid in its format, and still readable by our own reader.
bool isValid(const Document &document, const QByteArray &bytes)
{
    if (document.format == "fhir.ndjson") {
        for (const QByteArray &line : bytes.split('\n'))
            if (!line.trimmed().isEmpty() && !nlohmann::json::accept(line.begin(), line.end()))
                return false;
        return true;
    }
    if (document.format.starts_with("fhir."))
        return nlohmann::json::accept(bytes.begin(), bytes.end());
    return true;
}

/// Large samples are thinned out, so that the test stays short: every n-th field.
std::size_t stepFor(const Document &document)
{
    return 1 + document.fields.size() / 40;
}

} // namespace

void TestFormatRoundTrip::samplesAreRead()
{
    int files = 0;
    for (const QString &path : test::allSamples()) {
        const auto bytes = readFile(path);
        QVERIFY(bytes);
        const auto outcome = readSource(*bytes, QFileInfo(path).fileName());
        QVERIFY2(outcome, qPrintable(path + QStringLiteral(" ") + (outcome ? QString() : QString::fromStdString(outcome.error().debugString()))));
        QVERIFY2(!outcome->documents.empty() && outcome->records > 0, qPrintable(path));
        for (const Document &document : outcome->documents) {
            QVERIFY2(!document.fields.empty(), qPrintable(path));
            std::set<std::string> paths;
            for (const records::Field &field : document.fields)
                QVERIFY2(paths.insert(field.path).second, field.path.c_str());
        }
        ++files;
    }
    QVERIFY(files > 70);
}

void TestFormatRoundTrip::nothingEditedNothingChanged()
{
    for (const QString &path : test::allSamples())
        for (const Document &document : documentsOf(path))
            QVERIFY2(writeDocument(document, {}) == document.bytes, qPrintable(path));
}

void TestFormatRoundTrip::editsThatAreNotAcceptedChangeNothing()
{
    const auto documents = documentsOf(test::dataPath(QStringLiteral("fhir/Patient-example.json")));
    records::Edit edit = test::edit("name[0].family", {0, 8}, "X");
    for (const auto decision : {records::Decision::Proposed, records::Decision::Rejected}) {
        edit.decision = decision;
        QVERIFY(writeDocument(documents.front(), std::vector{edit}) == documents.front().bytes);
    }
}

void TestFormatRoundTrip::everyFieldCanBeReplaced()
{
    for (const QString &path : test::allSamples()) {
        for (const Document &document : documentsOf(path)) {
            for (std::size_t i = 0; i < document.fields.size(); i += stepFor(document)) {
                const records::Field &field = document.fields[i];
                if (field.element.ends_with("resourceType") || field.element == "csv.title"
                    || (field.element.find("xtension(") != std::string::npos && field.element.ends_with(".url")))
                    continue; // they say what the fields around them are
                const std::string text = "X\"\\é\n,;";
                const auto edit = test::edit(field.path, {0, codePointCount(field.text)}, text);
                const auto written = writeDocument(document, std::vector{edit});
                QVERIFY2(written, field.path.c_str());
                QVERIFY2(isValid(document, *written), field.path.c_str());
                const auto again = openDocument(*written, document.format);
                QVERIFY2(again, (path.toStdString() + " " + field.path).c_str());
                const records::Field *now = test::fieldAt(*again, field.path);
                QVERIFY2(now != nullptr && now->text == text, (path.toStdString() + " " + field.path).c_str());
            }
        }
    }
}

void TestFormatRoundTrip::everyFieldCanBeRemoved()
{
    for (const QString &path : test::allSamples()) {
        for (const Document &document : documentsOf(path)) {
            for (std::size_t i = 0; i < document.fields.size(); i += stepFor(document)) {
                const records::Field &field = document.fields[i];
                const auto edit = test::removal(field.path, codePointCount(field.text));
                const auto written = writeDocument(document, std::vector{edit});
                QVERIFY2(written, field.path.c_str());
                QVERIFY2(isValid(document, *written), (path.toStdString() + " " + field.path).c_str());
                QVERIFY2(written->size() < document.bytes.size(), field.path.c_str());
            }
        }
    }
}

void TestFormatRoundTrip::allFieldsRemovedAtOnce()
{
    for (const QString &path : test::allSamples()) {
        for (const Document &document : documentsOf(path)) {
            std::vector<records::Edit> edits;
            for (const records::Field &field : document.fields)
                edits.push_back(test::removal(field.path, codePointCount(field.text)));
            const auto written = writeDocument(document, edits);
            QVERIFY2(written, qPrintable(path));
            QVERIFY2(isValid(document, *written), qPrintable(path));
            // Nothing of any longer text is left.
            for (const records::Field &field : document.fields)
                if (field.text.size() > 6 && document.format.starts_with("fhir."))
                    QVERIFY2(!written->contains(field.text.c_str()), (path.toStdString() + " " + field.path).c_str());
        }
    }
}

void TestFormatRoundTrip::truncationNeverCrashes()
{
    const QStringList small{QStringLiteral("fhir/Patient-glossy.json"), QStringLiteral("fhir/Bundle-bundle-search-warning.json"),
                            QStringLiteral("bulk/AllergyIntolerance.ndjson"), QStringLiteral("device-csv/d1namo_017_glucose.csv"),
                            QStringLiteral("device-csv/dexcom_bigideas_001.csv"), QStringLiteral("device-csv/v1.0.csv")};
    for (const QString &name : small) {
        const QByteArray whole = test::sample(name);
        QVERIFY(!whole.isEmpty());
        int errors = 0;
        for (qsizetype size = 0; size < whole.size(); ++size) {
            const auto outcome = readSource(whole.left(size), QFileInfo(name).fileName());
            if (!outcome) {
                ++errors;
                continue;
            }
            QVERIFY(!outcome->documents.empty());
            for (const Document &document : outcome->documents)
                QVERIFY(writeDocument(document, {}) == document.bytes);
        }
        QVERIFY2(errors > 0, qPrintable(name));
    }
}

void TestFormatRoundTrip::openGivesTheSameFields()
{
    for (const QString &path : test::allSamples()) {
        for (const Document &document : documentsOf(path)) {
            const auto again = openDocument(document.bytes, document.format);
            QVERIFY(again);
            QVERIFY2(again->fields == document.fields, qPrintable(path));
        }
    }
}

void TestFormatRoundTrip::badEditsAreRefused()
{
    for (const char *name : {"fhir/Patient-example.json", "bulk/Patient.ndjson", "device-csv/d1namo_001_glucose.csv"}) {
        const Document document = documentsOf(test::dataPath(QString::fromLatin1(name))).front();
        const std::string path = document.fields.back().path;
        const std::size_t size = codePointCount(document.fields.back().text);
        const std::vector<std::vector<records::Edit>> bad{
            {test::edit("no.such.path", {0, 1}, "x")},
            {test::edit("line[99999].x", {0, 1}, "x")},
            {test::edit("row[0].col0", {0, 1}, "x")},
            {test::edit(path, {0, size + 1}, "x")},
            {test::edit(path, {0, size}, "x"), test::edit(path, {size - 1, size}, "y")},
        };
        for (const auto &edits : bad) {
            const auto written = writeDocument(document, edits);
            QVERIFY(!written);
            QCOMPARE(written.error().code, ErrorCode::FormatEditFailed);
        }
    }
}

QTEST_GUILESS_MAIN(TestFormatRoundTrip)
#include "test_format_round_trip.moc"
