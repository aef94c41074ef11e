// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/crypto/hpke.h"
#include "core/crypto/hybrid_kem.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace amana;
using namespace amana::crypto;
using nlohmann::json;

namespace {

QByteArray bytes(const json &vector, const char *name)
{
    return fromHex(vector.at(name).get<std::string>()).value();
}

json vectorOf(const char *name)
{
    const auto file = readFile(QStringLiteral(AMANA_SOURCE_DIR "/tests/vectors/hpke/base.json"));
    return json::parse(file->toStdString()).at(name);
}

} // namespace

class TestHpkeVectors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keySchedule_data();
    void keySchedule();
    void hybridKem();
};

void TestHpkeVectors::keySchedule_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"rfc9180-a.2.1", "mlkem768x25519"})
        QTest::newRow(name) << QByteArray(name);
}

void TestHpkeVectors::keySchedule()
{
    QFETCH(QByteArray, name);
    const json vector = vectorOf(name.constData());
    const HpkeKeys keys =
        hpkeKeys(vector.at("kem_id").get<std::uint16_t>(), SecretBytes(bytesOf(bytes(vector, "shared_secret"))),
                 bytes(vector, "info").toStdString());
    QCOMPARE(toByteArray(keys.key.view()), bytes(vector, "key"));
    QCOMPARE(toByteArray(keys.nonce.view()), bytes(vector, "base_nonce"));

    const json &message = vector.at("encryption");
    const QByteArray aad = bytes(message, "aad");
    QByteArray sealed = hpkeSeal(keys, bytesOf(bytes(message, "pt")), bytesOf(aad));
    QCOMPARE(sealed, bytes(message, "ct"));
    const auto opened = hpkeOpen(keys, bytesOf(sealed), bytesOf(aad));
    QVERIFY(opened);
    QCOMPARE(toByteArray(opened->view()), bytes(message, "pt"));
    QVERIFY(!hpkeOpen(keys, bytesOf(sealed)));
    sealed[0] = static_cast<char>(sealed[0] ^ 1);
    QVERIFY(!hpkeOpen(keys, bytesOf(sealed), bytesOf(aad)));
    QVERIFY(!hpkeOpen(keys, bytesOf(sealed.left(15)), bytesOf(aad)));
}

void TestHpkeVectors::hybridKem()
{
    if (!mlKemSupported())
        QSKIP("OpenSSL here has no ML-KEM");
    const json vector = vectorOf("mlkem768x25519");
    const HybridKey key(bytesOf(bytes(vector, "skRm")));
    QCOMPARE(toByteArray(key.publicKey()), bytes(vector, "pkRm"));
    const auto secret = key.decapsulate(bytesOf(bytes(vector, "enc")));
    QVERIFY(secret);
    QCOMPARE(toByteArray(secret->view()), bytes(vector, "shared_secret"));
}

QTEST_GUILESS_MAIN(TestHpkeVectors)
#include "test_hpke_vectors.moc"
