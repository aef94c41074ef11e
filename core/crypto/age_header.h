// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"
#include "core/crypto/byte_source.h"

#include <string>
#include <vector>

/// Internal to core/crypto: the textual header of an age file (C2SP age specification, "Header").
namespace amana::crypto {

inline constexpr std::size_t kFileKeySize = 16;
inline constexpr std::size_t kMaxHeaderSize = 2u << 20; ///< about 15,000 recipients

struct AgeStanza {
    std::string type;
    std::vector<std::string> args; ///< without the type
    QByteArray body;
};

struct AgeHeader {
    std::vector<AgeStanza> stanzas; ///< at least one
    QByteArray authenticated;       ///< the bytes under the MAC: all up to and with "---"
    Digest mac{};
};

/// Reads exactly the header. AgeMalformed, AgeUnsupported (another version), AgeTruncated.
[[nodiscard]] Result<AgeHeader> readHeader(BufferedSource &in);

/// The header's bytes, with its MAC under the file key.
[[nodiscard]] QByteArray writeHeader(const std::vector<AgeStanza> &stanzas, ByteView fileKey);

[[nodiscard]] bool macFits(const AgeHeader &header, ByteView fileKey);

} // namespace amana::crypto
