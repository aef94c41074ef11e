// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/age.h"
#include "core/crypto/age_header.h"
#include "core/crypto/byte_source.h"

#include <functional>

/// Internal to core/crypto: the head of an age file, written and read, and the key of the payload behind it.
namespace amana::crypto {

using AgeUnwrap = std::function<Result<SecretBytes>(const AgeHeader &)>; ///< gives the file key

struct AgePayload {
    SecretBytes key;
    std::uint64_t offset = 0; ///< of the first chunk, from the beginning of the file
};

/// The key of the chunks that follow a nonce (C2SP age specification, "Payload").
[[nodiscard]] SecretBytes payloadKey(const SecretBytes &fileKey, ByteView nonce);
inline constexpr std::size_t kPayloadNonceSize = 16;

using MakeStanzas = std::function<Result<std::vector<AgeStanza>>(ByteView fileKey)>;
[[nodiscard]] MakeStanzas stanzasFor(std::span<const AgeRecipient> recipients); ///< `recipients` outlives it

/// Writes header and nonce of a new file; gives the key of its payload.
[[nodiscard]] Result<SecretBytes> writeHead(const ByteWriter &out, const MakeStanzas &stanzas);

/// Reads header and nonce, and stands before the first chunk then. As age.h says why opening failed.
[[nodiscard]] Result<AgePayload> openPayload(BufferedSource &in, const AgeUnwrap &unwrap);

} // namespace amana::crypto
