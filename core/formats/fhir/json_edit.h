// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/fhir/field_reader.h"
#include "core/formats/fhir/json_tree.h"
#include "core/formats/text_edit.h"

#include <map>
#include <string>
#include <vector>

namespace amana::formats::fhir {

/// Patches that take the values out, each with its key and exactly one comma. A container that would be left empty
/// goes too (FHIR R4, 2.6.2: no empty arrays or objects), save the root. In an array with a parallel array of
/// extensions ("given" and "_given") a null keeps the place, so that the two stay aligned.
[[nodiscard]] std::vector<Patch> removalPatches(const JsonTree &tree, const std::vector<std::uint32_t> &nodes);

/// Patches for the edits of the fields of one tree. Takes the paths it knows out of `edits`, so that the caller sees
/// which were left over. FormatEditFailed{path}.
[[nodiscard]] Result<std::vector<Patch>> editPatches(const JsonTree &tree, const std::vector<BoundField> &fields,
                                                     std::map<std::string, FieldEdits> &edits);

} // namespace amana::formats::fhir
