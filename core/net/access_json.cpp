// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/access_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::net {

using nlohmann::json;

namespace {

constexpr std::pair<Access::Login, const char *> kLogins[] = {{Access::Login::None, "none"},
                                                              {Access::Login::Password, "password"},
                                                              {Access::Login::Bearer, "bearer"},
                                                              {Access::Login::Basic, "basic"}};

constexpr std::pair<const char *, std::string Access::*> kTexts[] = {{"user", &Access::user},
                                                                     {"secret", &Access::secret},
                                                                     {"authority", &Access::authority},
                                                                     {"clientCertificate", &Access::clientCertificate},
                                                                     {"clientKey", &Access::clientKey}};

} // namespace

json toJson(const Access &access)
{
    const auto login = std::find_if(std::begin(kLogins), std::end(kLogins),
                                    [&access](const auto &pair) { return pair.first == access.login; });
    json object{{"login", login->second}};
    for (const auto &[name, member] : kTexts)
        object[name] = access.*member;
    return object;
}

Result<Access> accessFromJson(const json &object)
{
    if (!object.is_object() || !object.contains("login"))
        return fail(ErrorCode::StoreCorrupt, {{"place", "access"}});
    const auto known = std::find_if(std::begin(kLogins), std::end(kLogins),
                                    [&object](const auto &pair) { return object["login"] == pair.second; });
    if (known == std::end(kLogins))
        return fail(ErrorCode::StoreCorrupt, {{"place", "access.login"}});
    Access access;
    access.login = known->first;
    for (const auto &[name, member] : kTexts) {
        if (!object.contains(name))
            continue;
        if (!object[name].is_string())
            return fail(ErrorCode::StoreCorrupt, {{"place", std::string("access.") + name}});
        access.*member = object[name].get<std::string>();
    }
    return access;
}

} // namespace amana::net
