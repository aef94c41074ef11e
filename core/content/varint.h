// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <optional>

/// Internal to core/content: unsigned LEB128, as protobuf and multiformats write numbers.
namespace amana::content {

void putVarint(QByteArray &out, std::uint64_t value);

/// Takes a number from the front of `in`; none when it is cut off, longer than 64 bits or not in its shortest
/// form.
[[nodiscard]] std::optional<std::uint64_t> takeVarint(ByteView &in);

} // namespace amana::content
