// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/risk/hierarchy.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_map>

namespace amana::deid::risk {

namespace {

constexpr std::size_t kDate = 10; // YYYY-MM-DD

std::optional<double> numberOf(const std::string &text)
{
    double value = 0;
    const char *end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && at == end && !text.empty() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

bool isDate(const std::string &text)
{
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() < kDate || text[4] != '-' || text[7] != '-')
        return false;
    return std::ranges::all_of(std::vector<std::size_t>{0, 1, 2, 3, 5, 6, 8, 9}, digit);
}

std::string shortest(double value)
{
    char room[32];
    const auto end = std::to_chars(room, room + sizeof room, value).ptr;
    return {room, end};
}

/// The first `keep` characters (not bytes), stars for the others.
std::string cutAt(const std::string &text, std::size_t keep)
{
    std::string out;
    std::size_t seen = 0;
    for (const char c : text) {
        const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        seen += begins ? 1 : 0;
        if (seen <= keep)
            out.push_back(c);
        else if (begins)
            out.push_back('*');
    }
    return out;
}

std::size_t lengthOf(const std::string &text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::vector<std::string> parts(std::string_view line, char separator)
{
    std::vector<std::string> out;
    for (std::size_t from = 0;;) {
        const auto end = std::min(line.find(separator, from), line.size());
        out.emplace_back(line.substr(from, end - from));
        if (end == line.size())
            return out;
        from = end + 1;
    }
}

std::vector<std::string> mapped(const Column &column, const auto &change)
{
    std::vector<std::string> out;
    for (const std::string &value : column.values)
        out.push_back(change(value));
    return out;
}

} // namespace

void Hierarchy::add(const std::vector<std::string> &texts)
{
    Level level;
    std::unordered_map<std::string, std::uint32_t> known;
    for (const std::string &text : texts) {
        const auto [at, fresh] = known.try_emplace(text, static_cast<std::uint32_t>(level.texts.size()));
        if (fresh) {
            level.texts.push_back(text);
            level.sizes.push_back(0);
        }
        level.codes.push_back(at->second);
        ++level.sizes[at->second];
    }
    m_levels.push_back(std::move(level));
}

void Hierarchy::finish()
{
    if (m_levels.back().texts.size() > 1)
        add(std::vector<std::string>(m_levels.front().codes.size(), kAnything));
}

const std::string &Hierarchy::text(std::size_t level, std::uint32_t value) const
{
    return m_levels[level].texts[code(level, value)];
}

double Hierarchy::loss(std::size_t level, std::uint32_t value) const
{
    const std::size_t all = m_levels[level].codes.size();
    return all < 2 ? 0 : static_cast<double>(m_levels[level].sizes[code(level, value)] - 1) / static_cast<double>(all - 1);
}

Hierarchy Hierarchy::none(const Column &column)
{
    Hierarchy made;
    made.add(column.values);
    made.finish();
    return made;
}

Hierarchy Hierarchy::prefixes(const Column &column)
{
    Hierarchy made;
    made.add(column.values);
    std::size_t longest = 0;
    for (const std::string &value : column.values)
        longest = std::max(longest, lengthOf(value));
    for (std::size_t keep = longest; keep-- > 1;)
        made.add(mapped(column, [keep](const std::string &value) { return cutAt(value, keep); }));
    made.finish();
    return made;
}

Hierarchy Hierarchy::intervals(const Column &column, double width, unsigned factor, unsigned levels)
{
    Hierarchy made;
    made.add(column.values);
    for (unsigned level = 0; level < levels; ++level, width *= factor)
        made.add(mapped(column, [width](const std::string &value) -> std::string {
            const auto number = numberOf(value);
            if (!number)
                return kAnything;
            const double from = std::floor(*number / width) * width;
            return "[" + shortest(from) + ", " + shortest(from + width) + "[";
        }));
    made.finish();
    return made;
}

Hierarchy Hierarchy::dates(const Column &column)
{
    Hierarchy made;
    made.add(column.values);
    for (const std::size_t keep : {7U, 4U}) // YYYY-MM, YYYY
        made.add(mapped(column, [keep](const std::string &value) -> std::string {
            return isDate(value) ? value.substr(0, keep) : kAnything;
        }));
    made.add(mapped(column, [](const std::string &value) -> std::string {
        return isDate(value) ? value.substr(0, 3) + "0s" : kAnything;
    }));
    made.finish();
    return made;
}

Hierarchy Hierarchy::guess(const Column &column)
{
    const auto filled = [](const std::string &value) { return !value.empty(); };
    const auto all = [&](const auto &is) {
        bool any = false;
        for (const std::string &value : column.values)
            if (filled(value) && !is(value))
                return false;
            else
                any = any || filled(value);
        return any;
    };
    if (all(isDate))
        return dates(column);
    const std::size_t length = column.values.empty() ? 0 : lengthOf(column.values.front());
    const bool code = length >= 4 && all([length](const std::string &value) { return lengthOf(value) == length; });
    if (code && all([](const std::string &value) { return value.find_first_not_of("0123456789- ") == std::string::npos; }))
        return prefixes(column); // postal codes and the like
    if (all([](const std::string &value) { return numberOf(value).has_value(); }))
        return intervals(column, 5, 2, 4);
    return none(column);
}

Result<Hierarchy> Hierarchy::parse(const Column &column, std::string_view text, char separator)
{
    std::unordered_map<std::string, std::vector<std::string>> rows;
    std::unordered_map<std::string, std::size_t> lines;
    std::size_t levels = 0, number = 0;
    for (std::string line : parts(text, '\n')) {
        ++number;
        if (line.ends_with('\r'))
            line.pop_back();
        if (line.empty())
            continue;
        auto cells = parts(line, separator);
        if (levels != 0 && cells.size() != levels)
            return fail(ErrorCode::FormatMalformed, {{"line", std::to_string(number)}});
        levels = cells.size();
        lines[cells.front()] = number;
        rows[cells.front()] = std::move(cells);
    }
    Hierarchy made;
    for (std::size_t level = 0; level < levels; ++level) {
        std::vector<std::string> texts;
        std::unordered_map<std::uint32_t, std::string> above; // of each code of the level below
        for (std::uint32_t value = 0; value < column.values.size(); ++value) {
            const auto row = rows.find(column.values[value]);
            if (row == rows.end())
                return fail(ErrorCode::FormatMalformed, {{"line", std::to_string(number)}, {"column", column.name}});
            texts.push_back(row->second[level]);
            if (level > 0 && above.try_emplace(made.code(level - 1, value), texts.back()).first->second != texts.back())
                return fail(ErrorCode::FormatMalformed, {{"line", std::to_string(lines[column.values[value]])}, {"column", column.name}});
        }
        made.add(texts);
    }
    if (levels == 0)
        return none(column);
    made.finish();
    return made;
}

} // namespace amana::deid::risk
