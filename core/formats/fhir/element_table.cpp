// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/element_table.h"

#include "core/formats/table_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace amana::formats::fhir {

using records::FieldKind;
using nlohmann::json;

namespace {

constexpr std::array<std::pair<std::string_view, Rule>, 10> kRules{{
    {"@name", Rule::Name},
    {"@contact", Rule::Contact},
    {"@identifier", Rule::Identifier},
    {"@identifierSystem", Rule::IdentifierSystem},
    {"@display", Rule::Display},
    {"@codingDisplay", Rule::CodingDisplay},
    {"@conceptText", Rule::ConceptText},
    {"@attachment", Rule::Attachment},
    {"@attachmentUrl", Rule::AttachmentUrl},
    {"@requestUrl", Rule::RequestUrl},
}};

Rule ruleFromName(std::string_view name)
{
    for (const auto &[known, rule] : kRules)
        if (known == name)
            return rule;
    return Rule::None;
}

FieldKind kindOf(const json &name)
{
    return records::kindFromName(name.get<std::string>()).value_or(FieldKind::Unknown);
}

std::unordered_map<std::string, FieldKind> kindsOf(const json &table)
{
    std::unordered_map<std::string, FieldKind> kinds;
    for (const auto &[name, kind] : table.items())
        kinds.emplace(name, kindOf(kind));
    return kinds;
}

std::unordered_set<std::string> namesOf(const json &list)
{
    const auto names = list.get<std::vector<std::string>>();
    return {names.begin(), names.end()};
}

/// "Reference(Patient|Group)" → type and targets.
Element elementOf(const std::string &written)
{
    Element element;
    const auto bracket = written.find('(');
    element.type = written.substr(0, bracket);
    if (bracket == std::string::npos)
        return element;
    const std::string inside = written.substr(bracket + 1, written.size() - bracket - 2);
    for (std::size_t begin = 0; begin <= inside.size();) {
        const std::size_t end = std::min(inside.find('|', begin), inside.size());
        element.targets.push_back(inside.substr(begin, end - begin));
        begin = end + 1;
    }
    return element;
}

} // namespace

ElementTable::ElementTable()
{
    const json elements = tableFile("fhir-r4-elements.json");
    const json fields = tableFile("fhir-r4-fields.json");
    m_resources = namesOf(elements["resources"]);
    const Kinds primitives = kindsOf(fields["primitives"]);
    const json &special = fields["elements"];
    for (const auto &[type, members] : elements["types"].items()) {
        Members &target = m_types[type];
        for (const auto &[name, written] : members.items()) {
            Element element = elementOf(written.get<std::string>());
            element.primitive = primitives.contains(element.type);
            if (element.primitive)
                element.kind = primitives.at(element.type);
            const std::string path = type + "." + name;
            if (special.contains(path)) {
                element.rule = ruleFromName(special[path].get<std::string>());
                element.kind = kindOf(special[path]);
            }
            target.emplace(name, std::move(element));
        }
    }
    m_names = kindsOf(fields["names"]);
    m_references = kindsOf(fields["references"]);
    m_identifierTypes = kindsOf(fields["identifierTypes"]);
    m_identifierSystems = kindsOf(fields["identifierSystems"]);
    m_identifierResources = kindsOf(fields["identifierResources"]);
    m_patientFree = namesOf(fields["patientFree"]);
    m_imageMembers = namesOf(fields["imageMembers"]);
    m_noteTypes = namesOf(fields["noteTypes"]);
    m_knownSystems = fields["knownSystems"].get<std::vector<std::string>>();
    for (const auto &[url, kind] : fields["extensions"].items())
        m_extensions.emplace(url, ExtensionRule{records::kindFromName(kind.get<std::string>())});
    for (const auto &[url, use] : fields["knownExtensions"].items())
        m_knownExtensions.emplace(url, use.get<std::string>());
}

const ElementTable &ElementTable::instance()
{
    static const ElementTable table;
    return table;
}

const Element *ElementTable::find(const std::string &type, const std::string &name) const
{
    const auto in = [this, &name](const std::string &owner) -> const Element * {
        const auto members = m_types.find(owner);
        if (members == m_types.end())
            return nullptr;
        const auto element = members->second.find(name);
        return element == members->second.end() ? nullptr : &element->second;
    };
    if (const Element *own = in(type))
        return own;
    return in(isResource(type) ? "*Resource" : "*Element");
}

FieldKind ElementTable::kindIn(const Kinds &kinds, const std::string &name)
{
    const auto found = kinds.find(name);
    if (found != kinds.end())
        return found->second;
    const auto other = kinds.find("*");
    return other == kinds.end() ? FieldKind::Unknown : other->second;
}

FieldKind ElementTable::nameKind(const std::string &resource) const
{
    return kindIn(m_names, resource);
}

FieldKind ElementTable::referenceKind(const std::string &target) const
{
    return kindIn(m_references, target);
}

FieldKind ElementTable::identifierKind(const std::string &typeCode, const std::string &system,
                                       const std::string &resource) const
{
    if (const auto found = m_identifierSystems.find(system); found != m_identifierSystems.end())
        return found->second;
    if (const auto found = m_identifierTypes.find(typeCode); found != m_identifierTypes.end())
        return found->second;
    return kindIn(m_identifierResources, resource);
}

bool ElementTable::isKnownSystem(std::string_view system) const
{
    return std::any_of(m_knownSystems.begin(), m_knownSystems.end(),
                       [system](const std::string &prefix) { return system.starts_with(prefix); });
}

bool ElementTable::isNoteType(std::string_view mediaType) const
{
    return m_noteTypes.contains(std::string(mediaType));
}

const ElementTable::ExtensionRule *ElementTable::extension(const std::string &url) const
{
    const auto found = m_extensions.find(url);
    return found == m_extensions.end() ? nullptr : &found->second;
}

std::string ElementTable::knownExtension(const std::string &url) const
{
    const auto found = m_knownExtensions.find(url);
    return found == m_knownExtensions.end() ? std::string() : found->second;
}

} // namespace amana::formats::fhir
