// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/records/document.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace amana::formats {

/// The edits of one field that are to be applied.
struct FieldEdits {
    bool remove = false;                      ///< the whole field goes
    bool whole = false;                       ///< one edit replaces all of the text
    std::vector<const records::Edit *> spans; ///< by position, not overlapping
};

/// Edits whose decision is Accepted or Added, by path and in order of position. FormatEditFailed{path} when two of
/// them overlap; a removal of the whole field swallows the others.
[[nodiscard]] Result<std::map<std::string, FieldEdits>> activeEdits(std::span<const records::Edit> edits);

/// Checks spans against the field's length in code points and settles `remove` and `whole`. FormatEditFailed{path}.
[[nodiscard]] Status settle(FieldEdits &edits, const std::string &path, std::size_t codePoints);

/// The text with the spans replaced. Call settle() first.
[[nodiscard]] std::string editedText(std::string_view text, const FieldEdits &edits);

/// A replacement of bytes [begin, end) of a source.
struct Patch {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string bytes;
};

/// Applies patches, in any order; they must not overlap (FormatEditFailed). All other bytes stay.
[[nodiscard]] Result<QByteArray> applyPatches(std::string_view source, std::vector<Patch> patches);

} // namespace amana::formats
