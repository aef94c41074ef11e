// SPDX-License-Identifier: GPL-3.0-or-later
// What the program encodes and signs, against the public cast tool.
#include "cast.h"
#include "random_abi.h"

#include "core/chain/eip712.h"
#include "core/crypto/keccak.h"
#include "core/crypto/secp256k1.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;

namespace {

/// One call of cast checks this many types: they are the arguments of one function.
constexpr int kTypesInCall = 60;

AbiType argumentsOf(QRandomGenerator &random)
{
    AbiType type{AbiType::Kind::Tuple, 0, {}};
    for (int i = 0; i < kTypesInCall; ++i)
        type.parts.push_back(randomType(random, 3));
    return type;
}

QString hexOf(const QByteArray &bytes)
{
    return QStringLiteral("0x") + QString::fromLatin1(bytes.toHex());
}

} // namespace

class TestCast : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void randomValuesAreEncodedAndReadAlike_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void randomValuesAreEncodedAndReadAlike()
    {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        const AbiType type = argumentsOf(random);
        const AbiValue value = randomValue(random, type);
        const std::string name = nameOf(type);
        const auto reparsed = AbiType::parse(name);
        QVERIFY2(reparsed, name.c_str());
        QCOMPARE(nameOf(*reparsed), name);

        const QByteArray ours = abiEncode(*reparsed, value).value();
        const auto back = abiDecode(*reparsed, bytesOf(ours));
        QVERIFY2(back, name.c_str());
        QVERIFY2(*back == value, name.c_str());

        QStringList encode{QStringLiteral("abi-encode"), QString::fromStdString("f" + name), QStringLiteral("--")};
        const AbiList &arguments = std::get<AbiList>(value);
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            std::string text = textOf(type.parts[i], arguments[i]);
            if (type.parts[i].kind == AbiType::Kind::String) // a bare argument is taken as it is
                text = std::get<std::string>(arguments[i]);
            encode << QString::fromStdString(text);
        }
        QCOMPARE(QString::fromLatin1(cast(encode)), hexOf(ours));

        const QByteArray read = cast({QStringLiteral("abi-decode"), QStringLiteral("--json"),
                                      QString::fromStdString("f()" + name), hexOf(ours)});
        const auto seen = nlohmann::json::parse(read.begin(), read.end(), nullptr, false);
        QVERIFY2(matches(type, value, seen), name.c_str());
    }

    // Every word of an honest encoding damaged in turn: what is still read must be another value with exactly this
    // encoding, so nothing but the strict form gets through.
    void damagedEncodingsAreRefusedOrMeanSomethingElse()
    {
        QRandomGenerator random(77);
        int refused = 0;
        for (int round = 0; round < 1500; ++round) {
            const AbiType type{AbiType::Kind::Tuple, 0, {randomType(random, 4), randomType(random, 3)}};
            const AbiValue value = randomValue(random, type);
            const QByteArray honest = abiEncode(type, value).value();
            for (qsizetype word = 0; word < honest.size(); word += 32) {
                QByteArray damaged = honest;
                damaged[word + static_cast<qsizetype>(random.bounded(32))] ^= static_cast<char>(1 << random.bounded(8));
                const auto read = abiDecode(type, bytesOf(damaged));
                if (read)
                    QCOMPARE(abiEncode(type, *read).value(), damaged);
                refused += read ? 0 : 1;
            }
            for (qsizetype size = 0; size < honest.size(); size += 16)
                QVERIFY(!abiDecode(type, bytesOf(honest.left(size))));
        }
        QVERIFY(refused > 1000);
    }

    // EIP-191: cast hashes and signs the same text.
    void plainTextIsSignedAlike()
    {
        const auto cow = crypto::SigningKey::fromSecret(SecretBytes(crypto::keccak256(bytesOf(std::string_view("cow")))));
        const std::string text = "나는 이 요청에 동의합니다";
        const crypto::Signature signature = cow->sign(plainTextDigest(text));
        QCOMPARE(signatureText(signature),
                 cast({QStringLiteral("wallet"), QStringLiteral("sign"), QStringLiteral("--private-key"),
                       QString::fromStdString("0x" + toHex(cow->secret().view())), QString::fromStdString(text)}));
    }

private:
    static QByteArray signatureText(const crypto::Signature &signature)
    {
        return QByteArray::fromStdString("0x" + toHex(signature.r) + toHex(signature.s)
                                         + (signature.yParity != 0 ? "1c" : "1b"));
    }
};

QTEST_GUILESS_MAIN(TestCast)
#include "test_cast.moc"
