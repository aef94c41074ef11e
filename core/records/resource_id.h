// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"

#include <string_view>

namespace amana::records {

/// The part of a ResourceId field that names the resource, in code points; empty when there is none. So that
/// links inside a dataset hold, this part, and only it, is given a pseudonym; equal parts get equal pseudonyms:
///   "129c6ac7"                                  → all of it
///   "Patient/129c6ac7", "http://h/fhir/Patient/129c6ac7/_history/2", "urn:uuid:129c6ac7", "#a2" → the id
///   "Practitioner?identifier=http://sys|99999"  → "99999"
/// Source: FHIR R4, section 2.3 (references) and 2.36 (bundle references).
[[nodiscard]] Span resourceIdSpan(std::string_view text);

} // namespace amana::records
