// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace amana::deid::risk {

/// How the values of a column tell who somebody is.
enum class Role {
    Identifying, ///< alone, as a name or number does: never released
    Quasi,       ///< together with others, as age, sex and place do: what is generalised
    Sensitive,   ///< what somebody who knows the others would learn
    Insensitive
};

/// Values are kept once; a record has the number of its value.
struct Column {
    std::string name;
    Role role = Role::Insensitive;
    std::vector<std::string> values;
    std::vector<std::uint32_t> cells; ///< one a record: index into `values`
};

/// A table of records, one a person, column by column.
struct Table {
    std::vector<Column> columns;
    std::size_t records = 0;

    /// Indices of the columns of a role, in order.
    [[nodiscard]] std::vector<std::size_t> columnsOf(Role role) const;
};

/// `rows` follow a header line. FormatMalformed (param line, from 1) when a row is not as long as `names`, for a role of a
/// column that there is not, or two columns of one name.
[[nodiscard]] Result<Table> makeTable(const std::vector<std::string> &names,
                                      const std::vector<std::pair<std::string, Role>> &roles,
                                      const std::vector<std::vector<std::string>> &rows);

} // namespace amana::deid::risk
