// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/document_pass.h"

#include "core/deid/clinical_terms.h"
#include "core/deid/folding.h"
#include "core/deid/name_roles.h"
#include "core/deid/rules/rules.h"

#include <QChar>

#include <algorithm>
#include <set>
#include <string>

namespace amana::deid {
namespace {

constexpr double kSureName = 0.85; ///< names from here up are carried through the document
constexpr double kSpreadScore = 0.7;
constexpr double kSureEponym = 0.97; ///< a lone eponym needs this much to count as a person
constexpr std::size_t kLeastSpread = 4;

bool isKnown(const Detection &d) { return d.by.starts_with("known."); }

/// The word after the span, "'s" skipped.
std::u32string nextWord(std::u32string_view text, std::size_t at)
{
    if (at + 1 < text.size() && (text[at] == U'\'' || text[at] == U'’') && text[at + 1] == U's')
        at += 2;
    while (at < text.size() && (text[at] == U' ' || text[at] == U'-'))
        ++at;
    std::size_t end = at;
    while (end < text.size() && (QChar::isLetter(text[end]) || QChar::isMark(text[end])))
        ++end;
    return std::u32string(text.substr(at, end - at));
}

bool isClinicalTerm(std::u32string_view text, const Detection &d)
{
    if (d.type != "NAME" && d.type != "LOCATION" && d.type != "ORG")
        return false;
    const auto &terms = ClinicalTerms::instance();
    const auto words = wordsOf(text.substr(d.span.begin, d.span.length()));
    if (words.empty())
        return false;
    const auto word = text.substr(d.span.begin + words.front().begin, words.front().length());
    if (words.size() == 1 && terms.isTerm(word))
        return true;
    if (d.type != "NAME" || words.size() > 2 || !terms.isEponym(word))
        return false;
    if (words.size() == 2)
        return terms.isFollower(text.substr(d.span.begin + words[1].begin, words[1].length()));
    return terms.isFollower(nextWord(text, d.span.end)) || d.score < kSureEponym;
}

bool worthSpreading(std::u32string_view word)
{
    if (word.size() >= 2 && isDense(word.front()))
        return word.size() >= 3;
    const auto &terms = ClinicalTerms::instance();
    return word.size() >= kLeastSpread && QChar::isUpper(word.front()) && !terms.isCommonWord(word)
           && !terms.isTerm(word) && !terms.isEponym(word) && !terms.isFollower(word);
}

std::set<std::u32string> namesIn(const std::vector<std::u32string_view> &texts,
                                 const std::vector<Detections> &found)
{
    std::set<std::u32string> out;
    for (std::size_t t = 0; t < texts.size(); ++t)
        for (const Detection &d : found[t]) {
            if (d.type != "NAME" || d.score < kSureName)
                continue;
            const auto text = texts[t].substr(d.span.begin, d.span.length());
            for (const auto &w : wordsOf(text))
                if (const auto word = text.substr(w.begin, w.length()); worthSpreading(word))
                    out.insert(folded(word));
        }
    return out;
}

bool standsInside(std::u32string_view word, const std::set<std::u32string> &names, std::size_t &begin,
                  std::size_t &length)
{
    for (const auto &name : names) // dense scripts: the name with particles behind it
        if (isDense(name.front()) && word.size() > name.size() && word.substr(0, name.size()) == name) {
            begin = 0;
            length = name.size();
            return true;
        }
    return false;
}

void spread(std::u32string_view text, const std::set<std::u32string> &names, Detections &out)
{
    for (const auto &w : wordsOf(text)) {
        const auto word = text.substr(w.begin, w.length());
        if (isDense(word.front())) {
            std::size_t begin = 0, length = word.size();
            if (names.contains(std::u32string(word)) || standsInside(word, names, begin, length))
                out.push_back(
                    {{w.begin + begin, w.begin + begin + length}, "NAME", kSpreadScore, "spread.name"});
        } else if (QChar::isUpper(word.front()) && names.contains(folded(word))) {
            out.push_back({w, "NAME", kSpreadScore, "spread.name"});
        }
    }
}

} // namespace

std::vector<Detections> documentPass(const std::vector<std::u32string_view> &texts,
                                     std::vector<Detections> found)
{
    for (std::size_t t = 0; t < texts.size(); ++t)
        std::erase_if(found[t],
                      [&](const Detection &d) { return !isKnown(d) && isClinicalTerm(texts[t], d); });
    const auto names = namesIn(texts, found);
    for (std::size_t t = 0; t < texts.size(); ++t) {
        if (!names.empty())
            spread(texts[t], names, found[t]);
        found[t] = merged(texts[t], std::move(found[t]));
    }
    tellRoles(texts, found);
    return found;
}

} // namespace amana::deid
