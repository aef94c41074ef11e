// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/name_roles.h"

#include "core/base/utf8.h"
#include "core/deid/folding.h"

#include "embedded.h"

#include <QChar>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace amana::deid {
namespace {

constexpr std::size_t kNear = 48;     ///< code points that are looked at on either side
constexpr std::size_t kCueWords = 3;  ///< words of the longest cue
constexpr std::array kRoles{"staff", "relative", "patient"}; ///< the first that fits holds: "Mr Hall, MD" is staff

using Cues = std::set<std::u32string>;

struct RoleCues {
    Cues before, after;
};

const std::map<std::string, RoleCues> &cues()
{
    static const auto kCues = [] {
        std::map<std::string, RoleCues> out;
        const auto data = nlohmann::json::parse(kNameRoles); // built in, and parsed by a test
        for (const char *role : kRoles) {
            for (const auto &word : data.at(role).at("before"))
                out[role].before.insert(folded(decodeUtf8(word.get<std::string>())));
            for (const auto &word : data.at(role).at("after"))
                out[role].after.insert(folded(decodeUtf8(word.get<std::string>())));
        }
        return out;
    }();
    return kCues;
}

bool isEnd(char32_t c) { return c == U'\n' || c == U'\r' || c == U';' || c == U'!' || c == U'?' || c == U'。'; }

/// What stands before `at`, back to the end of a line or the last word that ends a sentence.
std::u32string_view before(std::u32string_view text, std::size_t at)
{
    std::size_t begin = at;
    while (begin > 0 && at - begin < kNear && !isEnd(text[begin - 1]))
        --begin;
    return text.substr(begin, at - begin);
}

std::u32string_view behind(std::u32string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && end - at < kNear && !isEnd(text[end]))
        ++end;
    return text.substr(at, end - at);
}

std::vector<std::u32string> foldedWords(std::u32string_view text)
{
    std::vector<std::u32string> out;
    for (const auto &word : wordsOf(text))
        out.push_back(folded(text.substr(word.begin, word.length())));
    return out;
}

std::u32string joined(const std::vector<std::u32string> &words, std::size_t begin, std::size_t end)
{
    std::u32string out;
    for (std::size_t i = begin; i < end; ++i)
        out += (out.empty() ? U"" : U" ") + words[i];
    return out;
}

/// Without the particle that a word of Korean or Japanese carries before a name.
std::u32string_view withoutParticle(std::u32string_view word)
{
    static constexpr std::u32string_view kParticles = U"는은이가의를을はがのをにと";
    return word.size() > 1 && kParticles.find(word.back()) != std::u32string_view::npos ? word.substr(0, word.size() - 1)
                                                                                      : word;
}

/// Cues of scripts without blanks: the end of what stands before, or the beginning of what stands behind.
bool densePartOf(const Cues &cues, std::u32string_view word, bool atEnd)
{
    if (word.empty() || !isDense(word.front()))
        return false;
    return std::any_of(cues.begin(), cues.end(), [&](const std::u32string &cue) {
        return isDense(cue.front()) && (atEnd ? word.ends_with(cue) : word.starts_with(cue));
    });
}

bool endsWithCue(const Cues &cues, const std::vector<std::u32string> &words, std::size_t end, std::size_t count)
{
    if (cues.contains(joined(words, end - count, end)))
        return true;
    return count == 1
           && (densePartOf(cues, words[end - 1], true) || densePartOf(cues, withoutParticle(words[end - 1]), true));
}

/// The role that the last of these words tell. A plain label is only a patient's when no other stands before it:
/// "Physician name:" is staff.
std::string roleBefore(const std::vector<std::u32string> &words, std::size_t end)
{
    for (std::size_t count = std::min(kCueWords, end); count > 0; --count)
        for (const char *role : kRoles) {
            if (!endsWithCue(cues().at(role).before, words, end, count))
                continue;
            const std::string more = std::string_view(role) == "patient" ? roleBefore(words, end - count) : std::string();
            return more.empty() ? role : more;
        }
    return {};
}

std::string roleBehind(std::u32string_view text, const std::vector<std::u32string> &words)
{
    for (const char *role : kRoles) {
        const Cues &after = cues().at(role).after;
        if (!text.empty() && !words.empty() && densePartOf(after, words[0], false))
            return role;
        for (std::size_t count = std::min(kCueWords, words.size()); count > 0; --count)
            if (after.contains(joined(words, 0, count)))
                return role;
    }
    return {};
}

std::string roleOf(std::u32string_view text, const Detection &name)
{
    if (name.by == "known.name")
        return "patient";
    const std::u32string_view front = before(text, name.span.begin), back = behind(text, name.span.end);
    const std::string told = roleBefore(foldedWords(front), foldedWords(front).size());
    if (told == "staff" || told == "relative")
        return told;
    const std::string behindIt = roleBehind(back, foldedWords(back));
    return behindIt == "staff" || told.empty() ? behindIt : told;
}

/// Names that one role alone has in the document, whole and by each word.
std::map<std::u32string, std::string> rolesOfNames(const std::vector<std::u32string_view> &texts,
                                                   const std::vector<Detections> &found)
{
    std::map<std::u32string, std::set<std::string>> all;
    for (std::size_t t = 0; t < texts.size(); ++t)
        for (const Detection &d : found[t]) {
            if (d.type != "NAME" || d.role.empty())
                continue;
            const auto text = texts[t].substr(d.span.begin, d.span.length());
            all[folded(text)].insert(d.role);
            for (const std::u32string &word : foldedWords(text))
                all[word].insert(d.role);
        }
    std::map<std::u32string, std::string> out;
    for (const auto &[name, roles] : all)
        if (roles.size() == 1)
            out[name] = *roles.begin();
    return out;
}

} // namespace

void tellRoles(const std::vector<std::u32string_view> &texts, std::vector<Detections> &found)
{
    for (std::size_t t = 0; t < texts.size(); ++t)
        for (Detection &d : found[t])
            if (d.type == "NAME")
                d.role = roleOf(texts[t], d);
    const auto names = rolesOfNames(texts, found);
    for (std::size_t t = 0; t < texts.size(); ++t)
        for (Detection &d : found[t])
            if (d.type == "NAME" && d.role.empty())
                if (const auto at = names.find(folded(texts[t].substr(d.span.begin, d.span.length()))); at != names.end())
                    d.role = at->second;
}

} // namespace amana::deid
