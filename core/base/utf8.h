// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace amana {

/// Offsets that cross a boundary (files, reports, review, command line) count Unicode code points.
/// An ill-formed byte decodes to U+FFFD, one per byte (Unicode 15, section 3.9), so nothing is ever lost silently.
[[nodiscard]] std::u32string decodeUtf8(std::string_view text);
[[nodiscard]] std::string encodeUtf8(std::u32string_view text);
[[nodiscard]] bool isValidUtf8(std::string_view text);
[[nodiscard]] std::size_t codePointCount(std::string_view text);

/// Byte offset of code point `index` (text.size() when past the end).
[[nodiscard]] std::size_t byteOffset(std::string_view text, std::size_t index);

} // namespace amana
