// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/settings.h"

#include "core/base/files.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

using nlohmann::json;

QString settingsFile(const QString &home)
{
    return home + QStringLiteral("/settings.json");
}

/// Damaged settings are as good as none: they hold nothing that cannot be chosen again.
json readSettings(const QString &home)
{
    const auto bytes = readFile(settingsFile(home), 64 * 1024);
    const json settings = bytes ? json::parse(bytes->begin(), bytes->end(), nullptr, false) : json();
    return settings.is_object() ? settings : json::object();
}

} // namespace

std::string chosenNetwork(const QString &home)
{
    const json settings = readSettings(home);
    const auto it = settings.find("network");
    return it != settings.end() && it->is_string() ? it->get<std::string>() : "local";
}

Status chooseNetwork(const QString &home, const std::string &name)
{
    json settings = readSettings(home);
    settings["network"] = name;
    AMANA_CHECK(makeFolder(home));
    return writeFileAtomic(settingsFile(home), QByteArray::fromStdString(settings.dump(2)));
}

} // namespace amana::cli
