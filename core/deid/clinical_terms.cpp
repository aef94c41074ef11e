// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/clinical_terms.h"

#include "core/base/utf8.h"
#include "core/deid/folding.h"

#include "embedded.h"

#include <nlohmann/json.hpp>

namespace amana::deid {

ClinicalTerms::ClinicalTerms()
{
    const auto data =
        nlohmann::json::parse(kClinicalTerms); // built in, and parsed by a test: cannot fail at run time
    const auto read = [&](const char *key, Set &into) {
        for (const auto &word : data.at(key))
            into.insert(folded(decodeUtf8(word.get<std::string>())));
    };
    read("eponyms", m_eponyms);
    read("followers", m_followers);
    read("terms", m_terms);
    read("commonWords", m_common);
}

const ClinicalTerms &ClinicalTerms::instance()
{
    static const ClinicalTerms kTerms;
    return kTerms;
}

bool ClinicalTerms::has(const Set &set, std::u32string_view word) { return set.contains(folded(word)); }

} // namespace amana::deid
