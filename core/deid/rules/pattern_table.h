// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>

#include <string_view>
#include <vector>

namespace amana::deid {

/// A recogniser: the named group `v` is the identifier (the whole match when there is none).
struct Pattern {
    const char *id;
    const char *type;
    double score;
    QRegularExpression expression;
    bool (*check)(std::string_view) = nullptr; ///< of the value's ASCII text; null: none
    const char *reason;
};

[[nodiscard]] const std::vector<Pattern> &patternTable();

} // namespace amana::deid
