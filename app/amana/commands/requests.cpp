// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/commands/seat.h"
#include "app/amana/shown.h"
#include "core/sharing/access.h"
#include "core/sharing/withdrawal.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

using nlohmann::json;

void declareWish(Arguments &arguments)
{
    arguments.option({QStringLiteral("purpose")}, QStringLiteral("DUO:…"),
                     QStringLiteral("one use, and the conditions that you accept (repeatable)"));
    arguments.option({QStringLiteral("until")}, QStringLiteral("YYYY-MM-DD"),
                     QStringLiteral("last day of access"));
    arguments.option({QStringLiteral("message")}, QStringLiteral("TEXT"),
                     QStringLiteral("encrypted to the custodians"));
}

/// All but the message, which names who asks.
Result<sharing::Asking> askingOf(const Context &context, const Arguments &arguments)
{
    AMANA_CHECK(arguments.required(QStringLiteral("purpose")));
    AMANA_TRY(const QString date, arguments.required(QStringLiteral("until")));
    sharing::Asking asking;
    for (const QString &term : arguments.values(QStringLiteral("purpose")))
        asking.terms.push_back(term.toStdString());
    AMANA_CHECK(sharing::wishOf(asking.terms));
    AMANA_TRY(asking.until, sharing::endOfDay(date.toStdString(), context.clock));
    return asking;
}

Result<sharing::RequestMessage> messageOf(const Arguments &arguments, const Seat &seat)
{
    AMANA_TRY(const chain::Member member,
              chain::IdentityRegistry(seat.actor->chain).memberOf(seat.actor->address()));
    return sharing::RequestMessage{seat.actor->profile.info.name, std::to_string(member.institution),
                                   arguments.text(QStringLiteral("message"))};
}

Status request(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("request"), QStringLiteral("DATASET"),
        QStringLiteral("Asks the custodians for access. DATASET is a number of the catalogue or a CID."));
    declareWish(arguments);
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(sharing::Asking asking, askingOf(context, arguments));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const std::uint64_t dataset, datasetNumber(arguments, seat.actor->chain));
    AMANA_TRY(asking.message, messageOf(arguments, seat));
    AMANA_TRY(const chain::Receipt receipt, sharing::Requester(*seat.actor).request(dataset, asking));
    AMANA_TRY(const std::uint64_t id, chain::requestedId(receipt));
    context.out.json({{"dataset", dataset}, {"state", "requested"}, {"until", timeOf(asking.until)}});
    printReceipt(context.out,
                 QStringLiteral("Request %1 for dataset %2 is with the custodians.").arg(id).arg(dataset), id,
                 receipt);
    return {};
}

Status resubmit(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("resubmit"), QStringLiteral("REQUEST"),
                        QStringLiteral("Sends a changed request again; it counts as a new revision."));
    declareWish(arguments);
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const std::uint64_t id, arguments.positionalNumber(0));
    AMANA_TRY(sharing::Asking asking, askingOf(context, arguments));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(asking.message, messageOf(arguments, seat));
    AMANA_TRY(const chain::Receipt receipt, sharing::Requester(*seat.actor).resubmit(id, asking));
    printReceipt(context.out, QStringLiteral("Request %1 was sent again.").arg(id), id, receipt);
    return {};
}

Status approve(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("approve"), QStringLiteral("REQUEST"),
        QStringLiteral("Gives access: wraps the keys for the requester. A care approval (--care) also gives"
                       " the true name and dates, and is possible only for a request for clinical care."
                       " Who received keys can open those data for ever."));
    arguments.flag(QStringLiteral("care"), QStringLiteral("with the true name and dates"));
    arguments.option({QStringLiteral("revision")}, QStringLiteral("N"),
                     QStringLiteral("the one you looked at (default: the newest)"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const std::uint64_t id, arguments.positionalNumber(0));
    AMANA_TRY(const Seat seat, sit(context));
    const chain::AccessGrants grants(seat.actor->chain);
    AMANA_TRY(const chain::AccessRequest row, grants.requestOf(id));
    AMANA_TRY(const std::uint64_t revision, arguments.number(QStringLiteral("revision"), row.revision));
    const bool care = arguments.has(QStringLiteral("care"));
    AMANA_TRY(const chain::Receipt receipt,
              sharing::CustodianDesk(*seat.actor)
                  .approve(id, static_cast<std::uint32_t>(revision),
                           care ? sharing::GrantKind::Care : sharing::GrantKind::Research));
    AMANA_TRY(const chain::AccessRequest after, grants.requestOf(id));
    const std::string state(chain::requestStateName(after.state));
    const bool approved = after.state == chain::RequestState::Approved;
    context.out.json({{"state", state},
                      {"votes", after.votes + (approved ? 1 : 0)}, // the deciding one is not counted on the chain
                      {"grant", care ? "care" : "research"}});
    printReceipt(
        context.out,
        approved
            ? QStringLiteral("Request %1 is approved%2.")
                  .arg(id)
                  .arg(care ? QStringLiteral(", with the true name and dates") : QString())
            : QStringLiteral("Your vote for request %1 counts; it is “%2” until enough custodians agree.")
                  .arg(id)
                  .arg(toQ(state)),
        id, receipt);
    return {};
}

/// return, deny, revoke and cancel: a number, perhaps a text, one transaction.
using Act = std::function<Result<chain::Receipt>(sharing::Actor &, std::uint64_t, const std::string &)>;

CommandFunction decision(const QString &name, const QString &description, const QString &textOption,
                         const QString &done, Act act)
{
    return [=](Context &context, const QStringList &list) -> Status {
        Arguments arguments(name, QStringLiteral("REQUEST"), description);
        if (!textOption.isEmpty())
            arguments.option({textOption}, QStringLiteral("TEXT"),
                             QStringLiteral("encrypted to the requester"));
        AMANA_CHECK(arguments.parse(context, list, 1, 1));
        AMANA_TRY(const std::uint64_t id, arguments.positionalNumber(0));
        AMANA_TRY(const Seat seat, sit(context));
        const std::string text = textOption.isEmpty() ? std::string() : arguments.text(textOption);
        AMANA_TRY(const chain::Receipt receipt, act(*seat.actor, id, text));
        AMANA_TRY(const chain::AccessRequest after, chain::AccessGrants(seat.actor->chain).requestOf(id));
        context.out.json({{"state", std::string(chain::requestStateName(after.state))}});
        printReceipt(context.out, done.arg(id), id, receipt);
        return {};
    };
}

Status revoke(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("revoke"), QStringLiteral("REQUEST"),
        QStringLiteral("Ends an access, or with --all every one of dataset REQUEST: no new keys, no guarded"
                       " serving, no download by this program. Copies that were opened before cannot be"
                       " recalled by anyone."));
    arguments.flag(QStringLiteral("all"), QStringLiteral("every access to this dataset, in one transaction"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const std::uint64_t id, arguments.positionalNumber(0));
    AMANA_TRY(const Seat seat, sit(context));
    sharing::CustodianDesk desk(*seat.actor);
    if (arguments.has(QStringLiteral("all"))) {
        AMANA_TRY(const chain::Receipt receipt, desk.revokeAll(id));
        context.out.json({{"dataset", id}, {"state", "revoked"}});
        context.out.json(receiptToJson(receipt));
        context.out.line(QStringLiteral("Every access to dataset %1 is revoked.").arg(id));
        return {};
    }
    AMANA_TRY(const chain::Receipt receipt, desk.revoke(id));
    AMANA_TRY(const chain::AccessRequest after, chain::AccessGrants(seat.actor->chain).requestOf(id));
    context.out.json({{"state", std::string(chain::requestStateName(after.state))}});
    printReceipt(context.out, QStringLiteral("Access by request %1 is revoked.").arg(id), id, receipt);
    return {};
}

Status withdraw(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("withdraw"), QStringLiteral("DATASET"),
        QStringLiteral("Withdraws a dataset: no new request, no approval, nothing is served. With --subject one"
                       " person's part only: later approvals leave it out. Keys that were given stay given."));
    arguments.option({QStringLiteral("subject")}, QStringLiteral("PSEUDONYM"),
                     QStringLiteral("the person in this dataset, on whose written request you act"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const std::uint64_t id, datasetNumber(arguments, seat.actor->chain));
    const bool one = arguments.has(QStringLiteral("subject"));
    sharing::Actor &actor = *seat.actor;
    AMANA_TRY(const chain::Receipt receipt,
              one ? sharing::withdrawSubject(actor, id, arguments.text(QStringLiteral("subject")))
                  : actor.outbox.send(actor.chain, actor.chainKey, chain::DatasetRegistry(actor.chain).withdraw(id)));
    context.out.json({{"dataset", id}, {"withdrawn", one ? "subject" : "dataset"}});
    context.out.json(receiptToJson(receipt));
    context.out.line(one ? QStringLiteral("One part of dataset %1 is withdrawn.").arg(id)
                         : QStringLiteral("Dataset %1 is withdrawn.").arg(id));
    return {};
}

} // namespace

std::vector<Command> requestCommands()
{
    const auto returned = [](sharing::Actor &actor, std::uint64_t id, const std::string &text) {
        return sharing::CustodianDesk(actor).returnForChanges(id, text);
    };
    const auto denied = [](sharing::Actor &actor, std::uint64_t id, const std::string &text) {
        return sharing::CustodianDesk(actor).deny(id, text);
    };
    const auto cancelled = [](sharing::Actor &actor, std::uint64_t id, const std::string &) {
        return sharing::Requester(actor).cancel(id);
    };
    return {
        {QStringLiteral("request"), QStringLiteral("ask for access to a dataset"), request},
        {QStringLiteral("requests"), QStringLiteral("list requests both ways, sales and emergencies"), listRequests},
        {QStringLiteral("approve"), QStringLiteral("give access (--care: with the true name and dates)"),
         approve},
        {QStringLiteral("return"), QStringLiteral("ask the requester for changes"),
         decision(QStringLiteral("return"), QStringLiteral("Returns a request for changes."),
                  QStringLiteral("comment"), QStringLiteral("Request %1 was returned for changes."),
                  returned)},
        {QStringLiteral("deny"), QStringLiteral("refuse a request"),
         decision(QStringLiteral("deny"), QStringLiteral("Refuses a request for good."),
                  QStringLiteral("reason"), QStringLiteral("Request %1 is denied."), denied)},
        {QStringLiteral("revoke"), QStringLiteral("end an approved access, or all of a dataset"), revoke},
        {QStringLiteral("withdraw"), QStringLiteral("withdraw a dataset or one person in it"), withdraw},
        {QStringLiteral("cancel"), QStringLiteral("take back your own request"),
         decision(QStringLiteral("cancel"), QStringLiteral("Takes back a request that is not decided."), {},
                  QStringLiteral("Request %1 is cancelled."), cancelled)},
        {QStringLiteral("resubmit"), QStringLiteral("send a returned request again"), resubmit}};
}

} // namespace amana::cli
