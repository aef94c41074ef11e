// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/policy.h"

#include <QtGlobal>

#include <string>
#include <vector>

namespace amana::deid {

inline constexpr qint64 kMaxPolicyBytes = qint64(1) << 20;

[[nodiscard]] const std::vector<records::FieldKind> &allKinds(); ///< in the order of FieldKind

/// Whether an action means anything for a kind: moving the dates inside an address would release its street.
[[nodiscard]] bool fits(records::FieldKind kind, FieldAction action);
[[nodiscard]] bool fits(const std::string &type, TextAction action);

/// How much of the original an action takes away; equal: as much. Only for comparing two actions for the same kind.
[[nodiscard]] int strength(FieldAction action);
[[nodiscard]] int strength(TextAction action);

} // namespace amana::deid
