// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/aead.h"
#include "core/crypto/base64.h"
#include "core/crypto/bech32.h"
#include "core/crypto/hash.h"
#include "core/crypto/random.h"
#include "core/crypto/x25519.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace amana;
using namespace amana::crypto;

namespace {

QByteArray hex(const char *text)
{
    return fromHex(text).value_or(QByteArray("bad hex"));
}

std::string hexOf(const SecretBytes &bytes)
{
    return toHex(bytes.view());
}

} // namespace

class TestCrypto : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sha256OfKnownTexts();
    void sha256InPieces();
    void hmacOfRfc4231();
    void hkdfOfRfc5869();
    void scryptOfRfc7914();
    void scryptWithoutMemoryIsAnError();
    void aeadOfRfc8439();
    void aeadRefusesEveryChange();
    void sealIsNeverTwiceTheSame();
    void x25519OfRfc7748();
    void x25519RefusesLowOrder();
    void base64IsStrict();
    void bech32OfBip173();
    void bech32RefusesDamage();
    void randomBytesDiffer();
};

void TestCrypto::sha256OfKnownTexts()
{
    QCOMPARE(toHex(sha256({})),
             std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(toHex(sha256(bytesOf(std::string_view("abc")))),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void TestCrypto::sha256InPieces()
{
    const QByteArray data(1'000'000, 'a');
    Sha256 hash;
    for (qsizetype at = 0; at < data.size(); at += 977)
        hash.add(bytesOf(data.mid(at, 977)));
    QCOMPARE(toHex(hash.digest()),
             std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    hash.reset();
    QCOMPARE(hash.digest(), sha256({}));
}

void TestCrypto::hmacOfRfc4231()
{
    const QByteArray key(20, '\x0b');
    QCOMPARE(toHex(hmacSha256(bytesOf(key), bytesOf(std::string_view("Hi There")))),
             std::string("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    // an empty key, as Python's hmac module gives it
    QCOMPARE(toHex(hmacSha256({}, {})),
             std::string("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
}

void TestCrypto::hkdfOfRfc5869()
{
    const QByteArray secret(22, '\x0b');
    const QByteArray info = hex("f0f1f2f3f4f5f6f7f8f9");
    const SecretBytes first = hkdfSha256(bytesOf(secret), bytesOf(hex("000102030405060708090a0b0c")),
                                         std::string_view(info.constData(), 10), 42);
    QCOMPARE(
        hexOf(first),
        std::string("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    const SecretBytes third = hkdfSha256(bytesOf(secret), {}, {}, 42);
    QCOMPARE(
        hexOf(third),
        std::string("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    // its halves
    const SecretBytes extracted = hkdfExtract(bytesOf(secret), bytesOf(hex("000102030405060708090a0b0c")));
    QCOMPARE(hexOf(extracted), std::string("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
    QCOMPARE(hexOf(hkdfExpand(extracted.view(), bytesOf(info), 42)), hexOf(first));
    QCOMPARE(hexOf(hkdfExpand(hkdfExtract(bytesOf(secret), {}).view(), {}, 42)), hexOf(third));
}

void TestCrypto::scryptOfRfc7914()
{
    // the RFC's vector with N = 16384, r = 8, p = 1
    const auto key = scrypt(bytesOf(std::string_view("pleaseletmein")),
                            bytesOf(std::string_view("SodiumChloride")), 14, 64);
    QVERIFY(key);
    QCOMPARE(hexOf(*key), std::string("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                                      "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"));
}

void TestCrypto::scryptWithoutMemoryIsAnError()
{
    const auto key = scrypt({}, {}, 60, 32);
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::CryptoFailed);
}

void TestCrypto::aeadOfRfc8439()
{
    const QByteArray key = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const QByteArray nonce = hex("070000004041424344454647");
    const QByteArray aad = hex("50515253c0c1c2c3c4c5c6c7");
    const std::string_view plain =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
        "future, sunscreen would be it.";
    ChaChaPoly aead(bytesOf(key));
    std::vector<std::uint8_t> sealed(plain.size() + kAeadTagSize);
    aead.seal(bytesOf(nonce), bytesOf(plain), sealed, bytesOf(aad));
    QVERIFY(toHex(sealed).starts_with("d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"));
    QVERIFY(toHex(sealed).ends_with("1ae10b594f09e26a7e902ecbd0600691"));

    std::vector<std::uint8_t> opened(plain.size());
    QVERIFY(aead.open(bytesOf(nonce), sealed, opened, bytesOf(aad)));
    QCOMPARE(toByteArray(opened), QByteArray(plain.data(), static_cast<qsizetype>(plain.size())));
    sealed[3] ^= 1;
    QVERIFY(!aead.open(bytesOf(nonce), sealed, opened, bytesOf(aad)));
    QVERIFY(std::all_of(opened.begin(), opened.end(), [](std::uint8_t byte) { return byte == 0; }));
}

void TestCrypto::aeadRefusesEveryChange()
{
    const SecretBytes key = randomSecret(kAeadKeySize);
    const QByteArray sealed =
        seal(key.view(), bytesOf(std::string_view("secret")), bytesOf(std::string_view("name")));
    QCOMPARE(sealed.size(), 6 + 28);
    const auto opened = open(key.view(), bytesOf(sealed), bytesOf(std::string_view("name")));
    QVERIFY(opened);
    QCOMPARE(opened->text(), std::string_view("secret"));
    for (qsizetype at = 0; at < sealed.size(); ++at) {
        QByteArray changed = sealed;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        QVERIFY(!open(key.view(), bytesOf(changed), bytesOf(std::string_view("name"))));
        QVERIFY(!open(key.view(), bytesOf(sealed.left(at)), bytesOf(std::string_view("name"))));
    }
    QVERIFY(!open(key.view(), bytesOf(sealed), bytesOf(std::string_view("Name"))));
    QVERIFY(!open(randomSecret(kAeadKeySize).view(), bytesOf(sealed), bytesOf(std::string_view("name"))));
}

void TestCrypto::sealIsNeverTwiceTheSame()
{
    const SecretBytes key = randomSecret(kAeadKeySize);
    QVERIFY(seal(key.view(), {}, {}) != seal(key.view(), {}, {}));
}

void TestCrypto::x25519OfRfc7748()
{
    // section 5.2
    const QByteArray scalar = hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4");
    const QByteArray point = hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
    const auto shared = x25519Shared(bytesOf(scalar), bytesOf(point));
    QVERIFY(shared);
    QCOMPARE(hexOf(*shared), std::string("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));
}

void TestCrypto::x25519RefusesLowOrder()
{
    const SecretBytes secret = randomSecret(32);
    const QByteArray zero(32, '\0');
    QVERIFY(!x25519Shared(secret.view(), bytesOf(zero)));
    QByteArray one = zero;
    one[0] = 1;
    QVERIFY(!x25519Shared(secret.view(), bytesOf(one)));
}

void TestCrypto::base64IsStrict()
{
    QCOMPARE(base64Raw(bytesOf(std::string_view("any carnal pleas"))), std::string("YW55IGNhcm5hbCBwbGVhcw"));
    for (const std::string_view text : {"", "a", "ab", "abc", "abcd"})
        QCOMPARE(fromBase64Raw(base64Raw(bytesOf(text))), std::optional(toByteArray(bytesOf(text))));
    for (const std::string_view bad : {"A", "AB", "ABCDE", "AAA=", "AA A", "AA\n", "AA-_"})
        QVERIFY2(!fromBase64Raw(bad), std::string(bad).c_str());
}

void TestCrypto::bech32OfBip173()
{
    for (const std::string_view text : {"A12UEL5L", "a12uel5l", "?1ezyfcl"})
        QVERIFY2(bech32Decode(text), std::string(text).c_str());
    const auto decoded = bech32Decode("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw");
    QVERIFY(decoded);
    QCOMPARE(decoded->prefix, std::string("abcdef"));
    QCOMPARE(hexOf(decoded->data), std::string("00443214c74254b635cf84653a56d7c675be77df"));
    QCOMPARE(bech32Encode("abcdef", decoded->data.view()).text(),
             std::string_view("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"));
}

void TestCrypto::bech32RefusesDamage()
{
    const std::string good = "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw";
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = bad[at] == 'q' ? 'p' : 'q';
        QVERIFY2(!bech32Decode(bad), bad.c_str());
    }
    for (const std::string_view bad : {"", "1", "abcdef", "A1G7SGD8", "10a06t8", "1qzzfhee",
                                       "abcdef1Qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"})
        QVERIFY2(!bech32Decode(bad), std::string(bad).c_str());
}

void TestCrypto::randomBytesDiffer()
{
    std::set<Digest> seen;
    for (int i = 0; i < 100; ++i)
        QVERIFY(seen.insert(randomDigest()).second);
}

QTEST_GUILESS_MAIN(TestCrypto)
#include "test_crypto.moc"
