// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/folding.h"

#include <QChar>
#include <QString>

namespace amana::deid {
namespace {

char32_t plain(char32_t c)
{
    if (c < 128)
        return c >= U'A' && c <= U'Z' ? c + 32 : c;
    const auto tag = QChar::decompositionTag(c);
    const bool hangul = c >= 0xAC00 && c <= 0xD7A3; // syllables stay whole
    if (!hangul && tag == QChar::Canonical) {
        const QString parts = QChar::decomposition(c);
        if (!parts.isEmpty() && !parts[0].isSurrogate())
            return plain(parts[0].unicode());
    }
    switch (c) {
    case U'ø':
    case U'Ø': return U'o';
    case U'ł':
    case U'Ł': return U'l';
    case U'đ':
    case U'Đ': return U'd';
    case U'ı': return U'i';
    case U'’':
    case U'ʼ': return U'\'';
    default: return QChar::toLower(c);
    }
}

} // namespace

Folded fold(std::u32string_view text)
{
    Folded out;
    out.text.reserve(text.size());
    out.origin.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] > 127 && QChar::category(text[i]) == QChar::Mark_NonSpacing && text[i] < 0x370)
            continue; // a combining accent
        out.text.push_back(plain(text[i]));
        out.origin.push_back(i);
    }
    out.origin.push_back(text.size());
    return out;
}

std::u32string folded(std::u32string_view text) { return fold(text).text; }

std::vector<records::Span> wordsOf(std::u32string_view text)
{
    std::vector<records::Span> out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && (QChar::isLetter(text[end]) || QChar::isMark(text[end])))
            ++end;
        if (end > i)
            out.push_back({i, end});
        i = end + 1;
    }
    return out;
}

bool isDense(char32_t c)
{
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF)
           || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

} // namespace amana::deid
