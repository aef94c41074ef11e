// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <string_view>

/// Base58Check, the text form of BIP-32 keys: the bytes and the first four of SHA-256(SHA-256(bytes)), as one great
/// number in the alphabet without 0, O, I and l. For short input: the time grows with the square of the length.
namespace amana::crypto {

[[nodiscard]] SecretBytes base58CheckEncode(ByteView bytes);
/// CryptoFailed: another character, more than 256 of them, or a wrong checksum.
[[nodiscard]] Result<SecretBytes> base58CheckDecode(std::string_view text);

} // namespace amana::crypto
