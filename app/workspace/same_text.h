// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/plan.h"
#include "core/records/document.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace amana::app {

/// Which edits of a draft stand on the same original text. Edits by a rule on a whole field and edits inside
/// text are kept apart: rejecting a word in a note must not release the name field that holds the same word. In
/// memory only.
class SameText {
public:
    /// Replaces what is known of the document.
    void put(const records::Document &document, const deid::Plan &plan);
    [[nodiscard]] bool has(const std::string &document) const { return m_keys.contains(document); }

    /// Itself included; 1 when nothing is known.
    [[nodiscard]] int count(const std::string &document, const std::string &edit) const;
    /// Document → edits with the same text as this one, itself included.
    [[nodiscard]] std::map<std::string, std::vector<std::string>> peers(const std::string &document,
                                                                        const std::string &edit) const;

private:
    using Keys = std::map<std::string, std::string>; // edit → kind and text
    [[nodiscard]] const std::string *keyOf(const std::string &document, const std::string &edit) const;

    std::map<std::string, Keys> m_keys; // by document
    std::unordered_map<std::string, int> m_counts;
};

} // namespace amana::app
