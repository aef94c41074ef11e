// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/commands/seat.h"
#include "app/amana/shown.h"
#include "core/chain/contracts.h"
#include "core/sharing/purchases.h"
#include "core/sharing/sale.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

using nlohmann::json;

/// One step of a purchase: a request's number, one transaction.
using Step = std::function<Result<chain::Receipt>(const Seat &, const Arguments &, std::uint64_t)>;

Status takeStep(Context &context, const QStringList &list, Arguments &&arguments, const QString &done, const Step &step)
{
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const std::uint64_t id, arguments.positionalNumber(0));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const chain::Receipt receipt, step(seat, arguments, id));
    AMANA_TRY(const chain::Purchase purchase, chain::Market(seat.actor->chain).purchaseOf(id));
    const std::string &native = seat.actor->chain.profile().currency;
    const chain::Amount amount{purchase.currency, purchase.amount};
    json payment = amountToJson(amount, native);
    payment["state"] = std::string(chain::purchaseStateName(purchase.state));
    if (const auto deadline = sharing::deadlineOf(purchase))
        payment["until"] = timeOf(*deadline);
    context.out.json({{"payment", payment}});
    printReceipt(context.out, done.arg(id).arg(toQ(chain::amountText(amount, native))), id, receipt);
    return {};
}

Status pay(Context &context, const QStringList &list)
{
    return takeStep(
        context, list,
        Arguments(QStringLiteral("pay"), QStringLiteral("REQUEST"),
                  QStringLiteral("Pays the price of your own request. The contract holds the money until you accept what"
                                 " was delivered, or 3 days after delivery without a dispute; it can be taken back 7 days"
                                 " after payment without delivery. Run again it pays nothing twice.")),
        QStringLiteral("%2 are held for request %1."),
        [](const Seat &seat, const Arguments &, std::uint64_t id) { return sharing::Purchases(*seat.actor).pay(id); });
}

Status accept(Context &context, const QStringList &list)
{
    return takeStep(context, list,
                    Arguments(QStringLiteral("accept"), QStringLiteral("REQUEST"),
                              QStringLiteral("Releases the money to the sellers: the buyer at once, anybody 3 days after"
                                             " delivery. It cannot be disputed afterwards.")),
                    QStringLiteral("The %2 of request %1 now belong to the sellers."),
                    [](const Seat &seat, const Arguments &, std::uint64_t id) {
                        return sharing::Purchases(*seat.actor).release(id);
                    });
}

Status refund(Context &context, const QStringList &list)
{
    return takeStep(context, list,
                    Arguments(QStringLiteral("refund"), QStringLiteral("REQUEST"),
                              QStringLiteral("Gives the money back to the buyer: 7 days after payment without delivery, or"
                                             " at once when the request was denied, cancelled or has expired.")),
                    QStringLiteral("The %2 of request %1 belong to the buyer again."),
                    [](const Seat &seat, const Arguments &, std::uint64_t id) {
                        return sharing::Purchases(*seat.actor).refund(id);
                    });
}

Status dispute(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("dispute"), QStringLiteral("REQUEST"),
                        QStringLiteral("Says within 3 days of delivery that what came is not what was bought. The arbiter"
                                       " decides; after 30 days without a decision the money can go back."));
    arguments.option({QStringLiteral("reason")}, QStringLiteral("TEXT"),
                     QStringLiteral("encrypted to arbiter and seller"));
    return takeStep(context, list, std::move(arguments), QStringLiteral("The %2 of request %1 wait for the arbiter."),
                    [](const Seat &seat, const Arguments &given, std::uint64_t id) -> Result<chain::Receipt> {
                        AMANA_TRY(const QString reason, given.required(QStringLiteral("reason")));
                        return sharing::Purchases(*seat.actor).dispute(id, reason.toStdString());
                    });
}

/// All to one side, or what --buyer-share gives to the buyer.
Result<std::uint16_t> buyersShare(const Arguments &arguments)
{
    const QString side = arguments.value(QStringLiteral("to"));
    if (arguments.has(QStringLiteral("buyer-share"))) {
        if (!side.isEmpty())
            return arguments.misuse("conflict", QStringLiteral("--to --buyer-share"));
        return sharing::shareFromText(arguments.text(QStringLiteral("buyer-share")));
    }
    if (side != QStringLiteral("buyer") && side != QStringLiteral("seller"))
        return arguments.misuse("badValue", side);
    return side == QStringLiteral("buyer") ? std::uint16_t(10'000) : std::uint16_t(0);
}

Status settle(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("settle"), QStringLiteral("REQUEST"),
                        QStringLiteral("Decides a dispute as its arbiter, with --to or --buyer-share. Without them it gives"
                                       " the money back 30 days after a dispute that nobody decided."));
    arguments.option({QStringLiteral("to")}, QStringLiteral("buyer|seller"), QStringLiteral("who gets all of it"));
    arguments.option({QStringLiteral("buyer-share")}, QStringLiteral("PERCENT"),
                     QStringLiteral("what goes back, the rest to the sellers"));
    return takeStep(
        context, list, std::move(arguments), QStringLiteral("The dispute about the %2 of request %1 is over."),
        [](const Seat &seat, const Arguments &given, std::uint64_t id) -> Result<chain::Receipt> {
            sharing::Purchases purchases(*seat.actor);
            if (!given.has(QStringLiteral("to")) && !given.has(QStringLiteral("buyer-share")))
                return purchases.settle(id);
            AMANA_TRY(const std::uint16_t share, buyersShare(given));
            return purchases.decide(id, share);
        });
}

Status balance(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("balance"), {},
                        QStringLiteral("What this account has, may collect, and has paid that is still held."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const Seat seat, sit(context));
    const std::string &native = seat.actor->chain.profile().currency;
    json rows = json::array();
    std::vector<QStringList> table;
    for (const chain::Currency currency : {chain::Currency::Credit, chain::Currency::Native}) {
        AMANA_TRY(const sharing::Holdings has, sharing::Purchases(*seat.actor).holdings(currency));
        const std::string symbol = chain::symbolOf(currency, native);
        rows.push_back({{"currency", symbol},
                        {"held", chain::decimalText(has.held)},
                        {"owed", chain::decimalText(has.owed)},
                        {"locked", chain::decimalText(has.locked)}});
        table.push_back({toQ(symbol), toQ(chain::decimalText(has.held)), toQ(chain::decimalText(has.owed)),
                         toQ(chain::decimalText(has.locked))});
    }
    context.out.json({{"balances", rows}});
    context.out.table({QStringLiteral("Currency"), QStringLiteral("In the account"), QStringLiteral("To collect"),
                       QStringLiteral("Paid, still held")},
                      table, {});
    return {};
}

Status collect(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("collect"), {}, QStringLiteral("Takes out all that this account is owed."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const std::vector<sharing::Collected> all, sharing::Purchases(*seat.actor).collect());
    const std::string &native = seat.actor->chain.profile().currency;
    json rows = json::array();
    for (const sharing::Collected &one : all) {
        json row = amountToJson(one.amount, native);
        row.update(receiptToJson(one.receipt));
        rows.push_back(std::move(row));
        context.out.line(QStringLiteral("%1 collected.").arg(toQ(chain::amountText(one.amount, native))));
    }
    context.out.json({{"collected", rows}});
    return {};
}

Status mint(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("credit mint"), QStringLiteral("NAME|ADDRESS AMOUNT"),
                        QStringLiteral("Gives out credit, for example “5 AMC” (administrator). Each run gives out once more."));
    AMANA_CHECK(arguments.parse(context, list, 2, 2));
    AMANA_TRY(const Seat seat, sit(context));
    const std::string &native = seat.actor->chain.profile().currency;
    AMANA_TRY(const chain::Amount amount, chain::amountFromText(arguments.positional(1).toStdString(), native));
    if (amount.currency != chain::Currency::Credit || amount.value.isZero())
        return arguments.misuse("badValue", arguments.positional(1));
    AMANA_TRY(const Address who, seat.session->addressOf(arguments.positional(0).toStdString()));
    AMANA_TRY(const chain::Receipt receipt, sharing::Purchases(*seat.actor).mint(who, amount.value));
    AMANA_TRY(const auto contacts, app::Contacts::open(seat.session->library(), context.home));
    json row = amountToJson(amount, native);
    row["to"] = partyToJson(*contacts, who);
    context.out.json(row);
    context.out.json(receiptToJson(receipt));
    context.out.line(QStringLiteral("%1 has %2 more.").arg(partyText(*contacts, who),
                                                            toQ(chain::amountText(amount, native))));
    return {};
}

} // namespace

std::vector<Command> moneyCommands()
{
    return {{QStringLiteral("pay"), QStringLiteral("pay the price of your request; the contract holds it"), pay},
            {QStringLiteral("accept"), QStringLiteral("release the money for what was delivered"), accept},
            {QStringLiteral("refund"), QStringLiteral("take the money back when nothing was delivered"), refund},
            {QStringLiteral("dispute"), QStringLiteral("say that what came is not what was bought"), dispute},
            {QStringLiteral("settle"), QStringLiteral("decide a dispute (arbiter)"), settle},
            {QStringLiteral("balance"), QStringLiteral("money in the account, to collect, and held"), balance},
            {QStringLiteral("collect"), QStringLiteral("take out what you are owed"), collect},
            {QStringLiteral("credit"), QStringLiteral("mint: give out credit (administrator)"),
             dispatch(QStringLiteral("credit"), {{QStringLiteral("mint"), mint}})}};
}

} // namespace amana::cli
