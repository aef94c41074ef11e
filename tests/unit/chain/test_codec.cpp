// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/abi.h"
#include "core/chain/decision.h"
#include "core/chain/purpose.h"
#include "core/chain/rlp.h"
#include "core/chain/transaction.h"
#include "core/crypto/keccak.h"

#include <QRandomGenerator>
#include <QTest>

using namespace amana;
using namespace amana::chain;

namespace {

QByteArray hex(const char *text)
{
    return fromHex(text).value();
}

crypto::SigningKey devKey()
{
    const QByteArray secret = hex("59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");
    return std::move(crypto::SigningKey::fromSecret(SecretBytes(bytesOf(secret))).value());
}

AbiType type(std::string_view text)
{
    return AbiType::parse(text).value();
}

QByteArray words(std::initializer_list<std::uint64_t> numbers)
{
    QByteArray bytes;
    for (const std::uint64_t number : numbers)
        bytes += toByteArray(Uint256(number).bytes);
    return bytes;
}

ErrorCode decodeError(std::string_view typeText, const QByteArray &data)
{
    const auto value = abiDecode(type(typeText), bytesOf(data));
    return value ? ErrorCode::InternalUnexpected : value.error().code;
}

} // namespace

class TestCodec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbers()
    {
        QCOMPARE(Uint256(0).toDecimal(), "0");
        QCOMPARE(Uint256(0).toQuantity(), "0x0");
        QCOMPARE(Uint256(1234567890123456789ull).toDecimal(), "1234567890123456789");
        const std::string most =
            "115792089237316195423570985008687907853269984665640564039457584007913129639935";
        const auto greatest = Uint256::fromDecimal(most);
        QVERIFY(greatest);
        QCOMPARE(greatest->toDecimal(), most);
        QCOMPARE(greatest->bitLength(), 256u);
        QVERIFY(!greatest->toUint64());
        QVERIFY(!Uint256::fromDecimal(
            "115792089237316195423570985008687907853269984665640564039457584007913129639936"));
        QCOMPARE(Uint256::fromQuantity("0xff")->toUint64().value(), std::uint64_t(255));
        for (const char *bad : {"", "0x", "ff", "-1", "0xg", "1e3"}) {
            QVERIFY2(!Uint256::fromQuantity(bad), bad);
        }
        for (const char *bad : {"", "0x1", "-1", "1e3", "1.0", " 1"})
            QVERIFY2(!Uint256::fromDecimal(bad), bad);
    }

    // Ethereum's RLP specification, its examples.
    void rlpExamples()
    {
        const auto text = [](std::string_view t) { return rlpBytes(bytesOf(t)); };
        QCOMPARE(text("dog"), hex("83646f67"));
        QCOMPARE(rlpList({text("cat"), text("dog")}), hex("c88363617483646f67"));
        QCOMPARE(text(""), hex("80"));
        QCOMPARE(rlpList({}), hex("c0"));
        QCOMPARE(rlpNumber(0), hex("80"));
        QCOMPARE(rlpNumber(15), hex("0f"));
        QCOMPARE(rlpNumber(1024), hex("820400"));
        QCOMPARE(rlpBytes(bytesOf(QByteArray(1, '\0'))), hex("00"));
        QCOMPARE(
            rlpList({rlpList({}), rlpList({rlpList({})}), rlpList({rlpList({}), rlpList({rlpList({})})})}),
            hex("c7c0c1c0c3c0c1c0"));
        QCOMPARE(text("Lorem ipsum dolor sit amet, consectetur adipisicing elit").left(3), hex("b8384c"));
        QCOMPARE(rlpBytes(bytesOf(QByteArray(70000, 'x'))).left(4), hex("ba011170"));
    }

    // Made by cast 1.7.1 with the same key and fields (cast mktx); RFC 6979 makes signatures repeatable.
    void transactionsAreThoseOfCast()
    {
        const crypto::SigningKey key = devKey();
        Transaction transfer;
        transfer.chainId = 726662;
        transfer.gasLimit = 21000;
        transfer.to = crypto::parseAddress("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC").value();
        const SignedTransaction first = signTransaction(transfer, key);
        QCOMPARE(first.raw, hex("02f865830b1686808080825208943c44cdddb6a900fa2b585dd299e03d12fa4293bc8080c080"
                                "a06b61a9647c170de39c4e98"
                                "28fdaac71bfb17b2f37192395d0e420e501df1fbb3a0749f20683e90c5d158d8db9a58d7d5fd"
                                "45d38ab9afdc5ff3b338e83b"
                                "a103fe77"));
        QCOMPARE(toHex(first.hash), "003d77af1eb828ccd1fd3b7f4801748563e7d6c91e3eb5e2cad0086415839312");

        Transaction call = transfer;
        call.nonce = 7;
        call.gasLimit = 90000;
        call.maxFeePerGas = 2000000000;
        call.maxPriorityFeePerGas = 1000000000;
        call.value = 123456789;
        call.data = abiCall("setKey(uint8,bytes)", {std::uint64_t(1), QByteArray("\1\2")}).value();
        QCOMPARE(signTransaction(call, key).raw, hex("02f8f7830b168607843b9aca00847735940083015f90943c44cdddb"
                                                     "6a900fa2b585dd299e03d12fa4293bc84075bcd15b884"
                                                     "833969a700000000000000000000000000000000000000000000000"
                                                     "0000000000000000100000000000000000000000000"
                                                     "0000000000000000000000000000000000004000000000000000000"
                                                     "000000000000000000000000000000000000000000000"
                                                     "0201020000000000000000000000000000000000000000000000000"
                                                     "00000000000c080a0010262e65a7a73114f48af0312"
                                                     "bcfe3c4a0650cdba9a4aa0d884c0bd28896aa8a02553d0574765e1e"
                                                     "399bcb8e9b8180f885a0a11f595be97e360a970e4c0"
                                                     "9b50f4"));
    }

    // cast compute-address
    void createdAddresses()
    {
        const Address sender = devKey().address();
        QCOMPARE(crypto::checksumAddress(createdAddress(sender, 0)),
                 "0x8464135c8F25Da09e49BC8782676a84730C318bC");
        QCOMPARE(crypto::checksumAddress(createdAddress(sender, 200)),
                 "0x54e8c201A65A2dcAA29Fea2c3525D5c8aA79268A");
    }

    // The two worked examples of Solidity's "Contract ABI Specification".
    void abiExamples()
    {
        const AbiList sam{QByteArray("dave"), true,
                          AbiList{std::uint64_t(1), std::uint64_t(2), std::uint64_t(3)}};
        QCOMPARE(abiCall("sam(bytes,bool,uint256[])", sam).value(),
                 hex("a5643bf2"
                     "0000000000000000000000000000000000000000000000000000000000000060"
                     "0000000000000000000000000000000000000000000000000000000000000001"
                     "00000000000000000000000000000000000000000000000000000000000000a0"
                     "0000000000000000000000000000000000000000000000000000000000000004"
                     "6461766500000000000000000000000000000000000000000000000000000000"
                     "0000000000000000000000000000000000000000000000000000000000000003"
                     "0000000000000000000000000000000000000000000000000000000000000001"
                     "0000000000000000000000000000000000000000000000000000000000000002"
                     "0000000000000000000000000000000000000000000000000000000000000003"));
        const AbiList f{std::uint64_t(0x123), AbiList{std::uint64_t(0x456), std::uint64_t(0x789)},
                        QByteArray("1234567890"), QByteArray("Hello, world!")};
        const QByteArray encoded = abiCall("f(uint256,uint32[],bytes10,bytes)", f).value();
        QCOMPARE(encoded, hex("8be65246"
                              "0000000000000000000000000000000000000000000000000000000000000123"
                              "0000000000000000000000000000000000000000000000000000000000000080"
                              "3132333435363738393000000000000000000000000000000000000000000000"
                              "00000000000000000000000000000000000000000000000000000000000000e0"
                              "0000000000000000000000000000000000000000000000000000000000000002"
                              "0000000000000000000000000000000000000000000000000000000000000456"
                              "0000000000000000000000000000000000000000000000000000000000000789"
                              "000000000000000000000000000000000000000000000000000000000000000d"
                              "48656c6c6f2c20776f726c642100000000000000000000000000000000000000"));
        const QByteArray arguments = encoded.mid(4);
        const auto decoded = abiDecode(type("(uint256,uint32[],bytes10,bytes)"), bytesOf(arguments));
        QVERIFY(decoded);
        QCOMPARE(std::get<QByteArray>(std::get<AbiList>(*decoded)[3]), QByteArray("Hello, world!"));
    }

    void nestedValuesComeBack()
    {
        const AbiType nested = type("((string,uint8[2])[],(bool,bytes)[1],address)");
        Address who{};
        who.fill(0xab);
        const AbiValue value{
            AbiList{AbiList{AbiList{std::string("a"), AbiList{std::uint64_t(1), std::uint64_t(2)}},
                            AbiList{std::string(40, 'b'), AbiList{std::uint64_t(3), std::uint64_t(4)}}},
                    AbiList{AbiList{true, QByteArray(33, '\x7f')}}, who}};
        const QByteArray bytes = abiEncode(nested, value).value();
        const AbiValue back = abiDecode(nested, bytesOf(bytes)).value();
        QCOMPARE(abiEncode(nested, back).value(), bytes);
        const auto &rows = std::get<AbiList>(std::get<AbiList>(back)[0]);
        QCOMPARE(std::get<std::string>(std::get<AbiList>(rows[1])[0]), std::string(40, 'b'));
    }

    void typesThatAreNoneAreRefused()
    {
        for (const char *text : {"", "uint", "uint7", "uint264", "bytes0", "bytes33", "int7", "int", "fixed128x18",
                                 "function", "()[]", "(())", "(", "(uint8",
                                 "uint8]", "uint8[", "uint8[0]", "uint8[-1]", "address payable",
                                 "uint8,uint8", "uint8[][][][][][][][][][]", "((((((((((uint8))))))))))"})
            QVERIFY2(!AbiType::parse(text), text);
    }

    void valuesThatDoNotFitAreRefused()
    {
        QCOMPARE(abiEncode(type("uint8"), std::uint64_t(256)).error().code, ErrorCode::ChainAbiMalformed);
        QVERIFY(!abiEncode(type("bytes32"), QByteArray(31, 'x')));
        QVERIFY(!abiEncode(type("address"), std::uint64_t(1)));
        QVERIFY(!abiEncode(type("uint8[2]"), AbiList{std::uint64_t(1)}));
        QVERIFY(!abiEncode(type("(uint8,uint8)"), AbiList{std::uint64_t(1)}));
    }

    void hostileReplies()
    {
        const auto bad = ErrorCode::ChainAbiMalformed;
        QCOMPARE(decodeError("(uint64)", {}), bad);
        QCOMPARE(decodeError("(uint64)", QByteArray(31, '\0')), bad);
        QCOMPARE(decodeError("(uint64)", QByteArray(32, '\xff')), bad);  // wider than the type
        QCOMPARE(decodeError("(bool)", words({2})), bad);                // dirty bool
        QCOMPARE(decodeError("(address)", QByteArray(32, '\x01')), bad); // dirty address
        QCOMPARE(decodeError("(bytes4)", QByteArray(32, '\x01')), bad);  // dirty padding
        QCOMPARE(decodeError("(bytes)", words({32, 1}) + QByteArray(32, '\x01')), bad);
        QCOMPARE(decodeError("(bytes)", words({64})), bad);        // points past the end
        QCOMPARE(decodeError("(bytes)", words({32, 33, 0})), bad); // longer than the data
        QCOMPARE(decodeError("(bytes)", words({32}) + QByteArray(32, '\xff')), bad);
        QCOMPARE(decodeError("(bytes)", QByteArray(32, '\xff')), bad);  // offset 2^256-1
        QCOMPARE(decodeError("(uint8[])", words({32, 1u << 30})), bad); // count without data
        QCOMPARE(decodeError("(uint8[])", words({32, 2, 1})), bad);
        QCOMPARE(decodeError("(int8)", words({128})), bad); // not extended from its sign
        QCOMPARE(decodeError("(int8)", QByteArray(31, '\xff') + QByteArray(1, '\x7f')), bad);
        QCOMPARE(decodeError("(int256[2])", words({1})), bad);
        QCOMPARE(decodeError("(uint8)", words({1, 0})), bad);             // a word left over
        QCOMPARE(decodeError("(bytes)", words({32, 0, 0})), bad);         // another
        QCOMPARE(decodeError("(bytes)", words({64, 0, 0})), bad);         // a gap before the tail
        QCOMPARE(decodeError("(bytes)", words({0})), bad);                // points at itself
        QCOMPARE(decodeError("(bytes,bytes)", words({64, 64, 0})), bad);  // two at one place
        QCOMPARE(decodeError("(bytes,bytes)", words({96, 64, 0, 0})), bad); // the wrong way round
        QCOMPARE(decodeError("(string[])", words({32, 1, 0})), bad);      // an element that is its own array
        QCOMPARE(decodeError("(bytes)", words({32}) + QByteArray(24, '\0') + QByteArray(8, '\xff')), bad);
        // Every element points at the same place: small data, a million elements.
        QByteArray bomb = words({32, 1000});
        for (int i = 0; i < 1100; ++i)
            bomb += words({32});
        QCOMPARE(decodeError("(bytes[][][])", bomb), bad);
        QCOMPARE(decodeError("(bytes)", QByteArray((1 << 20) + 32, '\0')),
                 bad); // larger than any honest reply
    }

    // Whatever the bytes are: an error or a value, never a crash (run under the sanitizers too).
    void randomReplies()
    {
        QRandomGenerator random(20240601);
        const AbiType shape = type("((uint8,bytes,(string,address[])[]),uint8[3][],bytes32)");
        int read = 0;
        for (int round = 0; round < 20000; ++round) {
            QByteArray bytes;
            const int count = static_cast<int>(random.bounded(20));
            for (int i = 0; i < count; ++i)
                bytes += random.bounded(8) == 0 ? QByteArray(32, static_cast<char>(random.bounded(256)))
                                                : words({std::uint64_t(random.bounded(16)) * 32});
            read += abiDecode(shape, bytesOf(bytes)) ? 1 : 0;
        }
        QVERIFY(read < 20000);
    }

    void purposes()
    {
        QCOMPARE(duoTerm("DUO:0000042")->bit, kPurposeGeneral);
        QCOMPARE(duoTerm("hmb")->id, std::string_view("DUO:0000006"));
        QCOMPARE(duoTerm("DUO:9999999").error().code, ErrorCode::SharingUnknownPurpose);
        QVERIFY(duoPermits(1u << kPurposeGeneral, kPurposeDisease));
        QVERIFY(!duoPermits(1u << kPurposeGeneral, kPurposeCare));
        QVERIFY(!duoPermits(~std::uint64_t(0), 5));
        QCOMPARE(duoTermsIn(0b1'0000'0000'0000'0011).size(), std::size_t(3));
    }

    // The words are those of contracts/test/Words.t.sol.
    void decisions()
    {
        const Decision marked{7, {0x11111111, 0x2222, 0x33333333, 0x4444}};
        QCOMPARE(marked.word(), Uint256::fromQuantity("0x4444333333332222111111110000000000000007").value());
        const Decision largest{~0ull, {0xffffffff, 0xffff, 0xffffffff, 0xffff}};
        QCOMPARE(largest.word(), Uint256::fromQuantity("0x" + std::string(40, 'f')).value());
        for (const Decision &decision :
             {marked, largest, Decision{}, Decision{~0ull, {}}, Decision{0, {0xffffffff, 0, 0, 0}},
              Decision{0, {0, 0xffff, 0, 0}}, Decision{0, {0, 0, 0xffffffff, 0}}, Decision{0, {0, 0, 0, 0xffff}}})
            QCOMPARE(Decision::fromWord(decision.word()), decision);
    }
};

QTEST_GUILESS_MAIN(TestCodec)
#include "test_codec.moc"
