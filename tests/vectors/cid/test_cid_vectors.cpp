// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/dag_reader.h"
#include "core/crypto/hash.h"

#include <QBuffer>
#include <QTest>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

using namespace amana;
using namespace amana::content;

namespace {

/// The ChaCha20 key stream as a device: RFC 8439, section 2.3, from block 0 with a nonce of zero.
class KeyStream final : public QIODevice {
public:
    KeyStream(std::string_view seed, qint64 size) : m_left(size)
    {
        static constexpr std::array<std::uint32_t, 4> constants{0x61707865, 0x3320646e, 0x79622d32,
                                                                0x6b206574};
        std::copy(constants.begin(), constants.end(), m_input.begin());
        const Digest key = crypto::sha256(bytesOf(seed));
        std::memcpy(m_input.data() + 4, key.data(),
                    key.size()); // little-endian machines only, as all we build for
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *out, qint64 size) override
    {
        size = std::min(size, m_left);
        for (qint64 done = 0; done < size;) {
            if (m_used == m_block.size())
                nextBlock();
            const auto part =
                std::min<std::size_t>(m_block.size() - m_used, static_cast<std::size_t>(size - done));
            std::memcpy(out + done, m_block.data() + m_used, part);
            m_used += part;
            done += static_cast<qint64>(part);
        }
        m_left -= size;
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    static void quarter(std::uint32_t &a, std::uint32_t &b, std::uint32_t &c, std::uint32_t &d)
    {
        a += b, d = std::rotl(d ^ a, 16);
        c += d, b = std::rotl(b ^ c, 12);
        a += b, d = std::rotl(d ^ a, 8);
        c += d, b = std::rotl(b ^ c, 7);
    }

    void nextBlock()
    {
        std::array<std::uint32_t, 16> x = m_input;
        for (int round = 0; round < 10; ++round) {
            for (std::size_t i = 0; i < 4; ++i)
                quarter(x[i], x[4 + i], x[8 + i], x[12 + i]);
            for (std::size_t i = 0; i < 4; ++i)
                quarter(x[i], x[4 + (i + 1) % 4], x[8 + (i + 2) % 4], x[12 + (i + 3) % 4]);
        }
        for (std::size_t i = 0; i < 16; ++i)
            x[i] += m_input[i];
        std::memcpy(m_block.data(), x.data(), m_block.size());
        ++m_input[12];
        m_used = 0;
    }

    std::array<std::uint32_t, 16> m_input{};
    std::array<std::uint8_t, 64> m_block{};
    std::size_t m_used = 64;
    qint64 m_left;
};

} // namespace

class TestCidVectors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keyStreamIsTheSameInPieces();
    void files_data();
    void files();
    void emptyDirectory();
    void rootBlockOfTwoChunks();
};

/// That the stream is the right one, the identifiers below prove.
void TestCidVectors::keyStreamIsTheSameInPieces()
{
    KeyStream whole("x", 1000);
    KeyStream pieces("x", 1000);
    const QByteArray expected = whole.read(1000);
    QByteArray read;
    for (QByteArray part = pieces.read(33); !part.isEmpty(); part = pieces.read(33))
        read += part;
    QCOMPARE(read, expected);
}

void TestCidVectors::files_data()
{
    QTest::addColumn<QByteArray>("seed");
    QTest::addColumn<qint64>("size");
    QTest::addColumn<QByteArray>("cid");
    const auto row = [](const char *name, const char *seed, qint64 size, const char *cid) {
        QTest::newRow(name) << QByteArray(seed) << size << QByteArray(cid);
    };
#ifdef AMANA_FULL_VECTORS
    constexpr qint64 gib = qint64(1) << 30;
    row("1 GiB", "v1-2025-seed", gib, "bafybeihmf37wcuvtx4hpu7he5zl5qaf2ineo2lqlfrapokkm5zzw7zyhvm");
    row("1 GiB and a byte", "v1-2025-seed", gib + 1,
        "bafybeibdsi225ugbkmpbdohnxioyab6jsqrmkts3twhpvfnzp77xtzpyhe");
#else
    row("empty", "", 0, "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
    row("1 MiB", "chunk-v1-seed", 1 << 20, "bafkreiacndfy443ter6qr2tmbbdhadvxxheowwf75s6zehscklu6ezxmta");
    row("1 MiB and a byte", "chunk-v1-seed", (1 << 20) + 1,
        "bafybeigmix7t42i6jacydtquhet7srwvgpizfg7gjbq7627d35mjomtu64");
#endif
}

void TestCidVectors::files()
{
    QFETCH(QByteArray, seed);
    QFETCH(qint64, size);
    QFETCH(QByteArray, cid);
    KeyStream in(seed.toStdString(), size);
    HashOnlySink sink;
    const auto node = addFile(in, sink);
    QVERIFY(node);
    QCOMPARE(QByteArray::fromStdString(node->cid.text()), cid);
    QCOMPARE(node->fileSize, std::uint64_t(size));
}

void TestCidVectors::emptyDirectory()
{
    HashOnlySink sink;
    const auto node = addDirectory({}, sink);
    QVERIFY(node);
    QCOMPARE(node->cid.text(), std::string("bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354"));
    QCOMPARE(node->totalSize, std::uint64_t(4));
}

void TestCidVectors::rootBlockOfTwoChunks()
{
    KeyStream in("chunk-v1-seed", (1 << 20) + 1);
    MemoryBlocks blocks;
    const auto node = addFile(in, blocks);
    QVERIFY(node);
    QCOMPARE(node->totalSize, std::uint64_t(1'048'681));
    const auto block = blocks.get(node->cid);
    QVERIFY(block);
    QCOMPARE(
        toHex(bytesOf(*block)),
        std::string(
            "122c0a24015512200268cb8e7373247d08ea6c0846700eb7b9c8eb58bfecbd921e4252e9e266ec98120018808040"
            "122a0a24015512204d7b3ef7300acf70c892d8327db8272f54434adbc61a4e130a563cb59a0d0f4712001801"
            "0a0c080218818040208080402001"));
}

QTEST_GUILESS_MAIN(TestCidVectors)
#include "test_cid_vectors.moc"
