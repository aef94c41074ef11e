// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/access.h"
#include "core/sharing/package.h"

namespace amana::sharing {

/// What a grant opened.
struct Opened {
    QString folder;
    std::size_t parts = 0;
    std::size_t documents = 0;
    std::uint64_t bytes = 0;     ///< of opened documents
    std::size_t linked = 0;      ///< subjects whose true name and dates were restored (care)
    std::size_t skippedParts = 0; ///< parts that the grant has no key for (subjects who withdrew)
};

/// Step 7 and 8 of the paper: the contract is asked first, and without its yes nothing is fetched. Steps may run again.
/// Result in the folder: `<name>` per document, `manifest.json`, `report.json`; with a care grant also `linkage/<pseudonym>.json`
/// and `true/<name>` with the true name and dates.
class Downloader {
public:
    Downloader(Actor &actor, std::uint64_t request, QString folder);
    /// In an emergency that this profile declared; `capsule` is what a holder of the keys handed over for it.
    static Downloader forEmergency(Actor &actor, std::uint64_t dataset, QByteArray capsule, QString folder);

    /// SharingNotApproved (state), SharingRevoked, SharingExpired, ContractNotRequester; SharingNoEmergency; never a fetch
    /// before it.
    [[nodiscard]] Status checkGrant();
    /// What is missing here of the dataset, from whoever has it: BlockMissing, IpfsNotFound (cid), gateway.*.
    [[nodiscard]] Status fetch(const Progress &progress = {});
    /// Every block of the dataset, each verified: BlockMissing, BlockAltered (cid).
    [[nodiscard]] Status verify(const Progress &progress = {});
    /// The keys: SharingNoCapsule, AgeNoMatch, SharingCapsuleInvalid; SharingNotForThis for keys of another dataset. Asks
    /// the contract once more.
    [[nodiscard]] Status unwrap();
    /// Decrypts into a temporary folder beside the target and renames it at the end. FileExists when the target is not empty.
    [[nodiscard]] Status open(const Progress &progress = {});

    [[nodiscard]] const Opened &opened() const { return m_opened; }

private:
    [[nodiscard]] Status checkRequest();
    [[nodiscard]] Status fetchFrom(const replication::Place &guarded, const Progress &progress);
    [[nodiscard]] Result<QByteArray> sealedCapsule() const;
    [[nodiscard]] Status openPart(const ManifestPart &part, const QString &folder);
    [[nodiscard]] Status openLinkage(const ManifestPart &part, const QString &folder);
    [[nodiscard]] Status openWith(const content::Cid &file, const crypto::AgeIdentity &identity, QIODevice &out) const;
    [[nodiscard]] Status openAll(const QString &folder, const Progress &progress);
    [[nodiscard]] Result<SecretBytes> openSmall(const std::string &path, const std::optional<content::Cid> &key) const;

    Actor &m_actor;
    std::uint64_t m_request; ///< 0: an emergency
    QByteArray m_handedOver; ///< the capsule of an emergency
    QString m_folder;
    content::Cid m_root;
    chain::AccessRequest m_grant;
    std::vector<CapsuleKey> m_keys;
    Opened m_opened;
};

} // namespace amana::sharing
