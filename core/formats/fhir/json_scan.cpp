// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/json_scan.h"

#include <cstring>

namespace amana::formats::fhir {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int hexValue(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// The code unit of "\uXXXX" whose 'u' is at `at`.
unsigned unitAt(std::string_view text, std::size_t at)
{
    unsigned unit = 0;
    for (std::size_t i = 1; i <= 4; ++i)
        unit = unit * 16 + static_cast<unsigned>(hexValue(text[at + i]));
    return unit;
}

/// `pos` is at the 'u' of four hexadecimal digits.
bool scanUnit(std::string_view text, std::size_t &pos)
{
    ++pos;
    for (int i = 0; i < 4; ++i, ++pos)
        if (pos >= text.size() || hexValue(text[pos]) < 0)
            return false;
    return true;
}

/// `pos` is at the character after the backslash.
bool scanEscape(std::string_view text, std::size_t &pos)
{
    if (pos >= text.size())
        return false;
    if (text[pos] != 'u') {
        if (std::strchr("\"\\/bfnrt", text[pos]) == nullptr || text[pos] == '\0')
            return false;
        ++pos;
        return true;
    }
    return scanUnit(text, pos);
}

/// As scanEscape; a surrogate must come in a pair: no reader can say what half of one means.
bool scanCharacter(std::string_view text, std::size_t &pos)
{
    const std::size_t begin = pos;
    if (!scanEscape(text, pos))
        return false;
    if (text[begin] != 'u')
        return true;
    const unsigned unit = unitAt(text, begin);
    if (unit < 0xD800 || unit > 0xDFFF)
        return true;
    const std::size_t second = pos;
    if (unit >= 0xDC00 || second >= text.size() || text[second] != '\\')
        return false;
    ++pos;
    if (pos >= text.size() || text[pos] != 'u' || !scanEscape(text, pos))
        return false;
    const unsigned low = unitAt(text, second + 1);
    return low >= 0xDC00 && low <= 0xDFFF;
}

bool scanDigits(std::string_view text, std::size_t &pos)
{
    const std::size_t begin = pos;
    while (pos < text.size() && isDigit(text[pos]))
        ++pos;
    return pos > begin;
}

bool scanNumber(std::string_view text, std::size_t &pos)
{
    if (text[pos] == '-')
        ++pos;
    if (pos < text.size() && text[pos] == '0')
        ++pos;
    else if (!scanDigits(text, pos))
        return false;
    if (pos < text.size() && text[pos] == '.') {
        ++pos;
        if (!scanDigits(text, pos))
            return false;
    }
    if (pos < text.size() && (text[pos] == 'e' || text[pos] == 'E')) {
        ++pos;
        if (pos < text.size() && (text[pos] == '+' || text[pos] == '-'))
            ++pos;
        return scanDigits(text, pos);
    }
    return true;
}

bool scanWord(std::string_view text, std::size_t &pos, std::string_view word)
{
    for (const char c : word) {
        if (pos >= text.size() || text[pos] != c)
            return false;
        ++pos;
    }
    return true;
}

void appendUtf8(std::string &out, unsigned c)
{
    const auto put = [&out](unsigned byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

/// Decodes the escape whose backslash is at `pos` and moves past it (past both halves of a surrogate pair).
unsigned decodeEscape(std::string_view raw, std::size_t &pos)
{
    const char kind = raw[pos + 1];
    if (kind != 'u') {
        pos += 2;
        switch (kind) {
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return static_cast<unsigned char>(kind);
        }
    }
    const unsigned unit = unitAt(raw, pos + 1);
    pos += 6;
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    const unsigned low = unitAt(raw, pos + 1); // the scanner has let only pairs through
    pos += 6;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

} // namespace

bool scanJsonString(std::string_view text, std::size_t &pos)
{
    ++pos;
    while (pos < text.size()) {
        const auto c = static_cast<unsigned char>(text[pos]);
        if (c == '"') {
            ++pos;
            return true;
        }
        if (c < 0x20)
            return false;
        ++pos;
        if (c == '\\' && !scanCharacter(text, pos))
            return false;
    }
    return false;
}

std::optional<JsonType> scanJsonScalar(std::string_view text, std::size_t &pos)
{
    const auto when = [](bool good, JsonType type) { return good ? std::optional(type) : std::nullopt; };
    switch (text[pos]) {
    case '{': ++pos; return JsonType::Object;
    case '[': ++pos; return JsonType::Array;
    case '"': return when(scanJsonString(text, pos), JsonType::String);
    case 't': return when(scanWord(text, pos, "true"), JsonType::True);
    case 'f': return when(scanWord(text, pos, "false"), JsonType::False);
    case 'n': return when(scanWord(text, pos, "null"), JsonType::Null);
    default: break;
    }
    if (text[pos] != '-' && !isDigit(text[pos]))
        return std::nullopt;
    return when(scanNumber(text, pos), JsonType::Number);
}

std::string decodeJsonString(std::string_view raw)
{
    const std::string_view inside = raw.substr(1, raw.size() - 2);
    if (inside.find('\\') == std::string_view::npos)
        return std::string(inside);
    std::string out;
    out.reserve(inside.size());
    for (std::size_t pos = 1; pos + 1 < raw.size();) {
        if (raw[pos] == '\\')
            appendUtf8(out, decodeEscape(raw, pos));
        else
            out.push_back(raw[pos++]);
    }
    return out;
}

std::vector<std::uint32_t> codePointOffsets(std::string_view raw)
{
    std::vector<std::uint32_t> offsets;
    std::size_t pos = 1;
    while (pos + 1 < raw.size()) {
        offsets.push_back(static_cast<std::uint32_t>(pos));
        if (raw[pos] == '\\') {
            decodeEscape(raw, pos);
            continue;
        }
        ++pos;
        while (pos + 1 < raw.size() && (static_cast<unsigned char>(raw[pos]) & 0xC0) == 0x80)
            ++pos;
    }
    offsets.push_back(static_cast<std::uint32_t>(pos));
    return offsets;
}

std::string escapeJson(std::string_view text)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (byte < 0x20) {
                out += "\\u00";
                out.push_back(kHex[byte >> 4]);
                out.push_back(kHex[byte & 15]);
            } else {
                out.push_back(c);
            }
        }
    }
    return out;
}

bool isJsonNumber(std::string_view text)
{
    std::size_t pos = 0;
    return !text.empty() && (text[0] == '-' || isDigit(text[0])) && scanNumber(text, pos) && pos == text.size();
}

} // namespace amana::formats::fhir
