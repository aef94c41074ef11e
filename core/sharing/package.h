// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/content/blocks.h"
#include "core/sharing/capsule.h"
#include "core/sharing/linkage.h"
#include "core/sharing/withdrawal.h"

#include <string>
#include <vector>

namespace amana::sharing {

/// A de-identified document on its way out, or just opened.
struct ReleasedDocument {
    std::string name;    ///< released file name: pseudonym and format, never the original's
    std::string format;  ///< records::Document::format
    std::string subject; ///< pseudonym; empty: belongs to no one
    QByteArray bytes;
};

struct PackageDescription {
    std::string title;
    std::vector<std::string> keywords;
    std::vector<std::string> purposes; ///< DUO codes
    std::string policy;
    std::string publishedOn; ///< ISO 8601 date
};

struct PackageInput {
    PackageDescription description;
    std::vector<ReleasedDocument> documents;
    std::vector<Linkage> linkages; ///< one a subject
    std::string report;            ///< JSON of core/deid
    Digest reportSalt{};           ///< stored beside the report: sha2-256(salt ‖ report) is what is signed
    std::vector<crypto::AgeRecipient> custodians;
};

/// A dataset sealed as blocks on this computer, not yet anywhere else.
struct SealedPackage {
    content::Cid cid;
    std::uint64_t bytes = 0;      ///< of all files
    std::size_t parts = 0;
    std::vector<CapsuleKey> keys; ///< the dataset's own, each part's, each linkage's: what owners' capsules hold
    WithdrawalRights withdrawals; ///< one a part
};

/// Puts the graph of a folder, in one pass from the documents to the blocks: archived, compressed, encrypted, cut, hashed and
/// put at the same time. In it, in random order and each with an age identity of its own:
/// manifest.age · report.age · owners/NN.age · parts/NNNN.age · linkage/NNNN.age (more than 1,000 parts: sub-folders).
/// One part a subject, and one for what belongs to no one. Flushed at the end. The sink's failures, Cancelled.
[[nodiscard]] Result<SealedPackage> sealPackage(const PackageInput &input, content::BlockSink &blocks,
                                                const Progress &progress);

/// "parts/0001.age", or "parts/001/1001.age" when there are more than 1,000.
[[nodiscard]] std::string numberedPath(const std::string &folder, std::size_t number, std::size_t total);

/// One file of a part, as the manifest tells it.
struct ManifestFile {
    std::string entry; ///< name inside the part's tar
    std::string name;
    std::string format;
    std::string subject;
    std::string sha256; ///< hex, of the released bytes
    std::uint64_t bytes = 0;
};
struct ManifestPart {
    std::string path;
    std::string subject;
    std::vector<ManifestFile> files;
};
/// SharingPackageInvalid (reason).
[[nodiscard]] Result<std::vector<ManifestPart>> readManifest(std::string_view json);

/// The report as stored in report.age, and back: {"salt": hex, "report": …}.
struct SaltedReport {
    Digest salt{};
    std::string report;
    [[nodiscard]] Digest hash() const; ///< sha2-256(salt ‖ report)
};
[[nodiscard]] std::string saltedReportToJson(const SaltedReport &report);
[[nodiscard]] Result<SaltedReport> saltedReportFromJson(std::string_view json);

} // namespace amana::sharing
