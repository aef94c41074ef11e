// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/formats/csv/csv_time.h"
#include "samples.h"

#include <QtTest>

#include <algorithm>

using namespace amana;
using namespace amana::formats;
using records::Document;
using records::FieldKind;

class TestCsvFormat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dates_data();
    void dates();
    void dexcom();
    void libreViewAndLevels();
    void severalTables();
    void typingErrorIsOneRow();
    void bloodPressure();
    void ambiguousDates();
    void columnsAreDropped();
    void quotingIsKept();
    void notDeviceData();
};

namespace {

ReadOutcome read(const QByteArray &bytes)
{
    auto outcome = readSource(bytes, QStringLiteral("x.csv"));
    return outcome ? std::move(*outcome) : ReadOutcome{};
}

ReadOutcome readNamed(const char *name)
{
    return read(test::sample(QStringLiteral("device-csv/") + QString::fromLatin1(name)));
}

std::vector<records::Observation> measured(const ReadOutcome &outcome)
{
    if (outcome.documents.empty())
        return {};
    auto found = observationsOf(outcome.documents.front().bytes, "csv.device", "P");
    return found ? *found : std::vector<records::Observation>{};
}

std::vector<std::string> textsOf(const Document &document, FieldKind kind)
{
    std::vector<std::string> texts;
    for (const records::Field &field : document.fields)
        if (field.kind == kind)
            texts.push_back(field.text);
    return texts;
}

} // namespace

void TestCsvFormat::dates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("iso");
    QTest::addColumn<QString>("order");
    QTest::newRow("iso") << "2021-06-20T19:09:59.000Z" << "2021-06-20T19:09:59.000Z" << "iso";
    QTest::newRow("offset") << "2021-06-20T19:09:59+09:00" << "2021-06-20T19:09:59+09:00" << "iso";
    QTest::newRow("short") << "2012-10-8 0:4" << "2012-10-08T00:04" << "iso";
    QTest::newRow("us") << "5/30/21 15:57" << "2021-05-30T15:57" << "mdy";
    QTest::newRow("us12") << "06-29-2021 03:30 PM UTC" << "2021-06-29T15:30Z" << "mdy";
    QTest::newRow("midnight") << "06-29-2021 12:05 AM" << "2021-06-29T00:05" << "mdy";
    QTest::newRow("day first") << "29.06.2021 08:00" << "2021-06-29T08:00" << "dmy";
    QTest::newRow("korean") << "2025. 4. 7. 08:10" << "2025-04-07T08:10" << "iso";
    QTest::newRow("hangul") << "2025년 4월 7일" << "2025-04-07" << "iso";
    QTest::newRow("epoch") << "1703175660000" << "2023-12-21T16:21:00.000Z" << "epochMs";
    QTest::newRow("either") << "12-01-2021" << "" << "ambiguous";
    QTest::newRow("no date") << "2021-13-45" << "" << "";
    QTest::newRow("text") << "yesterday" << "" << "";
}

void TestCsvFormat::dates()
{
    QFETCH(QString, text);
    QFETCH(QString, iso);
    QFETCH(QString, order);
    const std::string written = text.toStdString();
    const auto parts = csv::readDate(written);
    QCOMPARE(parts.has_value(), !order.isEmpty());
    if (!parts)
        return;
    QCOMPARE(QString::fromLatin1(csv::orderName(csv::provenOrder(*parts))), order);
    QCOMPARE(QString::fromStdString(csv::isoTime(*parts, csv::provenOrder(*parts), written)), iso);
}

void TestCsvFormat::dexcom()
{
    const auto clarity = readNamed("dexcom_clarity_first400.csv");
    QCOMPARE(clarity.documents.size(), 1U);
    QVERIFY(clarity.problems.empty());
    QCOMPARE(textsOf(clarity.documents.front(), FieldKind::PatientName), (std::vector<std::string>{"Gagarin"}));
    QVERIFY(textsOf(clarity.documents.front(), FieldKind::Unknown).empty());
    const auto values = measured(clarity);
    QVERIFY(values.size() > 300); // alerts carry a glucose limit, which is no measurement
    QCOMPARE(values.front(), (records::Observation{"P", "1961-04-12T00:56:47", "99504-3", "Glucose Value (mg/dL)", 144.0, "144", "mg/dL", "mg/dL"}));

    const Document other = readNamed("dexcom_bigideas_001.csv").documents.front();
    QCOMPARE(textsOf(other, FieldKind::BirthDate), (std::vector<std::string>{"1990-01-01"}));
    QCOMPARE(textsOf(other, FieldKind::RecordId), (std::vector<std::string>{"2019-001"}));
    QCOMPARE(other.subject.birthDate, std::string("1990-01-01"));
}

void TestCsvFormat::libreViewAndLevels()
{
    const auto libre = readNamed("libreview_SamplePerson_glucose.csv");
    QCOMPARE(textsOf(libre.documents.front(), FieldKind::PatientName), (std::vector<std::string>{"Sample Person"}));
    const auto notes = textsOf(libre.documents.front(), FieldKind::FreeText);
    QVERIFY(std::find(notes.begin(), notes.end(), "zoodles ground beef cupcake") != notes.end());
    QCOMPARE(measured(libre).front().time, std::string("2021-05-30T16:58"));
    const auto levels = readNamed("levels_first60.csv");
    QCOMPARE(textsOf(levels.documents.front(), FieldKind::PatientName), (std::vector<std::string>{"Firstname4 Lastname4"}));
    QCOMPARE(measured(levels).front().time, std::string("2021-06-20T19:09:59.000Z"));
}

void TestCsvFormat::severalTables()
{
    const auto outcome = readNamed("nightscout-data-with-treatments.csv");
    QVERIFY(outcome.problems.empty());
    QCOMPARE(outcome.records, 201U);
    const auto values = measured(outcome);
    QCOMPARE(values.size(), 100U);
    QCOMPARE(values.front().time, std::string("2026-04-07T19:59:42"));
}

void TestCsvFormat::typingErrorIsOneRow()
{
    const auto outcome = readNamed("d1namo_017_glucose.csv");
    QCOMPARE(outcome.records, 4U);
    QCOMPARE(outcome.problems.size(), 1U);
    QCOMPARE(outcome.problems.front().place, std::string("row 4"));
    QCOMPARE(outcome.problems.front().error.code, ErrorCode::FormatMalformed);
    QCOMPARE(outcome.problems.front().error.param("column"), std::string("glucose"));
    QCOMPARE(textsOf(outcome.documents.front(), FieldKind::Unknown), (std::vector<std::string>{"7:0"}));
    const auto values = measured(outcome);
    QCOMPARE(values.size(), 3U);
    QCOMPARE(values.front().loinc, std::string("15074-8"));
    QCOMPARE(values.front().ucum, std::string("mmol/L"));
}

void TestCsvFormat::bloodPressure()
{
    const auto values = measured(readNamed("v1.0.csv"));
    QCOMPARE(values.size(), 6U);
    QCOMPARE(values[0].loinc, std::string("8480-6"));
    QCOMPARE(values[0].time, std::string("2023-12-21T16:21:00.000Z"));
    QCOMPARE(values[1].loinc, std::string("8462-4"));
    QCOMPARE(values[2].loinc, std::string("8867-4"));
    QCOMPARE(measured(readNamed("incomplete_export.csv")).size(), 2U); // "null" is no value
    QCOMPARE(measured(readNamed("formatted_times.csv")).size(), 3U);
    QCOMPARE(measured(readNamed("v1.4.0.CSV")).size(), 558U);
}

void TestCsvFormat::ambiguousDates()
{
    const auto outcome = read("date,time,glucose\n03/04/2025,08:00,5.5\n05/06/2025,08:00,5.9\n");
    QCOMPARE(outcome.problems.size(), 1U);
    QCOMPARE(outcome.problems.front().error.code, ErrorCode::FormatAmbiguousDate);
    QCOMPARE(measured(outcome).front().time, std::string());
    QVERIFY(read("date,time,glucose\n03/04/2025,08:00,5.5\n25/06/2025,08:00,5.9\n").problems.empty());
}

void TestCsvFormat::columnsAreDropped()
{
    const QByteArray bytes = "secret,timestamp,glucose,notes\r\nAnn,2025-01-01 08:00,5.5,\"fine, \"\"really\"\"\"\r\n,2025-01-02 08:00,5.6,ok\r\n";
    const Document document = read(bytes).documents.front();
    std::vector<records::Edit> edits;
    for (const records::Field &field : document.fields)
        if (field.kind == FieldKind::Unknown)
            edits.push_back(test::removal(field.path, codePointCount(field.text)));
    QCOMPARE(edits.size(), 2U); // the title and one cell; the other cell is empty already
    QCOMPARE(*writeDocument(document, edits),
             QByteArray("timestamp,glucose,notes\r\n2025-01-01 08:00,5.5,\"fine, \"\"really\"\"\"\r\n2025-01-02 08:00,5.6,ok\r\n"));
    // A cell alone is emptied: the other columns stay where they are.
    QCOMPARE(*writeDocument(document, std::vector{test::removal("row[2].col2", 3)}),
             QByteArray(bytes).replace("5.5", ""));
    const auto last = writeDocument(document, std::vector{test::removal("row[1].col3", 5), test::removal("row[2].col3", 14), test::removal("row[3].col3", 2)});
    QCOMPARE(*last, QByteArray("secret,timestamp,glucose\r\nAnn,2025-01-01 08:00,5.5\r\n,2025-01-02 08:00,5.6\r\n"));
}

void TestCsvFormat::quotingIsKept()
{
    const Document document = readNamed("v1.0.csv").documents.front();
    QCOMPARE(test::fieldAt(document, "row[2].col4")->text, std::string("testfkajkfb"));
    const auto written = writeDocument(document, std::vector{test::edit("row[2].col4", {0, 4}, "a \"b\""), test::edit("row[3].col1", {0, 3}, "1,5")});
    QVERIFY(written->contains(", \"a \"\"b\"\"fkajkfb\""));
    QVERIFY(written->contains(" \"1,5\", 41"));
}

void TestCsvFormat::notDeviceData()
{
    const auto outcome = readSource("first,second\n1,2\n", QStringLiteral("x.csv"));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, ErrorCode::FormatUnknown);
    QCOMPARE(readSource("timestamp,glucose\n\xff,1\n", QStringLiteral("x.csv")).error().code, ErrorCode::EncodingBadUtf8);
    Limits limits;
    limits.values = 10;
    QCOMPARE(readSource(test::sample(QStringLiteral("device-csv/v1.4.0.CSV")), QStringLiteral("x.csv"), limits).error().code,
             ErrorCode::FormatTooLarge);
}

QTEST_GUILESS_MAIN(TestCsvFormat)
#include "test_csv_format.moc"
