// SPDX-License-Identifier: GPL-3.0-or-later
// Long age files between two regular files, which every processor reads and writes at places of its own: the same bytes,
// failures and positions as by a stream.
#include "age_fixture.h"

#include "core/base/files.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace amana;
using namespace amana::crypto;
using namespace amana::crypto::test;

namespace {

constexpr qsizetype kChunk = 64 << 10;
constexpr qsizetype kSealedChunk = kChunk + 16;
constexpr qsizetype kLong = 4 << 20;

QByteArray contentOf(const QString &path)
{
    return readFile(path).value_or(QByteArray("unreadable"));
}

/// What a stream makes of it.
std::pair<QByteArray, Status> openedByStream(const QByteArray &sealed, const std::vector<AgeIdentity> &keys)
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

class TestAgeFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sameAsStreams_data();
    void sameAsStreams();
    void whatIsWrongIsTold_data();
    void whatIsWrongIsTold();
    void otherBytesOfTheFilesStay();
    void appendedFilesAreStreams();
    void cancelStops();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    /// Written to a file and opened from it.
    [[nodiscard]] std::pair<QByteArray, Status> openedByFiles(const QByteArray &sealed) const
    {
        if (!writeFileAtomic(path("sealed"), sealed))
            qFatal("temporary file");
        QFile in(path("sealed")), out(path("opened"));
        if (!in.open(QIODevice::ReadOnly) || !out.open(QIODevice::WriteOnly))
            qFatal("temporary file");
        const Status status = ageDecrypt(in, out, m_keys);
        out.close();
        return {contentOf(path("opened")), status};
    }
    [[nodiscard]] QByteArray sealedByFiles(const QByteArray &plain) const
    {
        if (!writeFileAtomic(path("plain"), plain) || !ageEncryptFile(path("plain"), path("made"), recipientsOf(m_keys)))
            return {};
        return contentOf(path("made"));
    }

    const std::vector<AgeIdentity> m_keys = generateKeys(1);
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAgeFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

// Around the borders of a chunk, of a stretch of four, and of the size that is worth it.
void TestAgeFiles::sameAsStreams_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype chunks : {64, 65, 67, 68, 200})
        for (const qsizetype more : {-1, 0, 1, 40'000})
            QTest::addRow("%d chunks %+d", int(chunks), int(more)) << chunks * kChunk + more;
}

void TestAgeFiles::sameAsStreams()
{
    QFETCH(qsizetype, size);
    const QByteArray plain = pattern(size);
    const QByteArray sealed = sealedByFiles(plain);
    QCOMPARE(std::uint64_t(sealed.size()), ageSealedSize(std::uint64_t(size), 1));
    const auto [streamed, status] = openedByStream(sealed, m_keys);
    QVERIFY2(status, status ? "" : status.error().debugString().c_str());
    QVERIFY(streamed == plain);
    const auto [opened, also] = openedByFiles(sealed);
    QVERIFY(also);
    QVERIFY(opened == plain);
}

void TestAgeFiles::whatIsWrongIsTold_data()
{
    QTest::addColumn<qsizetype>("altered"); ///< byte from the end of the file; 0: none
    QTest::addColumn<qsizetype>("cut");     ///< bytes taken from the end
    QTest::addColumn<QByteArray>("more");
    const auto none = QByteArray();
    QTest::newRow("first chunk") << qsizetype(kLong) << qsizetype(0) << none;
    QTest::newRow("at ninety percent") << qsizetype(kLong / 10) << qsizetype(0) << none;
    QTest::newRow("last byte") << qsizetype(1) << qsizetype(0) << none;
    QTest::newRow("cut in a tag") << qsizetype(0) << qsizetype(3) << none;
    QTest::newRow("cut between chunks") << qsizetype(0) << kSealedChunk + 1'016 << none;
    QTest::newRow("cut to the header of a chunk") << qsizetype(0) << kSealedChunk + 1'016 - 8 << none;
    QTest::newRow("a byte more") << qsizetype(0) << qsizetype(0) << QByteArray("x");
    QTest::newRow("a chunk more") << qsizetype(0) << qsizetype(0) << QByteArray(kSealedChunk, 'x');
}

// The stream says what is wrong, and gives what stands before it; the files must say the same.
void TestAgeFiles::whatIsWrongIsTold()
{
    QFETCH(qsizetype, altered);
    QFETCH(qsizetype, cut);
    QFETCH(QByteArray, more);
    QByteArray sealed = sealedByFiles(pattern(kLong + kChunk + 1'000)) + more;
    QVERIFY(sealed.size() > kLong);
    if (altered > 0)
        sealed[sealed.size() - altered] = static_cast<char>(sealed[sealed.size() - altered] ^ 1);
    sealed.chop(cut);
    const auto [expected, how] = openedByStream(sealed, m_keys);
    QVERIFY(!how);
    const auto [opened, also] = openedByFiles(sealed);
    QVERIFY(!also);
    QCOMPARE(also.error().code, how.error().code);
    QCOMPARE(also.error().params, how.error().params);
    QVERIFY2(opened == expected, qPrintable(QString::number(opened.size()) + ' ' + QString::number(expected.size())));
}

// A part of a file into a part of another; who goes on with either goes on behind it.
void TestAgeFiles::otherBytesOfTheFilesStay()
{
    const QByteArray plain = pattern(kLong + 5);
    QVERIFY(writeFileAtomic(path("in"), "skipped" + plain));
    QFile in(path("in")), out(path("out"));
    QVERIFY(in.open(QIODevice::ReadOnly) && out.open(QIODevice::ReadWrite));
    QVERIFY(in.seek(7) && out.write("before") == 6); // still in its buffer
    QVERIFY(ageEncrypt(in, out, recipientsOf(m_keys)));
    QVERIFY(in.atEnd());
    QVERIFY(out.write("behind") == 6);
    out.close();
    const QByteArray made = contentOf(path("out"));
    QVERIFY(made.startsWith("before") && made.endsWith("behind"));
    const auto [opened, status] = openedByStream(made.mid(6).chopped(6), m_keys);
    QVERIFY(status);
    QVERIFY(opened == plain);
}

void TestAgeFiles::appendedFilesAreStreams()
{
    const QByteArray plain = pattern(kLong + 5);
    QVERIFY(writeFileAtomic(path("in"), plain) && writeFileAtomic(path("out"), "before"));
    QFile in(path("in")), out(path("out"));
    QVERIFY(in.open(QIODevice::ReadOnly) && out.open(QIODevice::Append));
    QVERIFY(ageEncrypt(in, out, recipientsOf(m_keys)));
    out.close();
    const auto [opened, status] = openedByStream(contentOf(path("out")).mid(6), m_keys);
    QVERIFY(status);
    QVERIFY(opened == plain);
}

void TestAgeFiles::cancelStops()
{
    QVERIFY(writeFileAtomic(path("in"), pattern(kLong * 8)));
    std::atomic<bool> cancelled = true;
    const Progress progress(nullptr, &cancelled);
    const Status status = ageEncryptFile(path("in"), path("never"), recipientsOf(m_keys), progress);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(path("never")));
}

QTEST_GUILESS_MAIN(TestAgeFiles)
#include "test_age_files.moc"
