// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/vault_journal.h"

#include <algorithm>

namespace amana::app {

Status VaultJournal::put(const Row &row)
{
    return m_library.putJob({row.id, row.kind, "unfinished", m_clock.now(), row.params});
}

Status VaultJournal::remove(const jobs::JobId &id)
{
    return m_library.removeJob(id);
}

Result<std::vector<jobs::JobJournal::Row>> VaultJournal::unfinished() const
{
    AMANA_TRY(const std::vector<store::JobEntry> entries, m_library.jobs());
    std::vector<Row> rows;
    for (const store::JobEntry &entry : entries)
        rows.push_back({entry.id, entry.kind, entry.payload});
    std::reverse(rows.begin(), rows.end());
    return rows;
}

} // namespace amana::app
