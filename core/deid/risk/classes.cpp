// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/risk/classes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace amana::deid::risk {

namespace {

/// The values of a column in the order of their numbers; none when one of them is no number.
std::vector<std::uint32_t> numericOrder(const Column &column)
{
    std::vector<double> numbers;
    for (const std::string &value : column.values) {
        double number = 0;
        const char *end = value.data() + value.size();
        if (std::from_chars(value.data(), end, number).ptr != end || value.empty())
            return {};
        numbers.push_back(number);
    }
    std::vector<std::uint32_t> order(numbers.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) { return numbers[a] < numbers[b]; });
    return order;
}

std::vector<double> shares(const Column &column, const std::vector<std::size_t> &records)
{
    std::vector<double> out(column.values.size(), 0.0);
    for (const std::size_t record : records)
        out[column.cells[record]] += 1.0 / static_cast<double>(records.size());
    return out;
}

std::vector<std::size_t> everyRecord(const Column &column)
{
    std::vector<std::size_t> all(column.cells.size());
    std::iota(all.begin(), all.end(), std::size_t(0));
    return all;
}

struct KeyHash {
    std::size_t operator()(const std::vector<std::uint32_t> &key) const
    {
        std::uint64_t hash = 0x9E3779B97F4A7C15U;
        for (const std::uint32_t part : key) {
            hash = (hash ^ part) * 0xBF58476D1CE4E5B9U;
            hash ^= hash >> 29;
        }
        return hash;
    }
};

} // namespace

Classes classesOf(const Table &table, const Hierarchies &hierarchies, const Levels &levels)
{
    Classes out;
    const auto quasi = table.columnsOf(Role::Quasi);
    std::unordered_map<std::vector<std::uint32_t>, std::uint32_t, KeyHash> known;
    std::vector<std::uint32_t> key(quasi.size());
    out.of.reserve(table.records);
    for (std::size_t record = 0; record < table.records; ++record) {
        for (std::size_t i = 0; i < quasi.size(); ++i)
            key[i] = hierarchies[i].code(levels[i], table.columns[quasi[i]].cells[record]);
        const auto [at, fresh] = known.try_emplace(key, static_cast<std::uint32_t>(out.sizes.size()));
        if (fresh)
            out.sizes.push_back(0);
        ++out.sizes[at->second];
        out.of.push_back(at->second);
    }
    return out;
}

Spread::Spread(const Column &column)
    : m_column(column), m_whole(shares(column, everyRecord(column))), m_order(numericOrder(column))
{
}

/// Earth mover's distance, 0…1 (Li, Li, Venkatasubramanian 2007, section 4): along the order of numbers, or with all
/// values equally far from each other.
double Spread::distanceFrom(const std::vector<double> &here) const
{
    double sum = 0, moved = 0;
    if (m_order.empty()) {
        for (std::size_t i = 0; i < here.size(); ++i)
            sum += std::abs(here[i] - m_whole[i]) / 2;
        return sum;
    }
    for (const std::uint32_t value : m_order) {
        moved += here[value] - m_whole[value];
        sum += std::abs(moved);
    }
    return m_order.size() < 2 ? 0 : sum / static_cast<double>(m_order.size() - 1);
}

Diversity Spread::of(const std::vector<std::size_t> &records) const
{
    Diversity out;
    const auto here = shares(m_column, records);
    double bits = 0;
    for (const double share : here) {
        out.distinct += share > 0 ? 1 : 0;
        bits -= share > 0 ? share * std::log2(share) : 0;
    }
    out.entropy = std::exp2(bits);
    out.distance = distanceFrom(here);
    return out;
}

Measures measure(const Table &table, const Classes &classes, const std::vector<bool> &suppressed,
                 const MeasureOptions &options)
{
    Measures out;
    std::vector<std::vector<std::size_t>> members(classes.sizes.size());
    for (std::size_t record = 0; record < table.records; ++record) {
        if (!suppressed.empty() && suppressed[record])
            ++out.suppressed;
        else
            members[classes.of[record]].push_back(record);
    }
    std::erase_if(members, [](const auto &records) { return records.empty(); });
    out.records = table.records - out.suppressed;
    out.classes = members.size();
    if (out.records == 0)
        return out;

    const auto records = static_cast<double>(out.records);
    const double scale = options.population > table.records
                             ? static_cast<double>(options.population) / static_cast<double>(table.records)
                             : 1; // people of the population for each record
    out.smallest = std::numeric_limits<std::size_t>::max();
    for (const auto &one : members) {
        const std::size_t size = one.size();
        out.smallest = std::min(out.smallest, size);
        out.unique += size == 1 ? 1 / records : 0;
        out.atRisk += 1 / static_cast<double>(size) > options.threshold ? static_cast<double>(size) / records : 0;
    }
    out.average = records / static_cast<double>(out.classes);
    out.prosecutor = 1 / static_cast<double>(out.smallest);
    out.journalist = out.prosecutor / scale;
    out.marketer = static_cast<double>(out.classes) / records / scale;

    for (const std::size_t index : table.columnsOf(Role::Sensitive)) {
        const Column &column = table.columns[index];
        const Spread spread(column);
        Diversity worst{column.values.size(), static_cast<double>(column.values.size()), 0};
        for (const auto &one : members) {
            const Diversity here = spread.of(one);
            worst.distinct = std::min(worst.distinct, here.distinct);
            worst.entropy = std::min(worst.entropy, here.entropy);
            worst.distance = std::max(worst.distance, here.distance);
        }
        out.sensitive.emplace(column.name, worst);
    }
    return out;
}

} // namespace amana::deid::risk
