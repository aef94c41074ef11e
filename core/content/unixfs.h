// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/content/blocks.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

class QIODevice;

/// UnixFS 1 as the profile `unixfs-v1-2025` fixes it (IPIP-0499): CIDv1, sha2-256, raw leaves, chunks of 1
/// MiB, 1,024 links a node, balanced. Kubo with that profile gives the same identifiers, bit by bit.
namespace amana::content {

inline constexpr std::size_t kChunkSize = 1u << 20;
inline constexpr std::size_t kMaxLinks = 1024;
/// A directory whose block is larger would be sharded by Kubo; it is refused here: DirectoryTooLarge.
inline constexpr std::size_t kMaxDirectorySize = 256u << 10;

struct DagNode {
    Cid cid;
    std::uint64_t totalSize = 0; ///< bytes of this block and all below ("Tsize"), as dag-pb links state it
    std::uint64_t fileSize = 0;  ///< bytes of content; 0 for a directory
};

struct DirectoryEntry {
    std::string name; ///< UTF-8, 1 … 255 bytes, no '/', no NUL, not "." or ".."
    Cid cid;
    std::uint64_t totalSize = 0;
};

/// Reads to the end of `in` (memory does not depend on the size) and puts leaves and nodes as FileWriter does,
/// maybe from another thread, children before parents. Does not flush. Progress counts bytes. FileUnreadable, Cancelled, the sink's
/// failures.
[[nodiscard]] Result<DagNode> addFile(QIODevice &in, BlockSink &sink, const Progress &progress = {});

/// One directory node; the order of `entries` is of no matter. PathNotInDag for a bad or repeated name (param
/// name), DirectoryTooLarge. Does not flush.
[[nodiscard]] Result<DagNode> addDirectory(std::vector<DirectoryEntry> entries, BlockSink &sink);

/// The folder of files that are there already, by their paths ("parts/0001.age"), with its sub-folders. As
/// addDirectory. Does not flush.
[[nodiscard]] Result<DagNode> addFolder(const std::map<std::string, DagNode> &files, BlockSink &sink);

/// A file or a folder with all that is in it, hidden entries too (`ipfs add -r --hidden`), then flush().
/// Modes and times are not kept. SymlinkRefused for a link anywhere below or at `path`; FileUnreadable for
/// what is neither file nor folder; FileNotFound; SourceChanged when a file changed while it was read.
[[nodiscard]] Result<DagNode> addPath(const QString &path, BlockSink &sink, const Progress &progress = {});

} // namespace amana::content
