// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/crypto/age.h"
#include "peer.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace amana;
using namespace amana::crypto;

namespace {

QString agePath; // its age-keygen has the same name, and "-keygen"

QByteArray secretOf(const AgeIdentity &identity)
{
    return QByteArray::fromStdString(std::string(identity.text().text()));
}

QString recipientOf(const AgeIdentity &identity)
{
    return QString::fromStdString(identity.recipient().text());
}

} // namespace

/// Hybrid post-quantum keys and files, of ours by age 1.3 or newer and the other way round.
class TestPeerAgeHybrid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sameRecipientOfAKey();
    void ageOpensOurs_data() { sizes(); }
    void ageOpensOurs();
    void weOpenTheirs_data() { sizes(); }
    void weOpenTheirs();
    void weOpenTheirsArmored();
    void neitherMixes();

private:
    static void sizes();
    [[nodiscard]] QString at(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void write(const char *name, const QByteArray &bytes) { QVERIFY(writeFileAtomic(at(name), bytes, true)); }
    [[nodiscard]] QByteArray read(const char *name) const { return readFile(at(name)).value_or("(no such file)"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::vector<AgeIdentity> m_keys; ///< one of age-keygen and one of ours, in files of these names
};

void TestPeerAgeHybrid::sizes()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 65536, 65537, 5'000'003})
        QTest::addRow("%d bytes", size) << size;
}

void TestPeerAgeHybrid::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const PeerResult made = runPeer(agePath + QStringLiteral("-keygen"), {"-pq", "-o", at("theirs")});
    QVERIFY2(made.code == 0, made.err.constData());
    auto keys = parseIdentityFile(read("theirs").toStdString());
    QVERIFY(keys);
    m_keys = std::move(*keys);
    QVERIFY(m_keys.front().isHybrid());
    m_keys.push_back(AgeIdentity::generateHybrid().value());
    write("ours", "# made by Amana\n" + secretOf(m_keys.back()) + '\n');
}

void TestPeerAgeHybrid::sameRecipientOfAKey()
{
    for (const char *name : {"theirs", "ours"}) {
        const PeerResult shown = runPeer(agePath + QStringLiteral("-keygen"), {"-y", at(name)});
        const auto keys = parseIdentityFile(read(name).toStdString());
        QCOMPARE(QString::fromLatin1(shown.out.trimmed()), recipientOf(keys->front()));
    }
}

void TestPeerAgeHybrid::ageOpensOurs()
{
    QFETCH(int, size);
    const QByteArray plain = testBytes(size);
    write("plain", plain);
    const std::vector<AgeRecipient> recipients{m_keys.front().recipient(), m_keys.back().recipient()};
    QVERIFY(ageEncryptFile(at("plain"), at("sealed.age"), recipients));
    for (const char *key : {"theirs", "ours"}) {
        // to standard output: with -o, age makes no file of no bytes
        const PeerResult opened = runPeer(agePath, {"-d", "-i", at(key), at("sealed.age")});
        QVERIFY2(opened.code == 0, opened.err.constData());
        QCOMPARE(opened.out, plain);
    }
}

void TestPeerAgeHybrid::weOpenTheirs()
{
    QFETCH(int, size);
    const QByteArray plain = testBytes(size);
    write("plain", plain);
    const PeerResult sealed = runPeer(agePath, {"-r", recipientOf(m_keys.front()), "-r", recipientOf(m_keys.back()),
                                                "-o", at("sealed.age"), at("plain")});
    QVERIFY2(sealed.code == 0, sealed.err.constData());
    for (const AgeIdentity &key : m_keys) {
        QVERIFY(ageDecryptFile(at("sealed.age"), at("opened"), std::span(&key, 1)));
        QCOMPARE(read("opened"), plain);
    }
    const auto other = AgeIdentity::generateHybrid();
    const auto refused = ageOpen(bytesOf(read("sealed.age")), std::span(&*other, 1));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::AgeNoMatch);
}

void TestPeerAgeHybrid::weOpenTheirsArmored()
{
    const QByteArray plain = testBytes(200'000);
    write("plain", plain);
    const PeerResult sealed =
        runPeer(agePath, {"-a", "-r", recipientOf(m_keys.back()), "-o", at("sealed.age"), at("plain")});
    QVERIFY2(sealed.code == 0, sealed.err.constData());
    QVERIFY(read("sealed.age").startsWith("-----BEGIN"));
    QVERIFY(ageDecryptFile(at("sealed.age"), at("opened"), m_keys));
    QCOMPARE(read("opened"), plain);
}

void TestPeerAgeHybrid::neitherMixes()
{
    write("plain", "readings");
    const AgeIdentity classic = AgeIdentity::generate();
    const std::vector<AgeRecipient> mixed{m_keys.back().recipient(), classic.recipient()};
    QVERIFY(!ageSeal({}, mixed));
    const PeerResult theirs = runPeer(agePath, {"-r", recipientOf(m_keys.back()), "-r", recipientOf(classic), "-o",
                                                at("mixed.age"), at("plain")});
    QVERIFY(theirs.code != 0);
}

int main(int argc, char **argv)
{
    if (!ageHybridSupported()) {
        std::puts("did not run: OpenSSL here has no ML-KEM (from 3.5 on)");
        return kDidNotRun;
    }
    const Peer age = findPeer("age-pq", "AMANA_AGE_PQ", "AMANA_WITHOUT_AGE_PQ");
    if (const int code = exitCodeWithout(age); code != 0)
        return code;
    agePath = age.path;
    QCoreApplication application(argc, argv);
    TestPeerAgeHybrid test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_peer_age_hybrid.moc"
