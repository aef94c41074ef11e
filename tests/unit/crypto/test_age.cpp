// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/crypto/age.h"
#include "core/crypto/age_reader.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cstring>
#include <fstream>

using namespace amana;
using namespace amana::crypto;

namespace {

// 32 bytes of 0x42
constexpr std::string_view kSecretText =
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

std::vector<AgeIdentity> generateKeys(int count)
{
    std::vector<AgeIdentity> keys;
    for (int i = 0; i < count; ++i)
        keys.push_back(AgeIdentity::generate());
    return keys;
}

std::vector<AgeRecipient> recipientsOf(const std::vector<AgeIdentity> &keys)
{
    std::vector<AgeRecipient> recipients;
    for (const AgeIdentity &key : keys)
        recipients.push_back(key.recipient());
    return recipients;
}

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    std::uint32_t state = 1;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

/// Bytes that are made when they are read: a file larger than memory is allowed to be.
class Endless final : public QIODevice {
public:
    explicit Endless(qint64 size) : m_left(size) { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qint64 now = std::min({size, m_left, qint64(50'000)}); // short reads, as pipes give them
        std::fill_n(data, now, 'x');
        m_left -= now;
        return now;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    qint64 m_left;
};

class Counter final : public QIODevice {
public:
    Counter() { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }
    qint64 total = 0;

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        total += size;
        return size;
    }
};

/// Peak resident memory in KiB (Linux).
qint64 peakMemory()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:"))
            return std::stoll(line.substr(6));
    return -1;
}

ErrorCode openError(const QByteArray &sealed, const std::vector<AgeIdentity> &keys)
{
    const auto opened = ageOpen(bytesOf(sealed), keys);
    return opened ? ErrorCode::InternalUnexpected : opened.error().code;
}

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
    void longFilesTravelInOrder_data();
    void longFilesTravelInOrder();
    void anAlteredLongFileGivesItsBeginning();
    void partsAreRead();
    void partsOfAlteredFilesAreRefused();
    void armorIsReadBack();
    void memoryDoesNotGrowWithTheFile();
    void cancelStops();
    void filesAreAllOrNothing();
    void fullDiskIsToldApart();
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
    QCOMPARE(code("AGE-SECRET-KEY-PQ-1HZLGZUPT4ETPKDEV8HSGFDCYZ4E522W0A7PU2LHT8EH9W6YLNC3SW78XKG"),
             ErrorCode::AgeUnsupported);
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

namespace {

constexpr qsizetype kChunk = 64 << 10;
constexpr qsizetype kSealedChunk = kChunk + 16;

QByteArray sealedOf(const QByteArray &plain, const std::vector<AgeIdentity> &keys, AgeForm form = AgeForm::Binary)
{
    QBuffer in;
    in.setData(plain);
    in.open(QIODevice::ReadOnly);
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    return ageEncrypt(in, out, recipientsOf(keys), {}, form) ? out.data() : QByteArray();
}

/// What came out before it ended, and how.
std::pair<QByteArray, Status> openedOf(const QByteArray &sealed, const std::vector<AgeIdentity> &keys)
{
    QBuffer in;
    in.setData(sealed);
    in.open(QIODevice::ReadOnly);
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const Status status = ageDecrypt(in, out, keys);
    return {out.data(), status};
}

} // namespace

// Around the borders of a chunk, of a batch of eight, and of what goes to several processors.
void TestAge::longFilesTravelInOrder_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype chunks : {8, 16, 31, 32, 33, 40, 41, 64, 100})
        for (const qsizetype more : {-1, 0, 1, 40'000})
            QTest::addRow("%d chunks %+d", int(chunks), int(more)) << chunks * kChunk + more;
}

void TestAge::longFilesTravelInOrder()
{
    QFETCH(qsizetype, size);
    const auto keys = generateKeys(1);
    const QByteArray plain = pattern(size);
    const QByteArray sealed = sealedOf(plain, keys);
    QCOMPARE(std::uint64_t(sealed.size()), ageSealedSize(std::uint64_t(size), 1));
    const auto [opened, status] = openedOf(sealed, keys);
    QVERIFY2(status, status ? "" : status.error().debugString().c_str());
    QVERIFY(opened == plain);
    // From a pipe, whose length nobody knows.
    Endless pipe(size);
    QBuffer piped;
    piped.open(QIODevice::WriteOnly);
    QVERIFY(ageEncrypt(pipe, piped, recipientsOf(keys)));
    QCOMPARE(openedOf(piped.data(), keys).first, QByteArray(size, 'x'));
}

// The same bytes come out, and the same chunk is blamed, as if it were opened one by one.
void TestAge::anAlteredLongFileGivesItsBeginning()
{
    const auto keys = generateKeys(1);
    const QByteArray plain = pattern(70 * kChunk + 100);
    const QByteArray sealed = sealedOf(plain, keys);
    const qsizetype payload = sealed.size() - (plain.size() + 71 * 16);
    for (const qsizetype chunk : {0, 1, 7, 8, 15, 40, 62, 69, 70}) {
        QByteArray altered = sealed;
        altered[payload + chunk * kSealedChunk + 50] = static_cast<char>(altered[payload + chunk * kSealedChunk + 50] ^ 1);
        const auto [opened, status] = openedOf(altered, keys);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::AgePayloadTampered);
        QCOMPARE(status.error().param("chunk"), std::to_string(chunk));
        QVERIFY(opened == plain.left(chunk * kChunk));
        const QByteArray cut = sealed.left(payload + chunk * kSealedChunk + 8);
        const auto [begun, ended] = openedOf(cut, keys);
        QVERIFY(!ended);
        QCOMPARE(ended.error().code, ErrorCode::AgeTruncated);
        QVERIFY(begun == plain.left(chunk * kChunk));
    }
    QByteArray swapped = sealed; // two whole chunks, both authentic
    std::swap_ranges(swapped.begin() + payload + 20 * kSealedChunk, swapped.begin() + payload + 21 * kSealedChunk,
                     swapped.begin() + payload + 21 * kSealedChunk);
    QCOMPARE(openedOf(swapped, keys).second.error().param("chunk"), std::string("20"));
    QCOMPARE(openedOf(sealed + 'x', keys).second.error().code, ErrorCode::AgePayloadTampered);
    // A file that ends, by its own account, before a full chunk of another one follows.
    const QByteArray whole = sealedOf(pattern(64 * kChunk), keys);
    QCOMPARE(openedOf(whole + whole.right(kSealedChunk), keys).second.error().code, ErrorCode::AgePayloadTampered);
}

void TestAge::partsAreRead()
{
    const auto keys = generateKeys(1);
    for (const qsizetype size : {qsizetype(0), qsizetype(1), kChunk, kChunk + 1, 5 * kChunk, 5 * kChunk + 77}) {
        const QByteArray plain = pattern(size);
        QBuffer file;
        file.setData(sealedOf(plain, keys));
        file.open(QIODevice::ReadOnly);
        auto reader = AgeReader::open(file, keys);
        QVERIFY2(reader, reader ? "" : reader.error().debugString().c_str());
        QCOMPARE(reader->size(), std::uint64_t(size));
        for (const qsizetype at : {qsizetype(0), qsizetype(1), kChunk - 1, kChunk, 3 * kChunk + 5, size, size + 9})
            for (const qsizetype count : {qsizetype(0), qsizetype(1), kChunk, 2 * kChunk + 3, size}) {
                const auto part = reader->read(std::uint64_t(at), std::uint64_t(count));
                QVERIFY(part);
                QCOMPARE(toByteArray(part->view()), at <= size ? plain.mid(at, count) : QByteArray());
            }
    }
}

void TestAge::partsOfAlteredFilesAreRefused()
{
    const auto keys = generateKeys(1);
    const QByteArray plain = pattern(5 * kChunk + 77);
    const QByteArray sealed = sealedOf(plain, keys);
    const qsizetype payload = sealed.size() - (plain.size() + 6 * 16);
    const auto open = [&keys](QBuffer &file, const QByteArray &bytes) {
        file.close();
        file.setData(bytes);
        file.open(QIODevice::ReadOnly);
        return AgeReader::open(file, keys);
    };
    QBuffer file;
    // Cut at the border of a chunk: what is there is authentic, but it is not the end.
    QCOMPARE(open(file, sealed.left(payload + 3 * kSealedChunk)).error().code, ErrorCode::AgePayloadTampered);
    QCOMPARE(open(file, sealed.left(payload + 3 * kSealedChunk + 5)).error().code, ErrorCode::AgeTruncated);
    QCOMPARE(open(file, sealed.left(payload)).error().code, ErrorCode::AgeTruncated);
    QCOMPARE(open(file, sealed + QByteArray(200, 'x')).error().code, ErrorCode::AgePayloadTampered);
    QByteArray altered = sealed;
    altered[payload + 2 * kSealedChunk + 9] = static_cast<char>(~altered[payload + 2 * kSealedChunk + 9]);
    auto reader = open(file, altered);
    QVERIFY(reader);
    QVERIFY(reader->read(0, 2 * kChunk)); // what is whole can be read
    QCOMPARE(reader->read(2 * kChunk - 1, 2).error().param("chunk"), std::string("2"));
    const auto others = generateKeys(1);
    QCOMPARE(AgeReader::open(file, others).error().code, ErrorCode::AgeNoMatch);
    QCOMPARE(open(file, sealedOf(plain, keys, AgeForm::Armored)).error().code, ErrorCode::AgeUnsupported);
}

void TestAge::armorIsReadBack()
{
    const auto keys = generateKeys(2);
    for (const qsizetype size : {qsizetype(0), qsizetype(1), qsizetype(47), qsizetype(48), qsizetype(100'000)}) {
        const QByteArray plain = pattern(size);
        const QByteArray armored = sealedOf(plain, keys, AgeForm::Armored);
        QVERIFY(armored.startsWith("-----BEGIN AGE ENCRYPTED FILE-----\n"));
        QVERIFY(armored.endsWith("\n-----END AGE ENCRYPTED FILE-----\n"));
        for (const QByteArray &line : armored.split('\n'))
            QVERIFY(line.size() <= 64);
        const auto [opened, status] = openedOf(armored, keys);
        QVERIFY2(status, status ? "" : status.error().debugString().c_str());
        QCOMPARE(opened, plain);
    }
}

void TestAge::memoryDoesNotGrowWithTheFile()
{
    const auto keys = generateKeys(1);
    Counter warmUp;
    Endless little(32 << 20); // long enough for all processors
    QVERIFY(ageEncrypt(little, warmUp, recipientsOf(keys)));
    const qint64 before = peakMemory();
    constexpr qint64 size = qint64(256) << 20;
    Endless in(size);
    Counter out;
    QVERIFY(ageEncrypt(in, out, recipientsOf(keys)));
    QCOMPARE(std::uint64_t(out.total), ageSealedSize(std::uint64_t(size), 1));
    QVERIFY2(peakMemory() - before < 4096, qPrintable(QString::number(peakMemory() - before)));
}

void TestAge::cancelStops()
{
    std::atomic<bool> cancelled = false;
    const Progress progress([&](std::uint64_t done, std::uint64_t) { cancelled = done >= (1 << 20); },
                            &cancelled);
    Endless in(qint64(1) << 40);
    Counter out;
    const auto recipients = recipientsOf(generateKeys(1));
    const Status status = ageEncrypt(in, out, recipients, progress);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
}

void TestAge::filesAreAllOrNothing()
{
    const QTemporaryDir folder;
    const QString plain = folder.filePath(QStringLiteral("plain"));
    const QString sealed = folder.filePath(QStringLiteral("sealed.age"));
    const QString opened = folder.filePath(QStringLiteral("opened"));
    const auto keys = generateKeys(1);
    const QByteArray content = pattern(300'000);
    QVERIFY(writeFileAtomic(plain, content));
    QVERIFY(ageEncryptFile(plain, sealed, recipientsOf(keys)));
    QVERIFY(ageDecryptFile(sealed, opened, keys));
    QCOMPARE(readFile(opened).value_or(QByteArray()), content);
    QCOMPARE(QFile::permissions(opened) & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
             QFileDevice::Permissions());

    QByteArray bytes = readFile(sealed).value_or(QByteArray());
    bytes.chop(100'000); // the first chunks are authentic, the end is missing
    QVERIFY(writeFileAtomic(sealed, bytes));
    QVERIFY(writeFileAtomic(opened, "old"));
    const Status status = ageDecryptFile(sealed, opened, keys);
    QVERIFY(!status);
    QCOMPARE(readFile(opened).value_or(QByteArray()), QByteArray("old"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 3);

    QCOMPARE(ageDecryptFile(folder.filePath(QStringLiteral("none")), opened, keys).error().code,
             ErrorCode::FileNotFound);
    QCOMPARE(ageDecryptFile(sealed, QStringLiteral("/proc/none/x"), keys).error().code,
             ErrorCode::FileUnwritable);
    QCOMPARE(ageDecryptFile(folder.path(), opened, keys).error().code, ErrorCode::FileUnreadable);
}

void TestAge::fullDiskIsToldApart()
{
    QFile full(QStringLiteral("/dev/full"));
    QVERIFY(full.open(QIODevice::WriteOnly));
    Endless in(1 << 20);
    const auto recipients = recipientsOf(generateKeys(1));
    const Status status = ageEncrypt(in, full, recipients);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::FileDiskFull);
}

QTEST_GUILESS_MAIN(TestAge)
#include "test_age.moc"
