// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/source_lines.h"

#include "core/formats/fhir/element_table.h"

#include <QString>

#include <simdjson.h>

#include <algorithm>

namespace amana::formats::fhir {

namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

/// First byte that breaks UTF-8; only called when there is one.
std::size_t firstBadByte(std::string_view text)
{
    std::size_t good = 0;
    std::size_t bad = text.size();
    while (bad - good > 1) { // the longest valid prefix, cut between sequences
        const std::size_t middle = good + (bad - good) / 2;
        std::size_t cut = middle;
        while (cut > good && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80)
            --cut;
        const std::size_t tried = cut > good ? cut : middle;
        (simdjson::validate_utf8(text.data() + good, tried - good) ? good : bad) = tried;
    }
    return good;
}

Error::Params placeOf(std::string_view text, std::size_t offset, std::size_t firstLine)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    const auto line = firstLine + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
    return {{"line", std::to_string(line)}, {"offset", std::to_string(offset)}};
}

Error withLine(Error error, std::string_view text, std::size_t firstLine)
{
    const std::string offset = error.param("offset");
    const auto place = placeOf(text, offset.empty() ? 0 : std::stoul(offset), firstLine);
    error.params.insert(error.params.begin(), place.front());
    return error;
}

Status checkLineLengths(std::string_view text, const Limits &limits, std::size_t firstLine)
{
    const auto limit = static_cast<std::size_t>(limits.lineBytes);
    if (text.size() <= limit)
        return {};
    std::size_t number = firstLine;
    for (std::size_t begin = 0; begin < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (end - begin > limit)
            return fail(ErrorCode::FormatTooLarge, {{"what", "line"},
                                                    {"limit", std::to_string(limit)},
                                                    {"line", std::to_string(number)}});
        begin = end + 1;
    }
    return {};
}

} // namespace

std::string_view bodyOf(const QByteArray &bytes)
{
    std::string_view body(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (body.starts_with(kBom))
        body.remove_prefix(kBom.size());
    return body;
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::vector<SourceLine> linesOf(std::string_view body)
{
    std::vector<SourceLine> lines;
    std::size_t number = 1;
    for (std::size_t begin = 0; begin < body.size(); ++number) {
        const std::size_t newline = body.find('\n', begin);
        const std::size_t end = newline == std::string_view::npos ? body.size() : newline + 1;
        std::string_view text = body.substr(begin, end - begin);
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
            text.remove_suffix(1);
        if (!isBlank(text))
            lines.push_back({number, begin, end, text});
        begin = end;
    }
    return lines;
}

bool isNdjson(std::string_view body, const QString &name, const Limits &limits)
{
    const bool named = name.endsWith(QStringLiteral(".ndjson"), Qt::CaseInsensitive)
                       || name.endsWith(QStringLiteral(".jsonl"), Qt::CaseInsensitive);
    if (named)
        return true;
    const std::size_t start = body.find_first_not_of(" \t\r\n");
    const std::size_t newline = start == std::string_view::npos ? start : body.find('\n', start);
    if (newline == std::string_view::npos || isBlank(body.substr(newline)))
        return false;
    if (newline - start <= static_cast<std::size_t>(limits.lineBytes)
        && JsonTree::parse(body.substr(start, newline - start), limits))
        return true;
    // The first line is no complete value. A second one that is tells that the first is damaged, not that the
    // source is one pretty-printed value: inside such a value no line is a whole resource.
    const std::size_t next = body.find_first_not_of(" \t\r\n", newline);
    const std::size_t end = std::min(body.find('\n', next), body.size());
    const std::string_view second = body.substr(next, end - next);
    return body[start] == '{' && second.size() > 16 && second.starts_with('{')
           && second.find("resourceType") != std::string_view::npos && JsonTree::parse(second, limits).has_value();
}

Result<JsonTree> parseResource(std::string_view text, const Limits &limits, std::size_t firstLine)
{
    AMANA_CHECK(checkLineLengths(text, limits, firstLine));
    if (!simdjson::validate_utf8(text.data(), text.size()))
        return fail(ErrorCode::EncodingBadUtf8, placeOf(text, firstBadByte(text), firstLine));
    auto tree = JsonTree::parse(text, limits);
    if (!tree)
        return fail(withLine(std::move(tree).error(), text, firstLine));
    const std::string type = tree->memberText(0, "resourceType");
    if (tree->node(0).type != JsonType::Object || !ElementTable::instance().isResource(type))
        return fail(ErrorCode::FormatWrongType, {{"line", std::to_string(firstLine)}, {"expected", "resourceType"}});
    return tree;
}

} // namespace amana::formats::fhir
