// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/unixfs.h"

#include <functional>
#include <optional>

class QIODevice;

/// Reading graphs that others may have made. Every block is verified by BlockSource::get; the graph itself is
/// held to limits, and to its own declared sizes, so that a few hostile blocks cannot expand without end.
namespace amana::content {

struct ReadLimits {
    std::uint64_t maxBytes = std::uint64_t(1) << 42; ///< content of one file: 4 TiB
    std::uint64_t maxBlocks = 8'000'000;             ///< blocks of one graph
    int maxDepth = 64;                               ///< folders and file levels together (2^64 bytes: 6)
};

enum class NodeKind { File, Directory };

/// What the root block is and how long its file is (a directory: 0). DagMalformed, DagUnsupported (sharded
/// directories, metadata), SymlinkRefused, and the failures of get().
struct NodeInfo {
    NodeKind kind = NodeKind::File;
    std::uint64_t fileSize = 0;
};
[[nodiscard]] Result<NodeInfo> inspectNode(const BlockSource &source, const Cid &cid);

/// The content of a file, piece by piece as it is asked for, in order: each verified, none before its turn.
class FilePieces {
public:
    FilePieces(const BlockSource &source, const Cid &root, const ReadLimits &limits = {});
    /// None at the end. As readFile().
    [[nodiscard]] Result<std::optional<QByteArray>> next();
    /// The declared size; known after the first piece.
    [[nodiscard]] std::uint64_t total() const { return m_total; }

private:
    struct Part {
        Cid cid;
        std::optional<std::uint64_t> size; ///< as the parent declares it; the root has none
        int depth;
    };
    [[nodiscard]] Status checkSize(const Part &part, std::uint64_t size);
    [[nodiscard]] Result<QByteArray> inner(const Part &part, const QByteArray &block);

    const BlockSource &m_source;
    const ReadLimits m_limits;
    std::vector<Part> m_todo;
    std::uint64_t m_blocks = 0;
    std::uint64_t m_total = 0;
};

/// Writes the file's content in order. A block that is missing or altered ends it with the error; what was
/// written until then is a verified prefix. DagMalformed when declared and true sizes differ, DagTooLarge
/// above a limit. Progress counts bytes.
[[nodiscard]] Status readFile(const BlockSource &source, const Cid &cid, QIODevice &out,
                              const Progress &progress = {}, const ReadLimits &limits = {});

/// Entries in the order of the block. Names are safe to be used as file names (see DirectoryEntry), else
/// DagMalformed.
[[nodiscard]] Result<std::vector<DirectoryEntry>> listDirectory(const BlockSource &source, const Cid &cid);

/// "parts/0001.age" → its Cid; "" → root. PathNotInDag (param path).
[[nodiscard]] Result<Cid> resolvePath(const BlockSource &source, const Cid &root, std::string_view path);

/// Each block of the graph once, parents before children, depth first: the order of a CAR. A visitor's
/// failure ends it.
using BlockVisitor = std::function<Status(const Cid &, const QByteArray &)>;
[[nodiscard]] Status walk(const BlockSource &source, const Cid &root, const BlockVisitor &visitor,
                          const ReadLimits &limits = {});

} // namespace amana::content
