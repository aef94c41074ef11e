// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/crypto/merkle.h"
#include "core/crypto/random.h"
#include "core/sharing/reading_batch.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace amana;
using namespace amana::sharing;

namespace {

struct Found {
    std::vector<std::string> readings;
    ReadingLayout layout;
};

Result<Found> readAll(ReadingSource &source, std::vector<std::string> &readings, const QByteArray &bytes, qsizetype piece)
{
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        const QByteArray part = bytes.mid(at, piece);
        AMANA_CHECK(source.add(bytesOf(part)));
    }
    AMANA_CHECK(source.finish());
    return Found{readings, source.layout()};
}

Result<Found> recognise(const QByteArray &bytes, qsizetype piece = 1 << 16)
{
    std::vector<std::string> readings;
    const auto source = ReadingSource::recognise(QStringLiteral("x"), [&readings](std::string_view reading) -> Status {
        readings.emplace_back(reading);
        return {};
    });
    return readAll(*source, readings, bytes, piece);
}

Result<Found> follow(const ReadingLayout &layout, const QByteArray &bytes)
{
    std::vector<std::string> readings;
    const auto source = ReadingSource::follow(layout, [&readings](std::string_view reading) -> Status {
        readings.emplace_back(reading);
        return {};
    });
    return readAll(*source, readings, bytes, 1000);
}

QByteArray sample(const QString &name)
{
    return readFile(QStringLiteral(AMANA_SOURCE_DIR "/tests/data/formats/") + name).value();
}

const char kPatient[] = R"({"resourceType":"Patient","id":"1"})"
                        "\n";

/// JSON written with single quotes.
std::string quoted(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

const char kObservation[] =
    R"({"resourceType":"Observation","status":"final","code":{"text":"glucose"},"valueQuantity":{"value":5.60,"unit":"mmol/L"}})";

} // namespace

class TestReadings : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<store::Vault> m_vault;

    QString write(const QByteArray &bytes, const char *name = "source")
    {
        const QString path = m_folder.filePath(QLatin1String(name));
        return writeFileAtomic(path, bytes) ? path : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_vault = std::move(store::Vault::open(m_folder.filePath("vault"), crypto::randomSecret(32)).value());
    }

    void recordsOfATableKeepTheirCharacters()
    {
        const auto found = recognise("\xEF\xBB\xBFTimestamp;Glucose mg/dL;Note\r\n"
                                     "2024-01-02 08:00;5,60;\"a \"\"b\"\"; c\"\r\n"
                                     "2024-01-02 08:05;;no value\r\n"
                                     "\r\n"
                                     "2024-01-02 08:10; 100.00 ;\"tab\tline\nend\";more");
        QVERIFY2(found, found ? "" : found.error().debugString().c_str());
        QCOMPARE(found->readings.size(), std::size_t(2));
        QCOMPARE(found->readings[0],
                 quoted("[['Timestamp','2024-01-02 08:00'],['Glucose mg/dL','5,60'],['Note','a \\'b\\'; c']]"));
        QCOMPARE(found->readings[1], quoted("[['Timestamp','2024-01-02 08:10'],['Glucose mg/dL','100.00'],"
                                            "['Note','tab\\tline\\nend'],['','more']]"));
        QCOMPARE(found->layout.separator, ';');
        QCOMPARE(found->layout.tables, (std::vector<ReadingLayout::Table>{{1, {1}}}));
    }

    void linesAreTakenAsTheyAre()
    {
        const QByteArray line(kObservation);
        const auto found = recognise("\n  " + line + " \r\n\r\n" + line);
        QVERIFY2(found, found ? "" : found.error().debugString().c_str());
        QCOMPARE(found->readings, (std::vector<std::string>{kObservation, kObservation}));
        QCOMPARE(found->layout.kind, ReadingLayout::Kind::FhirLines);
    }

    // RFC 8785, section 3.2.2.2
    void textsAreEscapedAsShortAsCanBe()
    {
        std::string out;
        appendJsonString(out, std::string_view("\x01\b\t\n\f\r\x1f \"\\/\x7f\u20ac", 15));
        QCOMPARE(out, std::string("\"\\u0001\\b\\t\\n\\f\\r\\u001f \\\"\\\\/\x7f\u20ac\""));
    }

    // Whatever the pieces, and whether the layout is found or known.
    void piecesDoNotMatter_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<int>("least");
        QDir folder(QStringLiteral(AMANA_SOURCE_DIR "/tests/data/formats/device-csv"));
        for (const QString &name : folder.entryList({QStringLiteral("*.csv"), QStringLiteral("*.txt")}, QDir::Files))
            QTest::newRow(qPrintable(name)) // of a pump's stops nothing was measured
                << sample(QStringLiteral("device-csv/") + name) << (name.contains(QLatin1String("suspend")) ? 0 : 1);
        QTest::newRow("lines") << QByteArray(QByteArray(kObservation) + "\r\n").repeated(50) << 50;
    }
    void piecesDoNotMatter()
    {
        QFETCH(QByteArray, source);
        QFETCH(int, least);
        const auto whole = recognise(source, source.size());
        QVERIFY2(whole, whole ? "" : whole.error().debugString().c_str());
        QVERIFY(static_cast<int>(whole->readings.size()) >= least);
        for (const qsizetype piece : {qsizetype(1), qsizetype(7), qsizetype(4096)}) {
            const auto parts = recognise(source, piece);
            QVERIFY(parts);
            QCOMPARE(parts->readings, whole->readings);
            QCOMPARE(parts->layout, whole->layout);
        }
        const auto again = follow(whole->layout, source);
        QVERIFY(again);
        QCOMPARE(again->readings, whole->readings);
        for (const std::string &reading : whole->readings)
            QVERIFY2(nlohmann::json::accept(reading), reading.c_str());
    }

    // Rows of an export that hold the patient's name are no readings.
    void namesAreNoReadings()
    {
        const auto found = recognise("Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Patient Info,"
                                     "Glucose Value (mg/dL)\n"
                                     "1,,FirstName,,Soon-hee,\n"
                                     "2,,LastName,,Yang,\n"
                                     "3,2024-01-02T08:00:00,EGV,,,104\n");
        QVERIFY2(found, found ? "" : found.error().debugString().c_str());
        QCOMPARE(found->readings.size(), std::size_t(1));
        QVERIFY(found->readings[0].find("104") != std::string::npos);
    }

    void whatIsNoReadingIsRefused_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QString>("code");
        const QByteArray line = QByteArray(kObservation) + "\n";
        const QByteArray table = "Timestamp,Glucose mg/dL\n2024-01-02 08:00,104\n";
        QTest::newRow("nothing") << QByteArray() << "format.empty";
        QTest::newRow("prose") << QByteArray("The patient slept well and feels better today, as was hoped for.\n")
                               << "readings.unsupported";
        QTest::newRow("a patient among them") << line + kPatient + line
                                              << "readings.unsupported";
        QTest::newRow("cut line") << line + line.left(40) << "format.truncated";
        QTest::newRow("no JSON") << line + line + "x\n" << "format.malformed";
        QTest::newRow("bad UTF-8 in a line") << line + QByteArray(kObservation).replace("glucose", "gl\xffucose") << "encoding.badUtf8";
        QTest::newRow("bad UTF-8 in a table") << table + "2024-01-02 08:05,\xff\n" << "encoding.badUtf8";
        QTest::newRow("open quote") << table + "2024-01-02 08:05,\"105\n" << "format.truncated";
        QTest::newRow("endless line") << line + "{" + QByteArray(3 << 20, ' ') << "format.tooLarge";
        QTest::newRow("endless record") << table + "\"" + QByteArray(3 << 20, 'x') << "format.tooLarge";
    }
    void whatIsNoReadingIsRefused()
    {
        QFETCH(QByteArray, source);
        QFETCH(QString, code);
        const auto found = recognise(source);
        QVERIFY(!found);
        QCOMPARE(std::string(errorId(found.error().code)), code.toStdString());
    }

    void everyReadingIsProven()
    {
        const QByteArray source = sample(QStringLiteral("device-csv/") + firstSample());
        const QString path = write(source);
        const auto batch = makeBatch(*m_vault, path);
        QVERIFY2(batch, batch ? "" : batch.error().debugString().c_str());
        const AnchorPlace place{31337, {}, 4};
        QCOMPARE(proveReading(*m_vault, place, 0).error().code, ErrorCode::ReadingsUnknownBatch);
        QVERIFY(rememberAnchor(*m_vault, place, *batch));
        QVERIFY(QFile::remove(path)); // the vault has a copy
        const std::vector<std::string> readings = recognise(source)->readings;
        QCOMPARE(batch->readings, std::uint64_t(readings.size()));
        for (const std::uint64_t index : {std::uint64_t(0), batch->readings / 2, batch->readings - 1}) {
            const auto proof = proveReading(*m_vault, place, index);
            QVERIFY2(proof, proof ? "" : proof.error().debugString().c_str());
            QCOMPARE(proof->reading, readings[index]);
            QCOMPARE(proof->root, batch->root);
            QVERIFY(checkProof(*proof));
            const auto read = proofFromJson(proofToJson(*proof));
            QVERIFY(read);
            QCOMPARE(*read, *proof);
        }
        QCOMPARE(proveReading(*m_vault, place, batch->readings).error().code, ErrorCode::ReadingsUnknownReading);
    }

    void theSameFileIsTheSameBatchHereAndAnotherElsewhere()
    {
        const QString path = write(QByteArray(kObservation) + "\n" + kObservation + "\n");
        const auto first = makeBatch(*m_vault, path);
        const auto second = makeBatch(*m_vault, path);
        QVERIFY(first && second);
        QCOMPARE(second->root, first->root);
        QCOMPARE(second->manifest, first->manifest);
        const auto other = store::Vault::open(m_folder.filePath("other"), crypto::randomSecret(32));
        QVERIFY(makeBatch(**other, path)->root != first->root);
        QVERIFY(makeBatch(**other, path)->manifest != first->manifest);
        // Equal readings have different leaves.
        QVERIFY(rememberAnchor(*m_vault, {1, {}, 1}, *first));
        const auto one = proveReading(*m_vault, {1, {}, 1}, 0);
        const auto two = proveReading(*m_vault, {1, {}, 1}, 1);
        QCOMPARE(one->reading, two->reading);
        QVERIFY(one->salt != two->salt && leafOf(*one) != leafOf(*two));
        QVERIFY(!first->manifest.contains(QByteArray::fromStdString(toHex(first->source))));
    }

    void aChangedProofDoesNotHold()
    {
        const QString path = write(QByteArray(QByteArray(kObservation) + "\n").repeated(5));
        const auto batch = makeBatch(*m_vault, path);
        QVERIFY(rememberAnchor(*m_vault, {1, {}, 2}, *batch));
        const ReadingProof good = proveReading(*m_vault, {1, {}, 2}, 3).value();
        const auto wrong = [](const ReadingProof &proof) {
            const Status held = checkProof(proof);
            return !held && held.error().code == ErrorCode::ReadingsProofWrong;
        };
        ReadingProof bad = good;
        bad.reading.replace(bad.reading.find("5.60"), 4, "5.6");
        QVERIFY(wrong(bad));
        bad = good;
        bad.salt[0] ^= 1;
        QVERIFY(wrong(bad));
        bad = good;
        bad.siblings.pop_back();
        QVERIFY(wrong(bad));
        bad = good;
        std::swap(bad.siblings[0], bad.siblings[1]);
        QVERIFY(wrong(bad));
        bad = good;
        bad.root[31] ^= 1;
        QVERIFY(wrong(bad));
    }

    void proofFilesAreReadStrictly_data()
    {
        QTest::addColumn<QString>("change"); // a JSON patch
        const auto row = [](const char *change) { QTest::newRow(change) << QString::fromStdString(quoted(change)); };
        for (const char *name : {"type", "version", "chainId", "contract", "batch", "readings", "root", "index", "salt",
                                 "reading", "siblings"})
            QTest::newRow(name) << QString::fromStdString(quoted("[{'op':'remove','path':'/%1'}]")).arg(QLatin1String(name));
        row("[{'op':'replace','path':'/version','value':2}]");
        row("[{'op':'replace','path':'/batch','value':-1}]");
        row("[{'op':'replace','path':'/batch','value':1.5}]");
        row("[{'op':'replace','path':'/root','value':'0x00'}]");
        row("[{'op':'replace','path':'/salt','value':7}]");
        row("[{'op':'replace','path':'/contract','value':'0x1'}]");
        row("[{'op':'replace','path':'/index','value':2}]");
        row("[{'op':'replace','path':'/readings','value':18446744073709551615}]");
        row("[{'op':'replace','path':'/siblings','value':'0x'}]");
        row("[{'op':'replace','path':'/siblings/0','value':null}]");
    }
    void proofFilesAreReadStrictly()
    {
        QFETCH(QString, change);
        const ReadingProof proof{1, {}, 2, 2, {}, 1, {}, "x", {Digest{}}};
        const auto file = nlohmann::json::parse(proofToJson(proof).toStdString());
        QVERIFY(proofFromJson(QByteArray::fromStdString(file.dump())));
        const auto read = proofFromJson(QByteArray::fromStdString(file.patch(nlohmann::json::parse(change.toStdString())).dump()));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::ReadingsProofMalformed);
    }

    void whatIsNoProofFileIsTold()
    {
        QVERIFY(isProofFile(proofToJson({})));
        for (const QByteArray &file : {QByteArray(), QByteArray("[]"), QByteArray("{}"), QByteArray("{\"type\":\"x\"}"),
                                       QByteArray(5 << 20, ' ')})
            QVERIFY(!isProofFile(file) && !proofFromJson(file));
    }

    void aDamagedCopyIsTold()
    {
        const QString path = write(QByteArray(QByteArray(kObservation) + "\n").repeated(2));
        const auto vault = store::Vault::open(m_folder.filePath("damaged"), crypto::randomSecret(32));
        const auto batch = makeBatch(**vault, path);
        QVERIFY(rememberAnchor(**vault, {1, {}, 3}, *batch));
        for (const QFileInfo &blob : QDir(m_folder.filePath("damaged")).entryInfoList({QStringLiteral("*.source.age")})) {
            QByteArray bytes = readFile(blob.filePath()).value();
            bytes[bytes.size() - 1] ^= 1;
            QVERIFY(writeFileAtomic(blob.filePath(), bytes));
        }
        QCOMPARE(proveReading(**vault, {1, {}, 3}, 0).error().code, ErrorCode::VaultCorrupt);
    }

    void nothingToAnchorIsTold()
    {
        const QString path = write("Timestamp,Glucose mg/dL\n2024-01-02 08:00,\n");
        const auto batch = makeBatch(*m_vault, path);
        QVERIFY(!batch);
        QCOMPARE(batch.error().code, ErrorCode::ReadingsNone);
        QCOMPARE(batch.error().param("path"), path.toStdString());
        QCOMPARE(makeBatch(*m_vault, m_folder.filePath("none")).error().code, ErrorCode::FileNotFound);
    }

    // READINGS.md, checked by a script that shares nothing with the program.
    void anIndependentScriptAgrees()
    {
        const QString path = write("Timestamp,Glucose mg/dL,Note\n2024-01-02 08:00,104,\"양순희, \"\"x\"\"\"\n"
                                   "2024-01-02 08:05,105.50,\n2024-01-02 08:10,106,\n");
        const auto batch = makeBatch(*m_vault, path);
        QVERIFY(rememberAnchor(*m_vault, {1, {}, 5}, *batch));
        for (std::uint64_t index = 0; index < 3; ++index) {
            ReadingProof proof = proveReading(*m_vault, {1, {}, 5}, index).value();
            QCOMPARE(script(proof), 0);
            proof.reading += " ";
            QCOMPARE(script(proof), 1);
        }
    }

private:
    static QString firstSample()
    {
        return QDir(QStringLiteral(AMANA_SOURCE_DIR "/tests/data/formats/device-csv"))
            .entryList({QStringLiteral("*.csv")}, QDir::Files)
            .value(0);
    }
    int script(const ReadingProof &proof)
    {
        return QProcess::execute(QStringLiteral("python3"),
                                 {QStringLiteral(AMANA_SOURCE_DIR "/tests/integration/readings/check_proof.py"),
                                  write(proofToJson(proof), "proof.json")});
    }
};

QTEST_GUILESS_MAIN(TestReadings)
#include "test_readings.moc"
