// SPDX-License-Identifier: GPL-3.0-or-later
#include "age_fixture.h"

#include "core/crypto/age_reader.h"
#include "core/crypto/bech32.h"
#include "core/crypto/hash.h"

#include <QBuffer>
#include <QTest>

#include <algorithm>
#include <cctype>

using namespace amana;
using namespace amana::crypto;
using namespace amana::crypto::test;

namespace {

// of the C2SP test kit; the recipient's digest is that of what age-keygen -y prints for it, without its line feed
constexpr std::string_view kSecretText =
    "AGE-SECRET-KEY-PQ-1HZLGZUPT4ETPKDEV8HSGFDCYZ4E522W0A7PU2LHT8EH9W6YLNC3SW78XKG";
constexpr std::string_view kRecipientDigest = "3391361ba4a3d211173b3161b1460630cee790d95b732cd447313243226cb082";
constexpr std::size_t kShareText = 1494; // 1,120 bytes in base64
constexpr qsizetype kShareStart = 22 + 3 + 14 + 1;

std::vector<AgeIdentity> hybridKeys(int count)
{
    std::vector<AgeIdentity> keys;
    for (int i = 0; i < count; ++i)
        keys.push_back(AgeIdentity::generateHybrid().value());
    return keys;
}

ErrorCode recipientError(std::string_view text)
{
    const auto recipient = AgeRecipient::fromText(text);
    return recipient ? ErrorCode::InternalUnexpected : recipient.error().code;
}

std::string lower(std::string_view text)
{
    std::string changed(text);
    std::transform(changed.begin(), changed.end(), changed.begin(),
                   [](char c) { return static_cast<char>(std::tolower(c)); });
    return changed;
}

/// A text of the right form around other bytes.
std::string recipientText(ByteView key)
{
    return std::string(bech32Encode("age1pq", key).text());
}

} // namespace

/// Hybrid post-quantum recipients; where OpenSSL has no ML-KEM, that they are refused.
class TestAgeHybrid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusedWithoutMlKem();
    void texts();
    void textsThatAreNoKeys();
    void identityFiles();
    void roundTrip_data();
    void roundTrip();
    void everyRecipientOpens();
    void tooManyRecipientsAreRefused();
    void mixingIsRefused();
    void wrongKeysAreToldApart();
    void everyAlteredByteIsNoticed();
    void alteredSharesAreNotForUs();
    void sharesOfAnotherLengthAreMalformed();
    void armoredPushedAndInParts();
    void sealingTime();
};

void TestAgeHybrid::init()
{
    const bool refusal = QTest::currentTestFunction() == QByteArray("refusedWithoutMlKem");
    if (refusal && ageHybridSupported())
        QSKIP("OpenSSL here has ML-KEM");
    if (!refusal && !ageHybridSupported())
        QSKIP("OpenSSL here has no ML-KEM");
}

void TestAgeHybrid::refusedWithoutMlKem()
{
    const auto made = AgeIdentity::generateHybrid();
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::AgeUnsupported);
    QCOMPARE(made.error().param("reason"), std::string("postQuantum"));
    QCOMPARE(AgeIdentity::fromText(kSecretText).error().code, ErrorCode::AgeUnsupported);
    const auto file = parseIdentityFile(kSecretText);
    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::AgeUnsupported);
    const std::vector<std::uint8_t> key(1216);
    QCOMPARE(recipientError(recipientText(key)), ErrorCode::AgeUnsupported);
    const std::vector<AgeRecipient> recipients{AgeRecipient{{}, key}};
    QCOMPARE(ageSeal({}, recipients).error().code, ErrorCode::AgeUnsupported);
}

void TestAgeHybrid::texts()
{
    const auto identity = AgeIdentity::fromText(kSecretText);
    QVERIFY(identity);
    QVERIFY(identity->isHybrid());
    QCOMPARE(identity->text().text(), kSecretText);
    QCOMPARE(identity->clone().text().text(), kSecretText);
    const AgeRecipient recipient = identity->recipient();
    QVERIFY(recipient.isHybrid());
    QCOMPARE(recipient.text().size(), std::size_t(1959));
    QCOMPARE(toHex(sha256(bytesOf(recipient.text()))), std::string(kRecipientDigest));
    const auto parsed = AgeRecipient::fromText(recipient.text());
    QVERIFY(parsed);
    QCOMPARE(*parsed, recipient);

    const auto made = AgeIdentity::generateHybrid();
    QVERIFY(made);
    const auto again = AgeIdentity::fromText(made->text().text());
    QVERIFY(again);
    QVERIFY(again->isHybrid());
    QCOMPARE(again->recipient(), made->recipient());
    QVERIFY(made->recipient() != recipient);
    QVERIFY(!AgeIdentity::generate().isHybrid());
}

void TestAgeHybrid::textsThatAreNoKeys()
{
    const auto code = [](std::string_view text) {
        const auto identity = AgeIdentity::fromText(text);
        return identity ? ErrorCode::InternalUnexpected : identity.error().code;
    };
    QCOMPARE(code(lower(kSecretText)), ErrorCode::AgeBadIdentity);
    QCOMPARE(code(kSecretText.substr(0, kSecretText.size() - 1)), ErrorCode::AgeBadIdentity);
    std::string shorter(bech32Encode("age-secret-key-pq-", SecretBytes(31).view()).text());
    std::transform(shorter.begin(), shorter.end(), shorter.begin(),
                   [](char c) { return static_cast<char>(std::toupper(c)); });
    QCOMPARE(code(shorter), ErrorCode::AgeBadIdentity);

    std::vector<std::uint8_t> key = AgeIdentity::fromText(kSecretText)->recipient().hybrid;
    std::string upper = recipientText(key);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return static_cast<char>(std::toupper(c)); });
    QCOMPARE(recipientError(upper), ErrorCode::AgeBadRecipient);
    QCOMPARE(recipientError(recipientText(ByteView(key).first(1215))), ErrorCode::AgeBadRecipient);
    key[0] = 0xff; // with the next: a coefficient of 4095, beyond the modulus
    key[1] = 0xff;
    QCOMPARE(recipientError(recipientText(key)), ErrorCode::AgeBadRecipient);
    const std::vector<AgeRecipient> unchecked{AgeRecipient{{}, key}};
    QCOMPARE(ageSeal({}, unchecked).error().code, ErrorCode::AgeBadRecipient);

    auto lowOrder = AgeIdentity::fromText(kSecretText)->recipient().hybrid;
    std::fill(lowOrder.end() - 32, lowOrder.end(), std::uint8_t(0));
    const std::vector<AgeRecipient> recipients{AgeRecipient{{}, lowOrder}};
    QCOMPARE(ageSeal({}, recipients).error().code, ErrorCode::AgeBadRecipient);
    const std::vector<AgeRecipient> cut{AgeRecipient{{}, {1, 2, 3}}};
    QCOMPARE(ageSeal({}, cut).error().code, ErrorCode::AgeBadRecipient);
}

void TestAgeHybrid::identityFiles()
{
    const AgeIdentity classic = AgeIdentity::generate();
    const std::string text =
        "# public key: age1pq1…\n" + std::string(kSecretText) + "\n" + std::string(classic.text().text()) + "\n";
    const auto identities = parseIdentityFile(text);
    QVERIFY(identities);
    QCOMPARE(identities->size(), std::size_t(2));
    QVERIFY(identities->front().isHybrid() && !identities->back().isHybrid());

    // either kind of file opens with such a key file
    for (const AgeIdentity &identity : *identities) {
        const std::vector<AgeRecipient> recipients{identity.recipient()};
        const auto sealed = ageSeal(bytesOf(std::string_view("note")), recipients);
        QVERIFY(sealed);
        const auto opened = ageOpen(bytesOf(*sealed), *identities);
        QVERIFY(opened);
        QCOMPARE(opened->text(), std::string_view("note"));
    }
}

void TestAgeHybrid::roundTrip_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 65536, 65537, 3'000'000})
        QTest::addRow("%d", size) << size;
}

void TestAgeHybrid::roundTrip()
{
    QFETCH(int, size);
    const auto keys = hybridKeys(2);
    const QByteArray plain = pattern(size);
    const auto sealed = ageSeal(bytesOf(plain), recipientsOf(keys));
    QVERIFY(sealed);
    QCOMPARE(std::uint64_t(sealed->size()), ageSealedSize(std::uint64_t(size), 2, true));
    const auto opened = ageOpen(bytesOf(*sealed), keys);
    QVERIFY(opened);
    QCOMPARE(toByteArray(opened->view()), plain);
}

void TestAgeHybrid::everyRecipientOpens()
{
    const auto keys = hybridKeys(5);
    const auto sealed = ageSeal(bytesOf(std::string_view("note")), recipientsOf(keys));
    QVERIFY(sealed);
    for (const AgeIdentity &key : keys) {
        std::vector<AgeIdentity> some = generateKeys(2);
        some.push_back(AgeIdentity::generateHybrid().value());
        some.push_back(key.clone());
        const auto opened = ageOpen(bytesOf(*sealed), some);
        QVERIFY(opened);
        QCOMPARE(opened->text(), std::string_view("note"));
    }
}

void TestAgeHybrid::tooManyRecipientsAreRefused()
{
    const auto keys = hybridKeys(1);
    const std::vector<AgeRecipient> most(kAgeMaxHybridRecipients, keys.front().recipient());
    const auto sealed = ageSeal({}, most);
    QVERIFY(sealed);
    QVERIFY(ageOpen(bytesOf(*sealed), keys)); // the header is within what we read ourselves
    const std::vector<AgeRecipient> more(kAgeMaxHybridRecipients + 1, keys.front().recipient());
    const auto refused = ageSeal({}, more);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::AgeBadRecipient);
    QCOMPARE(refused.error().param("count"), std::to_string(more.size()));
}

void TestAgeHybrid::mixingIsRefused()
{
    std::vector<AgeRecipient> mixed = recipientsOf(hybridKeys(1));
    mixed.push_back(AgeIdentity::generate().recipient());
    for (int order = 0; order < 2; ++order) {
        const auto refused = ageSeal({}, mixed);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::AgeBadRecipient);
        QCOMPARE(refused.error().param("reason"), std::string("mixed"));
        std::reverse(mixed.begin(), mixed.end());
    }
}

void TestAgeHybrid::wrongKeysAreToldApart()
{
    const auto sealed = ageSeal(bytesOf(std::string_view("note")), recipientsOf(hybridKeys(2)));
    QVERIFY(sealed);
    QCOMPARE(openError(*sealed, hybridKeys(2)), ErrorCode::AgeNoMatch);
    QCOMPARE(openError(*sealed, generateKeys(1)), ErrorCode::AgeNoMatch);
    QCOMPARE(openError(*sealed, {}), ErrorCode::AgeNoMatch);
    const auto classic = ageSeal({}, recipientsOf(generateKeys(1)));
    QVERIFY(classic);
    QCOMPARE(openError(*classic, hybridKeys(1)), ErrorCode::AgeNoMatch);
    const auto byPassphrase = ageSealWithPassphrase({}, SecretBytes::fromText("p"), 4);
    QVERIFY(byPassphrase);
    QCOMPARE(openError(*byPassphrase, hybridKeys(1)), ErrorCode::AgeNoMatch);
}

void TestAgeHybrid::everyAlteredByteIsNoticed()
{
    const auto keys = hybridKeys(1);
    const auto sealed = ageSeal(bytesOf(std::string_view("glucose 5.4 mmol/L")), recipientsOf(keys));
    QVERIFY(sealed);
    const qsizetype headerEnd = sealed->indexOf("\n--- ") + 5 + 43 + 1;
    for (qsizetype at = 0; at < sealed->size(); ++at) {
        QByteArray changed = *sealed;
        changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
        const ErrorCode code = openError(changed, keys);
        if (at >= headerEnd)
            QCOMPARE(code, ErrorCode::AgePayloadTampered);
        else
            QVERIFY(code == ErrorCode::AgeHeaderTampered || code == ErrorCode::AgeMalformed
                    || code == ErrorCode::AgeNoMatch || code == ErrorCode::AgeUnsupported);
    }
    for (qsizetype size = 1; size < sealed->size(); size += 7) {
        const ErrorCode code = openError(sealed->left(size), keys);
        QVERIFY(code == ErrorCode::AgeTruncated || code == ErrorCode::AgePayloadTampered);
    }
}

/// Implicit rejection: nothing tells an altered share from one for somebody else.
void TestAgeHybrid::alteredSharesAreNotForUs()
{
    const auto keys = hybridKeys(1);
    const auto sealed = ageSeal({}, recipientsOf(keys));
    QVERIFY(sealed);
    QVERIFY(sealed->mid(kShareStart - 15).startsWith("mlkem768x25519 "));
    for (const qsizetype at : {qsizetype(0), qsizetype(700), qsizetype(1448), qsizetype(1460), qsizetype(1480)}) {
        QByteArray changed = *sealed;
        char &letter = changed[kShareStart + at];
        letter = letter == 'A' ? 'B' : 'A';
        QCOMPARE(openError(changed, keys), ErrorCode::AgeNoMatch);
    }
    // a point of low order: refused, whatever the rest is
    QByteArray lowOrder = *sealed;
    const QByteArray share =
        QByteArray::fromBase64(sealed->mid(kShareStart, kShareText)).left(1088) + QByteArray(32, '\0');
    lowOrder.replace(kShareStart, kShareText, share.toBase64(QByteArray::OmitTrailingEquals));
    QCOMPARE(openError(lowOrder, keys), ErrorCode::AgeMalformed);
}

void TestAgeHybrid::sharesOfAnotherLengthAreMalformed()
{
    const auto keys = hybridKeys(1);
    const auto sealed = ageSeal({}, recipientsOf(keys));
    QVERIFY(sealed);
    const QByteArray share = QByteArray::fromBase64(sealed->mid(kShareStart, kShareText));
    QCOMPARE(share.size(), 1120);
    for (const QByteArray &other : {share.left(0) + 'x', share.left(32), share.chopped(1), share + '\0'}) {
        QByteArray changed = *sealed;
        changed.replace(kShareStart, kShareText, other.toBase64(QByteArray::OmitTrailingEquals));
        QCOMPARE(openError(changed, keys), ErrorCode::AgeMalformed);
        QCOMPARE(openError(changed, generateKeys(1)), ErrorCode::AgeMalformed);
    }
}

void TestAgeHybrid::armoredPushedAndInParts()
{
    const auto keys = hybridKeys(1);
    const auto recipients = recipientsOf(keys);
    QByteArray plain = pattern(200'000);
    QBuffer in(&plain);
    in.open(QIODevice::ReadOnly);
    QBuffer armored;
    armored.open(QIODevice::ReadWrite);
    QVERIFY(ageEncrypt(in, armored, recipients, {}, AgeForm::Armored));
    const auto opened = ageOpen(bytesOf(armored.data()), keys);
    QVERIFY(opened);
    QCOMPARE(toByteArray(opened->view()), plain);

    QByteArray pushed;
    auto sealer = AgeSealer::begin(
        [&pushed](ByteView bytes) -> Status {
            pushed += toByteArray(bytes);
            return {};
        },
        recipients);
    QVERIFY(sealer);
    QVERIFY(sealer->write(bytesOf(plain)));
    QVERIFY(sealer->finish());
    QBuffer file(&pushed);
    file.open(QIODevice::ReadOnly);
    auto reader = AgeReader::open(file, keys);
    QVERIFY(reader);
    QCOMPARE(reader->size(), std::uint64_t(plain.size()));
    QCOMPARE(toByteArray(reader->read(100'000, 70)->view()), plain.mid(100'000, 70));
}

/// What the README says: run with -v2 or alone.
void TestAgeHybrid::sealingTime()
{
    const auto keys = hybridKeys(1);
    const auto recipients = recipientsOf(keys);
    const auto sealed = ageSeal({}, recipients);
    QVERIFY(sealed);
    QBENCHMARK {
        QVERIFY(ageSeal({}, recipients));
        QVERIFY(ageOpen(bytesOf(*sealed), keys));
    }
}

QTEST_GUILESS_MAIN(TestAgeHybrid)
#include "test_age_hybrid.moc"
