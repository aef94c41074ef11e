// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/unixfs.h"

#include "core/content/dag_pb.h"
#include "core/content/file_namer.h"
#include "core/content/file_writer.h"

#include <QIODevice>

#include <algorithm>
#include <map>

namespace amana::content {

namespace {

constexpr int kDeviceWaitMs = 30'000;
constexpr std::uint64_t kLong = 4 * kChunkSize; // below, threads cost more than they bring

/// Fills `buffer` unless the data end before; returns the bytes read.
Result<std::size_t> readChunk(QIODevice &in, std::span<std::uint8_t> buffer)
{
    std::size_t done = 0;
    while (done < buffer.size()) {
        const qint64 got =
            in.read(reinterpret_cast<char *>(buffer.data() + done), static_cast<qint64>(buffer.size() - done));
        if (got < 0 && done == 0 && in.isSequential() && in.atEnd())
            break;
        if (got < 0)
            return fail(ErrorCode::FileUnreadable);
        if (got == 0 && !in.waitForReadyRead(kDeviceWaitMs))
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

} // namespace

Result<DagNode> addFile(QIODevice &in, BlockSink &sink, const Progress &progress)
{
    const auto total =
        in.isSequential() ? 0 : static_cast<std::uint64_t>(std::max<qint64>(0, in.size() - in.pos()));
    if (!sink.wantsLeaves() && total >= kLong)
        if (const auto file = filePlaceOf(in))
            return nameFile(*file, total, sink, progress);
    FileWriter writer(sink);
    std::uint64_t done = 0;
    for (;;) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        const auto room = writer.room();
        AMANA_TRY(const std::size_t size, readChunk(in, room));
        AMANA_CHECK(writer.filled(size));
        progress.report(done += size, total);
        if (size < room.size())
            return writer.finish();
    }
}

Result<DagNode> addDirectory(std::vector<DirectoryEntry> entries, BlockSink &sink)
{
    std::sort(entries.begin(), entries.end(),
              [](const DirectoryEntry &a, const DirectoryEntry &b) { return a.name < b.name; });
    PbNode node;
    DagNode result;
    for (const DirectoryEntry &entry : entries) {
        const bool repeated = !node.links.empty() && node.links.back().name == entry.name;
        if (repeated || !isSafeName(entry.name))
            return fail(ErrorCode::PathNotInDag, {{"name", entry.name}});
        node.links.push_back({entry.cid, entry.name, entry.totalSize});
        result.totalSize += entry.totalSize;
    }
    UnixFs message;
    message.type = UnixFs::Type::Directory;
    node.data = encodeUnixFs(message);
    const QByteArray block = encodeNode(node);
    if (static_cast<std::size_t>(block.size()) > kMaxDirectorySize)
        return fail(ErrorCode::DirectoryTooLarge, {{"entries", std::to_string(entries.size())}});
    result.cid = Cid::of(Codec::DagPb, bytesOf(block));
    result.totalSize += static_cast<std::uint64_t>(block.size());
    AMANA_CHECK(sink.put(result.cid, bytesOf(block)));
    return result;
}

namespace {

using Files = std::map<std::string, DagNode>;

/// The folder of the entries from `begin` to `end`, whose paths all begin with the same `skip` bytes.
Result<DagNode> addFolder(Files::const_iterator begin, Files::const_iterator end, std::size_t skip, BlockSink &sink)
{
    std::vector<DirectoryEntry> entries;
    while (begin != end) {
        const std::string &path = begin->first;
        const std::size_t slash = path.find('/', skip);
        if (slash == std::string::npos) {
            entries.push_back({path.substr(skip), begin->second.cid, begin->second.totalSize});
            ++begin;
            continue;
        }
        const std::string prefix = path.substr(0, slash + 1);
        const auto behind = std::find_if(begin, end, [&prefix](const auto &file) { return !file.first.starts_with(prefix); });
        AMANA_TRY(const DagNode folder, addFolder(begin, behind, slash + 1, sink));
        entries.push_back({path.substr(skip, slash - skip), folder.cid, folder.totalSize});
        begin = behind;
    }
    return addDirectory(std::move(entries), sink);
}

} // namespace

Result<DagNode> addFolder(const std::map<std::string, DagNode> &files, BlockSink &sink)
{
    return addFolder(files.begin(), files.end(), 0, sink);
}

} // namespace amana::content
