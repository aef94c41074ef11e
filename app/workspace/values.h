// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/ports/common.h"
#include "core/ports/session_port.h"
#include "core/keys/profile.h"

#include <nlohmann/json_fwd.hpp>

#include <QDate>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Small conversions between the values of core and those of the ports.
namespace amana::app {

[[nodiscard]] std::vector<std::string> toStrings(const QStringList &list);
[[nodiscard]] QStringList toQStrings(const std::vector<std::string> &list);

/// "17" → 17; StoreNotFound for anything that is no number of the registry.
[[nodiscard]] Result<std::uint64_t> numberOf(const QString &text);

/// UTC; an invalid value for 0 and for the contracts' "no end".
[[nodiscard]] QDateTime timeOf(std::uint64_t seconds);

/// The last second of a local day, in seconds since 1970. SharingBadDate when it is over or no date.
[[nodiscard]] Result<std::uint64_t> endOfLocalDay(const QDate &day, const QDateTime &now);

/// "3F2A 90C1 77DE 04B8": 64 bits of a sha2-256 of a public value, for comparing by voice or on paper.
[[nodiscard]] QString fingerprintOf(std::string_view publicValue);

[[nodiscard]] ports::ProfileRole portRole(keys::ProfileRole role);
[[nodiscard]] keys::ProfileRole keysRole(ports::ProfileRole role);
[[nodiscard]] ports::ProfileInfo portProfile(const keys::ProfileInfo &info);

/// The code of an identifier that was stored ("format.truncated"); InternalUnexpected for one that is not
/// known.
[[nodiscard]] ErrorCode codeFromId(std::string_view id);
[[nodiscard]] nlohmann::json errorToJson(const Error &error);
[[nodiscard]] Error errorFromJson(const nlohmann::json &object);

[[nodiscard]] inline std::shared_ptr<const Error> shared(Error error)
{
    return std::make_shared<const Error>(std::move(error));
}

} // namespace amana::app
