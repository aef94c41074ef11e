// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/fhir/json_tree.h"
#include "core/formats/fhir/note_data.h"
#include "core/records/document.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace amana::formats::fhir {

/// How a field's text lies in the JSON.
enum class Binding : std::uint8_t {
    Text,       ///< JSON string
    Raw,        ///< number, boolean, or a whole unknown value: text is the JSON itself
    NoteUtf8,   ///< base64 in a JSON string
    NoteLatin1,
};

/// A field and the JSON value it stands for.
struct BoundField {
    records::Field field;
    std::uint32_t node = kNoNode;
    Binding binding = Binding::Text;
};

/// "urn:uuid:…" or an absolute URL → resource type, from the entries of the bundles in the tree.
using FullUrlTypes = std::unordered_map<std::string, std::string>;
[[nodiscard]] FullUrlTypes fullUrlTypes(const JsonTree &tree);

/// All fields of the resource at `root`, in document order. Every primitive of a known element is a field, and every
/// unknown member, and every extension that is not allow-listed, is one field of kind Unknown with its raw JSON as
/// text; nothing is passed over. Paths start with `prefix` ("", or "line[3]" in NDJSON).
[[nodiscard]] std::vector<BoundField> readFields(const JsonTree &tree, std::uint32_t root, const std::string &prefix,
                                                 const FullUrlTypes &types);

/// The resource type that a reference names: "Patient" for "http://h/fhir/Patient/1/_history/2",
/// "Patient?identifier=…"; "" when it cannot be told from the text.
[[nodiscard]] std::string typeOfReference(std::string_view reference);

} // namespace amana::formats::fhir
