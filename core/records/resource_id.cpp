// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/records/resource_id.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace amana::records {

Span resourceIdSpan(std::string_view text)
{
    std::string_view part = text;
    std::size_t begin = 0;
    if (const auto query = text.find("?identifier="); query != std::string_view::npos) {
        const auto bar = text.rfind('|');
        begin = bar != std::string_view::npos && bar > query ? bar + 1 : query + 12;
        part = text.substr(begin);
    } else {
        part = text.substr(0, std::min(text.find("/_history/"), text.find("/$")));
        const auto cut = part.starts_with("urn:") ? part.rfind(':') : part.find_last_of("/#");
        begin = cut == std::string_view::npos ? 0 : cut + 1;
        part = part.substr(begin);
    }
    const std::size_t first = codePointCount(text.substr(0, begin));
    return {first, first + codePointCount(part)};
}

} // namespace amana::records
