// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"

#include <QString>

#include <string_view>
#include <vector>

namespace amana::deid {

/// A text for Qt's regular expressions, and the way back from its UTF-16 offsets to code points.
class TextIndex {
public:
    explicit TextIndex(std::u32string_view text);

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] std::size_t codePoint(qsizetype utf16) const;
    [[nodiscard]] records::Span span(qsizetype begin, qsizetype end) const
    {
        return {codePoint(begin), codePoint(end)};
    }

private:
    QString m_text;
    std::vector<qsizetype> m_pairs; ///< offsets of low surrogates, sorted
};

} // namespace amana::deid
