// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <optional>
#include <string>
#include <string_view>

namespace amana::formats::fhir {

enum class NoteCharset { Utf8, Latin1 };

/// The text of a base64 attachment, when it is a text that a person can read and a program can clean.
struct NoteData {
    std::string text; ///< UTF-8
    NoteCharset charset = NoteCharset::Utf8;
};

/// Decodes `base64` (white space allowed, RFC 4648) by its content type. Nothing when it is another kind of data, is
/// not valid base64, is not valid in its character set, or is HTML whose text is hidden behind entities.
[[nodiscard]] std::optional<NoteData> decodeNote(std::string_view base64, std::string_view contentType);

/// The reverse. FormatEditFailed when a character does not exist in the charset.
[[nodiscard]] Result<std::string> encodeNote(std::string_view text, NoteCharset charset);

/// "text/plain; charset=utf-8" → "text/plain", lower case.
[[nodiscard]] std::string mediaType(std::string_view contentType);

} // namespace amana::formats::fhir
