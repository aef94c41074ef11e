// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/artifacts.h"

#include <QFile>

#include <algorithm>

static void registerContracts()
{
    Q_INIT_RESOURCE(amana_contracts);
}

namespace amana::chain {

namespace {

using nlohmann::json;

std::vector<ImmutableRange> immutablesOf(const json &artifact)
{
    std::vector<ImmutableRange> ranges;
    for (const json &range : artifact.value("immutableReferences", json::array()))
        ranges.push_back({range.at("start").get<std::size_t>(), range.at("length").get<std::size_t>()});
    return ranges;
}

/// A program without readable contracts is a broken build, not a state of the user's machine.
Artifact load(const char *name)
{
    QFile file(QStringLiteral(":/amana/contracts/%1.json").arg(QLatin1String(name)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("contract %s is not in the program", name);
    const QByteArray bytes = file.readAll();
    const json text = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    const auto code = fromHex(text.value("bytecode", ""));
    const auto hash = digestFromHex(text.value("deployedBytecodeHash", ""));
    if (!code || code->isEmpty() || !hash || !text.contains("abi"))
        qFatal("contract %s in the program is damaged", name);
    return {name, text["abi"], *code, {name, *hash, immutablesOf(text)}};
}

/// "tuple[]" with its components written out: "(uint8,address)[]".
std::string canonicalType(const json &parameter)
{
    const std::string type = parameter.at("type");
    if (!type.starts_with("tuple"))
        return type;
    std::string inner;
    for (const json &part : parameter.at("components"))
        inner += (inner.empty() ? "" : ",") + canonicalType(part);
    return "(" + inner + ")" + type.substr(5);
}

} // namespace

const std::vector<Artifact> &artifacts()
{
    static const std::vector<Artifact> all = [] {
        registerContracts();
        return std::vector<Artifact>{load("IdentityRegistry"), load("DatasetRegistry"),   load("AccessGrants"),
                                     load("Market"),           load("ConsortiumCredit"), load("TimelockController"),
                                     load("ERC1967Proxy")};
    }();
    return all;
}

const Artifact &artifact(std::string_view name)
{
    const auto found = std::find_if(artifacts().begin(), artifacts().end(),
                                    [&](const Artifact &artifact) { return artifact.name == name; });
    if (found == artifacts().end())
        qFatal("no contract of this name is in the program");
    return *found;
}

std::string signatureOf(const json &abiEntry)
{
    std::string types;
    for (const json &parameter : abiEntry.at("inputs"))
        types += (types.empty() ? "" : ",") + canonicalType(parameter);
    return abiEntry.at("name").get<std::string>() + "(" + types + ")";
}

} // namespace amana::chain
