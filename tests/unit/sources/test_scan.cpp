// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/scan.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace amana;
using sources::scanPaths;

class TestScan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsFilesOnce();
    void refusesLinksAndPipes();
    void tellsOfUnreadableFolders();
    void limits();
    void canBeCancelled();

private:
    QString path(const char *name) const { return m_root + QLatin1Char('/') + QString::fromLatin1(name); }
    void write(const char *name) const;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_root;
};

void TestScan::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_root = QFileInfo(m_folder->path()).canonicalFilePath();
    QVERIFY(QDir(m_root).mkpath(QStringLiteral("a/b")));
    write("a/one.json");
    write("a/b/two.json");
    write("a/.DS_Store");
}

void TestScan::write(const char *name) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{}") == 2);
}

void TestScan::findsFilesOnce()
{
    const auto found = scanPaths({path("a"), path("a/b"), path("a/one.json"), path("missing")});
    QVERIFY(found);
    QCOMPARE(found->files.size(), 2U);
    QCOMPARE(found->files[0].path, path("a/b/two.json"));
    QCOMPARE(found->files[0].name, QStringLiteral("a/b/two.json"));
    QCOMPARE(found->files[1].size, qint64(2));
    QCOMPARE(found->ignored, QStringList{path("a/.DS_Store")});
    QCOMPARE(found->problems.size(), 1U);
    QCOMPARE(found->problems[0].error.code, ErrorCode::FileNotFound);
}

void TestScan::refusesLinksAndPipes()
{
    QVERIFY(QFile::link(path("a/one.json"), path("a/b/link.json")));
    QVERIFY(QFile::link(path("a"), path("a/b/loop")));
    QVERIFY(QFile::link(path("nowhere"), path("a/b/dangling")));
    QCOMPARE(::mkfifo(QFile::encodeName(path("a/pipe")).constData(), 0600), 0);
    const auto found = scanPaths({path("a")});
    QVERIFY(found);
    QCOMPARE(found->files.size(), 2U);
    QCOMPARE(found->problems.size(), 4U);
    for (const auto &problem : found->problems)
        QCOMPARE(problem.error.code, problem.path == path("a/pipe") ? ErrorCode::FileUnreadable : ErrorCode::SymlinkRefused);
    QCOMPARE(scanPaths({path("a/b/link.json")})->files.size(), 1U); // named by the user: followed
}

void TestScan::tellsOfUnreadableFolders()
{
    // The administrator may read everything: as such, the test gives its rights away for the time of the scan.
    const bool admin = ::geteuid() == 0;
    QVERIFY(!admin || ::chmod(QFile::encodeName(m_root).constData(), 0755) == 0);
    QVERIFY(::chmod(QFile::encodeName(path("a/b")).constData(), 0000) == 0);
    QVERIFY(::chmod(QFile::encodeName(path("a/one.json")).constData(), 0000) == 0);
    QVERIFY(!admin || ::seteuid(65534) == 0);
    const auto found = scanPaths({path("a")});
    QVERIFY(!admin || ::seteuid(0) == 0);
    QVERIFY(::chmod(QFile::encodeName(path("a/b")).constData(), 0700) == 0);
    QVERIFY(found);
    QCOMPARE(found->files.size(), 0U);
    QCOMPARE(found->problems.size(), 2U);
    for (const auto &problem : found->problems)
        QCOMPARE(problem.error.code, ErrorCode::FileUnreadable);
}

void TestScan::limits()
{
    sources::ScanLimits few;
    few.files = 1;
    QCOMPARE(scanPaths({path("a")}, few).error().code, ErrorCode::FormatTooLarge);
    sources::ScanLimits flat;
    flat.depth = 0;
    const auto found = scanPaths({path("a")}, flat);
    QCOMPARE(found->files.size(), 1U);
    QCOMPARE(found->problems.front().error.code, ErrorCode::FormatTooDeep);
}

void TestScan::canBeCancelled()
{
    const std::atomic<bool> cancelled{true};
    QCOMPARE(scanPaths({path("a")}, {}, Progress(nullptr, &cancelled)).error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestScan)
#include "test_scan.moc"
