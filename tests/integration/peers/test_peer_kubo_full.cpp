// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/unixfs.h"
#include "kubo.h"

#include <QCoreApplication>
#include <QFile>
#include <QTest>

using namespace amana;
using namespace amana::content;

static QString ipfsPath;

/// Where the tree grows a level: 1,024 chunks are one node, one more makes a second, which holds a single
/// chunk.
class TestPeerKuboFull : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGibibyteAndOne();
};

void TestPeerKuboFull::aGibibyteAndOne()
{
    const Kubo kubo(ipfsPath);
    QVERIFY(kubo.initialised());
    const QTemporaryDir temporary;
    QFile file(temporary.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray chunk = testBytes(1 << 20);
    for (int i = 0; i < 1024; ++i) {
        chunk.replace(0, 8, QByteArray::number(i).rightJustified(8, '0'));
        QCOMPARE(file.write(chunk), qint64(chunk.size()));
    }
    QCOMPARE(file.write("x"), qint64(1));
    QVERIFY(file.flush() && file.seek(0));
    HashOnlySink sink;
    const auto node = addFile(file, sink);
    QVERIFY(node);
    const PeerResult result = kubo.run({"add", "-Q", "--only-hash", file.fileName()});
    QVERIFY2(result.code == 0, result.err.constData());
    QCOMPARE(QByteArray::fromStdString(node->cid.text()), result.out.trimmed());
}

int main(int argc, char **argv)
{
    const Peer kubo = findKubo();
    if (const int code = exitCodeWithout(kubo); code != 0)
        return code;
    ipfsPath = kubo.path;
    QCoreApplication application(argc, argv);
    TestPeerKuboFull test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_peer_kubo_full.moc"
