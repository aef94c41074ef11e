// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/policy.h"

namespace amana::deid {

/// Where policies lie: those of the program, and the user's own.
struct PolicyPlaces {
    QString bundled; ///< <resources>/policies
    QString own;     ///< <home>/policies; empty or absent: none
};

/// A user's own policy names a bundled one and says only what differs: {"base": "safe-harbor", "name": "my-study",
/// "version": "1", "fields": {"deviceId": "remove"}, "text": {"AGE": {"action": "tag"}}}. Members: those of a bundled
/// policy but for `law`, which is the base's. DeidPolicyInvalid with place "base" (none, or not a bundled one), "name"
/// (not a name, or a bundled policy's), else as Policy::parse.
[[nodiscard]] Result<Policy> parseOwnPolicy(std::string_view json, const QString &bundled);

/// `which`: the name of a bundled policy, else of a file in the own folder, or a path that ends in ".json". A file in
/// the own folder has the name that it says: DeidPolicyInvalid (name) otherwise. DeidPolicyUnknown (policy).
[[nodiscard]] Result<Policy> findPolicy(const PolicyPlaces &places, const std::string &which);

/// What findPolicy takes by name: bundled ones first, each group sorted. An own file whose name is a bundled one's is
/// listed with its folder, so that it is seen and refused rather than passed over.
[[nodiscard]] std::vector<std::string> policyNames(const PolicyPlaces &places);

} // namespace amana::deid
