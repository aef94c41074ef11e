// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/audit_adapter.h"

#include "app/workspace/chain_words.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"

#include <algorithm>

namespace amana::app {

namespace {

constexpr int kMaxRows = 10'000;

bool matches(const ports::AuditRow &row, const QString &query)
{
    const QStringList texts{row.who.name,     row.who.address, row.who.institution, row.dataset,
                            row.datasetTitle, row.request,     row.transaction,     row.kind};
    return query.isEmpty() || std::any_of(texts.begin(), texts.end(), [&](const QString &text) {
               return text.contains(query, Qt::CaseInsensitive);
           });
}

Result<std::vector<ports::AuditRow>> rowsOf(Seat &seat, const QString &query)
{
    AMANA_TRY(const auto history, seat.index().history({{}, {}, kMaxRows}));
    AMANA_TRY(const auto members, membersByAddress(seat));
    std::map<std::uint64_t, QString> titles;
    std::vector<ports::AuditRow> rows;
    for (const chain::HistoryRow &entry : history) {
        ports::AuditRow row;
        row.when = timeOf(entry.time);
        row.kind = eventCode(entry.kind);
        row.who = partyOf(seat, members, entry.who);
        if (entry.dataset != 0) {
            row.dataset = QString::number(entry.dataset);
            const auto [it, fresh] = titles.try_emplace(entry.dataset);
            if (fresh)
                it->second = datasetTitle(seat, entry.dataset);
            row.datasetTitle = it->second;
        }
        if (entry.request != 0)
            row.request = QString::number(entry.request);
        row.transaction = QStringLiteral("0x") + QString::fromStdString(toHex(entry.txHash));
        row.block = entry.block;
        if (matches(row, query))
            rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

ports::Future<std::vector<ports::AuditRow>> AuditAdapter::rows(const QString &query)
{
    return m_hub.onSeat(m_hub.reading(),
                        [query = query.trimmed()](Seat &seat) { return rowsOf(seat, query); });
}

} // namespace amana::app
