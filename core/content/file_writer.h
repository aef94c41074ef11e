// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/unixfs.h"

#include <memory>

namespace amana::content {

/// A UnixFS file from bytes that come piece by piece, as addFile() makes it of a device. What is longer than a few
/// chunks is hashed on all processors while another thread puts the blocks: children before parents, in the order of
/// the content, never two at once. Memory: 1 MiB for each processor (of 16 at most) and 4 MiB more, whatever the size.
/// After a failure, and when it goes without finish(), no root was put, and leaves without one stay in the sink.
class FileWriter {
public:
    explicit FileWriter(BlockSink &sink);
    ~FileWriter();
    FileWriter(const FileWriter &) = delete;
    FileWriter &operator=(const FileWriter &) = delete;

    /// A failure of the sink comes back at a later write, or from finish().
    [[nodiscard]] Status write(ByteView bytes);

    /// For who reads straight into the chunk: never empty; then tell how much of it was filled.
    [[nodiscard]] std::span<std::uint8_t> room();
    [[nodiscard]] Status filled(std::size_t size);

    /// When it returns all is put, but not flushed. Once.
    [[nodiscard]] Result<DagNode> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace amana::content
