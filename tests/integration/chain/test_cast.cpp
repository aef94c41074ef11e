// SPDX-License-Identifier: GPL-3.0-or-later
// What the program encodes and signs, against the public cast tool.
#include "cast.h"
#include "random_abi.h"

#include "core/chain/eip712.h"
#include "core/chain/typed_messages.h"
#include "core/base/files.h"
#include "core/crypto/keccak.h"
#include "core/keys/keystore.h"
#include "core/sharing/attestation.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
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

using nlohmann::json;

constexpr std::uint64_t kChain = 726662;
constexpr std::uint64_t kDeadline = 1893456000;
/// Wider than any number that a double or a signed type holds.
constexpr std::uint64_t kGreat = 0xfedcba9876543210;

crypto::SigningKey cow()
{
    return std::move(crypto::SigningKey::fromSecret(SecretBytes(crypto::keccak256(bytesOf(std::string_view("cow"))))).value());
}

Address contract()
{
    return crypto::parseAddress("0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC").value();
}

Digest digestOf(std::string_view text)
{
    return crypto::keccak256(bytesOf(text));
}

std::string hexOf(const Digest &digest)
{
    return "0x" + toHex(digest);
}

/// The JSON that wallets are given (eth_signTypedData_v4): type from "Deny(uint64 request,…)".
json typedData(const std::string &type, const json &message)
{
    const auto members = [](std::string_view list) {
        json rows = json::array();
        for (const QString &member : QString::fromUtf8(list.data(), static_cast<qsizetype>(list.size())).split(u','))
            rows.push_back({{"type", member.section(u' ', 0, 0).toStdString()}, {"name", member.section(u' ', 1).toStdString()}});
        return rows;
    };
    const std::size_t open = type.find('(');
    const std::string name = type.substr(0, open);
    return {{"types",
             {{"EIP712Domain", members("string name,string version,uint256 chainId,address verifyingContract")},
              {name, members(std::string_view(type).substr(open + 1, type.size() - open - 2))}}},
            {"primaryType", name},
            {"domain",
             {{"name", "Amana"},
              {"version", "1"},
              {"chainId", kChain},
              {"verifyingContract", crypto::checksumAddress(contract())}}},
            {"message", message}};
}

QByteArray castSigns(const json &data)
{
    return cast({QStringLiteral("wallet"), QStringLiteral("sign"), QStringLiteral("--private-key"),
                 QString::fromStdString("0x" + toHex(cow().secret().view())), QStringLiteral("--data"),
                 QString::fromStdString(data.dump())});
}

QByteArray signatureText(const crypto::Signature &signature)
{
    return QByteArray::fromStdString("0x" + toHex(signature.r) + toHex(signature.s)
                                     + (signature.yParity != 0 ? "1c" : "1b"));
}

template <class Message>
QByteArray weSign(const Message &message)
{
    return "0x" + signTypedData(message.structHash(), kChain, contract(), cow()).toHex();
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

    void messagesToTheContractsAreSignedAlike()
    {
        const Digest digest = digestOf("capsule");
        QCOMPARE(weSign(ApproveMessage{kGreat, 0xfffffffe, 0xfffd, 3, 4, digest, kDeadline}),
                 castSigns(typedData("Approve(uint64 request,uint32 revision,uint16 keyVersion,uint32 withdrawals,"
                                     "uint16 generation,bytes32 capsuleDigest,uint256 deadline)",
                                     {{"request", std::to_string(kGreat)},
                                      {"revision", 0xfffffffe},
                                      {"keyVersion", 0xfffd},
                                      {"withdrawals", 3},
                                      {"generation", 4},
                                      {"capsuleDigest", hexOf(digest)},
                                      {"deadline", kDeadline}})));
        QCOMPARE(weSign(ReturnMessage{9, 2, digest, kDeadline}),
                 castSigns(typedData("Return(uint64 request,uint32 revision,bytes32 commentDigest,uint256 deadline)",
                                     {{"request", 9}, {"revision", 2}, {"commentDigest", hexOf(digest)}, {"deadline", kDeadline}})));
        QCOMPARE(weSign(DenyMessage{9, 2, digest, kDeadline}),
                 castSigns(typedData("Deny(uint64 request,uint32 revision,bytes32 reasonDigest,uint256 deadline)",
                                     {{"request", 9}, {"revision", 2}, {"reasonDigest", hexOf(digest)}, {"deadline", kDeadline}})));
        QCOMPARE(weSign(RevokeMessage{9, kDeadline}),
                 castSigns(typedData("Revoke(uint64 request,uint256 deadline)", {{"request", 9}, {"deadline", kDeadline}})));
        QCOMPARE(weSign(RevokeAllMessage{9, 2, kDeadline}),
                 castSigns(typedData("RevokeAll(uint64 dataset,uint16 generation,uint256 deadline)",
                                     {{"dataset", 9}, {"generation", 2}, {"deadline", kDeadline}})));
        QCOMPARE(weSign(AcceptCustodyMessage{9, cow().address(), 2, digest, kDeadline}),
                 castSigns(typedData("AcceptCustody(uint64 dataset,address from,uint64 offer,bytes32 ownersCapsuleDigest,"
                                     "uint256 deadline)",
                                     {{"dataset", 9},
                                      {"from", crypto::checksumAddress(cow().address())},
                                      {"offer", 2},
                                      {"ownersCapsuleDigest", hexOf(digest)},
                                      {"deadline", kDeadline}})));
        QCOMPARE(weSign(WithdrawSubjectMessage{9, 70000, kDeadline}),
                 castSigns(typedData("WithdrawSubject(uint64 dataset,uint32 index,uint256 deadline)",
                                     {{"dataset", 9}, {"index", 70000}, {"deadline", kDeadline}})));
    }

    void reviewsAreSignedAlike()
    {
        const auto attestation = sharing::signAttestation(digestOf("cid"), digestOf("card"), digestOf("report"), kChain,
                                                          contract(), cow());
        QCOMPARE(signatureText(attestation.signature),
                 castSigns(typedData("Review(bytes32 cidDigest,bytes32 cardDigest,bytes32 reportHash)",
                                     {{"cidDigest", hexOf(digestOf("cid"))},
                                      {"cardDigest", hexOf(digestOf("card"))},
                                      {"reportHash", hexOf(digestOf("report"))}})));
    }

    void keyFilesAreExchanged()
    {
        const QTemporaryDir folder;
        const SecretBytes password = SecretBytes::fromText("pass word");
        const QByteArray ours = keys::writeKeystore(cow(), password).value();
        QVERIFY(writeFileAtomic(folder.filePath("ours"), ours, true));
        const QStringList where{QStringLiteral("--keystore-dir"), folder.path(), QStringLiteral("--unsafe-password"),
                                QStringLiteral("pass word")};
        const QByteArray opened =
            cast(QStringList{QStringLiteral("wallet"), QStringLiteral("decrypt-keystore"), QStringLiteral("ours")} + where);
        QVERIFY2(opened.contains(QByteArray::fromStdString(toHex(cow().secret().view()))), opened.constData());

        cast(QStringList{QStringLiteral("wallet"), QStringLiteral("import"), QStringLiteral("theirs"),
                         QStringLiteral("--private-key"), QString::fromStdString("0x" + toHex(cow().secret().view()))}
             + where);
        const QByteArray theirs = readFile(folder.filePath("theirs")).value();
        QCOMPARE(keys::readKeystore(theirs, password)->address(), cow().address());
    }

    // EIP-191
    void plainTextIsSignedAlike()
    {
        const std::string text = "나는 이 요청에 동의합니다";
        QCOMPARE(signatureText(cow().sign(plainTextDigest(text))),
                 cast({QStringLiteral("wallet"), QStringLiteral("sign"), QStringLiteral("--private-key"),
                       QString::fromStdString("0x" + toHex(cow().secret().view())), QString::fromStdString(text)}));
    }
};

QTEST_GUILESS_MAIN(TestCast)
#include "test_cast.moc"
