// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <optional>

class QIODevice;

namespace amana {

/// A regular file and a place in it: for who reads and writes at places of its own on several processors, which a
/// QIODevice cannot. Does not own the descriptor.
struct FilePlace {
    int descriptor = -1;
    std::uint64_t offset = 0;
};

/// Where a device stands; none when it is no regular file, or may only be appended to. What the device holds back is
/// written first.
[[nodiscard]] std::optional<FilePlace> filePlaceOf(QIODevice &device);

/// Fills `out` from `by` bytes behind the place; fewer bytes only at the end of the file. FileUnreadable.
[[nodiscard]] Result<std::size_t> readAt(FilePlace place, std::uint64_t by, std::span<std::uint8_t> out);

/// FileUnwritable, FileDiskFull.
[[nodiscard]] Status writeAt(FilePlace place, std::uint64_t by, ByteView bytes);

} // namespace amana
