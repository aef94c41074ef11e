// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/policy_words.h"

#include "app/amana/shown.h"

namespace amana::cli {

QString policyHelp()
{
    return QStringLiteral("longitudinal (default), safe-harbor, limited-data-set, korea-pipa, one of your own in"
                          " HOME/policies, or a file; “amana deid --list-policies”");
}

nlohmann::json policyToJson(const deid::Policy &policy)
{
    nlohmann::json object{{"name", policy.name}, {"version", policy.version}, {"sha256", policy.sha256}};
    if (policy.own)
        object.update({{"base", policy.own->base}, {"weaker", policy.own->weaker()}});
    return object;
}

void tellOwnPolicy(const Output &out, const deid::Policy &policy)
{
    if (!policy.own)
        return;
    out.note(QStringLiteral("Own policy “%1” (from %2, SHA-256 %3)")
                 .arg(toQ(policy.name), toQ(policy.own->base), toQ(policy.sha256)));
    if (const auto weaker = policy.own->weaker(); !weaker.empty())
        out.note(QStringLiteral("It is WEAKER than %1 at: %2. It is not %1, and more of the patients stays in the data.")
                     .arg(toQ(policy.own->base), listOf(weaker)));
}

} // namespace amana::cli
