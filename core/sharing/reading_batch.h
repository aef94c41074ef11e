// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/sharing/reading_proof.h"
#include "core/sharing/reading_source.h"
#include "core/store/vault.h"

#include <QString>

/// Many readings, one Merkle root: made, kept in the vault, proven from there. See READINGS.md.
namespace amana::sharing {

/// What the vault keeps of a source that was made a batch; the source's own bytes are kept beside it, so that a
/// reading can be proven when the file is long gone.
struct ReadingBatch {
    Digest source{};          ///< sha2-256 of the source
    std::string sourceName;
    ReadingLayout layout;
    std::uint64_t readings = 0;
    Digest root{};
    QByteArray manifest;      ///< public JSON object; its sha2-256 goes to the chain
};

/// Reads the file, checks every record, keeps a copy in the vault and makes the tree. The same file gives the same batch
/// in the same vault, so anchoring may be repeated after a crash.
/// ReadingsUnsupported, ReadingsNone, SourceChanged (while it was read), FormatUnknown and the errors of ReadingSource,
/// of files and of the vault. Cancelled. Progress in bytes of the source, which is read three times.
[[nodiscard]] Result<ReadingBatch> makeBatch(store::Vault &vault, const QString &path, const Progress &progress = {});

/// Where a batch was anchored.
struct AnchorPlace {
    std::uint64_t chainId = 0;
    Address contract{};
    std::uint64_t batch = 0;
};

/// Notes in the vault under which number a batch was anchored.
[[nodiscard]] Status rememberAnchor(store::Vault &vault, const AnchorPlace &place, const ReadingBatch &batch);

/// The proof of reading `index` (from 0) of an anchored batch. ReadingsUnknownBatch, ReadingsUnknownReading,
/// VaultCorrupt (also when the copy does not lead to the root any more), Cancelled.
[[nodiscard]] Result<ReadingProof> proveReading(const store::Vault &vault, const AnchorPlace &place, std::uint64_t index,
                                                const Progress &progress = {});

} // namespace amana::sharing
