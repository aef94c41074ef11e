// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/cid.h"
#include "core/crypto/age.h"

#include <optional>
#include <span>
#include <vector>

namespace amana::sharing {

/// One identity of a capsule and the file it opens; without a file it is the dataset's own (manifest and report).
struct CapsuleKey {
    std::optional<content::Cid> file;
    crypto::AgeIdentity identity;
};

/// A key capsule is a standard age identity file: one identity a line, the CID of its file as a comment before it. So
/// `age -d -i me.key capsule.age > parts.key && age -d -i parts.key part.age` opens a part with public tools.
[[nodiscard]] SecretBytes capsuleText(std::span<const CapsuleKey> keys);
/// SharingCapsuleInvalid (reason).
[[nodiscard]] Result<std::vector<CapsuleKey>> parseCapsule(std::string_view text);

/// The capsule, encrypted to its receiver: what travels in the approval, or as owners/NN.age.
[[nodiscard]] Result<QByteArray> sealCapsule(std::span<const CapsuleKey> keys, const crypto::AgeRecipient &receiver);
/// AgeNoMatch when it is for somebody else; SharingCapsuleInvalid.
[[nodiscard]] Result<std::vector<CapsuleKey>> openCapsule(ByteView sealed,
                                                         std::span<const crypto::AgeIdentity> identities);

/// The identity for `file`, or null.
[[nodiscard]] const crypto::AgeIdentity *keyFor(std::span<const CapsuleKey> keys,
                                                const std::optional<content::Cid> &file);

} // namespace amana::sharing
