// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/actor.h"

#include <vector>

/// The encryption keys of a profile, and which of them the chain knows.
namespace amana::sharing {

/// A profile restored from its phrase does not know how many keys it had, so this many beyond the current one are
/// tried too (as BIP-44 does with addresses).
inline constexpr std::uint32_t kKeyGap = 20;

/// Every age identity that may stand behind a key version of this profile, the current one first.
[[nodiscard]] std::vector<crypto::AgeIdentity> ownIdentities(const keys::OpenProfile &profile);

/// Of the current key: what is sealed for others is sealed for oneself too.
[[nodiscard]] crypto::AgeRecipient ownRecipient(const Actor &actor);

/// Publishes the profile's current encryption key unless it is the member's newest one. Nothing is to do, and that is
/// no error, when the registry would refuse it now (no member, suspended, a pause) or when that key was revoked: it is
/// never published twice (`amana identity rotate` makes another). A profile behind the chain, as after a recovery,
/// learns which key is current and uses it when it is opened next.
[[nodiscard]] Status ensureKeyPublished(Actor &actor, const QString &home);

} // namespace amana::sharing
