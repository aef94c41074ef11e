// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_offsets.h"

namespace amana::ui {

namespace {

int unitOf(const QString &text, std::size_t codePoint, int fromUnit, std::size_t fromPoint)
{
    int unit = fromUnit;
    for (std::size_t i = fromPoint; i < codePoint && unit < text.size(); ++i)
        unit += text[unit].isHighSurrogate() && unit + 1 < text.size() ? 2 : 1;
    return unit;
}

std::size_t pointOf(const QString &text, int from, int to)
{
    std::size_t points = 0;
    for (int unit = from; unit < to && unit < text.size(); ++points)
        unit += text[unit].isHighSurrogate() && unit + 1 < text.size() ? 2 : 1;
    return points;
}

} // namespace

Utf16Range toUtf16(const QString &text, records::Span span)
{
    const int begin = unitOf(text, span.begin, 0, 0);
    const int end = unitOf(text, span.end, begin, span.begin);
    return {begin, end - begin};
}

records::Span toCodePoints(const QString &text, Utf16Range range)
{
    const std::size_t begin = pointOf(text, 0, range.begin);
    return {begin, begin + pointOf(text, range.begin, range.end())};
}

} // namespace amana::ui
