// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/purpose.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace amana::chain {

namespace {

constexpr std::uint64_t bitAt(int bit)
{
    return std::uint64_t(1) << bit;
}

constexpr std::uint64_t kExcludesAncestry = bitAt(14);
constexpr std::uint64_t kExcludesMethods = bitAt(15);
constexpr std::uint64_t kConditions = 0x7fff0000;

/// For each purpose, the bits of a mask that permit it: the table DuoMatch.PERMITTED_BY.
constexpr std::uint64_t kPermittedBy[] = {0x41, 0x43, 0x47, 0x49, 0x10, 0x4f};

bool sameText(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

} // namespace

const std::vector<DuoTerm> &duoTerms()
{
    using enum DuoRole;
    static const std::vector<DuoTerm> terms{{kPurposeGeneral, "DUO:0000042", "GRU", Use},
                                            {kPurposeHealth, "DUO:0000006", "HMB", Use},
                                            {kPurposeDisease, "DUO:0000007", "DS", Use},
                                            {kPurposeAncestry, "DUO:0000011", "POA", Use},
                                            {kPurposeCare, "DUO:0000043", "CC", Use},
                                            {kPurposeMethods, "methods", "MDS", Purpose},
                                            {6, "DUO:0000004", "NRES", Permission},
                                            {14, "DUO:0000044", "NPOA", Exclusion},
                                            {15, "DUO:0000015", "NMDS", Exclusion},
                                            {16, "DUO:0000018", "NPUNCU", Condition},
                                            {17, "DUO:0000021", "IRB", Condition},
                                            {18, "DUO:0000019", "PUB", Condition},
                                            {19, "DUO:0000020", "COL", Condition},
                                            {20, "DUO:0000029", "RTN", Condition},
                                            {21, "DUO:0000016", "GSO", Condition},
                                            {22, "DUO:0000012", "RS", Condition},
                                            {23, "DUO:0000022", "GS", Condition},
                                            {24, "DUO:0000024", "MOR", Condition},
                                            {25, "DUO:0000025", "TS", Condition},
                                            {26, "DUO:0000026", "US", Condition},
                                            {27, "DUO:0000027", "PS", Condition},
                                            {28, "DUO:0000028", "IS", Condition},
                                            {29, "DUO:0000045", "NPU", Condition},
                                            {30, "DUO:0000046", "NCU", Condition}};
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

DuoRule duoRule(std::uint8_t purpose)
{
    if (purpose >= std::size(kPermittedBy))
        return {};
    const std::uint64_t excluded = purpose == kPurposeAncestry  ? kExcludesAncestry
                                   : purpose == kPurposeMethods ? kExcludesMethods
                                                                : 0;
    return {kPermittedBy[purpose], excluded};
}

bool duoPermits(std::uint64_t mask, std::uint8_t purpose)
{
    const DuoRule rule = duoRule(purpose);
    return (mask & rule.permittedBy) != 0 && (mask & rule.excludedBy) == 0;
}

std::uint64_t duoConditions(std::uint64_t mask)
{
    return mask & kConditions;
}

} // namespace amana::chain
