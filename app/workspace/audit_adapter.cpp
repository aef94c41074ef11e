// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/audit_adapter.h"

#include "app/workspace/chain_words.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"
#include "core/sharing/gateway_audit.h"

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

/// Titles of datasets, each looked up once.
class Titles {
public:
    explicit Titles(Seat &seat) : m_seat(seat) {}
    void name(ports::AuditRow &row, std::uint64_t dataset)
    {
        if (dataset == 0)
            return;
        row.dataset = QString::number(dataset);
        const auto [it, fresh] = m_known.try_emplace(dataset);
        if (fresh)
            it->second = datasetTitle(m_seat, dataset);
        row.datasetTitle = it->second;
    }

private:
    Seat &m_seat;
    std::map<std::uint64_t, QString> m_known;
};

Result<std::vector<ports::AuditRow>> rowsOf(Seat &seat, const QString &query)
{
    AMANA_TRY(const auto history, seat.index().history({{}, {}, kMaxRows}));
    AMANA_TRY(const auto members, membersByAddress(seat));
    AMANA_TRY(const auto gateway, sharing::readGatewayAudit(seat.session().folder(), kMaxRows));
    Titles titles(seat);
    std::vector<ports::AuditRow> rows;
    for (const chain::HistoryRow &entry : history) {
        ports::AuditRow row;
        row.when = timeOf(entry.time);
        row.kind = eventCode(entry.kind);
        row.who = partyOf(seat, members, entry.who);
        titles.name(row, entry.dataset);
        if (entry.request != 0)
            row.request = QString::number(entry.request);
        row.transaction = QStringLiteral("0x") + QString::fromStdString(toHex(entry.txHash));
        row.block = entry.block;
        if (matches(row, query))
            rows.push_back(std::move(row));
    }
    for (const sharing::GatewayEvent &event : gateway) {
        ports::AuditRow row;
        row.when = event.time;
        row.kind = QString::fromUtf8(sharing::gatewayEventName(event.kind).data());
        if (event.client != Address{})
            row.who = partyOf(seat, members, event.client);
        titles.name(row, event.dataset);
        if (event.request != 0)
            row.request = QString::number(event.request);
        if (matches(row, query))
            rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.when > b.when; });
    return rows;
}

} // namespace

ports::Future<std::vector<ports::AuditRow>> AuditAdapter::rows(const QString &query)
{
    return m_hub.onSeat(m_hub.reading(),
                        [query = query.trimmed()](Seat &seat) { return rowsOf(seat, query); });
}

} // namespace amana::app
