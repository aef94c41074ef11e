// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/transactions.h"

#include "app/amana/commands/commands.h"
#include "app/amana/shown.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::cli {

namespace {

using nlohmann::json;

constexpr int kShown = 50;

/// "mined, 3 of 12" where a number of blocks is awaited.
QString stateText(const chain::OutboxEntry &entry)
{
    const QString state = toQ(chain::outboxStateName(entry.state));
    return entry.state == chain::OutboxState::Mined
               ? QStringLiteral("%1, %2 of %3").arg(state).arg(entry.confirmations).arg(entry.needed)
               : state;
}

void print(const Output &out, const std::vector<chain::OutboxEntry> &entries)
{
    std::vector<QStringList> table;
    for (const chain::OutboxEntry &entry : entries)
        table.push_back({QString::number(entry.id), toQ(entry.label), stateText(entry),
                         toQ(timeOf(static_cast<std::uint64_t>(entry.created))), toQ(hexOf(entry.txHash)),
                         toQ(entry.error)});
    out.json({{"transactions", transactionsToJson(entries)}});
    out.table({QStringLiteral("No."), QStringLiteral("What"), QStringLiteral("State"), QStringLiteral("When"),
               QStringLiteral("Transaction"), QStringLiteral("Error")},
              table, QStringLiteral("Nothing was sent yet."));
}

Status list(Context &context, const QStringList &given)
{
    Arguments arguments(QStringLiteral("transactions list"), {},
                        QStringLiteral("What this profile sent to the chain, newest first, and how far it is."));
    AMANA_CHECK(arguments.parse(context, given, 0, 0));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(const auto entries, transactionsOf(*session));
    print(context.out, entries);
    return {};
}

using Change = Status (chain::Outbox::*)(chain::Chain &, const crypto::SigningKey &, std::int64_t);

/// One that waits is signed again, for a higher fee; then the newest are shown.
CommandFunction change(const QString &name, const QString &description, Change what)
{
    return [=](Context &context, const QStringList &given) -> Status {
        Arguments arguments(name, QStringLiteral("NUMBER"), description);
        AMANA_CHECK(arguments.parse(context, given, 1, 1));
        AMANA_TRY(const std::uint64_t id, arguments.positionalNumber(0));
        AMANA_TRY(const auto session, context.session());
        AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
        AMANA_CHECK((actor->outbox.*what)(actor->chain, actor->chainKey, static_cast<std::int64_t>(id)));
        AMANA_CHECK(actor->outbox.update(actor->chain));
        AMANA_TRY(auto entries, transactionsOf(*session));
        std::erase_if(entries, [id](const chain::OutboxEntry &entry) { return entry.id != static_cast<std::int64_t>(id); });
        print(context.out, entries);
        return {};
    };
}

} // namespace

Result<std::vector<chain::OutboxEntry>> transactionsOf(const app::Session &session)
{
    AMANA_TRY(const auto outbox, chain::Outbox::open(session.folder()));
    return outbox->entries(kShown);
}

json transactionsToJson(const std::vector<chain::OutboxEntry> &entries)
{
    json rows = json::array();
    for (const chain::OutboxEntry &entry : entries) {
        json row{{"id", entry.id},
                 {"label", entry.label},
                 {"state", std::string(chain::outboxStateName(entry.state))},
                 {"transaction", hexOf(entry.txHash)},
                 {"nonce", entry.nonce},
                 {"block", entry.block},
                 {"confirmations", entry.confirmations},
                 {"needed", entry.needed},
                 {"fee", entry.fee.toDecimal()},
                 {"attempts", entry.attempts}};
        if (!entry.error.empty())
            row["error"] = entry.error;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Command> transactionCommands()
{
    return {{QStringLiteral("transactions"), QStringLiteral("list, speed-up, cancel: what was sent to the chain"),
             dispatch(QStringLiteral("transactions"),
                      {{QStringLiteral("list"), list},
                       {QStringLiteral("speed-up"),
                        change(QStringLiteral("transactions speed-up"),
                               QStringLiteral("Offers a higher fee for one that waits; it is done once all the same."),
                               &chain::Outbox::speedUp)},
                       {QStringLiteral("cancel"),
                        change(QStringLiteral("transactions cancel"),
                               QStringLiteral("Sends nothing in its place. When the first one was faster, it is done."),
                               &chain::Outbox::cancel)}},
                      QStringLiteral("list"))}};
}

} // namespace amana::cli
