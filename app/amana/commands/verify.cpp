// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/shown.h"
#include "app/workspace/session.h"
#include "core/chain/registered_dataset.h"
#include "core/base/files.h"
#include "core/content/dag_reader.h"
#include "core/content/unixfs.h"
#include "core/crypto/hash.h"
#include "core/sharing/attestation.h"
#include "core/sharing/opened_check.h"
#include "core/sharing/package.h"
#include "core/sharing/readings.h"
#include "core/sharing/release.h"

#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <optional>

namespace amana::cli {

namespace {

using nlohmann::json;

/// One thing that was checked, in words and as a code.
void tell(const Output &out, json &checks, const char *what, const QString &words)
{
    checks.push_back({{"check", what}, {"ok", true}, {"detail", words.toStdString()}});
    out.line(QStringLiteral("ok  ") + words);
}

Status verifyBlocks(const Output &out, const content::BlockSource &blocks, const content::Cid &root,
                    json &checks)
{
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
    const Progress progress = out.progress("verify");
    AMANA_CHECK(content::walk(blocks, root, [&](const content::Cid &, const QByteArray &block) -> Status {
        ++count;
        bytes += static_cast<std::uint64_t>(block.size());
        progress.report(bytes, 0);
        return progress.cancelled() ? Status(fail(ErrorCode::Cancelled)) : Status();
    }));
    tell(out, checks, "blocks",
         QStringLiteral("%1 blocks, %2, each is what the CID says").arg(count).arg(sizeOf(bytes)));
    return {};
}

/// The reviewer's signature: over this CID, this card, this report, by an account.
Result<sharing::Attestation> verifyAttestation(const Output &out, sharing::Actor &actor,
                                               const chain::Dataset &dataset, json &checks)
{
    AMANA_TRY(const QByteArray text, sharing::getObject(actor.blocks, dataset.reportHash));
    AMANA_TRY(const sharing::Attestation attestation, sharing::attestationFromJson(text));
    AMANA_CHECK(sharing::checkAttestation(attestation, actor.chain.profile().chainId,
                                          actor.chain.contracts().datasets));
    if (attestation.cidDigest != dataset.cidDigest || attestation.cardDigest != dataset.cardDigest)
        return fail(ErrorCode::SignatureInvalid, {{"dataset", std::to_string(dataset.id)}});
    tell(out, checks, "signature",
         QStringLiteral("the review is signed by %1, for this CID and this card")
             .arg(toQ(crypto::checksumAddress(attestation.reviewer))));
    return attestation;
}

/// For a dataset of this profile: releases the draft anew and scans the bytes for what the records' subjects
/// are known by.
Status verifyOwnRelease(const Output &out, app::Session &session, std::uint64_t dataset, json &checks)
{
    sharing::Drafts drafts = session.drafts();
    AMANA_TRY(const std::vector<sharing::Draft> all, drafts.list());
    for (const sharing::Draft &draft : all) {
        if (draft.dataset != dataset || draft.state != sharing::DraftState::Published)
            continue;
        AMANA_TRY(const deid::Policy policy, session.policy(draft));
        AMANA_TRY(const sharing::Release release,
                  sharing::releaseDraft(drafts, session.library(), draft, policy, out.progress("residual")));
        tell(out, checks, "residual",
             QStringLiteral("%1 released documents scanned again: nothing of a patient is left that the policy"
                            " does not keep")
                 .arg(release.documents.size()));
    }
    return {};
}

Status verifyCid(const Context &context, app::Session &session, sharing::Actor &actor,
                 const content::Cid &cid, json &checks)
{
    AMANA_TRY(const std::uint64_t id, chain::DatasetRegistry(actor.chain).byCid(cid.digest));
    context.out.json({{"cid", cid.text()}, {"dataset", id}});
    AMANA_CHECK(verifyBlocks(context.out, actor.blocks, cid, checks));
    if (id == 0) {
        context.out.line(QStringLiteral("--  not registered on “%1”").arg(toQ(context.network)));
        return {};
    }
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(actor.chain, actor.index, id));
    tell(context.out, checks, "registered",
         QStringLiteral("dataset %1, registered by %2")
             .arg(id)
             .arg(toQ(crypto::checksumAddress(dataset.owner))));
    AMANA_CHECK(sharing::getObject(actor.blocks, dataset.cardDigest));
    tell(context.out, checks, "card", QStringLiteral("the public card is the registered one"));
    AMANA_CHECK(verifyAttestation(context.out, actor, dataset, checks));
    return verifyOwnRelease(context.out, session, id, checks);
}

/// The residual scan by rules, which needs no knowledge of the patient, as whoever opened the data can repeat it.
Status verifyRuleScan(const Output &out, const QString &folder, const std::string &report, json &checks)
{
    AMANA_TRY(const auto again, sharing::scanOpenedAgain(folder, report, out.progress("residual")));
    if (!again) {
        out.line(QStringLiteral("--  the report is of an earlier version: it tells of no scan that could be repeated"));
        return {};
    }
    QString words = QStringLiteral("%1 documents scanned again by %2: %3 finds, as the report tells")
                        .arg(again->documents)
                        .arg(toQ(again->ruleSet))
                        .arg(again->finds);
    if (again->absent > 0)
        words += QStringLiteral(" (%1 documents of the report are not here)").arg(again->absent);
    tell(out, checks, "residual", words);
    out.json({{"residual",
               {{"documents", again->documents}, {"absent", again->absent}, {"finds", again->finds}, {"rules", again->ruleSet}}}});
    return {};
}

/// A folder that `download` opened: every document against the manifest, the report against the signed hash, the documents
/// against the report.
Status verifyOpened(const Context &context, sharing::Actor &actor, const QString &folder, json &checks)
{
    AMANA_TRY(const QByteArray manifest, readFile(folder + QStringLiteral("/manifest.json")));
    AMANA_TRY(const auto parts,
              sharing::readManifest({manifest.constData(), static_cast<std::size_t>(manifest.size())}));
    std::size_t documents = 0;
    for (const sharing::ManifestPart &part : parts)
        for (const sharing::ManifestFile &file : part.files) {
            const QString path = folder + QLatin1Char('/') + toQ(file.name);
            if (!QFileInfo::exists(path))
                continue; // a part that the grant had no key for
            AMANA_TRY(const QByteArray bytes, readFile(path));
            if (toHex(crypto::sha256(bytesOf(bytes))) != file.sha256)
                return fail(ErrorCode::SharingPackageInvalid,
                            {{"reason", "digest"}, {"path", path.toStdString()}});
            ++documents;
        }
    tell(context.out, checks, "documents",
         QStringLiteral("%1 documents are as the manifest says").arg(documents));
    AMANA_TRY(const QByteArray report, readFile(folder + QStringLiteral("/report.json")));
    AMANA_TRY(const sharing::SaltedReport salted, sharing::saltedReportFromJson(report.toStdString()));
    AMANA_TRY(const std::vector<chain::IndexedDataset> datasets, actor.index.datasets({{}, {}, {}, true}));
    for (const chain::IndexedDataset &row : datasets) {
        const auto text = sharing::getObject(actor.blocks, row.dataset.reportHash);
        const auto attestation = text ? sharing::attestationFromJson(*text) : fail(text.error());
        if (!attestation || attestation->reportHash != salted.hash())
            continue;
        context.out.json({{"dataset", row.dataset.id}});
        tell(context.out, checks, "report",
             QStringLiteral("the report is the one of dataset %1").arg(row.dataset.id));
        AMANA_CHECK(verifyAttestation(context.out, actor, row.dataset, checks));
        return verifyRuleScan(context.out, folder, salted.report, checks);
    }
    return fail(ErrorCode::DeidReportInvalid, {{"place", "report.json"}, {"path", folder.toStdString()}});
}

/// A proof of an anchored reading, against the registry of this network.
Status verifyProof(const Context &context, const sharing::Actor &actor, const QByteArray &file, json &checks)
{
    AMANA_TRY(const sharing::ReadingProof proof, sharing::proofFromJson(file));
    AMANA_CHECK(sharing::verifyReading(actor, proof));
    context.out.json({{"batch", proof.batch}, {"reading", proof.reading}});
    tell(context.out, checks, "reading",
         QStringLiteral("anchored in batch %1, one of %2 readings:").arg(proof.batch).arg(proof.readings));
    context.out.line(toQ(proof.reading));
    return {};
}

/// The file when it is a proof of a reading; nothing for every other file, however large.
std::optional<QByteArray> proofFile(const QString &path)
{
    constexpr qint64 kMaxProof = qint64(4) << 20;
    auto file = QFileInfo(path).isFile() ? readFile(path, kMaxProof) : fail(ErrorCode::FileNotFound);
    if (!file || !sharing::isProofFile(*file))
        return std::nullopt;
    return std::move(*file);
}

Status verify(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("verify"), QStringLiteral("CID|PATH"),
        QStringLiteral("A CID: every block, the registry entry, the card, the reviewer's signature and, for"
                       " your own dataset, the residual scan. A folder that was downloaded: its documents"
                       " and report, and the residual scan by rules again. The proof of a reading: whether it was anchored. Any other file or folder: whether its CID is registered."));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    json checks = json::array();
    Status done;
    const QString path = arguments.positional(0);
    if (const auto cid = content::Cid::parse(path.toStdString()); cid && !QFileInfo::exists(path)) {
        done = verifyCid(context, *session, *actor, *cid, checks);
    } else if (QFileInfo::exists(path + QStringLiteral("/manifest.json"))) {
        done = verifyOpened(context, *actor, path, checks);
    } else if (const auto proof = proofFile(path)) {
        done = verifyProof(context, *actor, *proof, checks);
    } else {
        content::HashOnlySink sink;
        AMANA_TRY(const content::DagNode node, content::addPath(path, sink, context.out.progress("cid")));
        AMANA_TRY(const std::uint64_t id, chain::DatasetRegistry(actor->chain).byCid(node.cid.digest));
        context.out.json({{"cid", node.cid.text()}, {"dataset", id}});
        context.out.line(QStringLiteral("%1  %2").arg(toQ(node.cid.text()),
                                                      id == 0 ? QStringLiteral("not registered")
                                                              : QStringLiteral("dataset %1").arg(id)));
    }
    context.out.json({{"path", path.toStdString()}, {"checks", checks}, {"verified", done.has_value()}});
    return done;
}

} // namespace

std::vector<Command> verifyCommands()
{
    return {
        {QStringLiteral("verify"), QStringLiteral("check blocks, registration, signature, report"), verify}};
}

} // namespace amana::cli
