// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/same_text.h"

#include "app/workspace/review_fields.h"
#include "core/base/utf8.h"

namespace amana::app {

void SameText::put(const records::Document &document, const deid::Plan &plan)
{
    for (const auto &[edit, key] : m_keys[plan.documentId])
        --m_counts[key];
    std::unordered_map<std::string_view, const records::Field *> fields;
    for (const records::Field &field : document.fields)
        fields.emplace(field.path, &field);
    Keys keys;
    for (const records::Edit &edit : plan.edits) {
        const auto it = fields.find(edit.path);
        if (it == fields.end())
            continue;
        const std::string &text = it->second->text;
        const std::size_t begin = byteOffset(text, edit.span.begin);
        std::string key = (isFieldRule(edit) ? "f" : "t") + text.substr(begin, byteOffset(text, edit.span.end) - begin);
        ++m_counts[key];
        keys.emplace(edit.id, std::move(key));
    }
    m_keys[plan.documentId] = std::move(keys);
}

const std::string *SameText::keyOf(const std::string &document, const std::string &edit) const
{
    const auto keys = m_keys.find(document);
    if (keys == m_keys.end())
        return nullptr;
    const auto it = keys->second.find(edit);
    return it == keys->second.end() ? nullptr : &it->second;
}

int SameText::count(const std::string &document, const std::string &edit) const
{
    const std::string *key = keyOf(document, edit);
    return key == nullptr ? 1 : m_counts.at(*key);
}

std::map<std::string, std::vector<std::string>> SameText::peers(const std::string &document,
                                                                const std::string &edit) const
{
    std::map<std::string, std::vector<std::string>> peers;
    const std::string *key = keyOf(document, edit);
    if (key == nullptr)
        return peers;
    for (const auto &[other, keys] : m_keys)
        for (const auto &[id, text] : keys)
            if (text == *key)
                peers[other].push_back(id);
    return peers;
}

} // namespace amana::app
