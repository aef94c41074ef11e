// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_place.h"
#include "core/base/progress.h"

/// Internal to core/crypto: an age payload from one regular file into another. Every processor reads, seals or opens,
/// and writes stretches of its own, so that what it read is still in its cache when it is written; a stream cannot do
/// that, for its bytes come and go in order.
namespace amana::crypto {

/// Whether a payload of so many bytes is worth it.
[[nodiscard]] bool isLongPayload(std::uint64_t bytes);

/// Seals `size` bytes of `in`. FileUnreadable when it became shorter meanwhile, FileUnwritable, FileDiskFull, Cancelled.
[[nodiscard]] Status sealFile(ByteView key, FilePlace in, std::uint64_t size, FilePlace out, const Progress &progress);

/// Opens `size` sealed bytes of `in`, and only what is authentic is written. False when it is not all authentic: what,
/// the stream tells, and nothing is left in `out`. FileUnwritable, FileDiskFull, Cancelled.
[[nodiscard]] Result<bool> openFile(ByteView key, FilePlace in, std::uint64_t size, FilePlace out,
                                    const Progress &progress);

} // namespace amana::crypto
