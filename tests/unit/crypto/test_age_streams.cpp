// SPDX-License-Identifier: GPL-3.0-or-later
// Long age files: in order on all processors, in parts, as text, to devices that fail.
#include "age_fixture.h"

#include "core/base/files.h"
#include "core/crypto/age_reader.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <atomic>

using namespace amana;
using namespace amana::crypto;
using namespace amana::crypto::test;

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

std::pair<QByteArray, Status> openedFrom(QIODevice &in, const std::vector<AgeIdentity> &keys)
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const Status status = ageDecrypt(in, out, keys);
    return {out.data(), status};
}

/// What came out before it ended, and how: the same from a device, which is read where it is asked for, and from a
/// file, which is read ahead by another thread.
std::pair<QByteArray, Status> openedOf(const QByteArray &sealed, const std::vector<AgeIdentity> &keys)
{
    QBuffer device;
    device.setData(sealed);
    device.open(QIODevice::ReadOnly);
    auto opened = openedFrom(device, keys);
    QTemporaryFile file;
    if (!file.open() || file.write(sealed) != sealed.size() || !file.seek(0))
        qFatal("temporary file");
    const auto [again, status] = openedFrom(file, keys);
    const bool same = again == opened.first && status.has_value() == opened.second.has_value()
                      && (status
                          || (status.error().code == opened.second.error().code
                              && status.error().params == opened.second.error().params));
    return same ? opened : std::pair(QByteArray("another from a file"), Status(fail(ErrorCode::InternalUnexpected)));
}

} // namespace

class TestAgeStreams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void longFilesTravelInOrder_data();
    void longFilesTravelInOrder();
    void whatIsPushedIsSealed_data();
    void whatIsPushedIsSealed();
    void pushingTellsFailures();
    void anAlteredLongFileGivesItsBeginning();
    void partsAreRead();
    void partsOfAlteredFilesAreRefused();
    void armorIsReadBack();
    void memoryDoesNotGrowWithTheFile();
    void cancelStops();
    void filesAreAllOrNothing();
    void fullDiskIsToldApart();
};

// Around the borders of a chunk, of a batch of eight, and of what goes to several processors.
void TestAgeStreams::longFilesTravelInOrder_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype chunks : {8, 16, 31, 32, 33, 40, 41, 64, 100})
        for (const qsizetype more : {-1, 0, 1, 40'000})
            QTest::addRow("%d chunks %+d", int(chunks), int(more)) << chunks * kChunk + more;
}

void TestAgeStreams::longFilesTravelInOrder()
{
    QFETCH(qsizetype, size);
    const auto keys = generateKeys(1);
    const QByteArray plain = pattern(size);
    const QByteArray sealed = sealedOf(plain, keys);
    QCOMPARE(std::uint64_t(sealed.size()), ageSealedSize(std::uint64_t(size), 1));
    const auto [opened, status] = openedOf(sealed, keys);
    QVERIFY2(status, status ? "" : status.error().debugString().c_str());
    QVERIFY(opened == plain);
    QTemporaryFile file; // read ahead
    QVERIFY(file.open() && file.write(plain) == plain.size() && file.seek(0));
    QBuffer fromFile;
    fromFile.open(QIODevice::WriteOnly);
    QVERIFY(ageEncrypt(file, fromFile, recipientsOf(keys)));
    QVERIFY(openedOf(fromFile.data(), keys).first == plain);
    // From a pipe, whose length nobody knows.
    Endless pipe(size);
    QBuffer piped;
    piped.open(QIODevice::WriteOnly);
    QVERIFY(ageEncrypt(pipe, piped, recipientsOf(keys)));
    QCOMPARE(openedOf(piped.data(), keys).first, QByteArray(size, 'x'));
}

void TestAgeStreams::whatIsPushedIsSealed_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<qsizetype>("piece");
    for (const qsizetype size : {qsizetype(0), qsizetype(1), kChunk - 1, kChunk, kChunk + 1, 8 * kChunk, 8 * kChunk + 1,
                                 16 * kChunk, 32 * kChunk - 1, 32 * kChunk, 100 * kChunk + 5})
        for (const qsizetype piece : {qsizetype(997), kChunk, 9 * kChunk + 3})
            QTest::addRow("%lld in pieces of %lld", static_cast<long long>(size), static_cast<long long>(piece))
                << size << piece;
}

void TestAgeStreams::whatIsPushedIsSealed()
{
    QFETCH(qsizetype, size);
    QFETCH(qsizetype, piece);
    const auto keys = generateKeys(2);
    const QByteArray plain = pattern(size);
    for (const std::uint64_t hint : {std::uint64_t(0), std::uint64_t(size), std::uint64_t(1)}) {
        QByteArray sealed;
        auto sealer = AgeSealer::begin(
            [&sealed](ByteView bytes) -> Status {
                sealed += toByteArray(bytes);
                return {};
            },
            recipientsOf(keys), hint);
        QVERIFY(sealer);
        for (qsizetype at = 0; at < size; at += piece)
            QVERIFY(sealer->write(bytesOf(plain).subspan(std::size_t(at), std::size_t(std::min(piece, size - at)))));
        QVERIFY(sealer->finish());
        QCOMPARE(std::uint64_t(sealed.size()), ageSealedSize(std::uint64_t(size), 2));
        QVERIFY(openedOf(sealed, keys).first == plain);
    }
}

void TestAgeStreams::pushingTellsFailures()
{
    const auto keys = generateKeys(1);
    const QByteArray plain = pattern(200 * kChunk);
    for (const std::uint64_t limit : {std::uint64_t(0), std::uint64_t(500), std::uint64_t(3'000'000)}) {
        std::uint64_t taken = 0;
        const auto full = [&taken, limit](ByteView bytes) -> Status {
            taken += bytes.size();
            return taken > limit ? Status(fail(ErrorCode::FileDiskFull)) : Status();
        };
        auto sealer = AgeSealer::begin(full, recipientsOf(keys));
        const Status status = !sealer ? Status(fail(sealer.error())) : sealer->write(bytesOf(plain));
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::FileDiskFull);
    }
    QCOMPARE(AgeSealer::begin([](ByteView) -> Status { return {}; }, {}).error().code, ErrorCode::AgeBadRecipient);
    // Given up half-way: a file cut off, and known for one.
    QByteArray sealed;
    {
        auto sealer = AgeSealer::begin(
            [&sealed](ByteView bytes) -> Status {
                sealed += toByteArray(bytes);
                return {};
            },
            recipientsOf(keys));
        QVERIFY(sealer->write(bytesOf(plain)));
    }
    QCOMPARE(openedOf(sealed, keys).second.error().code, ErrorCode::AgeTruncated);
}

// The same bytes come out, and the same chunk is blamed, as if it were opened one by one.
void TestAgeStreams::anAlteredLongFileGivesItsBeginning()
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

void TestAgeStreams::partsAreRead()
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

void TestAgeStreams::partsOfAlteredFilesAreRefused()
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

void TestAgeStreams::armorIsReadBack()
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

void TestAgeStreams::memoryDoesNotGrowWithTheFile()
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

void TestAgeStreams::cancelStops()
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

void TestAgeStreams::filesAreAllOrNothing()
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

void TestAgeStreams::fullDiskIsToldApart()
{
    QFile full(QStringLiteral("/dev/full"));
    QVERIFY(full.open(QIODevice::WriteOnly));
    Endless in(1 << 20);
    const auto recipients = recipientsOf(generateKeys(1));
    const Status status = ageEncrypt(in, full, recipients);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::FileDiskFull);
}
QTEST_GUILESS_MAIN(TestAgeStreams)
#include "test_age_streams.moc"
