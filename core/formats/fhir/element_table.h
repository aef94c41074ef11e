// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace amana::formats::fhir {

/// What a value is can depend on its neighbours; these are the cases. The names are those of
/// resources/formats/fhir-r4-fields.json, with @ in front.
enum class Rule {
    None,
    Name,             ///< HumanName part: whose name, by resource
    Contact,          ///< ContactPoint.value: by its system
    Identifier,       ///< by type, system, resource
    IdentifierSystem, ///< a well-known system is a code, a local one tells the hospital
    Display,          ///< Reference.display: by what is referred to
    CodingDisplay,    ///< with a code beside it the display is the code's own text
    ConceptText,      ///< equal to a coding's display, or written by a person
    Attachment,       ///< base64 data: by content type
    AttachmentUrl,    ///< relative reference or address
    RequestUrl,       ///< Bundle request: reference or search
};

/// One element of a datatype or resource.
struct Element {
    std::string type;                 ///< datatype or backbone ("HumanName", "Patient.contact"); "Resource"
    std::vector<std::string> targets; ///< of a Reference: resource types
    records::FieldKind kind = records::FieldKind::Unknown; ///< of a primitive
    Rule rule = Rule::None;
    bool primitive = false;
};

/// The FHIR R4 elements (resources/formats/fhir-r4-elements.json) with their kinds (…-fields.json).
class ElementTable {
public:
    [[nodiscard]] static const ElementTable &instance();

    [[nodiscard]] bool isResource(const std::string &type) const { return m_resources.contains(type); }
    /// The element `name` of `type`; nullptr: not in FHIR R4.
    [[nodiscard]] const Element *find(const std::string &type, const std::string &name) const;

    [[nodiscard]] records::FieldKind nameKind(const std::string &resource) const;
    [[nodiscard]] records::FieldKind referenceKind(const std::string &target) const;
    [[nodiscard]] records::FieldKind identifierKind(const std::string &typeCode, const std::string &system,
                                                    const std::string &resource) const;
    [[nodiscard]] bool isKnownSystem(std::string_view system) const;
    [[nodiscard]] bool isNoteType(std::string_view mediaType) const;
    [[nodiscard]] bool isImageMember(const std::string &name) const { return m_imageMembers.contains(name); }
    /// Types that say nothing about a patient by themselves (organisations, practitioners, definitions).
    [[nodiscard]] bool isPatientFree(const std::string &resource) const { return m_patientFree.contains(resource); }

    /// Allow-listed extension: the kind of its values ("" in the file: by datatype); no value: not allowed.
    struct ExtensionRule {
        std::optional<records::FieldKind> kind;
    };
    [[nodiscard]] const ExtensionRule *extension(const std::string &url) const;
    /// "relative" or "address" for an extension whose value must be searched for in notes; "" otherwise.
    [[nodiscard]] std::string knownExtension(const std::string &url) const;

private:
    using Kinds = std::unordered_map<std::string, records::FieldKind>;
    using Members = std::unordered_map<std::string, Element>;
    ElementTable();
    [[nodiscard]] static records::FieldKind kindIn(const Kinds &kinds, const std::string &name);

    std::unordered_map<std::string, Members> m_types;
    std::unordered_set<std::string> m_resources;
    std::unordered_set<std::string> m_patientFree;
    std::unordered_set<std::string> m_imageMembers;
    std::unordered_set<std::string> m_noteTypes;
    std::vector<std::string> m_knownSystems;
    Kinds m_names;
    Kinds m_references;
    Kinds m_identifierTypes;
    Kinds m_identifierSystems;
    Kinds m_identifierResources;
    std::unordered_map<std::string, ExtensionRule> m_extensions;
    std::unordered_map<std::string, std::string> m_knownExtensions;
};

} // namespace amana::formats::fhir
