// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/model/tokens.h"

#include <QChar>

#include <algorithm>
#include <string>

namespace amana::deid::model {
namespace {

enum class Kind { Blank, Line, Letter, Digit, Single };

bool standsAlone(
    char32_t c) // scripts without blanks between words, and Hangul, whose particles stick to the name
{
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF)
           || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

Kind kindOf(char32_t c)
{
    if (c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029)
        return Kind::Line;
    if (c == U'\t' || QChar::isSpace(c))
        return Kind::Blank;
    if (standsAlone(c))
        return Kind::Single;
    if (QChar::isDigit(c))
        return Kind::Digit;
    if (QChar::isLetter(c) || QChar::isMark(c))
        return Kind::Letter;
    return Kind::Single;
}

std::uint8_t gapOf(std::u32string_view blank, bool first)
{
    if (first)
        return 4;
    const auto lines = std::count(blank.begin(), blank.end(), U'\n');
    if (lines >= 2)
        return 4;
    if (lines == 1)
        return 3;
    if (blank.size() >= 2 || blank == U"\t")
        return 2;
    return blank.empty() ? 0 : 1;
}

char32_t lower(char32_t c) { return static_cast<char32_t>(QChar::toLower(static_cast<uint>(c))); }

std::uint32_t hashOf(char32_t salt, std::u32string_view part)
{
    std::uint32_t h = 2166136261U ^ (static_cast<std::uint32_t>(salt) * 0x9E3779B1U);
    for (const char32_t c : part) {
        h = (h ^ static_cast<std::uint32_t>(c)) * 16777619U;
        h ^= h >> 15;
    }
    h *= 0x85EBCA6BU;
    return h ^ (h >> 13);
}

std::u32string shapeText(std::u32string_view word)
{
    std::u32string out;
    for (const char32_t c : word.substr(0, 10))
        out.push_back(QChar::isDigit(c) ? U'0' : QChar::isUpper(c) ? U'X' : QChar::isLetter(c) ? U'x' : c);
    return out;
}

std::uint8_t casingOf(std::u32string_view word) // 0…11
{
    const char32_t c = word.front();
    if (QChar::isDigit(c))
        return static_cast<std::uint8_t>(std::min<std::size_t>(word.size(), 4)); // 1…4
    if (!QChar::isLetter(c))
        return 0;
    if (standsAlone(c))
        return 5;
    const auto upper = std::count_if(word.begin(), word.end(), [](char32_t x) { return QChar::isUpper(x); });
    if (upper == 0)
        return QChar::isLower(c) ? 6 : 7; // 7: scripts without case
    if (word.size() == 1)
        return 8;
    if (upper == static_cast<std::ptrdiff_t>(word.size()))
        return 9;
    return QChar::isUpper(c) && upper == 1 ? 10 : 11;
}

std::uint8_t charId(char32_t c)
{
    if (c < 128)
        return static_cast<std::uint8_t>(std::max<char32_t>(c, 1));
    return static_cast<std::uint8_t>(128 + hashOf(U'c', std::u32string_view(&c, 1)) % 128);
}

} // namespace

std::vector<Token> tokenize(std::u32string_view text)
{
    std::vector<Token> out;
    out.reserve(text.size() / 4 + 1);
    std::size_t blank = 0; // where the blanks before the next token begin
    for (std::size_t i = 0; i < text.size();) {
        const Kind kind = kindOf(text[i]);
        if (kind == Kind::Blank || kind == Kind::Line) {
            ++i;
            continue;
        }
        std::size_t end = i + 1;
        if (kind != Kind::Single)
            while (end < text.size() && kindOf(text[end]) == kind)
                ++end;
        const auto gap = gapOf(text.substr(blank, i - blank), out.empty());
        out.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end), gap});
        blank = i = end;
    }
    return out;
}

Features featuresOf(std::u32string_view text, const Token &token, std::int32_t buckets)
{
    const auto word = text.substr(token.begin, token.end - token.begin);
    std::u32string form(word);
    for (char32_t &c : form)
        c = QChar::isDigit(c) ? U'0' : lower(c);
    const std::u32string_view view = form;
    const auto head = [&](std::size_t n) { return view.substr(0, n); };
    const auto tail = [&](std::size_t n) { return view.substr(view.size() - std::min(n, view.size())); };
    const auto bucket = [&](char32_t salt, std::u32string_view part) {
        return static_cast<std::int32_t>(1 + hashOf(salt, part) % static_cast<std::uint32_t>(buckets - 1));
    };
    Features f;
    f.bag = {bucket(U'w', view),    bucket(U's', shapeText(word)), bucket(U'p', head(3)),
             bucket(U'q', tail(3)), bucket(U'r', tail(2)),         bucket(U't', head(4)),
             bucket(U'u', tail(4))};
    const std::size_t half = kCharCount / 2;
    for (std::size_t i = 0; i < std::min<std::size_t>(word.size(), kCharCount); ++i) {
        const bool fromTail = word.size() > kCharCount && i >= half;
        f.chars[i] = charId(word[fromTail ? word.size() - kCharCount + i : i]);
    }
    f.shape = static_cast<std::uint8_t>(token.gap * 12 + casingOf(word));
    return f;
}

} // namespace amana::deid::model
