// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/model/labels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace amana::deid::model {

int LabelSet::typeIndex(std::string_view type) const
{
    const auto at = std::find(m_types.begin(), m_types.end(), type);
    return at == m_types.end() ? -1 : static_cast<int>(at - m_types.begin());
}

bool LabelSet::follows(int label, int next)
{
    const bool open = label > 0 && (partOf(label) == Begin || partOf(label) == Inside);
    const bool continues = next > 0 && (partOf(next) == Inside || partOf(next) == End);
    if (open != continues)
        return false;
    return !open || typeOf(label) == typeOf(next);
}

namespace {

constexpr float kNever = -1e30F;

/// Best way to reach every class, a row further. Only an open span needs its own predecessor; all else
/// follows the best closed one.
void step(std::vector<float> &score, const float *row, double bias, int types, std::uint8_t *back)
{
    int closed = 0;
    for (int t = 0; t < types; ++t)
        for (const auto part : {LabelSet::End, LabelSet::Single})
            if (score[static_cast<std::size_t>(LabelSet::label(t, part))]
                > score[static_cast<std::size_t>(closed)])
                closed = LabelSet::label(t, part);
    std::vector<float> next(score.size(), kNever);
    const auto set = [&](int to, int from, float gain) {
        next[static_cast<std::size_t>(to)] = score[static_cast<std::size_t>(from)] + gain;
        back[to] = static_cast<std::uint8_t>(from);
    };
    set(0, closed, row[0] - static_cast<float>(bias));
    for (int t = 0; t < types; ++t) {
        const int b = LabelSet::label(t, LabelSet::Begin);
        const int i = LabelSet::label(t, LabelSet::Inside);
        const int open = score[static_cast<std::size_t>(b)] >= score[static_cast<std::size_t>(i)] ? b : i;
        set(b, closed, row[b]);
        set(LabelSet::label(t, LabelSet::Single), closed, row[LabelSet::label(t, LabelSet::Single)]);
        set(i, open, row[i]);
        set(LabelSet::label(t, LabelSet::End), open, row[LabelSet::label(t, LabelSet::End)]);
    }
    score.swap(next);
}

std::vector<TaggedSpan> spansOf(const std::vector<int> &path, const float *rows, int classes)
{
    std::vector<TaggedSpan> out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == 0)
            continue;
        const auto part = LabelSet::partOf(path[i]);
        const double marked =
            1.0 - std::exp(static_cast<double>(rows[i * static_cast<std::size_t>(classes)]));
        if (part == LabelSet::Begin || part == LabelSet::Single || out.empty())
            out.push_back({i, i, LabelSet::typeOf(path[i]), marked});
        out.back().last = i;
        out.back().score = std::min(out.back().score, marked);
    }
    return out;
}

} // namespace

std::vector<TaggedSpan> decodeBest(const float *logProbabilities, std::size_t count, const LabelSet &labels,
                                   double outsideBias)
{
    if (count == 0)
        return {};
    const int classes = labels.classes();
    const auto width = static_cast<std::size_t>(classes);
    std::vector<float> score(width, kNever);
    std::vector<std::uint8_t> back(count * width, 0);
    score[0] = 0; // as if a token outside stood before the first
    for (std::size_t i = 0; i < count; ++i)
        step(score, logProbabilities + i * width, outsideBias, labels.typeCount(), back.data() + i * width);
    int best = 0;
    for (int c = 1; c < classes; ++c)
        if (LabelSet::follows(c, 0)
            && score[static_cast<std::size_t>(c)] > score[static_cast<std::size_t>(best)])
            best = c;
    std::vector<int> path(count);
    for (std::size_t i = count; i-- > 0;) {
        path[i] = best;
        best = back[i * width + static_cast<std::size_t>(best)];
    }
    return spansOf(path, logProbabilities, classes);
}

} // namespace amana::deid::model
