// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/risk/table.h"

#include <algorithm>
#include <unordered_map>

namespace amana::deid::risk {

std::vector<std::size_t> Table::columnsOf(Role role) const
{
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].role == role)
            out.push_back(i);
    return out;
}

Result<Table> makeTable(const std::vector<std::string> &names, const std::vector<std::pair<std::string, Role>> &roles,
                        const std::vector<std::vector<std::string>> &rows)
{
    Table table;
    table.records = rows.size();
    for (const std::string &name : names) {
        const auto same = [&name](const Column &column) { return column.name == name; };
        if (std::ranges::any_of(table.columns, same))
            return fail(ErrorCode::FormatMalformed, {{"line", "1"}, {"column", name}});
        table.columns.push_back({name, Role::Insensitive, {}, {}});
    }
    for (const auto &[name, role] : roles) {
        const auto at = std::ranges::find(table.columns, name, &Column::name);
        if (at == table.columns.end())
            return fail(ErrorCode::FormatMalformed, {{"line", "1"}, {"column", name}});
        at->role = role;
    }
    std::vector<std::unordered_map<std::string, std::uint32_t>> known(names.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].size() != names.size())
            return fail(ErrorCode::FormatMalformed, {{"line", std::to_string(row + 2)}});
        for (std::size_t i = 0; i < names.size(); ++i) {
            Column &column = table.columns[i];
            const auto [at, fresh] =
                known[i].try_emplace(rows[row][i], static_cast<std::uint32_t>(column.values.size()));
            if (fresh)
                column.values.push_back(rows[row][i]);
            column.cells.push_back(at->second);
        }
    }
    return table;
}

} // namespace amana::deid::risk
