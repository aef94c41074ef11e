// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/subject_reader.h"

#include "core/formats/fhir/element_table.h"
#include "core/formats/person_names.h"

#include <algorithm>
#include <array>

namespace amana::formats::fhir {

using records::FieldKind;
using records::Subject;

namespace {

/// Members that say whose record it is, in order of trust (R4 patient compartment).
constexpr std::array<std::string_view, 8> kPrimaryMembers{"subject",     "patient", "beneficiary", "for",
                                                          "individual",  "subscriber", "policyHolder", "candidate"};

std::string withoutHistory(std::string text)
{
    return text.substr(0, text.find("/_history/"));
}

/// "Patient/1" of any reference that ends in type and id.
std::string localReference(const std::string &reference, const std::string &type)
{
    const auto at = reference.rfind(type + "/");
    return type.empty() || at == std::string::npos ? std::string() : reference.substr(at);
}

/// All names of what a reference text points to.
std::vector<std::string> aliasesOf(const std::string &written, const std::string &owner)
{
    if (written.starts_with("#"))
        return {owner + written};
    const std::string reference = withoutHistory(written);
    if (const auto at = reference.find("?identifier="); at != std::string::npos)
        return {(typeOfReference(reference) == "Patient" ? "id:" : "conditional:") + reference.substr(at + 12)};
    std::vector<std::string> aliases;
    if (reference.find(':') != std::string::npos)
        aliases.push_back("url:" + reference);
    if (const std::string local = localReference(reference, typeOfReference(reference)); !local.empty())
        aliases.push_back("ref:" + local);
    return aliases;
}

void collectPatient(const JsonTree &tree, std::uint32_t patient, Subject &subject)
{
    const std::string birthDate = tree.memberText(patient, "birthDate");
    if (subject.birthDate.empty())
        subject.birthDate = birthDate;
    if (subject.sex.empty())
        subject.sex = tree.memberText(patient, "gender");
    for (const std::uint32_t name : tree.items(tree.member(patient, "name"))) {
        const std::string family = tree.memberText(name, "family");
        std::vector<std::string> given;
        std::string full;
        for (const std::uint32_t item : tree.items(tree.member(name, "given"))) {
            given.push_back(tree.value(item));
            full += tree.value(item) + " ";
        }
        if (!family.empty() && !given.empty()) {
            addOnce(subject.names, full + family);
            addOnce(subject.links, bornLink(birthDate, {family, given.front()}));
            given.insert(given.begin(), family);
            addOnce(subject.links, bornLink(birthDate, given));
            given.erase(given.begin());
        }
        if (const std::string text = tree.memberText(name, "text"); !text.empty()) {
            addOnce(subject.names, text);
            addOnce(subject.links, bornLink(birthDate, nameParts(text)));
        }
        addOnce(subject.names, family);
        for (std::string &part : given)
            addOnce(subject.names, std::move(part));
    }
    for (const std::uint32_t identifier : tree.items(tree.member(patient, "identifier"))) {
        const std::string system = tree.memberText(identifier, "system");
        const std::string value = tree.memberText(identifier, "value");
        if (value.empty())
            continue;
        addOnce(subject.identifiers, value);
        if (system.empty())
            continue;
        addOnce(subject.identifiers, system + "|" + value);
        addOnce(subject.links, "id:" + system + "|" + value);
    }
    const std::string id = tree.memberText(patient, "id");
    if (!id.empty()) {
        addOnce(subject.identifiers, "Patient/" + id);
        addOnce(subject.links, "ref:Patient/" + id);
    }
}

void collectKnownExtensions(const JsonTree &tree, std::uint32_t patient, Subject &subject)
{
    const auto &table = ElementTable::instance();
    for (const std::uint32_t extension : tree.items(tree.member(patient, "extension"))) {
        const std::string use = table.knownExtension(tree.memberText(extension, "url"));
        if (use == "relative")
            addOnce(subject.otherKnown, tree.memberText(extension, "valueString"));
        if (use == "address")
            addOnce(subject.otherKnown, tree.memberText(tree.member(extension, "valueAddress"), "city"));
    }
}

/// "Dr. Adam Careful" of a HumanName that is not the patient's.
void collectOtherNames(const JsonTree &tree, std::uint32_t index, Subject &subject)
{
    const std::string family = tree.memberText(index, "family");
    std::string full;
    for (const std::uint32_t item : tree.items(tree.member(index, "given")))
        full += tree.value(item) + " ";
    if (!family.empty() && !full.empty())
        addOnce(subject.otherKnown, full + family);
}

class RecordReader {
public:
    RecordReader(const JsonTree &tree, const FullUrlTypes &types, std::string scope)
        : m_tree(tree), m_types(types), m_scope(std::move(scope))
    {
    }

    void read(std::uint32_t resource, std::uint32_t entry)
    {
        if (m_tree.memberText(resource, "resourceType") == "Bundle" && m_tree.member(resource, "entry") != kNoNode) {
            for (const std::uint32_t item : m_tree.items(m_tree.member(resource, "entry")))
                readEntry(item);
            return;
        }
        RecordInfo info;
        info.entry = entry;
        info.resource = resource;
        info.type = m_tree.memberText(resource, "resourceType");
        info.patient = info.type == "Patient";
        info.patientFree = ElementTable::instance().isPatientFree(info.type);
        m_owner = "local:" + m_scope + "." + std::to_string(m_records.size());
        readOwn(resource, entry, info);
        readRefs(resource, info);
        m_records.push_back(std::move(info));
    }

    std::vector<RecordInfo> take() { return std::move(m_records); }

private:
    void readEntry(std::uint32_t entry)
    {
        if (const std::uint32_t resource = m_tree.member(entry, "resource"); resource != kNoNode)
            return read(resource, entry);
        // A request without content ("DELETE Patient/234") may still name a patient.
        RecordInfo info;
        info.entry = entry;
        const std::string url = m_tree.memberText(m_tree.member(entry, "request"), "url");
        const bool patient = typeOfReference(url) == "Patient";
        info.patientFree = !patient;
        if (patient)
            info.primary = aliasesOf(url, {});
        m_records.push_back(std::move(info));
    }

    void readOwn(std::uint32_t resource, std::uint32_t entry, RecordInfo &info) const
    {
        if (const std::string url = m_tree.memberText(entry, "fullUrl"); !url.empty())
            for (std::string &alias : aliasesOf(url, {}))
                addOnce(info.own, std::move(alias));
        if (const std::string id = m_tree.memberText(resource, "id"); !id.empty())
            addOnce(info.own, "ref:" + info.type + "/" + id);
        if (!info.patient)
            return;
        Subject facts;
        collectPatient(m_tree, resource, facts);
        for (std::string &link : facts.links)
            addOnce(info.own, std::move(link));
        if (info.own.empty())
            info.own.push_back(m_owner);
    }

    /// All references inside the resource; which of them name a patient; which say whose record it is.
    void readRefs(std::uint32_t resource, RecordInfo &info)
    {
        for (const std::uint32_t member : m_tree.children(resource)) {
            const std::string key = m_tree.key(member);
            const bool primary =
                std::find(kPrimaryMembers.begin(), kPrimaryMembers.end(), key) != kPrimaryMembers.end();
            if (key == "contained")
                readContained(member, info);
            visit(member, key, primary, info);
        }
    }

    void readContained(std::uint32_t member, RecordInfo &info)
    {
        for (const std::uint32_t item : m_tree.items(member)) {
            if (m_tree.memberText(item, "resourceType") != "Patient")
                continue;
            Subject facts;
            collectPatient(m_tree, item, facts);
            m_containedPatients[m_owner + "#" + m_tree.memberText(item, "id")] = facts.links;
            addOnce(info.mentions, m_owner + "#" + m_tree.memberText(item, "id"));
        }
    }

    void visit(std::uint32_t root, const std::string &key, bool primary, RecordInfo &info)
    {
        std::vector<std::pair<std::uint32_t, std::string>> open{{root, key}};
        while (!open.empty()) {
            const auto [node, name] = open.back();
            open.pop_back();
            const JsonNode &n = m_tree.node(node);
            if (n.type == JsonType::Object)
                readReference(node, name, primary, info);
            for (std::uint32_t i = n.firstChild; n.isContainer() && i != kNoNode; i = m_tree.node(i).next)
                open.emplace_back(i, n.type == JsonType::Array ? name : m_tree.key(i));
        }
    }

    void readReference(std::uint32_t node, const std::string &name, bool primary, RecordInfo &info)
    {
        const std::string reference = m_tree.memberText(node, "reference");
        const std::string url = m_tree.memberText(node, "url"); // Attachment: "Binary/1"
        const std::string target = reference.empty() ? url : reference;
        std::vector<std::string> aliases = target.empty() ? std::vector<std::string>{} : aliasesOf(target, m_owner);
        for (const std::string &alias : aliases)
            addOnce(info.refs, alias);
        std::string type = m_tree.memberText(node, "type");
        if (type.empty() && !reference.empty())
            type = typeIn(reference);
        const bool unclear = primary && type.empty() && (name == "patient" || name == "subject");
        if (type != "Patient" && !unclear)
            return;
        if (const std::uint32_t id = m_tree.member(node, "identifier"); id != kNoNode)
            addOnce(aliases, "id:" + m_tree.memberText(id, "system") + "|" + m_tree.memberText(id, "value"));
        if (const std::string display = m_tree.memberText(node, "display"); aliases.empty() && !display.empty())
            aliases.push_back("display:" + display);
        for (std::string &alias : aliases) {
            if (const auto known = m_containedPatients.find(alias); known != m_containedPatients.end())
                for (const std::string &link : known->second)
                    addOnce(primary ? info.primary : info.mentions, link);
            addOnce(primary ? info.primary : info.mentions, std::move(alias));
        }
    }

    std::string typeIn(const std::string &reference) const
    {
        if (reference.starts_with("#"))
            return m_containedPatients.contains(m_owner + reference) ? "Patient" : "?";
        const auto found = m_types.find(reference);
        return found != m_types.end() ? found->second : typeOfReference(reference);
    }

    const JsonTree &m_tree;
    const FullUrlTypes &m_types;
    std::string m_scope;
    std::string m_owner;
    std::unordered_map<std::string, std::vector<std::string>> m_containedPatients;
    std::vector<RecordInfo> m_records;
};

bool isKnownValue(FieldKind kind)
{
    switch (kind) {
    case FieldKind::PatientName:
    case FieldKind::StaffName:
    case FieldKind::Organisation:
    case FieldKind::Address:
    case FieldKind::City:
    case FieldKind::Phone:
    case FieldKind::Email:
    case FieldKind::SocialNumber:
    case FieldKind::RecordId:
    case FieldKind::LicenceId:
    case FieldKind::AccountId:
    case FieldKind::DeviceId: return true;
    default: return false;
    }
}

/// Machine-made identifiers do not occur in prose, and there are thousands of them.
bool isUuid(std::string_view text)
{
    if (text.starts_with("urn:uuid:"))
        text.remove_prefix(9);
    return text.size() == 36 && std::count(text.begin(), text.end(), '-') == 4;
}

} // namespace

std::vector<RecordInfo> recordsOf(const JsonTree &tree, std::uint32_t root, const FullUrlTypes &types,
                                  const std::string &scope)
{
    RecordReader reader(tree, types, scope);
    reader.read(root, kNoNode);
    return reader.take();
}

void SubjectCollector::add(const JsonTree &tree, std::uint32_t root, const std::vector<BoundField> &fields)
{
    const JsonNode &top = tree.node(root);
    for (std::uint32_t i = root; i < tree.nodes().size() && tree.node(i).begin < top.end; ++i) {
        if (tree.node(i).type != JsonType::Object)
            continue;
        if (tree.memberText(i, "resourceType") == "Patient") {
            collectPatient(tree, i, m_subject);
            collectKnownExtensions(tree, i, m_subject);
        } else if (tree.member(i, "family") != kNoNode) {
            collectOtherNames(tree, i, m_subject);
        }
    }
    for (const BoundField &bound : fields) {
        const records::Field &field = bound.field;
        const bool own = field.element.starts_with("Patient.name") || field.element.starts_with("Patient.identifier");
        if (!own && isKnownValue(field.kind) && field.text.size() > 1 && !isUuid(field.text)
            && m_known.insert(field.text).second)
            addOnce(m_subject.otherKnown, field.text);
    }
}

} // namespace amana::formats::fhir
