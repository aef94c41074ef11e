// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that work on files alone: inspect, deid, seal, open, cid, car.
#include "runner.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTest>

#include <map>
#include <set>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

namespace {

// The key pair of the C2SP age test kit (CC0).
const QByteArray kKey = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX\n";
const QString kRecipient = QStringLiteral("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
const QByteArray kOtherKey = "AGE-SECRET-KEY-1ZUT3W9CHZUT3W9CHZUT3W9CHZUT3W9CHZUT3W9CHZUT3W9CHZUTSGU5XK6\n";
const QString kSample = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample");

std::vector<std::string> planted()
{
    std::vector<std::string> all;
    const auto root =
        nlohmann::json::parse(contentOf(kSample + QStringLiteral("/planted.json")).toStdString());
    for (const auto &file : root["files"])
        for (const auto &text : file)
            all.push_back(text.get<std::string>());
    return all;
}

/// In names and contents below a folder, base64 runs decoded.
QStringList plantedBelow(const QString &folder)
{
    QStringList found;
    QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        QByteArray bytes = path.mid(folder.size()).toUtf8() + '\n' + contentOf(path);
        QByteArray run;
        for (const char c : QByteArray(bytes + ' ')) {
            if (isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/' || c == '=') {
                run += c;
            } else {
                bytes += QByteArray::fromBase64(run) + '\n';
                run.clear();
            }
        }
        for (const std::string &text : planted())
            if (bytes.contains(QByteArray::fromStdString(text)))
                found << it.fileName() + QStringLiteral(": ") + QString::fromStdString(text);
    }
    return found;
}

} // namespace

class TestCliFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cidsAreKubos();
    void carOfAFolder();
    void sealAndOpen();
    void sealThroughPipes();
    void sealIntoAStoreAndBack();
    void openingFromAStoreRefuses();
    void sealRefuses();
    void interruptLeavesNothing();
    void inspectSample();
    void inspectBadInput_data();
    void inspectBadInput();
    void inspectUnreadableFolder();
    void deidFolder();
    void deidHidesFileNames();
    void deidRefuses();
    void deidJsonLines();

private:
    Runner m_runner;
};

// Identifiers by `ipfs add -r --only-hash` of Kubo 0.40.1 with the profile unixfs-v1-2025.
void TestCliFiles::cidsAreKubos()
{
    const QString hello = m_runner.write(QStringLiteral("tree/a.txt"), "hello world");
    m_runner.write(QStringLiteral("tree/sub/b.txt"), "b");
    const QString empty = m_runner.write(QStringLiteral("empty"), {});
    const Ran ran =
        m_runner.json({QStringLiteral("cid"), hello, empty, m_runner.path(QStringLiteral("tree"))});
    QCOMPARE(ran.code, 0);
    SAME_JSON(ran.json["cids"][0]["cid"], "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
    SAME_JSON(ran.json["cids"][1]["cid"], "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
    SAME_JSON(ran.json["cids"][2]["cid"], "bafybeieoza6lhxhtcfc5o5zsqpbky2r5pyg3fv2as2ttfiewdxoxd3k7ne");
    SAME_JSON(ran.json["cids"][0]["fileSize"], 11);
    const Ran text = m_runner.run({QStringLiteral("cid"), hello});
    QCOMPARE(text.out,
             "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e  " + hello.toUtf8() + '\n');
    const Ran missing = m_runner.json({QStringLiteral("cid"), m_runner.path(QStringLiteral("nothing"))});
    QCOMPARE(missing.code, 1);
    QCOMPARE(missing.errorCode(), std::string("file.notFound"));
}

void TestCliFiles::carOfAFolder()
{
    m_runner.write(QStringLiteral("car-tree/a.txt"), "hello world");
    m_runner.write(QStringLiteral("car-tree/sub/b.txt"), "b");
    const QString tree = m_runner.path(QStringLiteral("car-tree"));
    const QString target = m_runner.path(QStringLiteral("tree.car"));
    const Ran ran = m_runner.json({QStringLiteral("car"), tree, QStringLiteral("-o"), target});
    QVERIFY2(ran.code == 0, ran.why());
    SAME_JSON(ran.json["cid"], "bafybeieoza6lhxhtcfc5o5zsqpbky2r5pyg3fv2as2ttfiewdxoxd3k7ne");
    QVERIFY(contentOf(target).contains("hello world"));
    SAME_JSON(ran.json["bytes"], contentOf(target).size());
    const Ran piped = m_runner.run({QStringLiteral("car"), tree, QStringLiteral("-o"), QStringLiteral("-")});
    QCOMPARE(piped.code, 0);
    QCOMPARE(piped.out, contentOf(target));
    QCOMPARE(m_runner.json({QStringLiteral("car"), tree, QStringLiteral("-o"), target}).errorCode(),
             std::string("file.exists"));
    QCOMPARE(
        m_runner.json({QStringLiteral("car"), tree, QStringLiteral("-o"), target, QStringLiteral("--force")})
            .code,
        0);
}

void TestCliFiles::sealAndOpen()
{
    const QByteArray secret = QByteArray(200'000, 'x') + "the end";
    const QString plain = m_runner.write(QStringLiteral("plain"), secret);
    const QString key = m_runner.write(QStringLiteral("key"), "# a comment\n" + kKey);
    const QString sealed = m_runner.path(QStringLiteral("plain.age"));
    const Ran seal = m_runner.json(
        {QStringLiteral("seal"), plain, QStringLiteral("-o"), sealed, QStringLiteral("-r"), kRecipient});
    QVERIFY2(seal.code == 0, seal.why());
    QVERIFY(contentOf(sealed).startsWith("age-encryption.org/v1\n"));
    QVERIFY(!contentOf(sealed).contains("the end"));
    const QString opened = m_runner.path(QStringLiteral("opened"));
    const Ran open = m_runner.json(
        {QStringLiteral("open"), sealed, QStringLiteral("-i"), key, QStringLiteral("-o"), opened});
    QVERIFY2(open.code == 0, open.why());
    QCOMPARE(contentOf(opened), secret);
    struct stat info {};
    QCOMPARE(::stat(opened.toLocal8Bit().constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777u, 0600u);
}

void TestCliFiles::sealThroughPipes()
{
    const QString key = m_runner.write(QStringLiteral("key"), kKey);
    const Ran seal = m_runner.run({QStringLiteral("seal"), QStringLiteral("-"), QStringLiteral("-o"),
                                   QStringLiteral("-"), QStringLiteral("-r"), kRecipient},
                                  "by pipe");
    QVERIFY2(seal.code == 0, seal.why());
    const Ran open = m_runner.run({QStringLiteral("open"), QStringLiteral("-"), QStringLiteral("-o"),
                                   QStringLiteral("-"), QStringLiteral("-i"), key},
                                  seal.out);
    QVERIFY2(open.code == 0, open.why());
    QCOMPARE(open.out, QByteArray("by pipe"));
}

void TestCliFiles::sealIntoAStoreAndBack()
{
    QByteArray secret(5'300'000, 'x');
    for (qsizetype i = 0; i < secret.size(); i += 101)
        secret[i] = static_cast<char>(i);
    const QString plain = m_runner.write(QStringLiteral("to-store"), secret);
    const QString key = m_runner.write(QStringLiteral("key"), kKey);
    const QString store = m_runner.path(QStringLiteral("store"));
    const Ran seal = m_runner.json(
        {QStringLiteral("seal"), plain, QStringLiteral("--store"), store, QStringLiteral("-r"), kRecipient});
    QVERIFY2(seal.code == 0, seal.why());
    const QString cid = QString::fromStdString(seal.json["cid"].get<std::string>());
    SAME_JSON(seal.json["recipients"], 1);
    const QString opened = m_runner.path(QStringLiteral("from-store"));
    const Ran open = m_runner.json({QStringLiteral("open"), cid, QStringLiteral("--store"), store,
                                    QStringLiteral("-i"), key, QStringLiteral("-o"), opened});
    QVERIFY2(open.code == 0, open.why());
    QCOMPARE(contentOf(opened), secret);
    // Through pipes, and nothing but the CID on standard output.
    const Ran piped = m_runner.run({QStringLiteral("seal"), QStringLiteral("-"), QStringLiteral("--store"), store,
                                    QStringLiteral("-r"), kRecipient},
                                   "by pipe");
    QVERIFY2(piped.code == 0, piped.why());
    QVERIFY(piped.out.startsWith("bafkrei") && piped.out.endsWith('\n') && piped.out.count('\n') == 1);
    const Ran back = m_runner.run({QStringLiteral("open"), QString::fromLatin1(piped.out.trimmed()),
                                   QStringLiteral("--store"), store, QStringLiteral("-i"), key, QStringLiteral("-o"),
                                   QStringLiteral("-")});
    QVERIFY2(back.code == 0, back.why());
    QCOMPARE(back.out, QByteArray("by pipe"));
    // No encrypted file lies about, and no plaintext.
    QDirIterator it(store, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext())
        QVERIFY(!contentOf(it.next()).contains(QByteArray(64, 'x')));
}

void TestCliFiles::openingFromAStoreRefuses()
{
    const QString plain = m_runner.write(QStringLiteral("kept"), QByteArray(3'000'000, 'k'));
    const QString key = m_runner.write(QStringLiteral("key"), kKey);
    const QString wrong = m_runner.write(QStringLiteral("wrong-key"), kOtherKey);
    const QString store = m_runner.path(QStringLiteral("refusing-store"));
    const QString opened = m_runner.path(QStringLiteral("refused"));
    const Ran seal = m_runner.json(
        {QStringLiteral("seal"), plain, QStringLiteral("--store"), store, QStringLiteral("-r"), kRecipient});
    QVERIFY2(seal.code == 0, seal.why());
    const QString cid = QString::fromStdString(seal.json["cid"].get<std::string>());
    const auto open = [&](const QString &what, const QString &keyFile) {
        return m_runner.json({QStringLiteral("open"), what, QStringLiteral("--store"), store, QStringLiteral("-i"), keyFile,
                              QStringLiteral("-o"), opened});
    };
    QCOMPARE(open(cid, wrong).errorCode(), std::string("age.noMatch"));
    QCOMPARE(open(QStringLiteral("nonsense"), key).errorCode(), std::string("content.cidMalformed"));
    QCOMPARE(open(QStringLiteral("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"), key).errorCode(),
             std::string("content.blockMissing"));
    const Ran both = m_runner.json({QStringLiteral("seal"), plain, QStringLiteral("--store"), store, QStringLiteral("-o"),
                                    opened, QStringLiteral("-r"), kRecipient});
    QCOMPARE(both.code, 2);
    // One altered block, somewhere behind the first: nothing is kept of what was opened before.
    QDirIterator it(store, {QStringLiteral("*.blk")}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile block(it.next());
        if (block.size() < 500'000 || block.size() == 1 << 20) // the last, shorter leaf
            continue;
        QVERIFY(block.open(QIODevice::ReadWrite) && block.seek(1000) && block.putChar('!'));
    }
    QCOMPARE(open(cid, key).errorCode(), std::string("content.blockAltered"));
    QVERIFY(!QFile::exists(opened));
}

void TestCliFiles::sealRefuses()
{
    const QString plain = m_runner.write(QStringLiteral("p"), "content");
    const QString key = m_runner.write(QStringLiteral("key"), kKey);
    const QString wrong = m_runner.write(QStringLiteral("wrong-key"), kOtherKey);
    const QString sealed = m_runner.path(QStringLiteral("p.age"));
    const QString opened = m_runner.path(QStringLiteral("p.opened"));
    const auto open = [&](const QString &file, const QString &keyFile) {
        return m_runner.json(
            {QStringLiteral("open"), file, QStringLiteral("-i"), keyFile, QStringLiteral("-o"), opened});
    };
    QCOMPARE(m_runner
                 .json({QStringLiteral("seal"), plain, QStringLiteral("-o"), sealed, QStringLiteral("-r"),
                        QStringLiteral("age1nobody")})
                 .errorCode(),
             std::string("age.badRecipient"));
    QVERIFY(!QFile::exists(sealed));
    QCOMPARE(m_runner
                 .json({QStringLiteral("seal"), plain, QStringLiteral("-o"), sealed, QStringLiteral("-r"),
                        kRecipient})
                 .code,
             0);
    QCOMPARE(m_runner
                 .json({QStringLiteral("seal"), plain, QStringLiteral("-o"), sealed, QStringLiteral("-r"),
                        kRecipient})
                 .errorCode(),
             std::string("file.exists"));
    const QByteArray whole = contentOf(sealed);
    const Ran noMatch = open(sealed, wrong);
    QVERIFY2(noMatch.code == 1 && noMatch.errorCode() == "age.noMatch", noMatch.why());
    QByteArray altered = whole;
    altered[altered.size() - 3] = static_cast<char>(altered[altered.size() - 3] ^ 1);
    QCOMPARE(open(m_runner.write(QStringLiteral("altered.age"), altered), key).errorCode(),
             std::string("age.payloadTampered"));
    const Ran cut = open(m_runner.write(QStringLiteral("cut.age"), whole.left(60)), key);
    QVERIFY2(cut.code == 1 && !cut.errorCode().empty(), cut.why());
    QCOMPARE(open(m_runner.write(QStringLiteral("no.age"), "not an age file"), key).errorCode(),
             std::string("age.malformed"));
    QCOMPARE(open(m_runner.path(QStringLiteral("absent.age")), key).errorCode(),
             std::string("file.notFound"));
    QVERIFY(!QFile::exists(opened));
    const QString noFolder = m_runner.path(QStringLiteral("absent/folder/x.age"));
    QCOMPARE(m_runner
                 .json({QStringLiteral("seal"), plain, QStringLiteral("-o"), noFolder, QStringLiteral("-r"),
                        kRecipient})
                 .errorCode(),
             std::string("file.unwritable"));
}

void TestCliFiles::interruptLeavesNothing()
{
    const QString large = m_runner.write(QStringLiteral("large"), {});
    QVERIFY(QFile::resize(large, qint64(64) << 30)); // holes: no space is used
    const QString sealed = m_runner.path(QStringLiteral("large.age"));
    QProcess process;
    m_runner.start(process, {QStringLiteral("--json"), QStringLiteral("cid"), large});
    QVERIFY(process.waitForStarted());
    QTest::qWait(700);
    QCOMPARE(process.state(), QProcess::Running);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    const auto document = nlohmann::json::parse(process.readAllStandardOutput().toStdString());
    SAME_JSON(document["error"]["code"], "job.cancelled");

    QVERIFY(QFile::resize(large, qint64(1) << 30)); // what is written until the interrupt takes space
    m_runner.start(process, {QStringLiteral("seal"), large, QStringLiteral("-o"), sealed,
                             QStringLiteral("-r"), kRecipient});
    QVERIFY(process.waitForStarted());
    QTest::qWait(400);
    if (process.state() == QProcess::Running)
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("job.cancelled"));
    const QStringList left =
        QDir(QFileInfo(sealed).path()).entryList({QStringLiteral("large.age*")}, QDir::Files | QDir::Hidden);
    QVERIFY2(left.isEmpty(), qPrintable(left.join(u' ')));
}

void TestCliFiles::inspectSample()
{
    const Ran ran = m_runner.json(
        {QStringLiteral("inspect"), kSample + QStringLiteral("/whitcombe-bundle.json"),
         kSample + QStringLiteral("/two-patients.ndjson"), kSample + QStringLiteral("/note-korean.txt"),
         kSample + QStringLiteral("/blood-pressure.csv")});
    QVERIFY2(ran.code == 0, ran.why());
    SAME_JSON(ran.json["read"], 4);
    std::map<std::string, const nlohmann::json *> byName;
    for (const auto &file : ran.json["files"])
        byName[QFileInfo(QString::fromStdString(file["path"].get<std::string>())).fileName().toStdString()] =
            &file;
    SAME_JSON((*byName["whitcombe-bundle.json"])["documents"][0]["format"], "fhir.bundle");
    QVERIFY((*byName["two-patients.ndjson"])["documents"].size() >= 2);
    SAME_JSON((*byName["note-korean.txt"])["documents"][0]["format"], "text.note");
    SAME_JSON((*byName["blood-pressure.csv"])["documents"][0]["format"], "csv.device");
    QVERIFY(!QFileInfo::exists(m_runner.home() + QStringLiteral("/profiles"))); // nothing was imported
}

void TestCliFiles::inspectBadInput_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("code");
    QTest::newRow("truncated JSON") << QByteArray(
        "{\"resourceType\":\"Patient\",\"id\":\"a\",\"name\":[{\"fam")
                                    << "t.json"
                                    << "format.truncated";
    QTest::newRow("empty") << QByteArray() << "e.json"
                           << "format.empty";
    QTest::newRow("blank") << QByteArray("  \n \n") << "b.txt"
                           << "format.empty";
    QTest::newRow("binary") << QByteArray("\x7f"
                                          "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
                                          16)
                            << "x.json"
                            << "format.unknown";
}

void TestCliFiles::inspectBadInput()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, name);
    QFETCH(QString, code);
    const QString file = m_runner.write(QStringLiteral("bad/") + name, content);
    const Ran alone = m_runner.json({QStringLiteral("inspect"), file});
    QCOMPARE(alone.code, 1);
    QVERIFY2(alone.errorCode() == code.toStdString(), alone.why());
    SAME_JSON(alone.json["error"]["params"]["path"], file.toStdString());
    // A bad file does not stop the others.
    const Ran both =
        m_runner.json({QStringLiteral("inspect"), file, kSample + QStringLiteral("/note-korean.txt")});
    QCOMPARE(both.code, 0);
    SAME_JSON(both.json["read"], 1);
    SAME_JSON(both.json["unreadable"], 1);
}

void TestCliFiles::inspectUnreadableFolder()
{
    const QString file = m_runner.write(QStringLiteral("locked/x.json"), "{}");
    const QString folder = QFileInfo(file).absolutePath();
    QCOMPARE(::chmod(QFileInfo(folder).absolutePath().toLocal8Bit().constData(), 0755), 0);
    QCOMPARE(::chmod(folder.toLocal8Bit().constData(), 0), 0);
    QProcess process;
    if (::geteuid() == 0) // root reads everything: become nobody
        process.setChildProcessModifier([] {
            if (::setuid(65534) != 0)
                ::_exit(1);
        });
    m_runner.start(process, {QStringLiteral("--json"), QStringLiteral("inspect"), folder});
    QVERIFY(process.waitForFinished());
    ::chmod(folder.toLocal8Bit().constData(), 0700);
    QCOMPARE(process.exitCode(), 1);
    const auto document = nlohmann::json::parse(process.readAllStandardOutput().toStdString());
    SAME_JSON(document["error"]["code"], "file.unreadable");
}

void TestCliFiles::deidFolder()
{
    const QString in = m_runner.path(QStringLiteral("deid-in"));
    QDir().mkpath(in);
    for (const char *name :
         {"whitcombe-bundle.json", "two-patients.ndjson", "glucose-whitcombe.csv", "blood-pressure.csv"})
        QVERIFY(QFile::copy(kSample + QLatin1Char('/') + QLatin1String(name),
                            in + QLatin1Char('/') + QLatin1String(name)));
    const QString out = m_runner.path(QStringLiteral("deid-out"));
    const QString report = m_runner.path(QStringLiteral("report.json"));
    const Ran ran = m_runner.json(
        {QStringLiteral("deid"), in, QStringLiteral("-o"), out, QStringLiteral("--report"), report});
    QVERIFY2(ran.code == 0, ran.why());
    QVERIFY(ran.json["files"].size() >= 5);
    QVERIFY(!ran.json["modelHash"].get<std::string>().empty());
    const QStringList left = plantedBelow(out);
    QVERIFY2(left.isEmpty(), qPrintable(left.join(QStringLiteral("; "))));
    QVERIFY(!plantedBelow(in).isEmpty()); // the search finds what is there
    // The same person is one pseudonym in the bundle and in the sensor export.
    std::map<std::string, std::set<std::string>> subjects;
    for (const auto &file : ran.json["files"]) {
        const QString input = QFileInfo(QString::fromStdString(file["input"].get<std::string>())).fileName();
        subjects[input.toStdString()].insert(file["subject"].get<std::string>());
        const Ran again = m_runner.json(
            {QStringLiteral("inspect"), QString::fromStdString(file["output"].get<std::string>())});
        QVERIFY2(again.code == 0, again.why()); // still the same format
        SAME_JSON(again.json["files"][0]["documents"][0]["format"], file["format"]);
    }
    SAME_JSON(subjects["whitcombe-bundle.json"], subjects["glucose-whitcombe.csv"]);
    QVERIFY(subjects["two-patients.ndjson"].size() >= 2);
    const QByteArray text = contentOf(report);
    for (const std::string &identifier : planted())
        QVERIFY2(!text.contains(QByteArray::fromStdString(identifier)), identifier.c_str());
    QVERIFY(!nlohmann::json::parse(text.toStdString()).empty());
}

void TestCliFiles::deidHidesFileNames()
{
    const QString in = m_runner.path(QStringLiteral("named/Margaret_Whitcombe_1951-03-14.json"));
    QDir().mkpath(QFileInfo(in).absolutePath());
    QVERIFY(QFile::copy(kSample + QStringLiteral("/whitcombe-bundle.json"), in));
    const QString out = m_runner.path(QStringLiteral("named-out"));
    const Ran ran = m_runner.json({QStringLiteral("deid"), QFileInfo(in).absolutePath(), QStringLiteral("-o"),
                                   out, QStringLiteral("--no-model")});
    QVERIFY2(ran.code == 0, ran.why());
    const QStringList names = QDir(out).entryList(QDir::Files);
    QCOMPARE(names.size(), 1);
    QVERIFY2(names[0].startsWith(QStringLiteral("P-")) && names[0].endsWith(QStringLiteral(".json")),
             qPrintable(names[0]));
}

void TestCliFiles::deidRefuses()
{
    const QString good = kSample + QStringLiteral("/note-korean.txt");
    const QString bad = m_runner.write(QStringLiteral("deid-bad/t.json"), "{\"resourceType\":\"Patient\",");
    const QString out = m_runner.path(QStringLiteral("mixed-out"));
    const Ran mixed = m_runner.json(
        {QStringLiteral("deid"), good, bad, QStringLiteral("-o"), out, QStringLiteral("--no-model")});
    QCOMPARE(mixed.code, 1);
    QVERIFY2(mixed.errorCode() == "format.truncated", mixed.why());
    QCOMPARE(QDir(out).entryList(QDir::Files).size(), 1); // the good one is there
    const Ran again = m_runner.json(
        {QStringLiteral("deid"), good, QStringLiteral("-o"), out, QStringLiteral("--no-model")});
    QCOMPARE(again.errorCode(), std::string("file.exists"));
    const Ran policy = m_runner.json({QStringLiteral("deid"), good, QStringLiteral("-o"),
                                      m_runner.path(QStringLiteral("x.txt")), QStringLiteral("--policy"),
                                      QStringLiteral("none")});
    QCOMPARE(policy.code, 1);
    QCOMPARE(policy.errorCode(), std::string("deid.policyUnknown"));
    QVERIFY(!QFile::exists(m_runner.path(QStringLiteral("x.txt"))));
}

void TestCliFiles::deidJsonLines()
{
    const QByteArray lines =
        "{\"id\":\"1\",\"text\":\"Seen by Dr. Samuel Adler on 12 March 2021, phone (555) 013-4477.\"}\n"
        "\n{\"id\":\"2\",\"text\":\"\xED\x99\x98\xEC\x9E\x90 has no fever.\"}\n";
    const QString in = m_runner.write(QStringLiteral("notes.jsonl"), lines);
    const QString out = m_runner.path(QStringLiteral("spans.jsonl"));
    const Ran ran = m_runner.json({QStringLiteral("deid"), in, QStringLiteral("-o"), out});
    QVERIFY2(ran.code == 0, ran.why());
    SAME_JSON(ran.json["lines"], 2);
    const QList<QByteArray> answers = contentOf(out).trimmed().split('\n');
    QCOMPARE(answers.size(), 2);
    const auto first = nlohmann::json::parse(answers[0].toStdString());
    SAME_JSON(first["id"], "1");
    std::set<std::string> types;
    const std::u32string text = QString::fromStdString(first["text"].get<std::string>()).toStdU32String();
    bool phone = false;
    for (const auto &span : first["spans"]) {
        types.insert(span["type"].get<std::string>());
        const auto begin = span["start"].get<std::size_t>();
        const std::u32string marked = text.substr(begin, span["end"].get<std::size_t>() - begin);
        phone = phone || QString::fromStdU32String(marked).contains(QStringLiteral("013-4477"));
        QVERIFY(span.contains("score") && span.contains("by"));
    }
    QVERIFY(types.contains("DATE"));
    QVERIFY(types.contains("NAME"));
    QVERIFY2(phone, answers[0].constData());
    const Ran piped = m_runner.run(
        {QStringLiteral("deid"), QStringLiteral("-"), QStringLiteral("-o"), QStringLiteral("-")}, lines);
    QVERIFY2(piped.code == 0, piped.why());
    QCOMPARE(piped.out, contentOf(out));
}

QTEST_GUILESS_MAIN(TestCliFiles)
#include "test_cli_files.moc"
