// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace amana::chain::test {

/// contracts/test/data/*-states.json: operation → state → role → outcome, as contracts/test/support/StateTable.sol reads
/// it. "other" stands for every state or role that is not named. An outcome is a state, "same", or the name of a
/// refusal; "A; B" is A within the term of the state and B after it.
class StateTable {
public:
    explicit StateTable(const std::string &name)
    {
        std::ifstream file(AMANA_SOURCE_DIR "/contracts/test/data/" + name);
        m_table = nlohmann::json::parse(file, nullptr, false);
    }

    [[nodiscard]] bool isRead() const { return m_table.is_object(); }
    [[nodiscard]] std::vector<std::string> list(const char *key) const
    {
        return m_table.at(key).get<std::vector<std::string>>();
    }
    /// The state that follows, or the name of the refusal.
    [[nodiscard]] std::string outcome(const std::string &operation, const std::string &state, const std::string &role,
                                      bool late = false) const
    {
        const std::string text = named(named(m_table.at(operation), state), role).get<std::string>();
        const std::size_t cut = text.find("; ");
        const std::string half = cut == std::string::npos ? text : late ? text.substr(cut + 2) : text.substr(0, cut);
        return half == "same" ? state : half;
    }
    [[nodiscard]] bool isState(const std::string &outcome) const
    {
        const std::vector<std::string> states = list("states");
        return std::find(states.begin(), states.end(), outcome) != states.end();
    }

private:
    static const nlohmann::json &named(const nlohmann::json &object, const std::string &name)
    {
        return object.contains(name) ? object.at(name) : object.at("other");
    }

    nlohmann::json m_table;
};

/// One cell of a table.
struct StateCase {
    std::string operation;
    std::string state;
    std::string role;
    bool late = false;
    std::string expected;

    [[nodiscard]] std::string text() const
    {
        return operation + " by " + role + " when " + state + (late ? ", late" : "");
    }
};

[[nodiscard]] inline std::vector<StateCase> casesOf(const StateTable &table, bool late = false)
{
    std::vector<StateCase> cases;
    for (const std::string &operation : table.list("operations"))
        for (const std::string &state : table.list("states"))
            for (const std::string &role : table.list("roles"))
                cases.push_back({operation, state, role, late, table.outcome(operation, state, role, late)});
    return cases;
}

} // namespace amana::chain::test
