// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/records/resource_id.h"
#include "samples.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace amana;
using namespace amana::formats;
using records::Document;
using records::FieldKind;

class TestFhirFormat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void kindsOfPatient();
    void kindsByContext_data();
    void kindsByContext();
    void unknownIsOneField();
    void extensionsByAllowList();
    void bulkKeepsClinicalContent();
    void subjectsOfBulk();
    void bundlesPartBySubject();
    void binaryFollowsItsDocument();
    void notesAreDecodedAndEncoded();
    void editsTouchOnlyTheirBytes();
    void removalKeepsParallelArrays();
    void observations();
    void coercedErrors_data();
    void coercedErrors();
    void badLinesDoNotStopTheRest();
    void longLineIsRefusedCheaply();
    void manyLinesTakeLinearTime();
    void resourceIds();
};

namespace {

Document read(const QByteArray &json, const QString &name = QStringLiteral("x.json"))
{
    auto outcome = readSource(json, name);
    return outcome && !outcome->documents.empty() ? outcome->documents.front() : Document{};
}

FieldKind kindAt(const Document &document, const std::string &path)
{
    const records::Field *field = test::fieldAt(document, path);
    return field == nullptr ? FieldKind::Unknown : field->kind;
}

std::string textAt(const Document &document, const std::string &path)
{
    const records::Field *field = test::fieldAt(document, path);
    return field == nullptr ? "<none>" : field->text;
}

bool has(const std::vector<std::string> &list, const std::string &value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

} // namespace

void TestFhirFormat::kindsOfPatient()
{
    const Document document = read(test::sample(QStringLiteral("fhir/Patient-example.json")));
    QCOMPARE(document.format, std::string("fhir.resource"));
    QCOMPARE(kindAt(document, "name[0].family"), FieldKind::PatientName);
    QCOMPARE(kindAt(document, "contact[0].name.given[0]"), FieldKind::PatientName);
    QCOMPARE(kindAt(document, "identifier[0].value"), FieldKind::RecordId);
    QCOMPARE(kindAt(document, "identifier[0].assigner.display"), FieldKind::Organisation);
    QCOMPARE(kindAt(document, "telecom[1].value"), FieldKind::Phone);
    QCOMPARE(kindAt(document, "address[0].line[0]"), FieldKind::Address);
    QCOMPARE(kindAt(document, "address[0].city"), FieldKind::City);
    QCOMPARE(kindAt(document, "address[0].district"), FieldKind::Address);
    QCOMPARE(kindAt(document, "address[0].state"), FieldKind::State);
    QCOMPARE(kindAt(document, "address[0].postalCode"), FieldKind::PostalCode);
    QCOMPARE(kindAt(document, "birthDate"), FieldKind::BirthDate);
    QCOMPARE(kindAt(document, "text.div"), FieldKind::Narrative);
    QCOMPARE(kindAt(document, "gender"), FieldKind::Code);
    QCOMPARE(kindAt(document, "id"), FieldKind::ResourceId);
    QCOMPARE(kindAt(document, "managingOrganization.reference"), FieldKind::ResourceId);
    QCOMPARE(textAt(document, "contact[0].name.family"), std::string("du March\u00e9"));
    QVERIFY(has(document.subject.names, "Peter James Chalmers"));
    QVERIFY(has(document.subject.identifiers, "urn:oid:1.2.36.146.595.217.0.1|12345"));
    QVERIFY(has(document.subject.identifiers, "12345"));
    QVERIFY(has(document.subject.otherKnown, "534 Erewhon St"));
    QVERIFY(has(document.subject.otherKnown, "B\u00e9n\u00e9" "dicte du March\u00e9"));
    QCOMPARE(document.subject.birthDate, std::string("1974-12-25"));
}

void TestFhirFormat::kindsByContext_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    QTest::addColumn<FieldKind>("kind");
    const auto row = [](const char *name, const char *json, const char *path, FieldKind kind) {
        QTest::newRow(name) << QByteArray(json) << QString::fromLatin1(path) << kind;
    };
    row("staff name", R"({"resourceType":"Practitioner","name":[{"family":"X"}]})", "name[0].family", FieldKind::StaffName);
    row("licence", R"({"resourceType":"Practitioner","identifier":[{"value":"1"}]})", "identifier[0].value", FieldKind::LicenceId);
    row("social", R"({"resourceType":"Patient","identifier":[{"type":{"coding":[{"code":"SS"}]},"value":"1"}]})", "identifier[0].value", FieldKind::SocialNumber);
    row("local system", R"({"resourceType":"Patient","identifier":[{"system":"http://st-mary.example","value":"1"}]})", "identifier[0].system", FieldKind::Url);
    row("known system", R"({"resourceType":"Patient","identifier":[{"system":"http://hl7.org/fhir/sid/us-ssn","value":"1"}]})", "identifier[0].system", FieldKind::Code);
    row("staff display", R"({"resourceType":"Encounter","participant":[{"individual":{"reference":"Practitioner/1","display":"Dr X"}}]})", "participant[0].individual.display", FieldKind::StaffName);
    row("place display", R"({"resourceType":"Encounter","location":[{"location":{"display":"Ward"}}]})", "location[0].location.display", FieldKind::Organisation);
    row("unclear display", R"({"resourceType":"Observation","performer":[{"display":"X"}]})", "performer[0].display", FieldKind::PatientName);
    row("clinical display", R"({"resourceType":"MedicationRequest","reasonReference":[{"reference":"Condition/1","display":"Hypertension"}]})", "reasonReference[0].display", FieldKind::FreeText);
    row("contained", R"({"resourceType":"Condition","contained":[{"resourceType":"Practitioner","id":"p"}],"asserter":{"reference":"#p","display":"X"}})", "asserter.display", FieldKind::StaffName);
    row("coding display", R"({"resourceType":"Condition","code":{"coding":[{"code":"1","display":"D"}]}})", "code.coding[0].display", FieldKind::Label);
    row("display without code", R"({"resourceType":"Condition","code":{"coding":[{"display":"D"}]}})", "code.coding[0].display", FieldKind::FreeText);
    row("text as display", R"({"resourceType":"Condition","code":{"coding":[{"code":"1","display":"D"}],"text":"D"}})", "code.text", FieldKind::Label);
    row("typed text", R"({"resourceType":"Condition","code":{"text":"told by Mr X"}})", "code.text", FieldKind::FreeText);
    row("email", R"({"resourceType":"Patient","telecom":[{"value":"a@b.c"}]})", "telecom[0].value", FieldKind::Email);
    row("photo", R"({"resourceType":"Patient","photo":[{"contentType":"text/plain","data":"QUJD"}]})", "photo[0].data", FieldKind::Image);
    row("binary", R"({"resourceType":"Binary","contentType":"application/pdf","data":"QUJD"})", "data", FieldKind::Binary);
    row("hidden html", R"({"resourceType":"Binary","contentType":"text/html","data":"JiM3NDtvZQ=="})", "data", FieldKind::Binary);
    row("age", R"({"resourceType":"Condition","onsetAge":{"value":91,"unit":"a"}})", "onsetAge.value", FieldKind::Age);
    row("string value", R"({"resourceType":"Observation","valueString":"x"})", "valueString", FieldKind::FreeText);
    row("signal", R"({"resourceType":"Observation","valueSampledData":{"data":"1 2 3"}})", "valueSampledData.data", FieldKind::Number);
    row("serial", R"({"resourceType":"Device","serialNumber":"x"})", "serialNumber", FieldKind::DeviceId);
    row("position", R"({"resourceType":"Location","position":{"latitude":1.5}})", "position.latitude", FieldKind::GeoPosition);
    row("search", R"({"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient?name=Ann"}}]})", "entry[0].request.url", FieldKind::Unknown);
    row("nested bundle", R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","name":[{"text":"X"}]}}]}}]})",
        "entry[0].resource.entry[0].resource.name[0].text", FieldKind::PatientName);
}

void TestFhirFormat::kindsByContext()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    QFETCH(FieldKind, kind);
    const Document document = read(json);
    QVERIFY(test::fieldAt(document, path.toStdString()) != nullptr);
    QCOMPARE(kindAt(document, path.toStdString()), kind);
}

void TestFhirFormat::unknownIsOneField()
{
    const Document document = read(R"({"resourceType":"Patient","Ann Lee's file":{"a":[1,"x"]},"favouriteColour":"red",)"
                                   R"("active":true,"active":"Ann","name":"Ann","birthDate":{"x":1}})");
    QCOMPARE(textAt(document, "{1}"), std::string(R"({"a":[1,"x"]})"));
    QCOMPARE(kindAt(document, "{1}"), FieldKind::Unknown);
    QCOMPARE(textAt(document, "favouriteColour"), std::string("red"));
    QCOMPARE(kindAt(document, "active"), FieldKind::Flag);
    QCOMPARE(kindAt(document, "active~1"), FieldKind::Unknown); // a repeated key
    QCOMPARE(kindAt(document, "name"), FieldKind::Unknown);     // not the shape that R4 says
    QCOMPARE(kindAt(document, "birthDate"), FieldKind::Unknown);
    const auto written = writeDocument(document, std::vector{test::removal("{1}", 13), test::removal("active~1", 3)});
    QVERIFY(written);
    QCOMPARE(*written, QByteArray(R"({"resourceType":"Patient","favouriteColour":"red","active":true,"name":"Ann","birthDate":{"x":1}})"));
    for (const records::Field &field : document.fields)
        QVERIFY(field.path.find("Ann") == std::string::npos && field.element.find("Ann") == std::string::npos);
}

void TestFhirFormat::extensionsByAllowList()
{
    const auto outcome = readSource(test::sample(QStringLiteral("bulk/Patient.ndjson")), QStringLiteral("Patient.ndjson"));
    QVERIFY(outcome);
    const Document &document = outcome->documents.front();
    QCOMPARE(kindAt(document, "line[0].extension[0].extension[0].valueCoding.code"), FieldKind::Label);
    QCOMPARE(textAt(document, "line[0].extension[0].extension[1].valueString"), std::string("White"));
    QCOMPARE(kindAt(document, "line[0].extension[2]"), FieldKind::Unknown); // mother's maiden name
    QVERIFY(has(document.subject.otherKnown, "Harold594 VonRueden376"));
    QCOMPARE(kindAt(document, "line[0].address[0].extension[0]"), FieldKind::Unknown); // geolocation
}

/// Of the bulk export only vendor extensions are outside the table.
void TestFhirFormat::bulkKeepsClinicalContent()
{
    int fields = 0;
    for (const QString &path : test::allSamples()) {
        if (!path.contains(QStringLiteral("/bulk/")))
            continue;
        const auto outcome = readSource(*readFile(path), QFileInfo(path).fileName());
        QVERIFY2(outcome, qPrintable(path));
        for (const Document &document : outcome->documents) {
            for (const records::Field &field : document.fields) {
                ++fields;
                if (field.kind == FieldKind::Unknown)
                    QVERIFY2(field.element.ends_with("extension"), field.element.c_str());
            }
        }
    }
    QVERIFY(fields > 2000);
}

void TestFhirFormat::subjectsOfBulk()
{
    const QByteArray bytes = test::sample(QStringLiteral("bulk/Condition.ndjson"));
    const auto outcome = readSource(bytes, QStringLiteral("Condition.ndjson"));
    QVERIFY(outcome);
    QCOMPARE(outcome->records, 14U);
    qsizetype total = 0;
    QList<QByteArray> lines = bytes.split('\n');
    for (const Document &document : outcome->documents) {
        QVERIFY(!document.subject.links.empty());
        total += document.bytes.size();
        qsizetype at = -1;
        for (const QByteArray &line : document.bytes.trimmed().split('\n')) {
            const qsizetype next = lines.indexOf(line);
            QVERIFY(next > at); // the same bytes, in the same order
            at = next;
            const std::string reference = nlohmann::json::parse(line.toStdString())["subject"]["reference"];
            QVERIFY(has(document.subject.links, "ref:" + reference));
        }
    }
    QCOMPARE(total, bytes.size());
}

void TestFhirFormat::bundlesPartBySubject()
{
    const QByteArray json = R"({"resourceType":"Bundle","type":"collection","entry":[
 {"fullUrl":"urn:uuid:a","resource":{"resourceType":"Patient","name":[{"family":"Ash","given":["Ann"]}]}},
 {"fullUrl":"urn:uuid:b","resource":{"resourceType":"Patient","id":"b","name":[{"family":"Birch","given":["Bea"]}]}},
 {"resource":{"resourceType":"Organization","name":"Clinic"}},
 {"resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:a"},"valueString":"of Ann"}},
 {"resource":{"resourceType":"Observation","subject":{"reference":"Patient/b"},"valueString":"of Bea"}},
 {"resource":{"resourceType":"Observation","valueString":"of nobody"}}
]})";
    const auto outcome = readSource(json, QStringLiteral("x.json"));
    QVERIFY(outcome);
    QCOMPARE(outcome->documents.size(), 3U);
    const auto &[nobody, ann, bea] = std::tie(outcome->documents[0], outcome->documents[1], outcome->documents[2]);
    QVERIFY(nobody.subject.links.empty() && nobody.bytes.contains("of nobody") && !nobody.bytes.contains("Ash"));
    QVERIFY(ann.bytes.contains("of Ann") && ann.bytes.contains("Clinic") && !ann.bytes.contains("Birch"));
    QVERIFY(!ann.bytes.contains("of Bea") && !ann.bytes.contains("of nobody"));
    QVERIFY(bea.bytes.contains("of Bea") && bea.bytes.contains("Clinic") && !bea.bytes.contains("Ash"));
    QVERIFY(has(ann.subject.names, "Ann Ash") && !has(ann.subject.names, "Bea Birch"));
    QVERIFY(nlohmann::json::accept(ann.bytes.begin(), ann.bytes.end()));
    QCOMPARE(outcome->problemCount, 1U);
    QCOMPARE(outcome->problems.front().error.code, ErrorCode::FormatNoSubject);
}

void TestFhirFormat::binaryFollowsItsDocument()
{
    const QByteArray json = R"({"resourceType":"Bundle","entry":[
 {"resource":{"resourceType":"Patient","id":"a"}},{"resource":{"resourceType":"Patient","id":"b"}},
 {"resource":{"resourceType":"Binary","id":"note","contentType":"text/plain","data":"QW5u"}},
 {"resource":{"resourceType":"DocumentReference","id":"d","subject":{"reference":"Patient/b"},"content":[{"attachment":{"url":"Binary/note"}}]}},
 {"resource":{"resourceType":"Provenance","target":[{"reference":"DocumentReference/d"}]}}]})";
    const auto outcome = readSource(json, QStringLiteral("x.json"));
    QVERIFY(outcome);
    QCOMPARE(outcome->documents.size(), 2U);
    QVERIFY(!outcome->documents[0].bytes.contains("QW5u") && !outcome->documents[0].bytes.contains("Provenance"));
    QVERIFY(outcome->documents[1].bytes.contains("QW5u") && outcome->documents[1].bytes.contains("Provenance"));
}

void TestFhirFormat::notesAreDecodedAndEncoded()
{
    const QByteArray note = QByteArrayLiteral("Seen: Ren\xc3\xa9 M\xc3\xbcller.\n").toBase64();
    const QByteArray other = QByteArrayLiteral("another").toBase64();
    const QByteArray json = R"({"resourceType":"DiagnosticReport","presentedForm":[{"contentType":"text/plain","data":")" + note
                            + R"("},{"contentType":"text/plain","data":")" + other.left(4) + R"(\n)" + other.mid(4) + R"("}]})";
    const Document document = read(json);
    QCOMPARE(textAt(document, "presentedForm[0].data"), std::string("Seen: Ren\u00e9 M\u00fcller.\n"));
    QCOMPARE(textAt(document, "presentedForm[1].data"), std::string("another"));
    const auto written = writeDocument(document, std::vector{test::edit("presentedForm[0].data", {6, 17}, "[NAME]")});
    QVERIFY(written);
    QVERIFY(written->contains(QByteArrayLiteral("Seen: [NAME].\n").toBase64()));
    QVERIFY(written->contains(other.left(4) + "\\n" + other.mid(4)));
    const Document latin = read(R"({"resourceType":"Binary","contentType":"text/plain; charset=iso-8859-1","data":"TfxsbGVy"})");
    QCOMPARE(textAt(latin, "data"), std::string("M\u00fcller"));
    QVERIFY(writeDocument(latin, std::vector{test::edit("data", {0, 1}, "W")})->contains(QByteArrayLiteral("W\xfcller").toBase64()));
    QCOMPARE(writeDocument(latin, std::vector{test::edit("data", {0, 1}, "\uAC00")}).error().code, ErrorCode::FormatEditFailed);
}

void TestFhirFormat::editsTouchOnlyTheirBytes()
{
    const QByteArray json = "\xEF\xBB\xBF{ \"resourceType\" : \"Observation\",\r\n\t\"note\":[ {\"text\":\"A\\u00e9\\/B \\ud83d\\ude00 C\"} ] ,"
                            "\"valueQuantity\":{\"value\":1.00,\"unit\":\"mg\"}}\n";
    const Document document = read(json);
    const auto written = writeDocument(document, std::vector{test::edit("note[0].text", {3, 4}, "x\"y"), test::edit("note[0].text", {5, 6}, "")});
    QVERIFY(written);
    QByteArray expected = json;
    expected.replace("\\/B \\ud83d\\ude00 C", "\\/x\\\"y  C");
    QCOMPARE(*written, expected);
    const auto number = writeDocument(document, std::vector{test::edit("valueQuantity.value", {0, 4}, "90")});
    QVERIFY(number->contains("\"value\":90,"));
    const auto text = writeDocument(document, std::vector{test::edit("valueQuantity.value", {0, 4}, "90+")});
    QVERIFY(text->contains("\"value\":\"90+\","));
}

void TestFhirFormat::removalKeepsParallelArrays()
{
    const Document document = read(R"({"resourceType":"Patient","name":[{"given":["Ann","Bea"],"_given":[null,{"id":"x"}]}],"active":true})");
    const auto one = writeDocument(document, std::vector{test::removal("name[0].given[0]", 3)});
    QCOMPARE(*one, QByteArray(R"({"resourceType":"Patient","name":[{"given":[null,"Bea"],"_given":[null,{"id":"x"}]}],"active":true})"));
    const auto all = writeDocument(document, std::vector{test::removal("name[0].given[0]", 3), test::removal("name[0].given[1]", 3),
                                                         test::removal("name[0]._given[1].id", 1)});
    QCOMPARE(*all, QByteArray(R"({"resourceType":"Patient","active":true})"));
}

void TestFhirFormat::observations()
{
    const QByteArray bytes = test::sample(QStringLiteral("fhir/Observation-blood-pressure.json"));
    const auto found = observationsOf(bytes, "fhir.resource", "P-1");
    QVERIFY(found);
    QCOMPARE(found->size(), 2U);
    QCOMPARE(found->front(), (records::Observation{"P-1", "2012-09-17", "8480-6", "Systolic blood pressure", 107.0, "107", "mm[Hg]", "mmHg"}));
    const auto digits = observationsOf(test::sample(QStringLiteral("fhir/Observation-decimal.json")), "fhir.resource", "P");
    QVERIFY(digits);
    QVERIFY(std::any_of(digits->begin(), digits->end(), [](const auto &o) { return o.valueText == "1.00"; }));
}

void TestFhirFormat::coercedErrors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("empty") << QByteArray() << "a.json" << ErrorCode::FormatEmpty;
    QTest::newRow("blank") << QByteArray(" \n ") << "a.ndjson" << ErrorCode::FormatEmpty;
    QTest::newRow("truncated") << QByteArray(R"({"resourceType":"Patient",)") << "a.json" << ErrorCode::FormatTruncated;
    QTest::newRow("malformed") << QByteArray(R"({"resourceType":"Patient" "x":1})") << "a.json" << ErrorCode::FormatMalformed;
    QTest::newRow("no type") << QByteArray(R"({"a":1})") << "a.json" << ErrorCode::FormatWrongType;
    QTest::newRow("other type") << QByteArray(R"({"resourceType":"Unicorn"})") << "a.json" << ErrorCode::FormatWrongType;
    QTest::newRow("log") << test::sample(QStringLiteral("bulk/log.ndjson")) << "log.ndjson" << ErrorCode::FormatWrongType;
    QTest::newRow("deep") << QByteArray(R"({"resourceType":"Patient","x":)" + QByteArray(100'000, '[')) << "a.json" << ErrorCode::FormatTooDeep;
    QTest::newRow("utf8") << QByteArray("{\"resourceType\":\"Patient\",\"language\":\"\xff\"}") << "a.json" << ErrorCode::EncodingBadUtf8;
    QTest::newRow("binary") << QByteArray("\x89PNG\r\n\x1a\n\0\0", 10) << "a.json" << ErrorCode::FormatUnknown;
}

void TestFhirFormat::coercedErrors()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    const auto outcome = readSource(bytes, name);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, code);
    if (code == ErrorCode::EncodingBadUtf8)
        QCOMPARE(outcome.error().param("offset"), std::string("38"));
    if (code == ErrorCode::FormatTruncated)
        QCOMPARE(outcome.error().param("line"), std::string("1"));
}

void TestFhirFormat::badLinesDoNotStopTheRest()
{
    const QByteArray good = R"({"resourceType":"Patient","id":"1"})";
    const QByteArray bytes = good + "\r\n\r\n" + R"({"resourceType":"Patient")" + "\n" + "{\"resourceType\":\"Patient\",\"id\":\"\xc3\"}\n"
                             + R"({"a":1})" + "\n" + R"({"resourceType":"Patient","id":"2"})";
    for (const char *name : {"p.ndjson", "p.txt"}) {
        const auto outcome = readSource(bytes, QString::fromLatin1(name));
        QVERIFY(outcome);
        QCOMPARE(outcome->documents.size(), 2U);
        QCOMPARE(outcome->documents.front().bytes, good + "\r\n");
        QCOMPARE(outcome->problems.size(), 3U);
        QCOMPARE(outcome->problems[0].place, std::string("line 3"));
        QCOMPARE(outcome->problems[0].error.code, ErrorCode::FormatTruncated);
        QCOMPARE(outcome->problems[1].error.code, ErrorCode::EncodingBadUtf8);
        QCOMPARE(outcome->problems[2].error.code, ErrorCode::FormatWrongType);
    }
}

void TestFhirFormat::longLineIsRefusedCheaply()
{
    const QByteArray line = R"({"resourceType":"Patient","language":")" + QByteArray(100 << 20, 'x') + "\"}";
    QElapsedTimer timer;
    timer.start();
    for (const char *name : {"p.ndjson", "p.json"}) {
        const auto outcome = readSource(line, QString::fromLatin1(name));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::FormatTooLarge);
        QCOMPARE(outcome.error().param("line"), std::string("1"));
    }
    QVERIFY(timer.elapsed() < 5000);
}

/// Eight times the lines must not take much more than eight times as long (a list searched for every line would).
void TestFhirFormat::manyLinesTakeLinearTime()
{
    const auto elapsed = [](int lines) {
        QByteArray bytes;
        for (int i = 0; i < lines; ++i)
            bytes += R"({"resourceType":"Encounter","identifier":[{"value":"V-)" + QByteArray::number(i)
                     + R"("}],"subject":{"reference":"Patient/1"},"serviceProvider":{"display":"Ward )" + QByteArray::number(i % 50) + "\"}}\n";
        QElapsedTimer timer;
        timer.start();
        const auto outcome = readSource(bytes, QStringLiteral("e.ndjson"));
        return outcome && outcome->documents.size() == 1 ? std::max<qint64>(timer.elapsed(), 20) : -1;
    };
    const qint64 few = elapsed(1000);
    const qint64 many = elapsed(8000);
    QVERIFY(few > 0 && many > 0);
    QVERIFY2(many < few * 30, qPrintable(QStringLiteral("%1 ms, %2 ms").arg(few).arg(many)));
}

void TestFhirFormat::resourceIds()
{
    const auto part = [](const std::string &text) {
        const records::Span span = records::resourceIdSpan(text);
        return encodeUtf8(std::u32string_view(decodeUtf8(text)).substr(span.begin, span.length()));
    };
    QCOMPARE(part("129c"), std::string("129c"));
    QCOMPARE(part("Levin"), std::string("Levin"));
    QCOMPARE(part("Patient/129c"), std::string("129c"));
    QCOMPARE(part("http://h/fhir/Patient/129c/_history/2"), std::string("129c"));
    QCOMPARE(part("urn:uuid:129c"), std::string("129c"));
    QCOMPARE(part("#a2"), std::string("a2"));
    QCOMPARE(part("Patient/129c/$everything"), std::string("129c"));
    QCOMPARE(part("Practitioner?identifier=http://sys|99"), std::string("99"));
    QCOMPARE(part("Patient?identifier=123"), std::string("123"));
}

QTEST_GUILESS_MAIN(TestFhirFormat)
#include "test_fhir_format.moc"
