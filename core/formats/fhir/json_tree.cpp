// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/json_tree.h"

#include "core/formats/fhir/json_scan.h"

namespace amana::formats::fhir {

namespace {

/// Builds the node list with an explicit stack: depth is a limit, not the machine's stack.
class Builder {
public:
    Builder(std::string_view text, const Limits &limits) : m_text(text), m_limits(limits) {}

    Status run()
    {
        skipSpace();
        if (atEnd())
            return fail(ErrorCode::FormatEmpty);
        AMANA_CHECK(addValue(kNoNode, 0, 0));
        while (!m_open.empty())
            AMANA_CHECK(step());
        skipSpace();
        return atEnd() ? Status{} : malformed();
    }

    std::vector<JsonNode> take() { return std::move(m_nodes); }

private:
    struct Open {
        std::uint32_t node;
        std::uint32_t lastChild = kNoNode;
    };

    [[nodiscard]] bool atEnd() const { return m_pos >= m_text.size(); }
    [[nodiscard]] char here() const { return m_text[m_pos]; }
    void skipSpace()
    {
        while (!atEnd() && (here() == ' ' || here() == '\n' || here() == '\r' || here() == '\t'))
            ++m_pos;
    }
    [[nodiscard]] Status malformed() const
    {
        return fail(atEnd() ? ErrorCode::FormatTruncated : ErrorCode::FormatMalformed,
                    {{"offset", std::to_string(m_pos)}});
    }
    Status tooLarge(ErrorCode code, const char *what, std::size_t limit) const
    {
        return fail(code, {{"what", what}, {"limit", std::to_string(limit)}, {"offset", std::to_string(m_pos)}});
    }

    /// After a value, or at the start of a container: close it, or read the next member.
    Status step()
    {
        const JsonNode container = m_nodes[m_open.back().node];
        const bool object = container.type == JsonType::Object;
        const bool first = m_open.back().lastChild == kNoNode;
        skipSpace();
        if (atEnd())
            return malformed();
        if (here() == (object ? '}' : ']')) {
            ++m_pos;
            m_nodes[m_open.back().node].end = static_cast<std::uint32_t>(m_pos);
            m_open.pop_back();
            return {};
        }
        if (!first) {
            if (here() != ',')
                return malformed();
            ++m_pos;
            skipSpace();
        }
        return object ? addMember() : addValue(m_open.back().node, 0, 0);
    }

    Status addMember()
    {
        const std::size_t keyBegin = m_pos;
        if (atEnd() || here() != '"' || !scanJsonString(m_text, m_pos))
            return malformed();
        const std::size_t keyEnd = m_pos;
        skipSpace();
        if (atEnd() || here() != ':')
            return malformed();
        ++m_pos;
        skipSpace();
        return addValue(m_open.back().node, keyBegin, keyEnd);
    }

    Status addValue(std::uint32_t parent, std::size_t keyBegin, std::size_t keyEnd)
    {
        if (atEnd())
            return malformed();
        if (m_nodes.size() >= m_limits.values)
            return tooLarge(ErrorCode::FormatTooLarge, "values", m_limits.values);
        JsonNode node;
        node.begin = static_cast<std::uint32_t>(m_pos);
        node.keyBegin = static_cast<std::uint32_t>(keyBegin);
        node.keyEnd = static_cast<std::uint32_t>(keyEnd);
        node.parent = parent;
        const auto type = scanJsonScalar(m_text, m_pos);
        if (!type)
            return malformed();
        node.type = *type;
        node.end = static_cast<std::uint32_t>(m_pos);
        const auto index = static_cast<std::uint32_t>(m_nodes.size());
        m_nodes.push_back(node);
        link(parent, index);
        if (node.isContainer()) {
            if (m_open.size() >= m_limits.depth)
                return tooLarge(ErrorCode::FormatTooDeep, "depth", m_limits.depth);
            m_open.push_back({index});
        }
        return {};
    }

    void link(std::uint32_t parent, std::uint32_t index)
    {
        if (parent == kNoNode)
            return;
        Open &open = m_open.back();
        if (open.lastChild == kNoNode)
            m_nodes[parent].firstChild = index;
        else
            m_nodes[open.lastChild].next = index;
        open.lastChild = index;
    }

    std::string_view m_text;
    const Limits &m_limits;
    std::size_t m_pos = 0;
    std::vector<JsonNode> m_nodes;
    std::vector<Open> m_open;
};

} // namespace

Result<JsonTree> JsonTree::parse(std::string_view text, const Limits &limits)
{
    if (text.size() >= kNoNode)
        return fail(ErrorCode::FormatTooLarge, {{"what", "file"}, {"limit", std::to_string(kNoNode)}});
    JsonTree tree;
    tree.m_text = text;
    Builder builder(text, limits);
    AMANA_CHECK(builder.run());
    tree.m_nodes = builder.take();
    return tree;
}

std::string_view JsonTree::raw(std::uint32_t index) const
{
    const JsonNode &n = m_nodes[index];
    return m_text.substr(n.begin, n.end - n.begin);
}

std::string JsonTree::key(std::uint32_t index) const
{
    const JsonNode &n = m_nodes[index];
    return n.keyEnd > n.keyBegin ? decodeJsonString(m_text.substr(n.keyBegin, n.keyEnd - n.keyBegin)) : std::string();
}

std::string JsonTree::value(std::uint32_t index) const
{
    return m_nodes[index].type == JsonType::String ? decodeJsonString(raw(index)) : std::string(raw(index));
}

std::uint32_t JsonTree::member(std::uint32_t object, std::string_view name) const
{
    if (object == kNoNode || m_nodes[object].type != JsonType::Object)
        return kNoNode;
    for (std::uint32_t i = m_nodes[object].firstChild; i != kNoNode; i = m_nodes[i].next) {
        const JsonNode &n = m_nodes[i];
        const std::string_view rawKey = m_text.substr(n.keyBegin + 1, n.keyEnd - n.keyBegin - 2);
        // A key may be written with escapes ("n\u0061me"): only then is decoding needed.
        if (rawKey == name || (rawKey.find('\\') != std::string_view::npos && key(i) == name))
            return i;
    }
    return kNoNode;
}

std::string JsonTree::memberText(std::uint32_t object, std::string_view name) const
{
    const std::uint32_t found = member(object, name);
    return found != kNoNode && m_nodes[found].type == JsonType::String ? value(found) : std::string();
}

std::vector<std::uint32_t> JsonTree::children(std::uint32_t container) const
{
    std::vector<std::uint32_t> result;
    if (container == kNoNode)
        return result;
    for (std::uint32_t i = m_nodes[container].firstChild; i != kNoNode; i = m_nodes[i].next)
        result.push_back(i);
    return result;
}

std::vector<std::uint32_t> JsonTree::items(std::uint32_t index) const
{
    if (index == kNoNode)
        return {};
    return m_nodes[index].type == JsonType::Array ? children(index) : std::vector<std::uint32_t>{index};
}

} // namespace amana::formats::fhir
