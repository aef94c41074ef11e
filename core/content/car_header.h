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

/// Without the length in front.
[[nodiscard]] QByteArray carHeaderFor(const Cid &root);

/// None when malformed; CidUnsupported or CidMalformed for roots of another kind.
[[nodiscard]] Result<std::optional<CarHeader>> parseCarHeader(ByteView bytes);

} // namespace amana::content
