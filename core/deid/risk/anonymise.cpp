// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/risk/anonymise.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <set>

namespace amana::deid::risk {

namespace {

constexpr std::size_t kMostChoices = 1'000'000;

class Search {
public:
    Search(const Table &table, const Hierarchies &hierarchies, const Goal &goal, const Progress &progress)
        : m_table(table), m_hierarchies(hierarchies), m_goal(goal), m_progress(progress),
          m_quasi(table.columnsOf(Role::Quasi)), m_grows(goal.entropy <= 1 && goal.distance >= 1)
    {
        for (const std::size_t index : table.columnsOf(Role::Sensitive))
            m_sensitive.emplace_back(table.columns[index]);
        for (std::size_t i = 0; i < m_quasi.size(); ++i) {
            auto &losses = m_losses.emplace_back(hierarchies[i].levels(), 0.0);
            for (std::size_t level = 0; level < losses.size(); ++level)
                for (const std::uint32_t value : table.columns[m_quasi[i]].cells)
                    losses[level] += hierarchies[i].loss(level, value) / static_cast<double>(table.records);
        }
    }

    Result<Outcome> run()
    {
        Outcome best;
        best.levels.assign(m_quasi.size(), 0);
        best.choices = 1;
        for (const Hierarchy &hierarchy : m_hierarchies)
            best.choices *= hierarchy.levels();
        if (m_quasi.empty() || best.choices > kMostChoices)
            return fail(ErrorCode::FormatTooLarge, {{"limit", std::to_string(kMostChoices)}});
        best.before = measure(m_table, classesOf(m_table, m_hierarchies, best.levels), {}, m_goal.measures);

        // By the loss that a choice has at least, so that the first that cannot improve ends the search.
        enqueue(best.levels);
        while (!m_queue.empty() && (!best.reached || m_queue.top().first < best.loss)) {
            if (m_progress.cancelled())
                return fail(ErrorCode::Cancelled);
            const Levels levels = m_queue.top().second;
            m_queue.pop();
            if (!isKnownToFail(levels))
                look(levels, best);
            for (std::size_t i = 0; i < levels.size(); ++i) {
                Levels next = levels;
                if (++next[i] < m_hierarchies[i].levels())
                    enqueue(next);
            }
        }
        finish(best);
        return best;
    }

private:
    using Entry = std::pair<double, Levels>;

    void enqueue(const Levels &levels)
    {
        if (m_seen.insert(levels).second)
            m_queue.emplace(leastLoss(levels), levels);
    }

    [[nodiscard]] double leastLoss(const Levels &levels) const
    {
        double sum = 0;
        for (std::size_t i = 0; i < levels.size(); ++i)
            sum += m_losses[i][levels[i]];
        return sum / static_cast<double>(levels.size());
    }

    [[nodiscard]] bool isKnownToFail(const Levels &levels) const
    {
        return m_grows && std::ranges::any_of(m_failed, [&](const Levels &failed) {
                   return std::ranges::equal(levels, failed, std::ranges::less_equal{});
               });
    }

    void look(const Levels &levels, Outcome &best)
    {
        if (!tryChoice(levels, best) && m_grows)
            climb(levels);
        m_progress.report(best.tried, best.choices);
    }

    /// Goes up from a failed choice while it fails: the last one stands for all below it.
    void climb(Levels levels)
    {
        for (;;) {
            Levels next;
            double least = 2;
            for (std::size_t i = 0; i < levels.size(); ++i) {
                Levels up = levels;
                if (++up[i] < m_hierarchies[i].levels() && leastLoss(up) < least) {
                    least = leastLoss(up);
                    next = up;
                }
            }
            if (next.empty() || suppressedBy(next).first)
                break;
            levels = std::move(next);
        }
        std::erase_if(m_failed, [&](const Levels &failed) {
            return std::ranges::equal(failed, levels, std::ranges::less_equal{});
        });
        m_failed.push_back(std::move(levels));
    }

    bool tryChoice(const Levels &levels, Outcome &best)
    {
        auto [holds, suppressed] = suppressedBy(levels);
        if (!holds)
            return false;
        const double loss = lossOf(levels, suppressed);
        if (!best.reached || loss < best.loss) {
            best.reached = true;
            best.levels = levels;
            best.suppressed = std::move(suppressed);
            best.loss = loss;
        }
        return true;
    }

    /// Whether few enough records stand in classes that do not hold the goal; and which.
    std::pair<bool, std::vector<bool>> suppressedBy(const Levels &levels)
    {
        ++m_tried;
        const Classes classes = classesOf(m_table, m_hierarchies, levels);
        std::vector<bool> bad(classes.sizes.size());
        for (std::size_t i = 0; i < bad.size(); ++i)
            bad[i] = classes.sizes[i] < m_goal.k;
        const auto most = static_cast<std::size_t>(m_goal.suppression * static_cast<double>(m_table.records));
        if (count(bad, classes) <= most && !m_sensitive.empty())
            markHomogeneous(classes, bad);
        if (count(bad, classes) > most)
            return {false, {}};
        std::vector<bool> suppressed(m_table.records);
        for (std::size_t record = 0; record < m_table.records; ++record)
            suppressed[record] = bad[classes.of[record]];
        return {true, std::move(suppressed)};
    }

    static std::size_t count(const std::vector<bool> &bad, const Classes &classes)
    {
        std::size_t records = 0;
        for (std::size_t i = 0; i < bad.size(); ++i)
            records += bad[i] ? classes.sizes[i] : 0;
        return records;
    }

    void markHomogeneous(const Classes &classes, std::vector<bool> &bad) const
    {
        std::vector<std::vector<std::size_t>> members(classes.sizes.size());
        for (std::size_t record = 0; record < m_table.records; ++record)
            members[classes.of[record]].push_back(record);
        for (const Spread &spread : m_sensitive)
            for (std::size_t i = 0; i < members.size(); ++i) {
                if (bad[i])
                    continue;
                const Diversity here = spread.of(members[i]);
                bad[i] = here.distinct < m_goal.distinct || here.entropy < m_goal.entropy
                         || here.distance > m_goal.distance;
            }
    }

    [[nodiscard]] double lossOf(const Levels &levels, const std::vector<bool> &suppressed) const
    {
        double sum = 0;
        for (std::size_t i = 0; i < m_quasi.size(); ++i) {
            const auto &cells = m_table.columns[m_quasi[i]].cells;
            for (std::size_t record = 0; record < m_table.records; ++record)
                sum += suppressed[record] ? 1 : m_hierarchies[i].loss(levels[i], cells[record]);
        }
        return m_table.records == 0 ? 0 : sum / static_cast<double>(m_table.records * m_quasi.size());
    }

    void finish(Outcome &best) const
    {
        best.tried = m_tried;
        if (!best.reached) {
            best.after = best.before;
            return;
        }
        const Classes classes = classesOf(m_table, m_hierarchies, best.levels);
        best.after = measure(m_table, classes, best.suppressed, m_goal.measures);
        std::vector<std::size_t> sizes(classes.sizes.size(), 0);
        for (std::size_t record = 0; record < m_table.records; ++record)
            if (!best.suppressed[record])
                ++sizes[classes.of[record]];
        for (const std::size_t size : sizes)
            best.discernibility += static_cast<double>(size) * static_cast<double>(size);
        best.discernibility += static_cast<double>(best.after.suppressed) * static_cast<double>(m_table.records);
    }

    struct Later {
        bool operator()(const Entry &a, const Entry &b) const { return a > b; }
    };

    const Table &m_table;
    const Hierarchies &m_hierarchies;
    const Goal &m_goal;
    const Progress &m_progress;
    const std::vector<std::size_t> m_quasi;
    std::vector<Spread> m_sensitive;
    const bool m_grows; ///< generalising never breaks what holds
    std::vector<std::vector<double>> m_losses; ///< of each quasi-identifying column and level, mean over records
    std::priority_queue<Entry, std::vector<Entry>, Later> m_queue;
    std::set<Levels> m_seen;
    std::vector<Levels> m_failed; ///< none below another
    std::size_t m_tried = 0;
};

} // namespace

Result<Outcome> anonymise(const Table &table, const Hierarchies &hierarchies, const Goal &goal, const Progress &progress)
{
    return Search(table, hierarchies, goal, progress).run();
}

std::vector<std::vector<std::string>> released(const Table &table, const Hierarchies &hierarchies, const Outcome &outcome)
{
    std::vector<std::vector<std::string>> out(1);
    for (const Column &column : table.columns)
        if (column.role != Role::Identifying)
            out.front().push_back(column.name);
    for (std::size_t record = 0; record < table.records; ++record) {
        if (!outcome.suppressed.empty() && outcome.suppressed[record])
            continue;
        auto &row = out.emplace_back();
        std::size_t quasi = 0;
        for (const Column &column : table.columns) {
            const std::uint32_t value = column.cells[record];
            if (column.role == Role::Quasi) {
                row.push_back(hierarchies[quasi].text(outcome.levels[quasi], value));
                ++quasi;
            } else if (column.role != Role::Identifying)
                row.push_back(column.values[value]);
        }
    }
    return out;
}

} // namespace amana::deid::risk
