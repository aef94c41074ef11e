// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/keccak.h"
#include "core/crypto/secp256k1.h"

#include <QTest>

#include <algorithm>

using namespace amana;
using namespace amana::crypto;

namespace {

Digest digestOf(const char *hex)
{
    return digestFromHex(hex).value();
}

SigningKey keyOf(const Digest &secret)
{
    return SigningKey::fromSecret(SecretBytes(secret)).value();
}

} // namespace

class TestWalletCrypto : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keccakIsNotSha3()
    {
        QCOMPARE(toHex(keccak256({})), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
        QCOMPARE(toHex(keccak256(bytesOf(std::string_view("abc")))),
                 "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    }

    // EIP-55, the addresses of its text.
    void addressesCarryTheirChecksum_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
              "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
              "0x52908400098527886E0F7030069857D2E4169EE7", "0xde709f2102306220921060314715629080e2fb77"})
            QTest::newRow(text) << text;
    }
    void addressesCarryTheirChecksum()
    {
        QFETCH(QString, text);
        const auto address = parseAddress(text.toStdString());
        QVERIFY(address);
        const bool mixed = text.mid(2) != text.mid(2).toLower() && text.mid(2) != text.mid(2).toUpper();
        if (mixed)
            QCOMPARE(checksumAddress(*address), text.toStdString());
        QCOMPARE(parseAddress(checksumAddress(*address)).value(), *address);
    }

    void wrongAddressesAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("one letter in the other case") << "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        QTest::newRow("short") << "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe";
        QTest::newRow("no prefix") << "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed00";
        QTest::newRow("no hexadecimal") << "0xzzAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        QTest::newRow("nothing") << "";
    }
    void wrongAddressesAreRefused()
    {
        QFETCH(QString, text);
        const auto address = parseAddress(text.toStdString());
        QVERIFY(!address);
        QCOMPARE(address.error().code, ErrorCode::AddressMalformed);
    }

    // EIP-712, the example "Mail": key keccak256("cow"), the digest and the signature of its text.
    void signsAndRecoversTheExampleOfEip712()
    {
        const SigningKey cow = keyOf(keccak256(bytesOf(std::string_view("cow"))));
        QCOMPARE(checksumAddress(cow.address()), "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826");
        const Digest mail = digestOf("be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
        const Signature signature = cow.sign(mail);
        QCOMPARE(toHex(signature.r), "4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d");
        QCOMPARE(toHex(signature.s), "07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b91562");
        QCOMPARE(signature.yParity, std::uint8_t(1));
        QCOMPARE(recoverSigner(mail, signature).value(), cow.address());
    }

    void anotherDigestGivesAnotherSigner()
    {
        const SigningKey key = SigningKey::generate();
        Digest digest = keccak256(bytesOf(std::string_view("one")));
        const Signature signature = key.sign(digest);
        digest[0] ^= 1;
        const auto signer = recoverSigner(digest, signature);
        QVERIFY(!signer || *signer != key.address());
    }

    // EIP-2: of a signature's two forms only the one with low s counts. The order minus s is the other one.
    void theMalleableTwinIsRefused()
    {
        const SigningKey key = SigningKey::generate();
        const Digest digest = keccak256(bytesOf(std::string_view("twin")));
        Signature signature = key.sign(digest);
        const Digest order = digestOf("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        int borrow = 0;
        for (std::size_t i = 32; i-- > 0;) {
            const int value = int(order[i]) - int(signature.s[i]) - borrow;
            borrow = value < 0 ? 1 : 0;
            signature.s[i] = static_cast<std::uint8_t>(value & 0xff);
        }
        signature.yParity ^= 1;
        const auto signer = recoverSigner(digest, signature);
        QVERIFY(!signer);
        QCOMPARE(signer.error().code, ErrorCode::SignatureInvalid);
    }

    void numbersOutsideTheGroupAreNoKeys()
    {
        const Digest order = digestOf("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        for (const Digest &secret : {Digest{}, order}) {
            const auto key = SigningKey::fromSecret(SecretBytes(secret));
            QVERIFY(!key);
            QCOMPARE(key.error().code, ErrorCode::CryptoFailed);
        }
        QVERIFY(!SigningKey::fromSecret(SecretBytes(std::size_t(31))));
    }

    void everyGeneratedKeyIsAnother()
    {
        const SigningKey one = SigningKey::generate();
        const SigningKey two = SigningKey::generate();
        QVERIFY(one.address() != two.address());
        QCOMPARE(one.clone().address(), one.address());
    }
};

QTEST_GUILESS_MAIN(TestWalletCrypto)
#include "test_wallet_crypto.moc"
