// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/formats/fhir/json_tree.h"
#include "core/formats/format.h"

#include <string_view>
#include <vector>

namespace amana::formats::fhir {

/// A line that is not blank. `text` has no line end; [begin, end) of the source includes it.
struct SourceLine {
    std::size_t number = 0; ///< from 1, as in an editor
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view text;
};

/// The source without a byte order mark.
[[nodiscard]] std::string_view bodyOf(const QByteArray &bytes);
[[nodiscard]] bool isBlank(std::string_view text);
[[nodiscard]] std::vector<SourceLine> linesOf(std::string_view body);

/// Newline-delimited resources, or one JSON value? A damaged source is judged by its first lines and its name.
[[nodiscard]] bool isNdjson(std::string_view body, const QString &name, const Limits &limits);

/// Valid UTF-8 (else EncodingBadUtf8), within the limit of a line (FormatTooLarge), JSON, and a resource of a type
/// that R4 knows (FormatWrongType). Errors carry `line` and `offset` within the text.
[[nodiscard]] Result<JsonTree> parseResource(std::string_view text, const Limits &limits, std::size_t firstLine = 1);

} // namespace amana::formats::fhir
