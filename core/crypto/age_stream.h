// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/secret_bytes.h"
#include "core/crypto/byte_source.h"

/// Internal to core/crypto: the payload of an age file, the STREAM construction over ChaCha20-Poly1305 in
/// chunks of 64 KiB (C2SP age specification, "Payload"). A long payload is sealed and opened on all processors;
/// what comes out is in order all the same. Memory: at most 1 MiB for each processor and 3 MiB more.
namespace amana::crypto {

inline constexpr std::size_t kStreamChunk = 64u << 10;
inline constexpr std::size_t kSealedChunk = kStreamChunk + 16; ///< with its tag

/// `total` is the size for Progress, 0 when not known.
[[nodiscard]] Status sealStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                                std::uint64_t total);

/// Hands out a chunk only after its tag was checked. AgePayloadTampered, AgeTruncated (param chunk, from 0).
[[nodiscard]] Status openStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                                std::uint64_t total);

/// One chunk alone: AgePayloadTampered (param chunk). `last`: whether it is the last of the payload.
[[nodiscard]] Result<SecretBytes> openChunk(ByteView key, std::uint64_t chunk, bool last, ByteView sealed);

} // namespace amana::crypto
