// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/crypto/age.h"
#include "peer.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace amana;
using namespace amana::crypto;

namespace {

QString agePath;

QByteArray secretOf(const AgeIdentity &identity)
{
    return QByteArray::fromStdString(std::string(identity.text().text()));
}

QString recipientOf(const AgeIdentity &identity)
{
    return QString::fromStdString(identity.recipient().text());
}

std::vector<AgeIdentity> one(const AgeIdentity &identity)
{
    std::vector<AgeIdentity> list;
    list.push_back(identity.clone());
    return list;
}

void sizes()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 65535, 65536, 65537, 131072, 5'000'003})
        QTest::addRow("%d bytes", size) << size;
}

} // namespace

/// Files of ours opened by Debian's age, and files of age opened by ours.
class TestPeerAge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void ageOpensOurs_data() { sizes(); }
    void ageOpensOurs();
    void weOpenTheirs_data() { sizes(); }
    void weOpenTheirs();
    void weOpenTheirsArmored_data() { sizes(); }
    void weOpenTheirsArmored();
    void keyFilesOfAgeKeygen();
    void aKeyCapsuleOpensAPart();
    void ageRefusesWhatWeRefuse();

private:
    [[nodiscard]] QString at(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void write(const char *name, const QByteArray &bytes) { QVERIFY(writeFileAtomic(at(name), bytes, true)); }
    [[nodiscard]] QByteArray read(const char *name) const
    {
        return readFile(at(name)).value_or("(no such file)");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPeerAge::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestPeerAge::ageOpensOurs()
{
    QFETCH(int, size);
    std::vector<AgeRecipient> recipients;
    std::vector<AgeIdentity> identities;
    for (int i = 0; i < 3; ++i) {
        identities.push_back(AgeIdentity::generate());
        recipients.push_back(identities.back().recipient());
    }
    const QByteArray plain = testBytes(size);
    write("plain", plain);
    QVERIFY(ageEncryptFile(at("plain"), at("sealed.age"), recipients));
    for (const AgeIdentity &identity : identities) {
        write("key", secretOf(identity) + '\n');
        // to standard output: with -o, age makes no file of no bytes
        const PeerResult result = runPeer(agePath, {"-d", "-i", at("key"), at("sealed.age")});
        QVERIFY2(result.code == 0, result.err.constData());
        QCOMPARE(result.out, plain);
    }
}

void TestPeerAge::weOpenTheirs()
{
    QFETCH(int, size);
    const AgeIdentity first = AgeIdentity::generate();
    const AgeIdentity second = AgeIdentity::generate();
    const QByteArray plain = testBytes(size);
    write("plain", plain);
    const PeerResult result = runPeer(
        agePath, {"-r", recipientOf(first), "-r", recipientOf(second), "-o", at("sealed.age"), at("plain")});
    QVERIFY2(result.code == 0, result.err.constData());
    for (const AgeIdentity *identity : {&first, &second}) {
        QVERIFY(ageDecryptFile(at("sealed.age"), at("opened"), one(*identity)));
        QCOMPARE(read("opened"), plain);
    }
    const auto other = ageOpen(bytesOf(read("sealed.age")), one(AgeIdentity::generate()));
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::AgeNoMatch);
}

void TestPeerAge::weOpenTheirsArmored()
{
    QFETCH(int, size);
    const AgeIdentity identity = AgeIdentity::generate();
    const QByteArray plain = testBytes(size);
    write("plain", plain);
    const PeerResult result =
        runPeer(agePath, {"-a", "-r", recipientOf(identity), "-o", at("sealed.age"), at("plain")});
    QVERIFY2(result.code == 0, result.err.constData());
    QVERIFY(read("sealed.age").startsWith("-----BEGIN"));
    QVERIFY(ageDecryptFile(at("sealed.age"), at("opened"), one(identity)));
    QCOMPARE(read("opened"), plain);
}

void TestPeerAge::keyFilesOfAgeKeygen()
{
    const QString keygen = QFileInfo(agePath).path() + QStringLiteral("/age-keygen");
    const PeerResult made = runPeer(keygen, {"-o", at("key")});
    QVERIFY2(made.code == 0, made.err.constData());
    const PeerResult shown = runPeer(keygen, {"-y", at("key")});
    const auto identities = parseIdentityFile(read("key").toStdString());
    QVERIFY(identities);
    QCOMPARE(recipientOf(identities->front()), QString::fromLatin1(shown.out.trimmed()));

    const AgeIdentity ours = AgeIdentity::generate();
    write("ours", "# made by Amana\n" + secretOf(ours) + '\n');
    QCOMPARE(QString::fromLatin1(runPeer(keygen, {"-y", at("ours")}).out.trimmed()), recipientOf(ours));
}

/// The promise of a grant: `age -d -i me.key capsule.age > parts.key && age -d -i parts.key part.age`.
void TestPeerAge::aKeyCapsuleOpensAPart()
{
    const AgeIdentity me = AgeIdentity::generate();
    const AgeIdentity part = AgeIdentity::generate();
    const AgeIdentity otherPart = AgeIdentity::generate();
    const std::vector<AgeRecipient> toPart{part.recipient()};
    const std::vector<AgeRecipient> toMe{me.recipient()};
    const QByteArray keys = "# one\n" + secretOf(otherPart) + "\n# two\n" + secretOf(part) + '\n';
    const auto capsule = ageSeal(bytesOf(keys), toMe);
    const auto sealed = ageSeal(bytesOf(std::string_view("readings")), toPart);
    QVERIFY(capsule && sealed);
    write("me.key", secretOf(me));
    write("capsule.age", *capsule);
    write("part.age", *sealed);
    QCOMPARE(runPeer(agePath, {"-d", "-i", at("me.key"), "-o", at("parts.key"), at("capsule.age")}).code, 0);
    QCOMPARE(runPeer(agePath, {"-d", "-i", at("parts.key"), at("part.age")}).out, QByteArray("readings"));
}

void TestPeerAge::ageRefusesWhatWeRefuse()
{
    const AgeIdentity identity = AgeIdentity::generate();
    const std::vector<AgeRecipient> recipients{identity.recipient()};
    const auto sealed = ageSeal(bytesOf(testBytes(100'000)), recipients);
    QVERIFY(sealed);
    write("key", secretOf(identity));
    QByteArray flipped = *sealed;
    flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 4);
    for (const QByteArray &bad :
         {flipped, sealed->chopped(1), sealed->left(sealed->size() / 2), *sealed + 'x'}) {
        write("bad.age", bad);
        QVERIFY(runPeer(agePath, {"-d", "-i", at("key"), at("bad.age")}).code != 0);
        QVERIFY(!ageOpen(bytesOf(bad), one(identity)));
    }
}

int main(int argc, char **argv)
{
    const Peer age = findPeer("age", "AMANA_AGE", "AMANA_WITHOUT_AGE");
    if (const int code = exitCodeWithout(age); code != 0)
        return code;
    agePath = age.path;
    QCoreApplication application(argc, argv);
    TestPeerAge test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_peer_age.moc"
