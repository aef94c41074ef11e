// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/purpose.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace amana::chain {

namespace {

/// For each purpose, the bits of a mask that permit it: the same table as DuoMatch.PERMITTED_BY.
constexpr std::uint64_t kPermittedBy[] = {0b00001, 0b00011, 0b00111, 0b01001, 0b10000};

bool sameText(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

} // namespace

const std::vector<DuoTerm> &duoTerms()
{
    static const std::vector<DuoTerm> terms{{kPurposeGeneral, "DUO:0000042", "GRU", false},
                                            {kPurposeHealth, "DUO:0000006", "HMB", false},
                                            {kPurposeDisease, "DUO:0000007", "DS", false},
                                            {kPurposeAncestry, "DUO:0000011", "POA", false},
                                            {kPurposeCare, "DUO:0000043", "CC", false},
                                            {16, "DUO:0000018", "NPUNCU", true},
                                            {17, "DUO:0000021", "IRB", true},
                                            {18, "DUO:0000019", "PUB", true}};
    return terms;
}

Result<DuoTerm> duoTerm(std::string_view text)
{
    for (const DuoTerm &term : duoTerms())
        if (sameText(text, term.id) || sameText(text, term.code))
            return term;
    return fail(ErrorCode::SharingUnknownPurpose, {{"purpose", std::string(text.substr(0, 32))}});
}

std::vector<DuoTerm> duoTermsIn(std::uint64_t mask)
{
    std::vector<DuoTerm> found;
    for (const DuoTerm &term : duoTerms())
        if ((mask >> term.bit & 1) != 0)
            found.push_back(term);
    return found;
}

bool duoPermits(std::uint64_t mask, std::uint8_t purpose)
{
    return purpose < std::size(kPermittedBy) && (mask & kPermittedBy[purpose]) != 0;
}

} // namespace amana::chain
