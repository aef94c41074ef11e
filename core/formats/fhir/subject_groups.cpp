// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/subject_groups.h"

#include "core/formats/person_names.h"

#include <algorithm>
#include <set>

namespace amana::formats::fhir {

namespace {

/// Union-find over alias strings.
class Aliases {
public:
    int id(const std::string &alias)
    {
        const auto [found, isNew] = m_ids.emplace(alias, static_cast<int>(m_parent.size()));
        if (isNew) {
            m_parent.push_back(found->second);
            m_names.push_back(alias);
        }
        return found->second;
    }
    int root(int i)
    {
        while (m_parent[at(i)] != i)
            i = m_parent[at(i)] = m_parent[at(m_parent[at(i)])];
        return i;
    }
    void unite(const std::vector<std::string> &aliases)
    {
        for (const std::string &alias : aliases)
            m_parent[at(root(id(alias)))] = root(id(aliases.front()));
    }
    [[nodiscard]] std::size_t size() const { return m_parent.size(); }
    [[nodiscard]] const std::string &name(std::size_t i) const { return m_names[i]; }

private:
    static std::size_t at(int i) { return static_cast<std::size_t>(i); }
    std::unordered_map<std::string, int> m_ids;
    std::vector<int> m_parent;
    std::vector<std::string> m_names;
};

class Grouper {
public:
    explicit Grouper(const std::vector<RecordInfo> &records) : m_records(records) {}

    Grouping run()
    {
        for (const RecordInfo &record : m_records)
            if (record.patient)
                m_aliases.unite(record.own);
        for (const RecordInfo &record : m_records)
            assignByPatient(record);
        followReferences();
        collectLinks();
        return std::move(m_result);
    }

private:
    /// The persons behind a list of aliases.
    std::set<int> roots(const std::vector<std::string> &aliases)
    {
        std::set<int> found;
        for (const std::string &alias : aliases)
            found.insert(m_aliases.root(m_aliases.id(alias)));
        return found;
    }

    int groupFor(int root)
    {
        const auto [found, isNew] = m_groups.emplace(root, static_cast<int>(m_groups.size()));
        return found->second;
    }

    void assignByPatient(const RecordInfo &record)
    {
        // The aliases of one reference (address and local form) mean one person.
        if (!record.primary.empty() && !record.patient && isOneReference(record.primary))
            m_aliases.unite(record.primary);
        std::set<int> persons = record.patient ? roots(record.own) : roots(record.primary);
        if (persons.size() != 1 && !record.patient)
            for (const int root : roots(record.mentions))
                persons.insert(root);
        if (persons.size() == 1)
            m_result.groupOf.push_back(groupFor(*persons.begin()));
        else if (persons.size() > 1)
            m_result.groupOf.push_back(Grouping::kSeveral);
        else
            m_result.groupOf.push_back(record.patientFree ? Grouping::kShared : Grouping::kUnassigned);
    }

    /// One reference gives at most one alias of each sort; two of a sort are two references.
    static bool isOneReference(const std::vector<std::string> &aliases)
    {
        std::set<std::string> sorts;
        return std::all_of(aliases.begin(), aliases.end(), [&sorts](const std::string &alias) {
            return sorts.insert(alias.substr(0, alias.find(':'))).second;
        });
    }

    void followReferences()
    {
        std::unordered_map<std::string, std::vector<std::size_t>> byOwn;
        for (std::size_t i = 0; i < m_records.size(); ++i)
            for (const std::string &alias : m_records[i].own)
                byOwn[alias].push_back(i);
        bool changed = true;
        for (int round = 0; round < 8 && changed; ++round)
            changed = followOnce(byOwn);
    }

    bool followOnce(const std::unordered_map<std::string, std::vector<std::size_t>> &byOwn)
    {
        std::unordered_map<std::size_t, std::set<int>> candidates;
        for (std::size_t i = 0; i < m_records.size(); ++i) {
            for (const std::string &alias : m_records[i].refs) {
                const auto targets = byOwn.find(alias);
                if (targets == byOwn.end())
                    continue;
                for (const std::size_t target : targets->second) {
                    note(candidates, i, target);
                    note(candidates, target, i);
                }
            }
        }
        bool changed = false;
        for (const auto &[record, groups] : candidates) {
            if (groups.size() == 1) {
                m_result.groupOf[record] = *groups.begin();
                changed = true;
            }
        }
        return changed;
    }

    void note(std::unordered_map<std::size_t, std::set<int>> &candidates, std::size_t record, std::size_t other) const
    {
        if (m_result.groupOf[record] == Grouping::kUnassigned && m_result.groupOf[other] >= 0)
            candidates[record].insert(m_result.groupOf[other]);
    }

    void collectLinks()
    {
        m_result.links.resize(m_groups.size());
        for (std::size_t i = 0; i < m_aliases.size(); ++i) {
            const auto group = m_groups.find(m_aliases.root(static_cast<int>(i)));
            const std::string &name = m_aliases.name(i);
            if (group != m_groups.end() && !name.starts_with("local:") && !name.starts_with("display:"))
                m_result.links[static_cast<std::size_t>(group->second)].push_back(name);
        }
    }

    const std::vector<RecordInfo> &m_records;
    Aliases m_aliases;
    std::unordered_map<int, int> m_groups;
    Grouping m_result;
};

} // namespace

Grouping groupBySubject(const std::vector<RecordInfo> &records)
{
    return Grouper(records).run();
}

} // namespace amana::formats::fhir
