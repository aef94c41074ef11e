// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/dag_reader.h"

#include "core/content/dag_pb.h"

#include <QIODevice>

#include <cerrno>
#include <set>

namespace amana::content {

namespace {

tl::unexpected<Error> malformed(const Cid &cid, const char *reason)
{
    return fail(ErrorCode::DagMalformed, {{"cid", cid.text()}, {"reason", reason}});
}

tl::unexpected<Error> tooLarge(const Cid &cid, const char *limit)
{
    return fail(ErrorCode::DagTooLarge, {{"cid", cid.text()}, {"limit", limit}});
}

Error inBlock(Error error, const Cid &cid)
{
    error.params.emplace_back("cid", cid.text());
    return error;
}

struct Node {
    PbNode pb;
    UnixFs unixfs;
};

Result<Node> decode(const Cid &cid, const QByteArray &block)
{
    auto pb = decodeNode(bytesOf(block));
    if (!pb)
        return fail(inBlock(pb.error(), cid));
    if (!pb->data)
        return malformed(cid, "noData");
    auto unixfs = decodeUnixFs(bytesOf(*pb->data));
    if (!unixfs)
        return fail(inBlock(unixfs.error(), cid));
    return Node{std::move(*pb), std::move(*unixfs)};
}

bool isFile(const UnixFs &unixfs)
{
    return unixfs.type == UnixFs::Type::File || unixfs.type == UnixFs::Type::Raw;
}

tl::unexpected<Error> notReadable(const Cid &cid, UnixFs::Type type)
{
    if (type == UnixFs::Type::Symlink)
        return fail(ErrorCode::SymlinkRefused, {{"path", cid.text()}});
    const char *reason = type == UnixFs::Type::Directory ? "directory"
                         : type == UnixFs::Type::Shard   ? "shardedDirectory"
                         : isFile({type, {}, {}, {}})    ? "file"
                                                         : "metadata";
    return fail(ErrorCode::DagUnsupported, {{"cid", cid.text()}, {"reason", reason}});
}

/// The content size of a file node, which must be what its parts add up to; parts without content are
/// refused, so that the number of blocks is bounded by the size.
Result<std::uint64_t> checkedSize(const Cid &cid, const Node &node)
{
    if (node.unixfs.blockSizes.size() != node.pb.links.size())
        return malformed(cid, "blockSizes");
    auto sum = static_cast<std::uint64_t>(node.unixfs.data.size());
    for (const std::uint64_t size : node.unixfs.blockSizes) {
        if (size == 0 || __builtin_add_overflow(sum, size, &sum))
            return malformed(cid, "blockSizes");
    }
    if (node.unixfs.fileSize.value_or(sum) != sum)
        return malformed(cid, "fileSize");
    return sum;
}

Status writeAll(QIODevice &out, const QByteArray &bytes)
{
    errno = 0;
    for (qsizetype done = 0; done < bytes.size();) {
        const qint64 put = out.write(bytes.constData() + done, bytes.size() - done);
        if (put <= 0)
            return fail(errno == ENOSPC || errno == EDQUOT ? ErrorCode::FileDiskFull : ErrorCode::FileUnwritable);
        done += put;
    }
    return {};
}

} // namespace

Result<NodeInfo> inspectNode(const BlockSource &source, const Cid &cid)
{
    AMANA_TRY(const QByteArray block, source.get(cid));
    if (cid.codec == Codec::Raw)
        return NodeInfo{NodeKind::File, static_cast<std::uint64_t>(block.size())};
    AMANA_TRY(const Node node, decode(cid, block));
    if (node.unixfs.type == UnixFs::Type::Directory)
        return NodeInfo{NodeKind::Directory, 0};
    if (!isFile(node.unixfs))
        return notReadable(cid, node.unixfs.type);
    AMANA_TRY(const std::uint64_t size, checkedSize(cid, node));
    return NodeInfo{NodeKind::File, size};
}

Status readFile(const BlockSource &source, const Cid &cid, QIODevice &out, const Progress &progress,
                const ReadLimits &limits)
{
    FilePieces pieces(source, cid, limits);
    std::uint64_t done = 0;
    for (;;) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_TRY(const std::optional<QByteArray> piece, pieces.next());
        if (!piece)
            return {};
        AMANA_CHECK(writeAll(out, *piece));
        progress.report(done += static_cast<std::uint64_t>(piece->size()), pieces.total());
    }
}

FilePieces::FilePieces(const BlockSource &source, const Cid &root, const ReadLimits &limits)
    : m_source(source), m_limits(limits), m_todo{{root, std::nullopt, 0}}
{
}

Result<std::optional<QByteArray>> FilePieces::next()
{
    while (!m_todo.empty()) {
        const Part part = m_todo.back();
        m_todo.pop_back();
        if (++m_blocks > m_limits.maxBlocks)
            return tooLarge(part.cid, "blocks");
        AMANA_TRY(QByteArray block, m_source.get(part.cid));
        if (part.cid.codec == Codec::Raw) {
            AMANA_CHECK(checkSize(part, static_cast<std::uint64_t>(block.size())));
            return std::optional(std::move(block));
        }
        AMANA_TRY(QByteArray data, inner(part, block));
        if (!data.isEmpty())
            return std::optional(std::move(data));
    }
    return std::nullopt;
}

Status FilePieces::checkSize(const Part &part, std::uint64_t size)
{
    if (part.size.value_or(size) != size)
        return malformed(part.cid, "size");
    if (part.size)
        return {};
    m_total = size;
    return size > m_limits.maxBytes ? Status(tooLarge(part.cid, "bytes")) : Status();
}

/// The content in the node itself; what its links hold comes later.
Result<QByteArray> FilePieces::inner(const Part &part, const QByteArray &block)
{
    AMANA_TRY(const Node node, decode(part.cid, block));
    if (!isFile(node.unixfs))
        return notReadable(part.cid, node.unixfs.type);
    AMANA_TRY(const std::uint64_t size, checkedSize(part.cid, node));
    AMANA_CHECK(checkSize(part, size));
    if (part.depth >= m_limits.maxDepth && !node.pb.links.empty())
        return tooLarge(part.cid, "depth");
    for (std::size_t i = node.pb.links.size(); i-- > 0;)
        m_todo.push_back({node.pb.links[i].cid, node.unixfs.blockSizes[i], part.depth + 1});
    return node.unixfs.data;
}

Result<std::vector<DirectoryEntry>> listDirectory(const BlockSource &source, const Cid &cid)
{
    if (cid.codec != Codec::DagPb)
        return notReadable(cid, UnixFs::Type::File);
    AMANA_TRY(const QByteArray block, source.get(cid));
    AMANA_TRY(const Node node, decode(cid, block));
    if (node.unixfs.type != UnixFs::Type::Directory)
        return notReadable(cid, node.unixfs.type);
    std::vector<DirectoryEntry> entries;
    std::set<std::string> names;
    for (const PbLink &link : node.pb.links) {
        if (!isSafeName(link.name) || !names.insert(link.name).second)
            return malformed(cid, "name");
        entries.push_back({link.name, link.cid, link.totalSize});
    }
    return entries;
}

Result<Cid> resolvePath(const BlockSource &source, const Cid &root, std::string_view path)
{
    Cid here = root;
    std::string_view rest = path;
    while (!rest.empty()) {
        const std::size_t slash = rest.find('/');
        const std::string_view name = rest.substr(0, slash);
        AMANA_TRY(const std::vector<DirectoryEntry> entries, listDirectory(source, here));
        const auto found = std::find_if(entries.begin(), entries.end(),
                                        [name](const DirectoryEntry &entry) { return entry.name == name; });
        if (found == entries.end())
            return fail(ErrorCode::PathNotInDag, {{"path", std::string(path)}});
        here = found->cid;
        rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
    }
    return here;
}

} // namespace amana::content
