// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/cid.h"

#include <QByteArray>

#include <optional>
#include <vector>

/// Internal to core/content: the dag-pb block format (IPLD dag-pb specification) and the UnixFS message in
/// its data.
namespace amana::content {

struct PbLink {
    Cid cid;
    std::string name;
    std::uint64_t totalSize = 0;
};

struct PbNode {
    std::vector<PbLink> links;
    std::optional<QByteArray> data;
};

/// Links before data, each with all three fields, the empty name too: the form of which the Cids are agreed.
[[nodiscard]] QByteArray encodeNode(const PbNode &node);

/// Accepts that form only, so that one node has one block. DagMalformed; DagUnsupported for links to other
/// codecs.
[[nodiscard]] Result<PbNode> decodeNode(ByteView block);

struct UnixFs {
    enum class Type { Raw = 0, Directory = 1, File = 2, Metadata = 3, Symlink = 4, Shard = 5 };
    Type type = Type::File;
    QByteArray data;
    std::optional<std::uint64_t> fileSize;
    std::vector<std::uint64_t> blockSizes;
};

[[nodiscard]] QByteArray encodeUnixFs(const UnixFs &message);
/// Modes and times are read over. DagMalformed.
[[nodiscard]] Result<UnixFs> decodeUnixFs(ByteView bytes);

/// 1 … 255 bytes of UTF-8 without '/' and NUL, not "." or "..": safe as a file name on any system we write
/// to.
[[nodiscard]] bool isSafeName(std::string_view name);

} // namespace amana::content
