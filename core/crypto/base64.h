// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <optional>

namespace amana::crypto {

/// Standard alphabet, no padding (RFC 4648, section 4 as age's header uses it).
[[nodiscard]] std::string base64Raw(ByteView bytes);

/// Strict: nothing but the alphabet, no padding, unused bits zero; so one value has one text. Empty text is
/// empty bytes.
[[nodiscard]] std::optional<QByteArray> fromBase64Raw(std::string_view text);

} // namespace amana::crypto
