// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/policies.h"

#include "app/workspace/paths.h"
#include "app/workspace/values.h"

namespace amana::app {

namespace {

ports::PolicyInfo infoOf(const std::string &name, const Result<deid::Policy> &policy)
{
    ports::PolicyInfo info;
    info.id = QString::fromStdString(name);
    if (!policy) {
        info.problem = policy.error();
        return info;
    }
    info.sampleSize = policy->sampleSentences;
    if (policy->own) {
        info.base = QString::fromStdString(policy->own->base);
        info.weaker = toQStrings(policy->own->weaker());
    }
    return info;
}

} // namespace

deid::PolicyPlaces policyPlaces(const QString &home)
{
    return {resourcesFolder() + QStringLiteral("/policies"), home + QStringLiteral("/policies")};
}

deid::DeidOptions deidOptions(const QString &home)
{
    deid::DeidOptions options;
    options.resources = resourcesFolder();
    options.ownPolicies = policyPlaces(home).own;
    return options;
}

std::vector<ports::PolicyInfo> policyInfos(const QString &home)
{
    const deid::PolicyPlaces places = policyPlaces(home);
    std::vector<ports::PolicyInfo> infos;
    for (const std::string &name : deid::policyNames(places))
        infos.push_back(infoOf(name, deid::findPolicy(places, name)));
    return infos;
}

} // namespace amana::app
