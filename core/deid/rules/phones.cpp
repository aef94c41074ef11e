// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/rules/phones.h"

#include "core/deid/folding.h"
#include "core/deid/language.h"

#include <QChar>

#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <map>

namespace amana::deid {
namespace {

using i18n::phonenumbers::PhoneNumberMatch;
using i18n::phonenumbers::PhoneNumberMatcher;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t kDigitsAtLeast = 7;
constexpr std::size_t kLongest = 40; // code points of a written number

bool isDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool isSeparator(char32_t c)
{
    return c == U' ' || c == U'-' || c == U'.' || c == U'(' || c == U')' || c == U'/' || c == 0xA0 || c == 0x2010
           || c == 0x2011 || c == 0x2013;
}

/// Countries whose plans are tried, by the language of the passage; "en" where none is told.
const std::vector<std::string> &regionsOf(const std::string &language)
{
    static const std::map<std::string, std::vector<std::string>> kRegions{
        {"en", {"US", "GB", "AU", "IE", "NZ", "IN", "ZA"}},
        {"ko", {"KR"}},
        {"ja", {"JP"}},
        {"zh", {"CN", "SG"}},
        {"zh-Hant", {"TW", "HK"}},
        {"de", {"DE", "AT", "CH"}},
        {"fr", {"FR", "BE", "CH", "LU", "MA"}},
        {"es", {"ES", "MX", "AR", "CO", "CL", "PE"}},
        {"ca", {"ES"}},
        {"gl", {"ES"}},
        {"pt", {"PT", "BR"}},
        {"it", {"IT", "CH"}},
        {"nl", {"NL", "BE"}},
        {"el", {"GR", "CY"}},
        {"ru", {"RU", "KZ", "BY"}},
        {"uk", {"UA"}},
        {"pl", {"PL"}},
        {"cs", {"CZ"}},
        {"sv", {"SE"}},
        {"da", {"DK"}},
        {"no", {"NO"}},
        {"fi", {"FI"}},
        {"tr", {"TR"}},
        {"ar", {"SA", "EG", "AE", "MA"}},
        {"iw", {"IL"}},
        {"hi", {"IN"}},
        {"vi", {"VN"}},
        {"th", {"TH"}},
        {"id", {"ID"}},
    };
    const auto at = kRegions.find(language);
    return at == kRegions.end() ? kRegions.at("en") : at->second;
}

/// From `begin` (a digit, + or bracket) over digits and single separators to the last digit; empty when it is too short,
/// or part of a word.
records::Span candidateAt(std::u32string_view text, std::size_t begin)
{
    std::size_t end = begin, digits = 0;
    for (std::size_t i = begin; i < text.size() && i - begin < kLongest; ++i) {
        if (isDigit(text[i])) {
            end = i + 1;
            ++digits;
        } else if (!(isSeparator(text[i]) || (text[i] == U'+' && i <= begin + 1))) {
            break;
        }
    }
    const bool inWord = end < text.size() && QChar::isLetter(text[end]) && !isDense(text[end]);
    return digits < kDigitsAtLeast || inWord ? records::Span{begin, begin} : records::Span{begin, end};
}

bool startsNumber(std::u32string_view text, std::size_t i)
{
    if (!isDigit(text[i]) && text[i] != U'+' && text[i] != U'(')
        return false;
    if (i == 0)
        return true;
    const char32_t before = text[i - 1];
    return (!QChar::isLetterOrNumber(before) || isDense(before)) && before != U'.' && before != U'-' && before != U'/' && before != U'+'
           && before != U'(' && before != U'#' && before != U'$';
}

/// As a number is dialled: then it is one however it is grouped.
bool isDialled(std::u32string_view written) { return written[0] == U'0' || written[0] == U'+' || written[0] == U'('; }

bool mayBePhone(std::u32string_view written)
{
    return isDialled(written) || std::any_of(written.begin(), written.end(), isSeparator);
}

/// As libphonenumber is surest to count it: one byte a code point.
std::string plain(std::u32string_view written)
{
    std::string out;
    for (const char32_t c : written)
        out += c < 128 ? static_cast<char>(c) : c == 0xA0 ? ' ' : '-';
    return out;
}

/// The part of `written` that is a number of this country's plan.
records::Span matchIn(const std::string &written, const std::string &region, bool dialled)
{
    PhoneNumberMatcher matcher(*PhoneNumberUtil::GetInstance(), written, region,
                               dialled ? PhoneNumberMatcher::VALID : PhoneNumberMatcher::STRICT_GROUPING, 16);
    PhoneNumberMatch match;
    if (!matcher.HasNext() || !matcher.Next(&match))
        return {};
    return {static_cast<std::size_t>(match.start()), static_cast<std::size_t>(match.end())};
}

} // namespace

Detections findPhones(std::u32string_view text)
{
    Detections out;
    std::vector<Passage> passages; // only where there is something that may be a number: it takes time
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!startsNumber(text, i))
            continue;
        const records::Span span = candidateAt(text, i);
        const std::u32string_view candidate = text.substr(span.begin, span.length());
        if (span.empty() || !mayBePhone(candidate))
            continue;
        if (passages.empty())
            passages = passagesOf(text);
        const std::string written = plain(candidate);
        for (const std::string &region : regionsOf(languageAt(passages, i))) {
            const records::Span match = matchIn(written, region, isDialled(candidate));
            if (match.empty())
                continue;
            out.push_back({{i + match.begin, i + match.end}, "PHONE", 0.9, "rule.phone.plan"});
            i = out.back().span.end - 1;
            break;
        }
    }
    return out;
}

} // namespace amana::deid
