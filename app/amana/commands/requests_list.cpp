// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/seat.h"
#include "app/amana/shown.h"
#include "core/sharing/access.h"
#include "core/sharing/purchases.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::cli {

namespace {

using nlohmann::json;

/// What the rows of the lists are made with.
struct Desk {
    const Seat &seat;
    const app::Contacts &contacts;
    sharing::CustodianDesk custodian;
    std::uint64_t now = 0;

    const chain::EventIndex &index() const { return seat.actor->index; }
    const std::string &native() const { return seat.actor->chain.profile().currency; }
};

json requestToJson(const chain::IndexedRequest &row, const app::Contacts &contacts)
{
    const chain::AccessRequest &request = row.request;
    json object{{"request", request.id},
                {"dataset", request.dataset},
                {"requester", partyToJson(contacts, request.requester)},
                {"purpose", purposeOf(request.purpose)},
                {"conditions", purposesToJson(row.conditions)},
                {"state", std::string(chain::requestStateName(request.state))},
                {"revision", request.revision},
                {"votes", row.approvals()},
                {"until", timeOf(request.until)},
                {"created", timeOf(row.created)},
                {"changed", timeOf(row.time)}};
    if (row.decidedBy != Address{})
        object["decidedBy"] = partyToJson(contacts, row.decidedBy);
    return object;
}

/// Message and comment, where they were sealed for this profile.
void addTexts(json &object, const chain::IndexedRequest &row, const sharing::CustodianDesk &desk)
{
    if (const auto message = desk.readMessage(row.messageDigest))
        object["message"] = {
            {"name", message->name}, {"institution", message->institution}, {"text", message->text}};
    if (const auto comment = desk.readComment(row.decisionDigest); comment && !comment->empty())
        object["comment"] = *comment;
}

json purchaseToJson(const Desk &desk, const chain::IndexedPurchase &row)
{
    const chain::Purchase &purchase = row.purchase;
    json object = amountToJson({purchase.currency, purchase.amount}, desk.native());
    object["state"] = std::string(chain::purchaseStateName(purchase.state));
    object["since"] = timeOf(purchase.since);
    if (const auto deadline = sharing::deadlineOf(purchase))
        object["until"] = timeOf(*deadline); // when the next step needs nobody's yes
    if (const auto reason = desk.custodian.readComment(row.reasonDigest); reason && !reason->empty())
        object["reason"] = *reason;
    return object;
}

/// Price and payment of a request; "5 AMC, paid" for the table.
Result<QString> addMoney(json &object, const Desk &desk, const chain::AccessRequest &request)
{
    AMANA_TRY(const auto dataset, desk.index().dataset(request.dataset));
    if (!dataset || dataset->dataset.price.isZero())
        return QString();
    const chain::Amount price{dataset->dataset.currency, dataset->dataset.price};
    object["price"] = amountToJson(price, desk.native());
    AMANA_TRY(const auto purchase, desk.index().purchase(request.id));
    object["payment"] = purchase ? purchaseToJson(desk, *purchase) : json{{"state", "unpaid"}};
    return QStringLiteral("%1, %2").arg(toQ(chain::amountText(price, desk.native())),
                                        toQ(object["payment"]["state"].get<std::string>()));
}

/// Requests to this profile, or by it.
Status listWay(Context &context, const Arguments &arguments, const Desk &desk, bool incoming, std::uint64_t dataset,
               std::vector<QStringList> &table)
{
    chain::RequestQuery query;
    query.now = desk.now;
    (incoming ? query.custodian : query.requester) = desk.seat.actor->address();
    if (dataset > 0)
        query.dataset = dataset;
    AMANA_TRY(const std::vector<chain::IndexedRequest> found, desk.index().requests(query));
    json rows = json::array();
    for (const chain::IndexedRequest &row : found) {
        json object = requestToJson(row, desk.contacts);
        if (arguments.has(QStringLiteral("state")) && object["state"] != arguments.text(QStringLiteral("state")))
            continue;
        addTexts(object, row, desk.custodian);
        AMANA_TRY(const QString money, addMoney(object, desk, row.request));
        const std::string text = object.contains("message") ? object["message"]["text"].get<std::string>() : "";
        table.push_back({QString::number(row.request.id),
                         incoming ? QStringLiteral("to you") : QStringLiteral("by you"),
                         toQ(object["state"].get<std::string>()), QString::number(row.request.dataset),
                         purposesText((std::uint64_t(1) << row.request.purpose) | row.conditions), toQ(timeOf(row.request.until)).left(10),
                         partyText(desk.contacts, row.request.requester), money, toQ(text)});
        rows.push_back(std::move(object));
    }
    context.out.json({{incoming ? "incoming" : "outgoing", rows}});
    return {};
}

/// What else is this profile's business: what it sells, is paid a part of, or decides as arbiter.
Status listSales(Context &context, const Desk &desk, std::uint64_t only)
{
    const Address &self = desk.seat.actor->address();
    AMANA_TRY(const auto purchases, desk.index().purchases());
    json rows = json::array();
    std::vector<QStringList> table;
    for (const chain::IndexedPurchase &purchase : purchases) {
        AMANA_TRY(const auto request, desk.index().request(purchase.request));
        if (!request || (only > 0 && request->request.dataset != only))
            continue;
        AMANA_TRY(const auto dataset, desk.index().dataset(request->request.dataset));
        AMANA_TRY(const chain::Terms terms, chain::Market(desk.seat.actor->chain).termsOf(purchase.purchase.terms));
        json roles = json::array();
        if (dataset && dataset->dataset.owner == self)
            roles.push_back("seller");
        for (const chain::Payee &payee : terms.payees)
            if (payee.who == self)
                roles.push_back("payee");
        if (terms.arbiter == self)
            roles.push_back("arbiter");
        if (roles.empty())
            continue;
        json row = purchaseToJson(desk, purchase);
        row.update({{"request", purchase.request},
                    {"dataset", request->request.dataset},
                    {"buyer", partyToJson(desk.contacts, purchase.purchase.buyer)},
                    {"roles", roles}});
        table.push_back({QString::number(purchase.request), toQ(row["state"].get<std::string>()),
                         QString::number(request->request.dataset), toQ(row["text"].get<std::string>()),
                         partyText(desk.contacts, purchase.purchase.buyer), toQ(row.value("until", "")).left(10),
                         toQ(row.value("reason", ""))});
        rows.push_back(std::move(row));
    }
    context.out.json({{"sales", rows}});
    if (!table.empty()) {
        context.out.line(QStringLiteral("\nSold by you, paid to you or decided by you"));
        context.out.table({QStringLiteral("Request"), QStringLiteral("Money"), QStringLiteral("Dataset"),
                           QStringLiteral("Price"), QStringLiteral("Buyer"), QStringLiteral("Until"),
                           QStringLiteral("Reason")},
                          table, {});
    }
    return {};
}

/// Emergencies that concern this profile: of its datasets, by it, or to be reviewed by it.
Status listEmergencies(Context &context, const Desk &desk, std::uint64_t only)
{
    sharing::Actor &actor = *desk.seat.actor;
    AMANA_TRY(const chain::Member self, chain::IdentityRegistry(actor.chain).memberOf(actor.address()));
    const bool reviews = (self.roles & chain::roles::kAuditor) != 0;
    AMANA_TRY(const auto emergencies, only > 0 ? desk.index().emergencies(only) : desk.index().emergencies());
    json rows = json::array();
    std::vector<QStringList> table;
    for (const chain::IndexedEmergency &row : emergencies) {
        AMANA_TRY(const auto dataset, desk.index().dataset(row.dataset));
        const bool decides = dataset
            && std::find(dataset->custodians.begin(), dataset->custodians.end(), actor.address())
                != dataset->custodians.end();
        if (!decides && !reviews && row.who != actor.address())
            continue;
        AMANA_TRY(const bool allowed, chain::AccessGrants(actor.chain).isAllowedInEmergency(row.dataset, row.who));
        const bool reviewed = row.auditor != Address{};
        const bool holds = allowed && !reviewed && desk.now < row.until;
        const char *state = reviewed ? (row.justified ? "justified" : "notJustified") : holds ? "open" : "reviewDue";
        json object{{"dataset", row.dataset},      {"who", partyToJson(desk.contacts, row.who)},
                    {"declared", timeOf(row.time)}, {"until", timeOf(row.until)},
                    {"state", state},               {"reviewed", reviewed}};
        if (reviewed)
            object["auditor"] = partyToJson(desk.contacts, row.auditor);
        for (const auto &[name, digest] : {std::pair{"reason", row.reasonDigest}, std::pair{"note", row.noteDigest}})
            if (const auto text = desk.custodian.readComment(digest); text && !text->empty())
                object[name] = *text;
        table.push_back({QString::number(row.dataset), partyText(desk.contacts, row.who), toQ(timeOf(row.time)),
                         toQ(timeOf(row.until)), QLatin1String(state), toQ(object.value("reason", ""))});
        rows.push_back(std::move(object));
    }
    context.out.json({{"emergencies", rows}});
    if (!table.empty()) {
        context.out.line(QStringLiteral("\nEmergencies: opened without a custodian's yes, and to be reviewed"));
        context.out.table({QStringLiteral("Dataset"), QStringLiteral("Who"), QStringLiteral("Declared"),
                           QStringLiteral("Until"), QStringLiteral("State"), QStringLiteral("Reason")},
                          table, {});
    }
    return {};
}

} // namespace

Status listRequests(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("requests"), {},
                        QStringLiteral("Requests to you as custodian and by you, with what was paid; sales that you are"
                                       " paid for or decide about; emergencies of your datasets."));
    arguments.option({QStringLiteral("dataset")}, QStringLiteral("N"), QStringLiteral("only of one dataset"));
    arguments.option({QStringLiteral("state")}, QStringLiteral("STATE"),
                     QStringLiteral("only in one state: requested, approved …"));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const std::uint64_t dataset, arguments.number(QStringLiteral("dataset"), 0));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const auto contacts, app::Contacts::open(seat.session->library(), context.home));
    const Desk desk{seat, *contacts, sharing::CustodianDesk(*seat.actor),
                    static_cast<std::uint64_t>(context.clock.now().toSecsSinceEpoch())};
    std::vector<QStringList> table;
    for (const bool incoming : {true, false})
        AMANA_CHECK(listWay(context, arguments, desk, incoming, dataset, table));
    context.out.table({QStringLiteral("Request"), QString(), QStringLiteral("State"), QStringLiteral("Dataset"),
                       QStringLiteral("Purpose"), QStringLiteral("Until"), QStringLiteral("Asked by"),
                       QStringLiteral("Price"), QStringLiteral("Message")},
                      table, QStringLiteral("No requests."));
    AMANA_CHECK(listSales(context, desk, dataset));
    return listEmergencies(context, desk, dataset);
}

} // namespace amana::cli
