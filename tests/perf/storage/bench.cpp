// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line does only with a chain: a capsule for a dataset whose parts are elsewhere, and a download from a
// gateway. See README.md.
#include "core/base/files.h"
#include "core/content/dag_fetch.h"
#include "core/content/file_device.h"
#include "core/crypto/random.h"
#include "core/sharing/dataset_keys.h"
#include "core/sharing/package.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace amana;
using namespace amana::sharing;

namespace {

constexpr std::uint64_t kDataset = 100'000'000'000;
constexpr int kRounds = 11;

template <class T>
T orExit(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().debugString().c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// A file of a dataset that nobody here has: its node, as the folder names it.
content::DagNode absentFile(std::uint64_t size)
{
    return {{content::Codec::DagPb, crypto::randomDigest()}, size + size / 8192, size};
}

content::DagNode putFile(content::BlockStore &store, const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return orExit(content::addFile(buffer, store));
}

/// The nodes of the folders and one owner's capsule; not a block of a part.
content::Cid putFolders(content::BlockStore &store, std::size_t parts, const crypto::AgeRecipient &owner)
{
    std::map<std::string, content::DagNode> files{{"manifest.age", absentFile(1 << 20)},
                                                  {"report.age", absentFile(1 << 16)}};
    std::vector<CapsuleKey> keys;
    keys.push_back({std::nullopt, crypto::AgeIdentity::generate()});
    for (std::size_t i = 1; i <= parts; ++i)
        for (const auto &[folder, size] : {std::pair{"parts", kDataset / parts}, std::pair{"linkage", std::uint64_t(4400)}}) {
            const content::DagNode node = absentFile(size);
            files.emplace(numberedPath(folder, i, parts), node);
            keys.push_back({node.cid, crypto::AgeIdentity::generate()});
        }
    files.emplace("owners/01.age", putFile(store, orExit(sealCapsule(keys, owner))));
    const content::DagNode root = orExit(content::addFolder(files, store));
    orExit(store.flush());
    return root.cid;
}

/// As CustodianDesk::approve does it, less what it asks the chain.
QByteArray makeCapsule(const QString &folder, const content::Cid &root, const crypto::AgeIdentity &owner,
                       const crypto::AgeRecipient &reader)
{
    const auto store = orExit(content::BlockStore::open(folder));
    const content::Cid file = orExit(content::resolvePath(*store, root, "owners/01.age"));
    QBuffer sealed;
    sealed.open(QIODevice::WriteOnly);
    orExit(content::readFile(*store, file, sealed));
    auto all = orExit(openCapsule(bytesOf(sealed.data()), std::span(&owner, 1)));
    const auto keys = orExit(keysForGrant(*store, root, std::move(all), GrantKind::Research, {1, 2}));
    return orExit(sealCapsule(keys, reader));
}

int capsule(std::size_t parts)
{
    const QTemporaryDir folder(QStringLiteral("/dev/shm/amana-bench-XXXXXX"));
    const auto owner = crypto::AgeIdentity::generate();
    const auto reader = crypto::AgeIdentity::generate().recipient();
    content::Cid root;
    std::uint64_t present = 0;
    {
        const auto store = orExit(content::BlockStore::open(folder.path()));
        root = putFolders(*store, parts, owner.recipient());
        present = orExit(store->totalBytes());
    }
    std::vector<double> times;
    qsizetype size = 0;
    for (int i = 0; i < kRounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        size = makeCapsule(folder.path(), root, owner, reader).size();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    std::printf("{\"parts\": %zu, \"datasetBytes\": %llu, \"presentBytes\": %llu, \"capsuleBytes\": %lld, "
                "\"medianMs\": %.2f, \"worstMs\": %.2f}\n",
                parts, static_cast<unsigned long long>(kDataset), static_cast<unsigned long long>(present),
                static_cast<long long>(size), times[kRounds / 2], times.back());
    return 0;
}

int fetch(char **arguments)
{
    const content::Cid cid = orExit(content::Cid::parse(arguments[1]));
    const auto store = orExit(content::BlockStore::open(QString::fromLocal8Bit(arguments[2])));
    orExit(content::fetchDag(cid, {content::Gateway{QUrl(QString::fromLocal8Bit(arguments[0]))}}, *store));
    const QByteArray text = orExit(readFile(QString::fromLocal8Bit(arguments[3])));
    const auto keys = orExit(crypto::parseIdentityFile({text.constData(), static_cast<std::size_t>(text.size())}));
    content::FileDevice in(*store, cid);
    QFile out(QString::fromLocal8Bit(arguments[4]));
    if (!out.open(QIODevice::WriteOnly))
        return 1;
    orExit(crypto::ageDecrypt(in, out, keys));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::string_view what = argc > 1 ? argv[1] : "";
    if (what == "capsule")
        return capsule(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1000);
    if (what == "fetch" && argc == 7)
        return fetch(argv + 2);
    std::fputs("amana-bench-storage capsule [PARTS] | fetch URL CID STORE KEYFILE OUT\n", stderr);
    return 2;
}
