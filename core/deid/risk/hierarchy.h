// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/risk/table.h"

#include <string_view>

namespace amana::deid::risk {

/// What stands for a value that tells nothing.
inline constexpr const char *kAnything = "*";

/// The generalisations of a column's values: level 0 keeps them, each further one tells less, and what is one value at a
/// level is one at all above.
class Hierarchy {
public:
    /// Each value, then nothing.
    [[nodiscard]] static Hierarchy none(const Column &column);
    /// Characters taken from the end: 12345, 1234*, 123**, … Shorter values lose none before the longer ones are as short.
    [[nodiscard]] static Hierarchy prefixes(const Column &column);
    /// Intervals of `width` from 0, and each level `factor` times as wide, `levels` of them. What is no number tells
    /// nothing from level 1 up.
    [[nodiscard]] static Hierarchy intervals(const Column &column, double width, unsigned factor, unsigned levels);
    /// ISO 8601 dates: day, month, year, ten years.
    [[nodiscard]] static Hierarchy dates(const Column &column);
    /// By the look of the values: dates, numbers, codes of one length, or none.
    [[nodiscard]] static Hierarchy guess(const Column &column);
    /// Lines `value;level 1;level 2;…`, as ARX keeps them. FormatMalformed (param line, from 1) when lines differ in
    /// length, two values that were one part again, or (the last line) a value of the column is not there.
    [[nodiscard]] static Result<Hierarchy> parse(const Column &column, std::string_view text, char separator = ';');

    [[nodiscard]] std::size_t levels() const { return m_levels.size(); }
    /// Of value `value` of the column: what it is at a level, as a number and as a text.
    [[nodiscard]] std::uint32_t code(std::size_t level, std::uint32_t value) const { return m_levels[level].codes[value]; }
    [[nodiscard]] const std::string &text(std::size_t level, std::uint32_t value) const;
    /// 0: all is told; 1: nothing is. (values that look the same − 1) ÷ (values − 1), Iyengar 2002.
    [[nodiscard]] double loss(std::size_t level, std::uint32_t value) const;

private:
    struct Level {
        std::vector<std::uint32_t> codes; ///< of each value
        std::vector<std::string> texts;   ///< of each code
        std::vector<std::uint32_t> sizes; ///< values of each code
    };

    /// `texts`: of each value. What was one value stays one.
    void add(const std::vector<std::string> &texts);
    void finish();

    std::vector<Level> m_levels;
};

} // namespace amana::deid::risk
