// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/byte_writer.h"

#include <QByteArray>

#include <functional>
#include <string>
#include <vector>

class QIODevice;

namespace amana::sharing {

struct ArchiveEntry {
    std::string name; ///< random: nothing of the original file name
    QByteArray bytes;
};

/// Writes what is inside one part before encryption: a tar of the entries (mtime 0, uid and gid 0, mode 0644), compressed with
/// zstd and padded by a skippable frame to a Padmé length (Nikitin et al. 2019, "Reducing Metadata Leakage from Encrypted
/// Files", section 5), so that the length tells little. `zstd -d | tar x` reads it. What is made goes to `out` as it
/// comes. SharingPackageInvalid (reason), and the failures of `out`.
[[nodiscard]] Status packArchive(const std::vector<ArchiveEntry> &entries, const ByteWriter &out);

/// Limits for unpacking what somebody else packed.
struct ArchiveLimits {
    std::size_t entries = 100'000;
    std::uint64_t totalBytes = std::uint64_t(16) << 30;
    std::uint64_t entryBytes = std::uint64_t(4) << 30;
};

/// Hands each regular entry to `take` (name and content), in order. Names are checked: one component, no separator, not
/// hidden. SharingPackageInvalid for anything else, for damage and above the limits; errors of `take` are passed on.
[[nodiscard]] Status unpackArchive(QIODevice &packed, const std::function<Status(const ArchiveEntry &)> &take,
                                   const ArchiveLimits &limits = {});

/// The smallest Padmé length that holds `length` bytes.
[[nodiscard]] std::uint64_t padmeLength(std::uint64_t length);

} // namespace amana::sharing
