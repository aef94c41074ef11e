// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_place.h"
#include "core/content/unixfs.h"

/// Internal to core/content.
namespace amana::content {

/// The CID of `size` bytes of a regular file, as FileWriter gives it, for a sink that does not want the leaves. Every
/// processor reads and hashes leaves of its own, a piece at a time that fits into its cache. Inner nodes go to the sink.
/// SourceChanged when the file became shorter meanwhile, FileUnreadable, Cancelled.
[[nodiscard]] Result<DagNode> nameFile(FilePlace file, std::uint64_t size, BlockSink &sink, const Progress &progress);

} // namespace amana::content
