// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/crypto/byte_source.h"

#include <functional>

/// Internal to core/crypto: the payload of an age file, the STREAM construction over ChaCha20-Poly1305 in
/// chunks of 64 KiB (C2SP age specification, "Payload"). Memory: three chunks.
namespace amana::crypto {

inline constexpr std::size_t kStreamChunk = 64u << 10;

using ByteWriter = std::function<Status(ByteView)>;

/// `total` is the size for Progress, 0 when not known.
[[nodiscard]] Status sealStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                                std::uint64_t total);

/// Hands out a chunk only after its tag was checked. AgePayloadTampered, AgeTruncated (param chunk, from 0).
[[nodiscard]] Status openStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                                std::uint64_t total);

} // namespace amana::crypto
