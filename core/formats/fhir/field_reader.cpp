// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/field_reader.h"

#include "core/formats/fhir/element_table.h"

#include <algorithm>
#include <cctype>

namespace amana::formats::fhir {

using records::FieldKind;

namespace {

/// A key that cannot be an element name of any FHIR version might itself hold patient text: it is named by place.
bool isPlainName(const std::string &key)
{
    const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
    return !key.empty() && key.size() <= 40 && std::all_of(key.begin(), key.end(), plain)
           && (std::islower(static_cast<unsigned char>(key[0])) != 0 || key[0] == '_');
}

std::string lastSegment(const std::string &url)
{
    return url.substr(url.rfind('/') + 1);
}

class Reader {
public:
    Reader(const JsonTree &tree, const FullUrlTypes &types) : m_tree(tree), m_types(types) {}

    void readResource(std::uint32_t node, const std::string &path)
    {
        const std::string type = m_tree.memberText(node, "resourceType");
        if (m_tree.node(node).type != JsonType::Object || !m_table.isResource(type))
            return addWhole(node, path, type.empty() || !isPlainName("x" + type) ? "?" : type);
        Place outer = m_place;
        m_place = {node, type, false, std::nullopt};
        readMembers(node, type, path, type);
        m_place = outer;
    }

    std::vector<BoundField> take() { return std::move(m_fields); }

private:
    /// Where in the resource the reader is.
    struct Place {
        std::uint32_t resource = kNoNode;
        std::string type;
        bool image = false;
        std::optional<FieldKind> forced; ///< kind of values inside an allow-listed extension
    };

    static std::string join(const std::string &path, const std::string &name)
    {
        return path.empty() ? name : path + "." + name;
    }

    void readMembers(std::uint32_t object, const std::string &type, const std::string &path, const std::string &element)
    {
        std::unordered_map<std::string, int> seen;
        std::size_t index = 0;
        for (std::uint32_t i = m_tree.node(object).firstChild; i != kNoNode; i = m_tree.node(i).next, ++index) {
            const std::string key = m_tree.key(i);
            std::string name = isPlainName(key) ? key : "{" + std::to_string(index) + "}";
            const int repeated = seen[name]++;
            const Element *known = elementFor(type, key);
            const std::string memberPath = join(path, repeated == 0 ? name : name + "~" + std::to_string(repeated));
            // A repeated key is not JSON that two readers understand alike: only the first one can be trusted.
            if (known == nullptr || repeated > 0)
                addWhole(i, memberPath, element + "." + name);
            else
                readMember(i, *known, key, memberPath, element + "." + key);
        }
    }

    const Element *elementFor(const std::string &type, const std::string &key) const
    {
        static const Element kPrimitiveExtras{"Element", {}, FieldKind::Unknown, Rule::None, false};
        if (!key.empty() && key[0] == '_') {
            const Element *base = m_table.find(type, key.substr(1));
            return base != nullptr && base->primitive ? &kPrimitiveExtras : nullptr;
        }
        return m_table.find(type, key);
    }

    void readMember(std::uint32_t node, const Element &known, const std::string &key, const std::string &path,
                    const std::string &element)
    {
        const bool wasImage = m_place.image;
        m_place.image = wasImage || m_table.isImageMember(key);
        if (m_tree.node(node).type != JsonType::Array) {
            readValue(node, known, path, element);
        } else {
            std::size_t index = 0;
            for (std::uint32_t i = m_tree.node(node).firstChild; i != kNoNode; i = m_tree.node(i).next)
                readValue(i, known, path + "[" + std::to_string(index++) + "]", element);
        }
        m_place.image = wasImage;
    }

    void readValue(std::uint32_t node, const Element &known, const std::string &path, const std::string &element)
    {
        const JsonType type = m_tree.node(node).type;
        if (type == JsonType::Null)
            return; // stands for "nothing here" beside a _member; it carries no information
        if (known.primitive)
            return m_tree.node(node).isContainer() ? addWhole(node, path, element)
                                                   : readPrimitive(node, known, path, element);
        if (type != JsonType::Object)
            return addWhole(node, path, element);
        if (known.type == "Resource")
            return readResource(node, path);
        if (known.type == "Extension")
            return readExtension(node, path, element);
        std::vector<std::string> outerTargets = std::move(m_targets);
        m_targets = known.targets;
        readMembers(node, known.type, path, element);
        m_targets = std::move(outerTargets);
    }

    void readExtension(std::uint32_t node, const std::string &path, const std::string &element)
    {
        const std::string url = m_tree.memberText(node, "url");
        const bool inside = m_insideExtension > 0;
        const auto *rule = m_table.extension(url);
        // Parts of an allowed extension have local names ("ombCategory"); a full URL must be allowed by itself.
        if (rule == nullptr && !(inside && url.find(':') == std::string::npos && isPlainName(url)))
            return addWhole(node, path, element);
        const auto outer = m_place.forced;
        if (rule != nullptr)
            m_place.forced = rule->kind;
        ++m_insideExtension;
        readMembers(node, "Extension", path, element + "(" + lastSegment(url) + ")");
        --m_insideExtension;
        m_place.forced = outer;
    }

    void readPrimitive(std::uint32_t node, const Element &known, const std::string &path, const std::string &element)
    {
        const bool text = m_tree.node(node).type == JsonType::String;
        BoundField bound{{path, known.kind, m_tree.value(node), element}, node, text ? Binding::Text : Binding::Raw};
        if (known.rule == Rule::Attachment)
            bindAttachment(bound);
        else if (known.rule != Rule::None)
            bound.field.kind = kindByRule(known.rule, node, bound.field.text);
        // Inside an allowed extension the list names the kind of free values; names and places stay what they are.
        if (m_place.forced && (bound.field.kind == FieldKind::FreeText || bound.field.kind == FieldKind::Code))
            bound.field.kind = *m_place.forced;
        m_fields.push_back(std::move(bound));
    }

    void bindAttachment(BoundField &bound) const
    {
        const std::string contentType = m_tree.memberText(m_tree.node(bound.node).parent, "contentType");
        const bool image = m_place.image || mediaType(contentType).starts_with("image/");
        bound.field.kind = image ? FieldKind::Image : FieldKind::Binary;
        if (image || bound.binding != Binding::Text)
            return;
        if (auto note = decodeNote(bound.field.text, contentType)) {
            bound.binding = note->charset == NoteCharset::Utf8 ? Binding::NoteUtf8 : Binding::NoteLatin1;
            bound.field.kind = FieldKind::FreeText;
            bound.field.text = std::move(note->text);
        }
    }

    FieldKind kindByRule(Rule rule, std::uint32_t node, const std::string &text) const
    {
        const std::uint32_t object = m_tree.node(node).type == JsonType::Null ? kNoNode : parentObject(node);
        switch (rule) {
        case Rule::Name: return m_table.nameKind(m_place.type);
        case Rule::Contact: return contactKind(m_tree.memberText(object, "system"), text);
        case Rule::Identifier: return identifierKind(object);
        case Rule::IdentifierSystem: return m_table.isKnownSystem(text) ? FieldKind::Code : FieldKind::Url;
        case Rule::Display: return displayKind(object);
        case Rule::CodingDisplay:
            return m_tree.memberText(object, "code").empty() ? FieldKind::FreeText : FieldKind::Label;
        case Rule::ConceptText: return conceptTextKind(object, text);
        case Rule::AttachmentUrl:
            return text.find(':') == std::string::npos && text.find('/') != std::string::npos ? FieldKind::ResourceId
                                                                                             : FieldKind::Url;
        case Rule::RequestUrl: return requestUrlKind(text);
        case Rule::Attachment:
        case Rule::None: break;
        }
        return FieldKind::Unknown;
    }

    /// "Patient" names a type, "Patient/1" a patient; a search may hold anything.
    FieldKind requestUrlKind(const std::string &text) const
    {
        if (text.find('?') != std::string::npos)
            return text.find("?identifier=") != std::string::npos ? FieldKind::ResourceId : FieldKind::Unknown;
        return m_table.isResource(text.substr(0, text.find("/$"))) || text.starts_with("$") ? FieldKind::Code
                                                                                          : FieldKind::ResourceId;
    }

    /// The object that holds the member of which `node` is the value, or an item of the value.
    std::uint32_t parentObject(std::uint32_t node) const
    {
        std::uint32_t up = m_tree.node(node).parent;
        while (up != kNoNode && m_tree.node(up).type == JsonType::Array)
            up = m_tree.node(up).parent;
        return up;
    }

    static FieldKind contactKind(const std::string &system, const std::string &text)
    {
        if (system == "email" || text.find('@') != std::string::npos)
            return FieldKind::Email;
        return system == "url" ? FieldKind::Url : FieldKind::Phone;
    }

    FieldKind identifierKind(std::uint32_t identifier) const
    {
        std::string code;
        for (const std::uint32_t coding :
             m_tree.items(m_tree.member(m_tree.member(identifier, "type"), "coding")))
            if (code.empty())
                code = m_tree.memberText(coding, "code");
        // Inside a Reference the identifier is that of the resource referred to, not of this one.
        const std::uint32_t above = parentObject(identifier);
        const bool inReference = m_tree.member(above, "identifier") == identifier && above != m_place.resource;
        const std::string owner = inReference ? targetOf(above) : m_place.type;
        return m_table.identifierKind(code, m_tree.memberText(identifier, "system"), owner);
    }

    std::string targetOf(std::uint32_t reference) const
    {
        if (std::string type = m_tree.memberText(reference, "type"); m_table.isResource(type))
            return type;
        const std::string text = m_tree.memberText(reference, "reference");
        if (text.starts_with("#"))
            return containedType(text.substr(1));
        if (const auto found = m_types.find(text); found != m_types.end())
            return found->second;
        return typeOfReference(text);
    }

    std::string containedType(const std::string &id) const
    {
        for (const std::uint32_t item : m_tree.items(m_tree.member(m_place.resource, "contained")))
            if (m_tree.memberText(item, "id") == id)
                return m_tree.memberText(item, "resourceType");
        return {};
    }

    FieldKind displayKind(std::uint32_t reference) const
    {
        const std::string target = targetOf(reference);
        if (!target.empty())
            return m_table.referenceKind(target);
        // Not said: the most identifying of what the element may refer to.
        FieldKind kind = FieldKind::FreeText;
        for (const std::string &possible : m_targets) {
            const FieldKind next = m_table.referenceKind(possible);
            if (next == FieldKind::PatientName)
                return next;
            if (next == FieldKind::StaffName || kind == FieldKind::FreeText)
                kind = next;
        }
        return kind;
    }

    FieldKind conceptTextKind(std::uint32_t concept_, const std::string &text) const
    {
        for (const std::uint32_t coding : m_tree.items(m_tree.member(concept_, "coding")))
            if (m_tree.memberText(coding, "display") == text && !m_tree.memberText(coding, "code").empty())
                return FieldKind::Label;
        return FieldKind::FreeText;
    }

    void addWhole(std::uint32_t node, const std::string &path, const std::string &element)
    {
        const bool text = m_tree.node(node).type == JsonType::String;
        m_fields.push_back({{path, FieldKind::Unknown, m_tree.value(node), element}, node,
                            text ? Binding::Text : Binding::Raw});
    }

    const ElementTable &m_table = ElementTable::instance();
    const JsonTree &m_tree;
    const FullUrlTypes &m_types;
    Place m_place;
    std::vector<std::string> m_targets;
    int m_insideExtension = 0;
    std::vector<BoundField> m_fields;
};

} // namespace

FullUrlTypes fullUrlTypes(const JsonTree &tree)
{
    FullUrlTypes types;
    for (std::uint32_t i = 0; i < tree.nodes().size(); ++i) {
        const JsonNode &n = tree.node(i);
        if (n.type != JsonType::Object)
            continue;
        const std::string url = tree.memberText(i, "fullUrl");
        const std::uint32_t resource = url.empty() ? kNoNode : tree.member(i, "resource");
        if (resource != kNoNode)
            types.emplace(url, tree.memberText(resource, "resourceType"));
    }
    return types;
}

std::vector<BoundField> readFields(const JsonTree &tree, std::uint32_t root, const std::string &prefix,
                                   const FullUrlTypes &types)
{
    Reader reader(tree, types);
    reader.readResource(root, prefix);
    return reader.take();
}

std::string typeOfReference(std::string_view reference)
{
    const auto &table = ElementTable::instance();
    reference = reference.substr(0, reference.find('?'));
    // From the end: the last segment that is a resource type wins ("…/fhir/Patient/1/_history/2").
    while (!reference.empty()) {
        const auto slash = reference.rfind('/');
        const std::string segment(reference.substr(slash == std::string_view::npos ? 0 : slash + 1));
        if (table.isResource(segment))
            return segment;
        if (slash == std::string_view::npos)
            break;
        reference = reference.substr(0, slash);
    }
    return {};
}

} // namespace amana::formats::fhir
