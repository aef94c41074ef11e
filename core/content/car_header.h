// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/cid.h"

#include <optional>
#include <vector>

/// Internal to core/content: the header of a CAR file, a small map in DAG-CBOR.
namespace amana::content {

struct CarHeader {
    std::vector<Cid> roots;
    std::uint64_t version = 0;
};

/// The first bytes of an archive: length and header.
[[nodiscard]] QByteArray carStart(const Cid &root);
/// What stands before a block: length and identifier.
[[nodiscard]] QByteArray carSectionStart(const Cid &cid, std::size_t blockSize);

/// None when malformed; CidUnsupported or CidMalformed for roots of another kind.
[[nodiscard]] Result<std::optional<CarHeader>> parseCarHeader(ByteView bytes);

} // namespace amana::content
