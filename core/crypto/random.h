// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

namespace amana::crypto {

/// From the operating system through OpenSSL's generator. When there is no randomness the process ends: going
/// on with predictable keys would be worse than any crash.
void randomBytes(std::span<std::uint8_t> out);
[[nodiscard]] SecretBytes randomSecret(std::size_t size);
/// 32 random bytes that are not secret: identifiers, salts.
[[nodiscard]] Digest randomDigest();

} // namespace amana::crypto
