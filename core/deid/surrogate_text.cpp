// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/surrogate_text.h"

#include "core/base/utf8.h"

#include "embedded.h"

#include <QChar>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace amana::deid {
namespace {

using Words = std::vector<std::u32string>;

const std::map<std::string, std::map<std::string, Words>> &wordLists()
{
    static const auto kLists = [] {
        std::map<std::string, std::map<std::string, Words>> out;
        const auto data = nlohmann::json::parse(kSurrogateWords); // built in, and parsed by a test
        for (const auto &[group, lists] : data.items())
            for (const auto &[name, words] : lists.items())
                for (const auto &word : words)
                    out[group][name].push_back(decodeUtf8(word.get<std::string>()));
        return out;
    }();
    return kLists;
}

const char *scriptOf(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Hangul: return "hangul";
    case QChar::Script_Han: return "han";
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana: return "kana";
    case QChar::Script_Cyrillic: return "cyrillic";
    case QChar::Script_Arabic: return "arabic";
    case QChar::Script_Devanagari: return "devanagari";
    default: return "latin";
    }
}

const std::u32string &pick(const Words &words, const Draw &draw)
{
    return words[draw(static_cast<std::uint32_t>(words.size()))];
}

} // namespace

std::string scriptOf(std::u32string_view text)
{
    std::map<std::string, int> counts;
    for (const char32_t c : text)
        if (QChar::isLetter(c))
            ++counts[scriptOf(c)];
    if (counts["kana"] > 0)
        return "kana"; // Japanese mixes Han in
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto &a, const auto &b) { return a.second < b.second; });
    return most->second == 0 ? "latin" : most->first;
}

std::u32string drawWord(const std::string &script, const std::string &list, const Draw &draw)
{
    const auto &lists = wordLists().at(wordLists().contains(script) ? script : "latin");
    if (const auto at = lists.find(list); at != lists.end())
        return pick(at->second, draw);
    if (const auto at = lists.find("first"); at != lists.end()) // no female and male lists in this script
        return pick(at->second, draw);
    return pick(lists.at(draw(2) == 0 ? "female" : "male"), draw);
}

std::u32string drawPlace(const std::string &group, const std::string &script, const Draw &draw)
{
    const auto &lists = wordLists().at(group);
    const auto at = lists.find(script);
    return pick(at == lists.end() ? lists.at("latin") : at->second, draw);
}

std::u32string drawShape(std::u32string_view original, const Draw &draw)
{
    std::u32string out(original);
    bool any = false;
    do {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const char32_t c = original[i];
            const char32_t first = c >= U'0' && c <= U'9'   ? U'0'
                                   : c >= U'A' && c <= U'Z' ? U'A'
                                   : c >= U'a' && c <= U'z' ? U'a'
                                                            : 0;
            if (first == 0)
                continue;
            any = true;
            out[i] = first + draw(first == U'0' ? 10 : 26);
        }
    } while (any && out == original);
    return out;
}

std::u32string casedLike(std::u32string text, std::u32string_view original)
{
    bool upper = false, lower = false;
    for (const char32_t c : original) {
        upper = upper || QChar::isUpper(c);
        lower = lower || QChar::isLower(c);
    }
    if (upper == lower || (upper && original.size() == 1))
        return text;
    for (char32_t &c : text)
        c = upper ? QChar::toUpper(c) : QChar::toLower(c);
    return text;
}

std::string drawUuid(const Draw &draw)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    for (char &c : out)
        if (c == 'x')
            c = kHex[draw(16)];
        else if (c == 'y')
            c = kHex[8 + draw(4)];
    return out;
}

std::string drawPseudonym(const Draw &draw)
{
    static constexpr char kCrockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string out = "P-";
    for (int i = 0; i < 10; ++i)
        out.push_back(kCrockford[draw(32)]);
    return out;
}

} // namespace amana::deid
