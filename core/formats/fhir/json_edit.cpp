// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/json_edit.h"

#include "core/base/utf8.h"

#include <unordered_set>

namespace amana::formats::fhir {

namespace {

class Remover {
public:
    Remover(const JsonTree &tree, const std::vector<std::uint32_t> &nodes)
        : m_tree(tree), m_gone(nodes.begin(), nodes.end())
    {
        for (const std::uint32_t node : nodes)
            cascade(tree.node(node).parent);
    }

    std::vector<Patch> patches()
    {
        std::unordered_set<std::uint32_t> containers;
        for (const std::uint32_t node : m_gone)
            if (!isInsideGone(node))
                containers.insert(m_tree.node(node).parent);
        for (const std::uint32_t container : containers)
            patchContainer(container);
        return std::move(m_patches);
    }

private:
    /// A container all of whose children go, goes.
    void cascade(std::uint32_t container)
    {
        while (container != kNoNode && m_tree.node(container).parent != kNoNode && !m_gone.contains(container)) {
            for (std::uint32_t i = m_tree.node(container).firstChild; i != kNoNode; i = m_tree.node(i).next)
                if (!m_gone.contains(i) && m_tree.node(i).type != JsonType::Null)
                    return; // a null only keeps a place: it does not keep the container
            m_gone.insert(container);
            container = m_tree.node(container).parent;
        }
    }

    bool isInsideGone(std::uint32_t node) const
    {
        for (std::uint32_t up = m_tree.node(node).parent; up != kNoNode; up = m_tree.node(up).parent)
            if (m_gone.contains(up))
                return true;
        return false;
    }

    bool keepsPlaces(std::uint32_t container) const
    {
        const JsonNode &array = m_tree.node(container);
        if (array.type != JsonType::Array || array.parent == kNoNode
            || m_tree.node(array.parent).type != JsonType::Object)
            return false;
        const std::string key = m_tree.key(container);
        const std::string twin = key.starts_with("_") ? key.substr(1) : "_" + key;
        const std::uint32_t other = m_tree.member(array.parent, twin);
        return other != kNoNode && !m_gone.contains(other);
    }

    void patchContainer(std::uint32_t container)
    {
        if (container == kNoNode)
            return;
        const auto children = m_tree.children(container);
        if (keepsPlaces(container)) {
            for (const std::uint32_t child : children)
                if (m_gone.contains(child))
                    m_patches.push_back({m_tree.node(child).begin, m_tree.node(child).end, "null"});
            return;
        }
        for (std::size_t i = 0; i < children.size(); ++i) {
            if (!m_gone.contains(children[i]))
                continue;
            std::size_t last = i;
            while (last + 1 < children.size() && m_gone.contains(children[last + 1]))
                ++last;
            // With something left before the run its comma goes; else the comma after the run does.
            std::size_t begin = m_tree.node(children[i]).start();
            std::size_t end = m_tree.node(children[last]).end;
            if (i > 0)
                begin = m_tree.node(children[i - 1]).end;
            else if (last + 1 < children.size())
                end = m_tree.node(children[last + 1]).start();
            m_patches.push_back({begin, end, {}});
            i = last;
        }
    }

    const JsonTree &m_tree;
    std::unordered_set<std::uint32_t> m_gone;
    std::vector<Patch> m_patches;
};

/// Only the raw bytes of the edited code points change: escapes elsewhere in the string stay as they were written.
void patchString(const JsonTree &tree, const BoundField &bound, const FieldEdits &edits, std::vector<Patch> &patches)
{
    const std::size_t base = tree.node(bound.node).begin;
    const auto offsets = codePointOffsets(tree.raw(bound.node));
    for (const records::Edit *edit : edits.spans) {
        const bool replace = edit->action == records::EditAction::Replace;
        patches.push_back({base + offsets[edit->span.begin], base + offsets[edit->span.end],
                           replace ? escapeJson(edit->replacement) : std::string()});
    }
}

Status patchField(const JsonTree &tree, const BoundField &bound, const FieldEdits &edits, std::vector<Patch> &patches)
{
    const JsonNode &node = tree.node(bound.node);
    switch (bound.binding) {
    case Binding::Text:
        patchString(tree, bound, edits, patches);
        return {};
    case Binding::Raw: {
        const std::string text = editedText(bound.field.text, edits);
        const bool literal = !node.isContainer() && (isJsonNumber(text) || text == "true" || text == "false");
        if (node.isContainer() && !edits.whole)
            return fail(ErrorCode::FormatEditFailed, {{"path", bound.field.path}, {"reason", "partOfUnknown"}});
        patches.push_back({node.begin, node.end, literal ? text : "\"" + escapeJson(text) + "\""});
        return {};
    }
    case Binding::NoteUtf8:
    case Binding::NoteLatin1: {
        const auto charset = bound.binding == Binding::NoteUtf8 ? NoteCharset::Utf8 : NoteCharset::Latin1;
        auto encoded = encodeNote(editedText(bound.field.text, edits), charset);
        if (!encoded)
            return fail(ErrorCode::FormatEditFailed, {{"path", bound.field.path}, {"reason", "charset"}});
        patches.push_back({node.begin, node.end, "\"" + *encoded + "\""});
        return {};
    }
    }
    return {};
}

} // namespace

std::vector<Patch> removalPatches(const JsonTree &tree, const std::vector<std::uint32_t> &nodes)
{
    return Remover(tree, nodes).patches();
}

Result<std::vector<Patch>> editPatches(const JsonTree &tree, const std::vector<BoundField> &fields,
                                       std::map<std::string, FieldEdits> &edits)
{
    std::vector<Patch> patches;
    std::vector<std::uint32_t> removed;
    for (const BoundField &bound : fields) {
        const auto found = edits.find(bound.field.path);
        if (found == edits.end())
            continue;
        FieldEdits &field = found->second;
        AMANA_CHECK(settle(field, bound.field.path, codePointCount(bound.field.text)));
        if (field.remove)
            removed.push_back(bound.node);
        else
            AMANA_CHECK(patchField(tree, bound, field, patches));
        edits.erase(found);
    }
    for (Patch &patch : removalPatches(tree, removed))
        patches.push_back(std::move(patch));
    return patches;
}

} // namespace amana::formats::fhir
