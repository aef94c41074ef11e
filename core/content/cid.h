// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <compare>
#include <cstring>
#include <functional>
#include <string>

namespace amana::content {

enum class Codec : std::uint8_t { Raw = 0x55, DagPb = 0x70 };

inline constexpr std::size_t kCidSize = 36; ///< bytes of a binary Cid

/// A version 1 content identifier over sha2-256 (multiformats CID specification). The hash covers the block's
/// bytes.
struct Cid {
    Codec codec = Codec::Raw;
    Digest digest{};

    /// Base32, lower case: "bafk…" (raw) or "bafy…" (dag-pb).
    [[nodiscard]] std::string text() const;
    /// 01 ‖ codec ‖ 12 20 ‖ digest
    [[nodiscard]] QByteArray bytes() const;
    /// The identifier of these bytes.
    [[nodiscard]] static Cid of(Codec codec, ByteView block);
    /// CidMalformed; CidUnsupported for version 0, other bases, codecs and hashes.
    [[nodiscard]] static Result<Cid> parse(std::string_view text);
    [[nodiscard]] static Result<Cid> fromBytes(ByteView bytes);

    friend auto operator<=>(const Cid &, const Cid &) = default;
};

} // namespace amana::content

template <>
struct std::hash<amana::content::Cid> {
    std::size_t operator()(const amana::content::Cid &cid) const noexcept
    {
        std::size_t value = 0; // a digest is uniform already
        std::memcpy(&value, cid.digest.data(), sizeof value);
        return value ^ static_cast<std::size_t>(cid.codec);
    }
};
