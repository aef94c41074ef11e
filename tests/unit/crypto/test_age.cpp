// SPDX-License-Identifier: GPL-3.0-or-later
#include "age_fixture.h"

#include <QBuffer>
#include <QTest>

#include <cctype>
#include <cstring>

using namespace amana;
using namespace amana::crypto;
using namespace amana::crypto::test;

namespace {

// 32 bytes of 0x42
constexpr std::string_view kSecretText =
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

} // namespace

class TestAge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void identityTexts();
    void identityTextsThatAreNotOurs();
    void identityFiles();
    void roundTrip_data();
    void roundTrip();
    void everyRecipientOpens();
    void noRecipientIsRefused();
    void wrongKeyIsToldApart();
    void everyFlippedBitIsNoticed();
    void everyTruncationIsNoticed();
    void certainTruncationsHaveTheirCode();
    void alteredChunkReleasesNothingOfIt();
    void passphrases();
    void passphraseAndKeyFilesAreToldApart();
};

void TestAge::identityTexts()
{
    const auto identity = AgeIdentity::fromText(kSecretText);
    QVERIFY(identity);
    QCOMPARE(identity->text().text(), kSecretText);
    const std::string recipient = identity->recipient().text();
    QVERIFY(recipient.starts_with("age1"));
    const auto parsed = AgeRecipient::fromText(recipient);
    QVERIFY(parsed);
    QCOMPARE(*parsed, identity->recipient());
    QCOMPARE(identity->clone().text().text(), kSecretText);
    QVERIFY(!AgeIdentity::fromSecret(SecretBytes(31)));
}

void TestAge::identityTextsThatAreNotOurs()
{
    const auto code = [](std::string_view text) {
        const auto identity = AgeIdentity::fromText(text);
        return identity ? ErrorCode::InternalUnexpected : identity.error().code;
    };
    QCOMPARE(code("AGE-PLUGIN-YUBIKEY-1QQQQ"), ErrorCode::AgeUnsupported);
    QCOMPARE(code(""), ErrorCode::AgeBadIdentity);
    std::string lower(kSecretText);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return static_cast<char>(std::tolower(c)); });
    QCOMPARE(code(lower), ErrorCode::AgeBadIdentity);
    QCOMPARE(code(AgeIdentity::generate().recipient().text()), ErrorCode::AgeBadIdentity);

    QCOMPARE(AgeRecipient::fromText(kSecretText).error().code, ErrorCode::AgeBadRecipient);
    QCOMPARE(AgeRecipient::fromText("age1qqqq").error().code, ErrorCode::AgeBadRecipient);
}

void TestAge::identityFiles()
{
    const AgeIdentity second = AgeIdentity::generate();
    const std::string text = "# created: today\r\n" + std::string(kSecretText) + "\r\n\n# part 2\n"
                             + std::string(second.text().text());
    const auto identities = parseIdentityFile(text);
    QVERIFY(identities);
    QCOMPARE(identities->size(), std::size_t(2));
    QCOMPARE((*identities)[1].recipient(), second.recipient());

    const auto bad = parseIdentityFile("# one\n\nnonsense\n");
    QVERIFY(!bad);
    QCOMPARE(bad.error().code, ErrorCode::AgeBadIdentity);
    QCOMPARE(bad.error().param("line"), std::string("3"));
    QVERIFY(!parseIdentityFile("# nothing\n"));
}

void TestAge::roundTrip_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 15, 16, 65535, 65536, 65537, 131071, 131072, 131073, 3'000'000})
        QTest::addRow("%d", size) << size;
}

void TestAge::roundTrip()
{
    QFETCH(int, size);
    const auto keys = generateKeys(2);
    const auto recipients = recipientsOf(keys);
    const QByteArray plain = pattern(size);
    const auto sealed = ageSeal(bytesOf(plain), recipients);
    QVERIFY(sealed);
    QCOMPARE(std::uint64_t(sealed->size()), ageSealedSize(std::uint64_t(size), recipients.size()));
    const auto opened = ageOpen(bytesOf(*sealed), keys);
    QVERIFY(opened);
    QCOMPARE(toByteArray(opened->view()), plain);
}

void TestAge::everyRecipientOpens()
{
    const auto keys = generateKeys(5);
    const auto sealed = ageSeal(bytesOf(std::string_view("note")), recipientsOf(keys));
    QVERIFY(sealed);
    for (const AgeIdentity &key : keys) {
        std::vector<AgeIdentity> one = generateKeys(3);
        one.push_back(key.clone());
        const auto opened = ageOpen(bytesOf(*sealed), one);
        QVERIFY(opened);
        QCOMPARE(opened->text(), std::string_view("note"));
    }
}

void TestAge::noRecipientIsRefused()
{
    QCOMPARE(ageSeal({}, {}).error().code, ErrorCode::AgeBadRecipient);
    const std::vector<AgeRecipient> lowOrder(1);
    QCOMPARE(ageSeal({}, lowOrder).error().code, ErrorCode::AgeBadRecipient);
    const auto sealed = ageSeal({}, recipientsOf(generateKeys(1)));
    QVERIFY(sealed);
    QCOMPARE(openError(*sealed, {}), ErrorCode::AgeNoMatch);
}

void TestAge::wrongKeyIsToldApart()
{
    const auto sealed = ageSeal(bytesOf(std::string_view("note")), recipientsOf(generateKeys(2)));
    QVERIFY(sealed);
    QCOMPARE(openError(*sealed, generateKeys(3)), ErrorCode::AgeNoMatch);
    QCOMPARE(openError("hello", generateKeys(1)), ErrorCode::AgeMalformed);
    QCOMPARE(openError({}, generateKeys(1)), ErrorCode::AgeMalformed);
    QCOMPARE(openError("age-encryption.org/v2\n", generateKeys(1)), ErrorCode::AgeUnsupported);
}

void TestAge::everyFlippedBitIsNoticed()
{
    const auto keys = generateKeys(1);
    auto recipients = recipientsOf(keys);
    recipients.push_back(AgeIdentity::generate().recipient());
    const auto sealed = ageSeal(bytesOf(std::string_view("glucose 5.4 mmol/L")), recipients);
    QVERIFY(sealed);
    const qsizetype headerEnd = sealed->indexOf("\n--- ") + 5 + 43 + 1;
    const qsizetype secondStanza = sealed->indexOf("-> ", sealed->indexOf("-> ") + 1);
    for (qsizetype at = 0; at < sealed->size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = *sealed;
            changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
            const ErrorCode code = openError(changed, keys);
            if (at >= headerEnd)
                QCOMPARE(code, ErrorCode::AgePayloadTampered);
            else
                QVERIFY(code == ErrorCode::AgeHeaderTampered || code == ErrorCode::AgeMalformed
                        || code == ErrorCode::AgeNoMatch || code == ErrorCode::AgeUnsupported);
        }
    }
    // a byte of somebody else's stanza: our key still fits, so the header itself is known to be altered
    QByteArray changed = *sealed;
    const qsizetype share = secondStanza + qsizetype(std::strlen("-> X25519 "));
    changed[share] = changed[share] == 'A' ? 'B' : 'A';
    QCOMPARE(openError(changed, keys), ErrorCode::AgeHeaderTampered);
}

void TestAge::everyTruncationIsNoticed()
{
    const auto keys = generateKeys(1);
    const auto sealed = ageSeal(bytesOf(pattern(200)), recipientsOf(keys));
    QVERIFY(sealed);
    for (qsizetype size = 0; size < sealed->size(); ++size) {
        const ErrorCode code = openError(sealed->left(size), keys);
        QVERIFY(code == ErrorCode::AgeTruncated || code == ErrorCode::AgePayloadTampered
                || (size == 0 && code == ErrorCode::AgeMalformed));
    }
    QCOMPARE(openError(*sealed + 'x', keys), ErrorCode::AgePayloadTampered);
}

void TestAge::certainTruncationsHaveTheirCode()
{
    const auto keys = generateKeys(1);
    const auto sealed = ageSeal(bytesOf(pattern(150'000)), recipientsOf(keys));
    QVERIFY(sealed);
    const qsizetype start = sealed->indexOf("\n--- ") + 5 + 43 + 1;
    const qsizetype chunk = 65536 + 16;
    for (qsizetype size : {qsizetype(1), qsizetype(30), start - 1, start, start + 7, start + 16,
                           start + 16 + 5, start + 16 + chunk - 1, start + 16 + chunk, start + 16 + chunk + 3,
                           start + 16 + 2 * chunk, sealed->size() - 12, sealed->size() - 1})
        QCOMPARE(openError(sealed->left(size), keys), ErrorCode::AgeTruncated);
}

void TestAge::alteredChunkReleasesNothingOfIt()
{
    const auto keys = generateKeys(1);
    const QByteArray plain = pattern(200'000);
    auto sealed = ageSeal(bytesOf(plain), recipientsOf(keys));
    QVERIFY(sealed);
    const qsizetype start = sealed->indexOf("\n--- ") + 5 + 43 + 1 + 16;
    (*sealed)[start + 65552 + 100] = static_cast<char>((*sealed)[start + 65552 + 100] ^ 1);
    QBuffer in(&*sealed);
    in.open(QIODevice::ReadOnly);
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const Status status = ageDecrypt(in, out, keys);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::AgePayloadTampered);
    QCOMPARE(status.error().param("chunk"), std::string("1"));
    QCOMPARE(out.data(), plain.left(65536)); // the first chunk is authentic, the second left no trace
}

void TestAge::passphrases()
{
    const SecretBytes right = SecretBytes::fromText("correct horse");
    const auto sealed = ageSealWithPassphrase(bytesOf(std::string_view("seed")), right, 10);
    QVERIFY(sealed);
    const auto opened = ageOpenWithPassphrase(bytesOf(*sealed), right);
    QVERIFY(opened);
    QCOMPARE(opened->text(), std::string_view("seed"));
    const auto wrong = ageOpenWithPassphrase(bytesOf(*sealed), SecretBytes::fromText("incorrect horse"));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::AgeNoMatch);

    QByteArray greedy = *sealed;
    greedy.replace(" 10\n", " 21\n"); // 2 GiB: refused before any memory is taken
    QCOMPARE(ageOpenWithPassphrase(bytesOf(greedy), right).error().code, ErrorCode::AgeWorkFactor);
}

void TestAge::passphraseAndKeyFilesAreToldApart()
{
    const SecretBytes passphrase = SecretBytes::fromText("p");
    const auto byPassphrase = ageSealWithPassphrase({}, passphrase, 4);
    const auto byKey = ageSeal({}, recipientsOf(generateKeys(1)));
    QVERIFY(byPassphrase && byKey);
    const auto a = ageOpen(bytesOf(*byPassphrase), generateKeys(1));
    QCOMPARE(a.error().code, ErrorCode::AgeNoMatch);
    QCOMPARE(a.error().param("needs"), std::string("passphrase"));
    const auto b = ageOpenWithPassphrase(bytesOf(*byKey), passphrase);
    QCOMPARE(b.error().code, ErrorCode::AgeNoMatch);
    QCOMPARE(b.error().param("needs"), std::string("identity"));
}

QTEST_GUILESS_MAIN(TestAge)
#include "test_age.moc"
