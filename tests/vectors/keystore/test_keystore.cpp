// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/keys/keystore.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace amana;
using namespace amana::keys;
using nlohmann::json;

namespace {

/// Enough to be one, cheap enough for a test.
constexpr crypto::ScryptCost kCheap{1 << 10, 8, 1};

SecretBytes password(std::string_view text = "testpassword")
{
    return SecretBytes::fromText(text);
}

QByteArray vector(const char *name)
{
    return readFile(QStringLiteral(AMANA_SOURCE_DIR "/tests/vectors/keystore/") + QLatin1String(name)).value();
}

QByteArray bytesOfJson(const json &file)
{
    return QByteArray::fromStdString(file.dump());
}

std::string outcome(const QByteArray &file, const SecretBytes &with)
{
    const auto key = readKeystore(file, with);
    return key ? "ok" : std::string(errorId(key.error().code));
}

} // namespace

class TestKeystore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // "Web3 Secret Storage Definition", version 3: see README.md.
    void publishedVectors_data()
    {
        QTest::addColumn<QByteArray>("file");
        for (const char *name : {"pbkdf2.json", "scrypt.json"})
            QTest::newRow(name) << vector(name);
    }
    void publishedVectors()
    {
        QFETCH(QByteArray, file);
        const auto key = readKeystore(file, password());
        QVERIFY2(key, key ? "" : key.error().debugString().c_str());
        QCOMPARE(toHex(key->secret().view()), "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");
        QCOMPARE(toHex(key->address()), "008aeeda4d805471df9b2a5b0f38a0c3bcba786b");
        QCOMPARE(outcome(file, password("testpassword ")), "keystore.wrongPassword");
        QCOMPARE(outcome(file, password("")), "keystore.wrongPassword");
    }

    void aVectorThatContradictsItselfIsRefused()
    {
        QCOMPARE(outcome(vector("scrypt-inconsistent.json"), password()), "keystore.wrongPassword");
    }

    void whatWasWrittenIsReadAgain()
    {
        const crypto::SigningKey key = crypto::SigningKey::generate();
        const QByteArray first = writeKeystore(key, password("비밀번호"), kCheap).value();
        const QByteArray second = writeKeystore(key, password("비밀번호"), kCheap).value();
        QVERIFY(first != second); // salt, counter and id are random each time
        QVERIFY(!first.contains(QByteArray::fromStdString(toHex(key.secret().view()))));
        QCOMPARE(readKeystore(first, password("비밀번호"))->address(), key.address());
        QCOMPARE(outcome(first, password("비밀번호1")), "keystore.wrongPassword");
        const json file = json::parse(first.toStdString());
        QCOMPARE(file["address"].get<std::string>(), toHex(key.address()));
    }

    void whatIsDamagedIsRefused_data()
    {
        QTest::addColumn<QString>("change"); // a JSON patch (RFC 6902) of a file that opens
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const char *change, const char *code) {
            QTest::newRow(name) << QString::fromLatin1(change) << QString::fromLatin1(code);
        };
        row("capital Crypto", R"([{"op":"move","from":"/crypto","path":"/Crypto"}])", "ok");
        row("no address", R"([{"op":"remove","path":"/address"}])", "ok");
        row("version 1", R"([{"op":"replace","path":"/version","value":1}])", "keystore.unsupported");
        row("no version", R"([{"op":"remove","path":"/version"}])", "keystore.unsupported");
        row("no crypto", R"([{"op":"remove","path":"/crypto"}])", "keystore.malformed");
        row("crypto is text", R"([{"op":"replace","path":"/crypto","value":"x"}])", "keystore.malformed");
        row("another cipher", R"([{"op":"replace","path":"/crypto/cipher","value":"aes-128-cbc"}])", "keystore.unsupported");
        row("another kdf", R"([{"op":"replace","path":"/crypto/kdf","value":"argon2"}])", "keystore.unsupported");
        row("short iv", R"([{"op":"replace","path":"/crypto/cipherparams/iv","value":"00"}])", "keystore.malformed");
        row("iv no hex", R"([{"op":"replace","path":"/crypto/cipherparams/iv","value":"zz"}])", "keystore.malformed");
        row("cut ciphertext", R"([{"op":"replace","path":"/crypto/ciphertext","value":"00ff"}])", "keystore.malformed");
        row("other ciphertext",
            R"([{"op":"replace","path":"/crypto/ciphertext","value":"00000000000000000000000000000000000000000000000000000000000000ff"}])",
            "keystore.wrongPassword");
        row("no code", R"([{"op":"remove","path":"/crypto/mac"}])", "keystore.malformed");
        row("empty salt", R"([{"op":"replace","path":"/crypto/kdfparams/salt","value":""}])", "keystore.malformed");
        row("no parameters", R"([{"op":"remove","path":"/crypto/kdfparams"}])", "keystore.malformed");
        row("n is no power of two", R"([{"op":"replace","path":"/crypto/kdfparams/n","value":1000}])", "keystore.malformed");
        row("n = 1", R"([{"op":"replace","path":"/crypto/kdfparams/n","value":1}])", "keystore.malformed");
        row("n below 0", R"([{"op":"replace","path":"/crypto/kdfparams/n","value":-2}])", "keystore.malformed");
        row("n = 2^23", R"([{"op":"replace","path":"/crypto/kdfparams/n","value":8388608}])", "keystore.tooCostly");
        row("n = 2^63", R"([{"op":"replace","path":"/crypto/kdfparams/n","value":9223372036854775808}])", "keystore.tooCostly");
        row("r = 2^32", R"([{"op":"replace","path":"/crypto/kdfparams/r","value":4294967296}])", "keystore.tooCostly");
        row("p = 2^24", R"([{"op":"replace","path":"/crypto/kdfparams/p","value":16777216}])", "keystore.tooCostly");
        row("r is text", R"([{"op":"replace","path":"/crypto/kdfparams/r","value":"8"}])", "keystore.malformed");
        row("dklen 64", R"([{"op":"replace","path":"/crypto/kdfparams/dklen","value":64}])", "keystore.unsupported");
        row("address of another",
            R"([{"op":"replace","path":"/address","value":"008aeeda4d805471df9b2a5b0f38a0c3bcba786b"}])", "keystore.malformed");
        row("too many rounds",
            R"([{"op":"replace","path":"/crypto/kdf","value":"pbkdf2"},{"op":"replace","path":"/crypto/kdfparams","value":{"c":10000001,"prf":"hmac-sha256","dklen":32,"salt":"00"}}])",
            "keystore.tooCostly");
        row("another prf",
            R"([{"op":"replace","path":"/crypto/kdf","value":"pbkdf2"},{"op":"replace","path":"/crypto/kdfparams","value":{"c":10,"prf":"hmac-sha1","dklen":32,"salt":"00"}}])",
            "keystore.unsupported");
    }
    void whatIsDamagedIsRefused()
    {
        QFETCH(QString, change);
        QFETCH(QString, code);
        static const QByteArray good = writeKeystore(crypto::SigningKey::generate(), password(), kCheap).value();
        const json file = json::parse(good.toStdString()).patch(json::parse(change.toStdString()));
        QCOMPARE(outcome(bytesOfJson(file), password()), code.toStdString());
    }

    void whatIsNoFileIsRefused()
    {
        for (const QByteArray &file : {QByteArray(), QByteArray("{"), QByteArray("[]"), QByteArray("null"),
                                       QByteArray(100000, ' '), QByteArray(60000, '[')})
            QCOMPARE(outcome(file, password()), "keystore.malformed");
        const QByteArray good = writeKeystore(crypto::SigningKey::generate(), password(), kCheap).value();
        for (qsizetype size = 0; size < good.size() - 2; size += 7)
            QCOMPARE(outcome(good.left(size), password()), "keystore.malformed");
    }
};

QTEST_GUILESS_MAIN(TestKeystore)
#include "test_keystore.moc"
