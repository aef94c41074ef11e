// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/dataset_keys.h"

#include "core/content/dag_reader.h"
#include "core/sharing/access.h"
#include "core/sharing/drafts.h"
#include "core/sharing/own_keys.h"
#include "core/sharing/package.h"

#include <QBuffer>

#include <algorithm>
#include <set>

namespace amana::sharing {

namespace {

Result<QByteArray> readWhole(const content::BlockSource &blocks, const content::Cid &cid)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    AMANA_CHECK(content::readFile(blocks, cid, buffer));
    return buffer.data();
}

/// CIDs of the files below a folder of a package, whether they are in sub-folders or not. Told apart by their names, which
/// are fixed (numberedPath), so that no file needs to be here.
Status collectFiles(const content::BlockSource &blocks, const content::Cid &folder, std::set<content::Cid> &files)
{
    AMANA_TRY(const auto entries, content::listDirectory(blocks, folder));
    for (const content::DirectoryEntry &entry : entries) {
        if (entry.name.ends_with(".age"))
            files.insert(entry.cid);
        else
            AMANA_CHECK(collectFiles(blocks, entry.cid, files));
    }
    return {};
}

Result<std::set<content::Cid>> filesBelow(const content::BlockSource &blocks, const content::Cid &root,
                                          const char *folder)
{
    std::set<content::Cid> files;
    AMANA_TRY(const content::Cid cid, content::resolvePath(blocks, root, folder));
    AMANA_CHECK(collectFiles(blocks, cid, files));
    return files;
}

/// The keys that publishing left in this vault.
Result<std::vector<CapsuleKey>> publishersKeys(const Actor &actor, const chain::Dataset &dataset)
{
    const std::string cid = rootOf(dataset).text();
    AMANA_TRY(const std::vector<Draft> drafts, Drafts(actor.library).list());
    for (const Draft &draft : drafts) {
        if (draft.state != DraftState::Published || draft.cid != cid)
            continue;
        AMANA_TRY(const SecretBytes text, actor.library.draft(draft.id + ".keys"));
        return parseCapsule(text.text());
    }
    return fail(ErrorCode::SharingNoKeysHere, {{"dataset", std::to_string(dataset.id)}});
}

} // namespace

bool opensHead(const content::BlockSource &blocks, const content::Cid &file, const crypto::AgeIdentity &identity)
{
    QByteArray head;
    const Status walked =
        content::walk(blocks, file, [&head](const content::Cid &cid, const QByteArray &block) -> Status {
            if (cid.codec != content::Codec::Raw)
                return {};
            head = block;
            return fail(ErrorCode::Cancelled); // enough
        });
    if (!walked && walked.error().code != ErrorCode::Cancelled)
        return false;
    const auto opened = crypto::ageOpen(bytesOf(head), std::span(&identity, 1));
    return opened || opened.error().code == ErrorCode::AgeTruncated;
}

content::Cid rootOf(const chain::Dataset &dataset)
{
    return {static_cast<content::Codec>(dataset.codec), dataset.cidDigest};
}

Result<std::vector<CapsuleKey>> custodianKeys(const Actor &actor, const chain::Dataset &dataset)
{
    const auto identities = ownIdentities(actor.profile);
    AMANA_CHECK(actor.index.sync(actor.chain)); // a seat may have passed on a moment ago
    AMANA_TRY(const Digest later, actor.index.ownersCapsuleOf(dataset.id, actor.address()));
    if (later != Digest{}) {
        AMANA_TRY(const QByteArray sealed, getObject(actor.blocks, later));
        return openCapsule(bytesOf(sealed), identities);
    }
    AMANA_TRY(const content::Cid folder, content::resolvePath(actor.blocks, rootOf(dataset), "owners"));
    AMANA_TRY(const auto entries, content::listDirectory(actor.blocks, folder));
    for (const content::DirectoryEntry &entry : entries) {
        AMANA_TRY(const QByteArray sealed, readWhole(actor.blocks, entry.cid));
        auto keys = openCapsule(bytesOf(sealed), identities);
        if (keys || keys.error().code != ErrorCode::AgeNoMatch)
            return keys;
    }
    return fail(ErrorCode::AgeNoMatch, {{"path", "owners"}});
}

Result<std::vector<CapsuleKey>> anyKeysHere(const Actor &actor, const chain::Dataset &dataset)
{
    auto keys = custodianKeys(actor, dataset);
    if (keys || keys.error().code != ErrorCode::AgeNoMatch)
        return keys;
    return publishersKeys(actor, dataset);
}

Result<std::vector<CapsuleKey>> keysForGrant(const Actor &actor, const chain::Dataset &dataset,
                                             std::vector<CapsuleKey> all, GrantKind kind)
{
    AMANA_CHECK(actor.index.sync(actor.chain));
    AMANA_TRY(const auto withdrawn, actor.index.withdrawnSubjects(dataset.id));
    return keysForGrant(actor.blocks, rootOf(dataset), std::move(all), kind, withdrawn);
}

Result<std::vector<CapsuleKey>> keysForGrant(const content::BlockSource &blocks, const content::Cid &root,
                                             std::vector<CapsuleKey> all, GrantKind kind,
                                             const std::vector<std::uint32_t> &withdrawn)
{
    AMANA_TRY(std::set<content::Cid> files, filesBelow(blocks, root, "parts"));
    const std::size_t parts = files.size();
    if (kind == GrantKind::Care) {
        AMANA_TRY(std::set<content::Cid> linkage, filesBelow(blocks, root, "linkage"));
        files.merge(linkage);
    }
    for (const std::uint32_t place : withdrawn)
        for (const char *folder : {"parts", "linkage"}) {
            AMANA_TRY(const content::Cid file, content::resolvePath(blocks, root, numberedPath(folder, place, parts)));
            files.erase(file);
        }
    std::erase_if(all, [&](const CapsuleKey &key) { return key.file && !files.contains(*key.file); });
    return all;
}

Status checkKeysOpen(const Actor &actor, const chain::Dataset &dataset, std::span<const CapsuleKey> keys)
{
    const content::Cid root = rootOf(dataset);
    const auto wrong = [&] { return fail(ErrorCode::SharingNotForThis, {{"dataset", std::to_string(dataset.id)}}); };
    const crypto::AgeIdentity *own = keyFor(keys, std::nullopt);
    for (const char *name : {"manifest.age", "report.age"}) {
        AMANA_TRY(const content::Cid file, content::resolvePath(actor.blocks, root, name));
        if (own == nullptr || !opensHead(actor.blocks, file, *own))
            return wrong();
    }
    for (const char *folder : {"parts", "linkage"}) {
        AMANA_TRY(const std::set<content::Cid> files, filesBelow(actor.blocks, root, folder));
        for (const content::Cid &file : files) {
            const crypto::AgeIdentity *key = keyFor(keys, file);
            if (key == nullptr || !opensHead(actor.blocks, file, *key))
                return wrong();
        }
    }
    return {};
}

Result<std::vector<crypto::AgeRecipient>> custodianRecipients(Actor &actor, const chain::Dataset &dataset)
{
    AMANA_TRY(const Card card, cardOf(actor.blocks, dataset));
    AMANA_CHECK(actor.index.sync(actor.chain));
    AMANA_TRY(const auto indexed, actor.index.dataset(dataset.id));
    if (!indexed)
        return fail(ErrorCode::ContractUnknownDataset, {{"dataset", std::to_string(dataset.id)}});
    std::vector<crypto::AgeRecipient> recipients;
    for (const Address &who : indexed->custodians) {
        const auto listed = std::find_if(card.custodians.begin(), card.custodians.end(), [&](const CardCustodian &c) {
            return c.address == crypto::checksumAddress(who);
        });
        AMANA_TRY(const crypto::AgeRecipient recipient, listed == card.custodians.end()
                                                            ? newestRecipient(actor.chain, who)
                                                            : crypto::AgeRecipient::fromText(listed->recipient));
        recipients.push_back(recipient);
    }
    return recipients;
}

} // namespace amana::sharing
