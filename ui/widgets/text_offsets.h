// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"

#include <QString>

#include <string_view>

namespace amana::ui {

/// UTF-16 range in a QString, as text layouts count.
struct Utf16Range {
    int begin = 0;
    int length = 0;

    [[nodiscard]] int end() const { return begin + length; }
};

/// Core spans count code points; QString counts UTF-16 units. Offsets past the end are clamped.
[[nodiscard]] Utf16Range toUtf16(const QString &text, records::Span span);
[[nodiscard]] records::Span toCodePoints(const QString &text, Utf16Range range);

[[nodiscard]] inline QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace amana::ui
