// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace amana::deid::model {

/// Classes of the net: 0 outside, then B I E S for each type in the order of `types`.
class LabelSet {
public:
    explicit LabelSet(std::vector<std::string> types) : m_types(std::move(types)) {}
    enum Part { Begin = 0, Inside = 1, End = 2, Single = 3 };

    [[nodiscard]] int classes() const { return 1 + 4 * static_cast<int>(m_types.size()); }
    [[nodiscard]] int typeCount() const { return static_cast<int>(m_types.size()); }
    [[nodiscard]] const std::vector<std::string> &types() const { return m_types; }
    [[nodiscard]] int typeIndex(std::string_view type) const; ///< -1 when not one of ours
    [[nodiscard]] static int label(int type, Part part) { return 1 + 4 * type + part; }
    [[nodiscard]] static int typeOf(int label) { return (label - 1) / 4; }
    [[nodiscard]] static Part partOf(int label) { return static_cast<Part>((label - 1) % 4); }

    /// May `next` follow `label` (BIOES)? Label 0 is outside.
    [[nodiscard]] static bool follows(int label, int next);

private:
    std::vector<std::string> m_types;
};

struct TaggedSpan {
    std::size_t first = 0; ///< tokens, inclusive
    std::size_t last = 0;
    int type = 0;
    double score = 0; ///< least probability of "some identifier" over its tokens
};

/// Best path that keeps to BIOES, over `count` rows of log-probabilities (`classes` each). `outsideBias` is
/// taken off the score of class 0: above 0 finds more. Spans in token order.
[[nodiscard]] std::vector<TaggedSpan> decodeBest(const float *logProbabilities, std::size_t count,
                                                 const LabelSet &labels, double outsideBias);

} // namespace amana::deid::model
