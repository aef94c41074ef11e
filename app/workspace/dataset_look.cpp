// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/dataset_look.h"

#include "core/chain/registered_dataset.h"
#include "core/content/dag_reader.h"
#include "core/sharing/access.h"
#include "core/sharing/package.h"

#include <QBuffer>

#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace amana::app {

namespace {

using nlohmann::json;

Result<SecretBytes> openFile(const sharing::Actor &actor, const content::Cid &root, const char *path,
                             const crypto::AgeIdentity &identity)
{
    AMANA_TRY(const content::Cid file, content::resolvePath(actor.blocks, root, path));
    QBuffer sealed;
    sealed.open(QIODevice::WriteOnly);
    AMANA_CHECK(content::readFile(actor.blocks, file, sealed));
    return crypto::ageOpen(bytesOf(sealed.data()), std::span(&identity, 1));
}

Status readFiles(DatasetLook &look, std::string_view manifest)
{
    AMANA_TRY(const std::vector<sharing::ManifestPart> parts, sharing::readManifest(manifest));
    std::set<std::string> subjects;
    for (const sharing::ManifestPart &part : parts) {
        if (!part.subject.empty())
            subjects.insert(part.subject);
        look.records += part.files.size();
        for (const sharing::ManifestFile &file : part.files)
            look.bytes += file.bytes;
    }
    look.subjects = subjects.size();
    return {};
}

Status readCounts(DatasetLook &look, std::string_view reportFile)
{
    AMANA_TRY(const sharing::SaltedReport salted, sharing::saltedReportFromJson(reportFile));
    std::map<std::string, std::size_t> counts;
    try {
        const json report = json::parse(salted.report);
        const json &policy = report.at("policy");
        look.policy = policy.at("name").get<std::string>();
        if (policy.value("own", false)) { // reports of earlier versions do not say
            look.policyBase = policy.at("base").at("name").get<std::string>();
            look.policyWeaker = policy.at("weaker").get<std::vector<std::string>>();
        }
        for (const json &document : report.at("documents"))
            for (const json &edit : document.at("edits"))
                if (edit.at("decision") != "rejected")
                    ++counts[edit.at("type").get<std::string>()];
    } catch (const json::exception &) {
        return fail(ErrorCode::DeidReportInvalid, {{"place", "json"}});
    }
    look.removed.assign(counts.begin(), counts.end());
    return {};
}

} // namespace

Result<DatasetLook> lookAtDataset(sharing::Actor &actor, std::uint64_t id)
{
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(actor.chain, actor.index, id));
    const content::Cid root{static_cast<content::Codec>(dataset.codec), dataset.cidDigest};
    AMANA_TRY(const auto keys, sharing::CustodianDesk(actor).grantKeys(id, sharing::GrantKind::Research));
    const crypto::AgeIdentity *identity = sharing::keyFor(keys, std::nullopt);
    if (identity == nullptr)
        return fail(ErrorCode::SharingPackageInvalid, {{"reason", "noKey"}});
    DatasetLook look;
    AMANA_TRY(const SecretBytes manifest, openFile(actor, root, "manifest.age", *identity));
    AMANA_CHECK(readFiles(look, manifest.text()));
    AMANA_TRY(const SecretBytes report, openFile(actor, root, "report.age", *identity));
    AMANA_CHECK(readCounts(look, report.text()));
    return look;
}

} // namespace amana::app
