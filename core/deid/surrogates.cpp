// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/surrogates.h"

#include "core/base/utf8.h"
#include "core/crypto/random.h"
#include "core/deid/folding.h"
#include "core/deid/surrogate_text.h"

#include <QChar>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <random>
#include <set>

namespace amana::deid {
namespace {

using nlohmann::json;
using StringMap = std::map<std::string, std::string>;

constexpr int kVersion = 1;
constexpr int kTries = 64; ///< draws to avoid a word before it is given up for a made one
constexpr std::size_t kLeastShape =
    6; ///< identifiers with fewer signs get one of kShortGrows: too few to draw from
constexpr std::size_t kShortGrows = 8;

std::uint32_t secureBits()
{
    std::array<std::uint8_t, 4> bytes{};
    crypto::randomBytes(bytes);
    return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8
           | static_cast<std::uint32_t>(bytes[2]) << 16 | static_cast<std::uint32_t>(bytes[3]) << 24;
}

/// An even number below `limit` out of a source of 32 random bits: values of the last, partial round are
/// thrown away.
Draw evenly(std::function<std::uint32_t()> bits)
{
    return [bits = std::move(bits)](std::uint32_t limit) -> std::uint32_t {
        if (limit < 2)
            return 0;
        const std::uint32_t least = (0U - limit) % limit;
        std::uint32_t value = bits();
        while (value < least)
            value = bits();
        return value % limit;
    };
}

/// Letters and digits only, capitals: "mrn 12-34" and "MRN1234" are one identifier.
std::string identifierKey(std::string_view text)
{
    std::u32string out;
    for (const char32_t c : decodeUtf8(text))
        if (QChar::isLetterOrNumber(c))
            out.push_back(QChar::toUpper(c));
    return encodeUtf8(out);
}

bool isParticle(std::u32string_view word)
{
    static const std::set<std::u32string_view> kParticles{
        U"van", U"von", U"de", U"del", U"der", U"den", U"la", U"le",  U"da", U"do", U"dos", U"di", U"du",
        U"bin", U"al",  U"el", U"y",   U"e",   U"dr",  U"mr", U"mrs", U"ms", U"jr", U"sr",  U"md"};
    return kParticles.contains(word);
}

bool isResourceType(std::string_view text)
{
    return text.size() > 2 && text.front() >= 'A' && text.front() <= 'Z'
           && std::all_of(text.begin(), text.end(),
                          [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

} // namespace

struct SurrogateMap::Impl {
    explicit Impl(std::function<std::uint32_t()> bits) : draw(evenly(std::move(bits))) {}

    mutable std::mutex mutex;
    Draw draw;
    StringMap pseudonyms;
    std::map<std::string, int> shifts;
    StringMap identifiers;       ///< identifierKey → random letters and digits
    std::set<std::string> taken; ///< replacements in use
    StringMap links;             ///< bare id → UUID
    std::map<std::string, std::map<std::string, StringMap>>
        words; ///< subject → type → folded original → replacement
    std::map<std::string, std::set<std::u32string>> avoided; ///< subject → folded words
    StringMap sexes;

    std::string identifier(std::string_view original);
    std::string linkTo(const std::string &id);
    std::string link(std::string_view original);
    std::string query(std::string_view text);
    std::u32string nameWord(const std::string &subject, std::u32string_view word, bool surname);
    std::u32string personName(const std::string &subject, std::u32string_view name);
    std::u32string denseName(const std::string &subject, std::u32string_view name, const std::string &script);
    std::u32string fresh(const std::string &subject, const std::string &type,
                         const std::function<std::u32string()> &make);
    std::u32string place(const std::string &type, std::u32string_view original);
};

std::string SurrogateMap::Impl::identifier(std::string_view original)
{
    const auto bar = original.rfind('|');
    const std::string system(bar == std::string_view::npos ? "" : original.substr(0, bar + 1));
    const auto value = decodeUtf8(original.substr(system.size()));
    const auto key = identifierKey(original.substr(system.size()));
    if (key.empty())
        return std::string(original);
    auto at = identifiers.find(key);
    if (at == identifiers.end()) {
        std::u32string shape = decodeUtf8(key);
        for (char32_t &c : shape)
            c = c < 128 ? c : U'0'; // letters of other scripts become digits
        if (shape.size() < kLeastShape)
            shape.append(kShortGrows - shape.size(), U'0');
        std::string made;
        do // two identifiers must not meet in one replacement
            made = encodeUtf8(drawShape(shape, draw));
        while (taken.contains(made));
        taken.insert(made);
        at = identifiers.emplace(key, std::move(made)).first;
    }
    const std::u32string random = decodeUtf8(at->second);
    std::u32string out;
    std::size_t next = 0;
    for (const char32_t c : value) {
        if (!QChar::isLetterOrNumber(c))
            out.push_back(c);
        else if (next < random.size())
            out.push_back(QChar::isLower(c) ? QChar::toLower(random[next++]) : random[next++]);
    }
    out += random.substr(std::min(next, random.size()));
    return system + encodeUtf8(out);
}

std::string SurrogateMap::Impl::linkTo(const std::string &id)
{
    if (id.empty())
        return id;
    auto at = links.find(id);
    if (at == links.end())
        at = links.emplace(id, drawUuid(draw)).first;
    return at->second;
}

/// "identifier=system|value&active=true": values change, names and systems stay.
std::string SurrogateMap::Impl::query(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('&', at), text.size());
        const auto part = text.substr(at, end - at);
        const auto equal = part.find('=');
        out += at == 0 ? "" : "&";
        if (equal == std::string_view::npos)
            out += part;
        else if (part.substr(0, equal) == "_id")
            out += std::string(part.substr(0, equal + 1)) + linkTo(std::string(part.substr(equal + 1)));
        else
            out += std::string(part.substr(0, equal + 1)) + identifier(part.substr(equal + 1));
        at = end + 1;
    }
    return out;
}

std::string SurrogateMap::Impl::link(std::string_view original)
{
    constexpr std::string_view kUuid = "urn:uuid:";
    if (original.starts_with("#"))
        return "#" + linkTo(std::string(original.substr(1)));
    if (original.starts_with(kUuid))
        return std::string(kUuid) + linkTo(std::string(original.substr(kUuid.size())));
    if (original.starts_with("urn:"))
        return std::string(kUuid) + linkTo(std::string(original));
    if (const auto mark = original.find('?');
        mark != std::string_view::npos && isResourceType(original.substr(0, mark)))
        return std::string(original.substr(0, mark + 1)) + query(original.substr(mark + 1));
    std::string_view rest = original;
    std::string tail;
    if (const auto hash = rest.find('#'); hash != std::string_view::npos) {
        tail = rest.substr(hash);
        rest = rest.substr(0, hash);
    }
    if (const auto history = rest.find("/_history/"); history != std::string_view::npos) {
        tail = std::string(rest.substr(history)) + tail;
        rest = rest.substr(0, history);
    }
    const auto slash = rest.rfind('/');
    if (slash == std::string_view::npos)
        return linkTo(std::string(rest)) + tail;
    const auto before = rest.rfind('/', slash == 0 ? 0 : slash - 1);
    const auto type =
        rest.substr(before == std::string_view::npos || before == slash ? 0 : before + 1,
                    slash - (before == std::string_view::npos || before == slash ? 0 : before + 1));
    if (!isResourceType(type)) // no reference that is known: nothing of it stays
        return std::string(kUuid) + linkTo(std::string(original));
    return std::string(type) + "/" + linkTo(std::string(rest.substr(slash + 1))) + tail;
}

std::u32string SurrogateMap::Impl::fresh(const std::string &subject, const std::string &type,
                                         const std::function<std::u32string()> &make)
{
    const auto &avoid = avoided[subject];
    const auto &everybody = avoided[""]; // no replacement may be another patient's true name either
    const auto &used = words[subject][type];
    const auto inUse = [&](const std::u32string &word) {
        const auto text = encodeUtf8(word);
        return std::any_of(used.begin(), used.end(), [&](const auto &entry) { return entry.second == text; });
    };
    for (int i = 0; i < kTries; ++i) {
        auto word = make();
        const auto plain = folded(word);
        const auto tells = [&](const auto &a) { return plain.find(a) != std::u32string::npos; };
        const bool known = std::any_of(avoid.begin(), avoid.end(), tells)
                           || std::any_of(everybody.begin(), everybody.end(), tells);
        if (!known && (i > kTries / 2 || !inUse(word)))
            return word;
    }
    return drawShape(U"Xxxxx", draw); // every word of the list is the patient's own
}

std::u32string SurrogateMap::Impl::nameWord(const std::string &subject, std::u32string_view word,
                                            bool surname)
{
    const auto key = encodeUtf8(folded(word));
    auto &known = words[subject]["NAME"];
    auto at = known.find(key);
    if (at == known.end()) {
        const auto script = scriptOf(word);
        const bool own = avoided[subject].contains(folded(word));
        const auto sex = own ? sexes[subject] : std::string();
        const std::string list = surname ? "last" : sex == "female" || sex == "male" ? sex : "any";
        const auto made = fresh(subject, "NAME", [&] { return drawWord(script, list, draw); });
        at = known.emplace(key, encodeUtf8(made)).first;
    }
    const auto text = decodeUtf8(at->second);
    return word.size() == 1 ? text.substr(0, 1) : casedLike(text, word);
}

/// Names without blanks: the first sign is the surname in Korean and Chinese; Japanese names change as a
/// whole.
std::u32string SurrogateMap::Impl::denseName(const std::string &subject, std::u32string_view name,
                                             const std::string &script)
{
    auto &known = words[subject]["NAME"];
    const auto key = encodeUtf8(folded(name));
    if (const auto at = known.find(key); at != known.end())
        return decodeUtf8(at->second);
    std::u32string made;
    if (script == "kana" || name.size() < 3)
        made = fresh(subject, "NAME",
                     [&] { return drawWord(script, name.size() < 3 ? "first" : "last", draw); });
    else
        made = denseName(subject, name.substr(0, 1), script).substr(0, 1)
               + denseName(subject, name.substr(1), script);
    if (name.size() == 1)
        made = fresh(subject, "NAME", [&] { return drawWord(script, "last", draw); });
    known[key] = encodeUtf8(made);
    return made;
}

std::u32string SurrogateMap::Impl::personName(const std::string &subject, std::u32string_view name)
{
    const auto parts = wordsOf(name);
    const auto comma = name.find(U',');
    std::u32string out;
    std::size_t at = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto word = name.substr(parts[i].begin, parts[i].length());
        out += name.substr(at, parts[i].begin - at);
        at = parts[i].end;
        const auto script = scriptOf(word);
        const bool surname =
            comma != std::u32string_view::npos ? parts[i].begin < comma : i + 1 == parts.size();
        if (isDense(word.front()) && (script == "hangul" || script == "han" || script == "kana"))
            out += denseName(subject, word, script);
        else if (isParticle(folded(word)) && parts.size() > 1)
            out += word;
        else
            out += nameWord(subject, word, surname);
    }
    out += name.substr(at);
    for (char32_t &c : out) // digits have no place in a name, but scanner noise puts them there
        c = QChar::isDigit(c) ? U'0' + draw(10) : c;
    return out;
}

std::u32string SurrogateMap::Impl::place(const std::string &type, std::u32string_view original)
{
    const auto script = scriptOf(original);
    if (type == "HOSPITAL")
        return casedLike(drawPlace("hospitals", script, draw), original);
    if (type == "ORG")
        return casedLike(drawPlace("organisations", script, draw), original);
    const bool digits =
        std::any_of(original.begin(), original.end(), [](char32_t c) { return QChar::isDigit(c); });
    const bool letters =
        std::any_of(original.begin(), original.end(), [](char32_t c) { return QChar::isLetter(c); });
    if (!letters)
        return drawShape(original, draw);
    const auto town = casedLike(drawPlace("places", script, draw), original);
    if (!digits)
        return town;
    const auto number = decodeUtf8(std::to_string(1 + draw(200)));
    return script == "hangul" ? town + U" " + number : number + U" " + town + U" Road";
}

SurrogateMap::SurrogateMap() : m_impl(std::make_unique<Impl>(secureBits)) {}
SurrogateMap::SurrogateMap(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SurrogateMap::SurrogateMap(SurrogateMap &&) noexcept = default;
SurrogateMap &SurrogateMap::operator=(SurrogateMap &&) noexcept = default;
SurrogateMap::~SurrogateMap() = default;

SurrogateMap SurrogateMap::seeded(std::uint64_t seed)
{
    return SurrogateMap(
        std::make_unique<Impl>([engine = std::mt19937(static_cast<std::uint32_t>(seed))]() mutable {
            return static_cast<std::uint32_t>(engine());
        }));
}

SecretBytes SurrogateMap::toSecret() const
{
    const std::lock_guard lock(m_impl->mutex);
    const json state{{"version", kVersion},      {"pseudonyms", m_impl->pseudonyms},
                     {"shifts", m_impl->shifts}, {"identifiers", m_impl->identifiers},
                     {"links", m_impl->links},   {"words", m_impl->words}};
    return SecretBytes::fromText(state.dump(-1, ' ', false, json::error_handler_t::replace));
}

Result<SurrogateMap> SurrogateMap::fromSecret(const SecretBytes &bytes)
{
    try {
        const json state = json::parse(bytes.text());
        if (state.at("version") != kVersion)
            return fail(ErrorCode::StoreTooNew, {{"what", "surrogates"}});
        SurrogateMap map;
        map.m_impl->pseudonyms = state.at("pseudonyms").get<StringMap>();
        map.m_impl->shifts = state.at("shifts").get<std::map<std::string, int>>();
        map.m_impl->identifiers = state.at("identifiers").get<StringMap>();
        for (const auto &entry : map.m_impl->identifiers)
            map.m_impl->taken.insert(entry.second);
        map.m_impl->links = state.at("links").get<StringMap>();
        map.m_impl->words = state.at("words").get<decltype(Impl::words)>();
        return map;
    } catch (const json::exception &) {
        return fail(ErrorCode::StoreCorrupt, {{"what", "surrogates"}});
    }
}

std::string SurrogateMap::pseudonym(std::string_view subject)
{
    const std::lock_guard lock(m_impl->mutex);
    auto &value = m_impl->pseudonyms[std::string(subject)];
    if (value.empty())
        value = drawPseudonym(m_impl->draw);
    return value;
}

int SurrogateMap::dateShift(std::string_view subject, int maxDays)
{
    if (maxDays <= 0)
        return 0;
    const std::lock_guard lock(m_impl->mutex);
    const auto at = m_impl->shifts.find(std::string(subject));
    if (at != m_impl->shifts.end())
        return at->second;
    const int days = 1 + static_cast<int>(m_impl->draw(static_cast<std::uint32_t>(maxDays)));
    return m_impl->shifts.emplace(std::string(subject), m_impl->draw(2) == 0 ? -days : days).first->second;
}

std::string SurrogateMap::link(std::string_view original)
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->link(original);
}

std::string SurrogateMap::identifier(std::string_view original)
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->identifier(original);
}

void SurrogateMap::describe(std::string_view subject, const std::vector<std::string> &names,
                            std::string_view sex)
{
    const std::lock_guard lock(m_impl->mutex);
    auto &avoid = m_impl->avoided[std::string(subject)];
    for (const auto &name : names) {
        const auto plain = folded(decodeUtf8(name));
        for (const auto &word : wordsOf(plain))
            if (word.length() >= 2)
                avoid.insert(plain.substr(word.begin, word.length()));
    }
    if (!sex.empty())
        m_impl->sexes[std::string(subject)] = sex;
}

std::string SurrogateMap::surrogate(std::string_view subject, std::string_view type,
                                    std::string_view original)
{
    const std::lock_guard lock(m_impl->mutex);
    const std::string who(subject), kind(type);
    if (kind == "ID")
        return m_impl->identifier(original);
    const auto text = decodeUtf8(original);
    if (kind == "NAME")
        return encodeUtf8(m_impl->personName(who, text));
    auto &known = m_impl->words[who][kind];
    auto &value = known[encodeUtf8(folded(text))];
    if (!value.empty())
        return value;
    if (kind == "LOCATION" || kind == "HOSPITAL" || kind == "ORG")
        value = encodeUtf8(m_impl->fresh(who, kind, [&] { return m_impl->place(kind, text); }));
    else if (kind == "PHONE")
        value = encodeUtf8(drawShape(text, m_impl->draw));
    else if (kind == "EMAIL")
        value = "user" + std::to_string(1000 + m_impl->draw(9000)) + "@example.org";
    else if (kind == "URL")
        value = "https://example.org/" + std::to_string(1000 + m_impl->draw(9000));
    else
        value = "[" + kind + "]";
    return value;
}

} // namespace amana::deid
