// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a batch of invented readings and proves one, beside the plain Keccak-256 of the same leaves, which no way of
// making them can do without. See README.md.
#include "core/base/files.h"
#include "core/crypto/keccak.h"
#include "core/crypto/merkle.h"
#include "core/crypto/random.h"
#include "core/sharing/reading_batch.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <ctime>

#include <sys/resource.h>

using namespace amana;

namespace {

long peakMegabytes()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

/// Wall clock and, since other programs may want the processor too, time on the processor.
class Stopwatch {
public:
    Stopwatch() { m_wall.start(); }
    void tell(const char *what) const
    {
        std::printf("%-46s %7lld ms   processor %7ld ms   peak so far %4ld MiB\n", what,
                    static_cast<long long>(m_wall.elapsed()), (std::clock() - m_start) / (CLOCKS_PER_SEC / 1000),
                    peakMegabytes());
    }

private:
    QElapsedTimer m_wall;
    std::clock_t m_start = std::clock();
};

bool writeSource(const QString &path, std::uint64_t count)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write("Device,Serial Number,Device Timestamp,Record Type,Historic Glucose mg/dL\n");
    for (std::uint64_t i = 0; i < count; ++i)
        file.write(QByteArray("FreeStyle LibreLink,1D48A10E-DDFB-4888-8158-026F08814832,11-23-2020 08:")
                   + QByteArray::number(qulonglong(10 + i % 50)) + " AM,0," + QByteArray::number(qulonglong(70 + i % 200))
                   + "\n");
    return file.flush();
}

/// The baseline: each leaf and each node hashed once, nothing else done.
void baseline(const std::vector<std::string> &readings)
{
    const Digest salt = crypto::randomDigest();
    const Stopwatch watch;
    Digest last{};
    for (const std::string &reading : readings)
        last = crypto::merkleLeaf(salt, bytesOf(reading));
    for (std::size_t i = 1; i < readings.size(); ++i)
        last = crypto::merkleNode(last, salt);
    watch.tell("baseline: Keccak-256 of the leaves and nodes");
}

int run(std::uint64_t count)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("source.csv"));
    if (!writeSource(path, count))
        return 1;
    std::printf("%llu readings, %lld MB of CSV\n", static_cast<unsigned long long>(count),
                static_cast<long long>(QFile(path).size() / 1'000'000));
    auto vault = store::Vault::open(folder.filePath(QStringLiteral("vault")), crypto::randomSecret(32));
    if (!vault)
        return 1;
    const Stopwatch making;
    const auto batch = sharing::makeBatch(**vault, path);
    making.tell("make the batch: check, keep a copy, root");
    const sharing::AnchorPlace place{1, {}, 1};
    if (!batch || batch->readings != count || !sharing::rememberAnchor(**vault, place, *batch))
        return 1;
    const Stopwatch proving;
    const auto proof = sharing::proveReading(**vault, place, count / 2);
    proving.tell("prove one reading");
    if (!proof || !sharing::checkProof(*proof))
        return 1;
    std::vector<std::string> readings(count, proof->reading);
    baseline(readings);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    return run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
}
