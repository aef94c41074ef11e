// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <string>

namespace amana::crypto {

struct Bech32 {
    std::string prefix; ///< lower case
    SecretBytes data;
};

/// Bech32 (BIP-173) without its limit of 90 characters, as age uses it; lower case. Secret, because private
/// keys travel in it: use .text() and copy for public values.
[[nodiscard]] SecretBytes bech32Encode(std::string_view prefix, ByteView data);

/// Refuses mixed case, wrong checksums and non-zero padding with Bech32Malformed.
[[nodiscard]] Result<Bech32> bech32Decode(std::string_view text);

} // namespace amana::crypto
