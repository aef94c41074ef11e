// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/formats/format.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace amana::formats::fhir {

enum class JsonType : std::uint8_t { Object, Array, String, Number, True, False, Null };

inline constexpr std::uint32_t kNoNode = 0xffffffffU;

/// One JSON value with its place in the source. Offsets are bytes; a string's range includes its quotes.
struct JsonNode {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t keyBegin = 0; ///< of an object member: range of its key, quotes included; empty otherwise
    std::uint32_t keyEnd = 0;
    std::uint32_t parent = kNoNode;
    std::uint32_t firstChild = kNoNode;
    std::uint32_t next = kNoNode;
    JsonType type = JsonType::Null;

    /// Where the member or item starts: its key, or its value.
    [[nodiscard]] std::uint32_t start() const { return keyEnd > keyBegin ? keyBegin : begin; }
    [[nodiscard]] bool isContainer() const { return type == JsonType::Object || type == JsonType::Array; }
};

/// An index over JSON text (RFC 8259, strict) that keeps the byte range of every value, so that an edit can leave
/// all other bytes alone. The text is not copied and must outlive the tree.
class JsonTree {
public:
    /// One value and nothing after it but white space. FormatEmpty, FormatTruncated, FormatMalformed, FormatTooDeep,
    /// FormatTooLarge, each with `offset`. The text must be valid UTF-8 (checked by the caller, once a file).
    [[nodiscard]] static Result<JsonTree> parse(std::string_view text, const Limits &limits);

    [[nodiscard]] std::string_view text() const { return m_text; }
    [[nodiscard]] const std::vector<JsonNode> &nodes() const { return m_nodes; }
    [[nodiscard]] const JsonNode &node(std::uint32_t index) const { return m_nodes[index]; }

    [[nodiscard]] std::string_view raw(std::uint32_t index) const;
    [[nodiscard]] std::string key(std::uint32_t index) const;   ///< decoded
    [[nodiscard]] std::string value(std::uint32_t index) const; ///< decoded string; raw text of anything else

    /// The first member of an object with this key, or kNoNode. `object` may be kNoNode.
    [[nodiscard]] std::uint32_t member(std::uint32_t object, std::string_view name) const;
    /// The member's decoded string, or "" when it is absent or no string.
    [[nodiscard]] std::string memberText(std::uint32_t object, std::string_view name) const;
    /// All children in order.
    [[nodiscard]] std::vector<std::uint32_t> children(std::uint32_t container) const;
    /// The items of an array; the node itself when it is no array; nothing for kNoNode.
    [[nodiscard]] std::vector<std::uint32_t> items(std::uint32_t index) const;

private:
    std::string_view m_text;
    std::vector<JsonNode> m_nodes;
};

/// A JSON string without its quotes, escapes resolved. It must have been scanned: an unpaired surrogate is refused there.
[[nodiscard]] std::string decodeJsonString(std::string_view rawWithQuotes);
/// For each code point of the decoded text the offset of its first raw byte, and one more for the end.
[[nodiscard]] std::vector<std::uint32_t> codePointOffsets(std::string_view rawWithQuotes);
/// Text as the inside of a JSON string (no quotes): only what RFC 8259 demands is escaped.
[[nodiscard]] std::string escapeJson(std::string_view text);
/// True when the text is one JSON number.
[[nodiscard]] bool isJsonNumber(std::string_view text);

} // namespace amana::formats::fhir
