// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/package.h"

namespace amana::sharing {

/// The encrypted description of a dataset as Croissant 1.1 (MLCommons, JSON-LD): files, subjects by pseudonym, DUO terms.
[[nodiscard]] std::string makeManifest(const PackageDescription &description, const std::vector<ManifestPart> &parts);

} // namespace amana::sharing
