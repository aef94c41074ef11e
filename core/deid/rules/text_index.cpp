// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/rules/text_index.h"

#include <algorithm>

namespace amana::deid {

TextIndex::TextIndex(std::u32string_view text)
    : m_text(QString::fromUcs4(text.data(), static_cast<qsizetype>(text.size())))
{
    for (qsizetype i = 0; i < m_text.size(); ++i)
        if (m_text[i].isLowSurrogate())
            m_pairs.push_back(i);
}

std::size_t TextIndex::codePoint(qsizetype utf16) const
{
    const auto before = std::lower_bound(m_pairs.begin(), m_pairs.end(), utf16) - m_pairs.begin();
    return static_cast<std::size_t>(utf16 - before);
}

} // namespace amana::deid
