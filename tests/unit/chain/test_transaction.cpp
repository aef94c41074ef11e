// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/rlp.h"
#include "core/chain/transaction.h"

#include <QTest>

using namespace amana;
using namespace amana::chain;

namespace {

QByteArray hex(const char *text)
{
    return fromHex(text).value();
}

crypto::SigningKey keyFrom(const char *secret)
{
    const QByteArray bytes = hex(secret);
    return std::move(crypto::SigningKey::fromSecret(SecretBytes(bytesOf(bytes))).value());
}

crypto::SigningKey devKey()
{
    return keyFrom("59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");
}

const Address kTarget = crypto::parseAddress("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC").value();

Transaction plain(TransactionType type)
{
    Transaction transaction;
    transaction.type = type;
    transaction.chainId = 726662;
    transaction.nonce = 3;
    transaction.gasLimit = 60000;
    transaction.maxFeePerGas = 2000000000;
    transaction.to = kTarget;
    return transaction;
}

std::vector<AccessListEntry> twoEntries()
{
    Digest one{};
    one[31] = 1;
    Digest ff{};
    ff[31] = 0xff;
    Address first{};
    first[19] = 1;
    return {{kTarget, {one, ff}}, {first, {}}};
}

ErrorCode errorOf(const QByteArray &raw)
{
    const auto decoded = decodeTransaction(bytesOf(raw));
    return decoded ? ErrorCode::InternalUnexpected : decoded.error().code;
}

} // namespace

class TestTransaction : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The worked example of EIP-155.
    void legacyIsThatOfTheEip()
    {
        Transaction transaction;
        transaction.type = TransactionType::Legacy;
        transaction.chainId = 1;
        transaction.nonce = 9;
        transaction.maxFeePerGas = 20'000'000'000;
        transaction.gasLimit = 21000;
        transaction.to.emplace().fill(0x35);
        transaction.value = 1'000'000'000'000'000'000;
        QCOMPARE(toHex(signingDigest(transaction)),
                 "daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
        const auto key = keyFrom("4646464646464646464646464646464646464646464646464646464646464646");
        const QByteArray raw = signTransaction(transaction, key).raw;
        QCOMPARE(raw, hex("f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400"
                          "008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8"
                          "997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83"));
        const auto decoded = decodeTransaction(bytesOf(raw));
        QVERIFY(decoded);
        QVERIFY(decoded->transaction == transaction);
        QCOMPARE(crypto::checksumAddress(decoded->sender), "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
    }

    // Made by cast 1.7.1 (cast mktx --access-list, with and without --legacy).
    void accessListsAreThoseOfCast()
    {
        Transaction transaction = plain(TransactionType::DynamicFee);
        transaction.maxPriorityFeePerGas = 1000000000;
        transaction.accessList = twoEntries();
        QCOMPARE(signTransaction(transaction, devKey()).raw, hex("02f8e0830b168603843b9aca00847735940082ea60943c44cdddb6a900fa2b585dd299e03d12fa4293bc8080"
                     "f872f859943c44cdddb6a900fa2b585dd299e03d12fa4293bcf842a000000000000000000000000000000000"
                     "00000000000000000000000000000001a0000000000000000000000000000000000000000000000000000000"
                     "00000000ffd6940000000000000000000000000000000000000001c080a04f2179a8c1b2e512bd4cb842376f"
                     "f17186656a09184b5204ef08ca4462c21ae3a01271864b898b443d8df17f70bb740ce103d6055cff2dc530d9"
                     "a06da78bda6f6b"));
        transaction.type = TransactionType::AccessList;
        transaction.maxPriorityFeePerGas = 0;
        QCOMPARE(signTransaction(transaction, devKey()).raw, hex("01f8db830b168603847735940082ea60943c44cdddb6a900fa2b585dd299e03d12fa4293bc8080f872f85994"
                     "3c44cdddb6a900fa2b585dd299e03d12fa4293bcf842a0000000000000000000000000000000000000000000"
                     "0000000000000000000001a000000000000000000000000000000000000000000000000000000000000000ff"
                     "d6940000000000000000000000000000000000000001c080a098c6f20be44d99bfc66d30335302af44034b2a"
                     "50977666e0ad89d8c642ff4954a075a45e07080ad53f92a6dc194382209f574115b62ca576465ec0a84a8513"
                     "3bdf"));
    }

    void whatIsSignedIsReadBack_data()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("legacy") << 0;
        QTest::newRow("access list") << 1;
        QTest::newRow("dynamic fee") << 2;
    }
    void whatIsSignedIsReadBack()
    {
        QFETCH(int, type);
        Transaction transaction = plain(static_cast<TransactionType>(type));
        transaction.data = QByteArray(300, 'x');
        transaction.value.bytes.fill(0xee);
        for (const bool creates : {false, true}) {
            if (creates)
                transaction.to.reset();
            const SignedTransaction made = signTransaction(transaction, devKey());
            const auto decoded = decodeTransaction(bytesOf(made.raw));
            QVERIFY(decoded);
            QVERIFY(decoded->transaction == transaction);
            QVERIFY(decoded->hash == made.hash);
            QVERIFY(decoded->sender == devKey().address());
        }
    }

    // Each byte cut off, and each byte changed: refused, or another transaction, never a crash.
    void damagedOnes()
    {
        Transaction transaction = plain(TransactionType::DynamicFee);
        transaction.accessList = twoEntries();
        const SignedTransaction made = signTransaction(transaction, devKey());
        for (qsizetype size = 0; size < made.raw.size(); ++size)
            QVERIFY(!decodeTransaction(bytesOf(made.raw).first(static_cast<std::size_t>(size))));
        QVERIFY(errorOf(made.raw + '\0') == ErrorCode::ChainBadReply);
        for (qsizetype i = 0; i < made.raw.size(); ++i) {
            QByteArray changed = made.raw;
            changed[i] = static_cast<char>(changed[i] ^ 0x01);
            const auto decoded = decodeTransaction(bytesOf(changed));
            QVERIFY(!decoded || decoded->hash != made.hash);
            if (decoded) // what was read is what was there: one encoding a value
                QVERIFY(decoded->sender != devKey().address());
        }
    }

    void withoutProtectionItIsRefused()
    {
        // Homestead: v is 27 or 28 and the chain is not signed.
        std::vector<QByteArray> fields(6, rlpNumber(0));
        fields.push_back(rlpNumber(27));
        fields.push_back(rlpNumber(1));
        fields.push_back(rlpNumber(1));
        QVERIFY(errorOf(rlpList(fields)) == ErrorCode::ChainBadReply);
    }

    void rlpHasOneEncodingOfAValue_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << hex("");
        QTest::newRow("two items") << hex("0102");
        QTest::newRow("a byte with a header") << hex("8101");
        QTest::newRow("long form of a short string") << hex("b80161");
        QTest::newRow("length with a leading zero") << (hex("b90038") + QByteArray(56, 'x'));
        QTest::newRow("longer than there is") << hex("836162");
        QTest::newRow("list longer than there is") << hex("c2c0");
        QTest::newRow("length of eight bytes") << hex("bfffffffffffffffff");
        QTest::newRow("list length of eight bytes") << hex("ffffffffffffffffff");
    }
    void rlpHasOneEncodingOfAValue()
    {
        QFETCH(QByteArray, bytes);
        const auto item = rlpDecode(bytesOf(bytes));
        QVERIFY(!item);
        QVERIFY(item.error().code == ErrorCode::ChainBadReply);
    }

    void rlpReadsWhatItWrites()
    {
        const QByteArray inner = rlpBytes(bytesOf(QByteArray(70000, 'x')));
        const QByteArray list = rlpList({rlpNumber(0), rlpNumber(127), rlpNumber(128), inner, rlpList({})});
        const auto item = rlpDecode(bytesOf(list));
        QVERIFY(item && item->isList);
        const auto items = rlpItems(*item);
        QVERIFY(items);
        QCOMPARE(items->size(), std::size_t(5));
        QCOMPARE(rlpToNumber((*items)[1])->toUint64().value(), std::uint64_t(127));
        QCOMPARE((*items)[3].payload.size(), std::size_t(70000));
        QVERIFY((*items)[4].isList);
        QVERIFY(!rlpToNumber((*items)[3])); // more than 32 bytes
        QVERIFY(!rlpToNumber((*items)[4]));
        QVERIFY(!rlpItems((*items)[0]));
        const QByteArray zero = hex("820001");
        const auto padded = rlpDecode(bytesOf(zero));
        QVERIFY(padded && !rlpToNumber(*padded)); // a number has no leading zeros
    }
};

QTEST_APPLESS_MAIN(TestTransaction)
#include "test_transaction.moc"
