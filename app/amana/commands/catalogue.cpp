// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/shown.h"
#include "app/workspace/session.h"
#include "core/chain/purpose.h"
#include "core/sharing/access.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

using nlohmann::json;

bool matches(const sharing::Card &card, const QString &query)
{
    if (query.isEmpty() || toQ(card.title).contains(query, Qt::CaseInsensitive))
        return true;
    for (const std::string &keyword : card.keywords)
        if (toQ(keyword).contains(query, Qt::CaseInsensitive))
            return true;
    return false;
}

json datasetToJson(const chain::IndexedDataset &row, const app::Contacts &contacts, const std::string &native)
{
    const content::Cid cid{static_cast<content::Codec>(row.dataset.codec), row.dataset.cidDigest};
    json custodians = json::array();
    for (const Address &custodian : row.custodians)
        custodians.push_back(partyToJson(contacts, custodian));
    const chain::Amount price{row.dataset.currency, row.dataset.price};
    return {{"dataset", row.dataset.id},
            {"price", price.value.isZero() ? json() : amountToJson(price, native)},
            {"breakGlass", row.dataset.breakGlass},
            {"cid", cid.text()},
            {"owner", partyToJson(contacts, row.dataset.owner)},
            {"institution", row.dataset.institution},
            {"threshold", row.dataset.threshold},
            {"purposes", purposesToJson(row.dataset.duoMask)},
            {"custodians", custodians},
            {"withdrawn", row.dataset.status == chain::DatasetStatus::Withdrawn},
            {"published", timeOf(row.time)},
            {"transaction", hexOf(row.txHash)}};
}

Status catalogue(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("catalogue"), {},
                        QStringLiteral("The datasets that may be asked for."));
    arguments.option({QStringLiteral("query")}, QStringLiteral("TEXT"),
                     QStringLiteral("in title and keywords"));
    arguments.option({QStringLiteral("purpose")}, QStringLiteral("DUO:…"),
                     QStringLiteral("only what permits this use"));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    chain::DatasetQuery query;
    if (arguments.has(QStringLiteral("purpose"))) {
        AMANA_TRY(const chain::DuoTerm term, chain::duoTerm(arguments.text(QStringLiteral("purpose"))));
        query.purpose = term.bit;
    }
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    AMANA_TRY(const auto contacts, app::Contacts::open(session->library(), context.home));
    AMANA_TRY(const std::vector<chain::IndexedDataset> datasets, actor->index.datasets(query));
    const std::string &native = actor->chain.profile().currency;
    json rows = json::array();
    std::vector<QStringList> table;
    for (const chain::IndexedDataset &found : datasets) {
        json row = datasetToJson(found, *contacts, native);
        const auto card = sharing::cardOf(actor->blocks, found.dataset);
        // An entry whose card cannot be read is shown with its reason, so that nothing on the chain is
        // hidden.
        if (card && !matches(*card, arguments.value(QStringLiteral("query"))))
            continue;
        const auto text = card ? sharing::cardToJson(*card) : Result<QByteArray>(QByteArray());
        row["card"] = text ? json::parse(text->begin(), text->end(), nullptr, false) : json();
        if (!card)
            row["error"] = errorToJson(card.error());
        table.push_back({QString::number(found.dataset.id), card ? toQ(card->custody) : QStringLiteral("?"),
                         purposesText(found.dataset.duoMask), card ? toQ(card->subjects) : QString(),
                         row["price"].is_null() ? QStringLiteral("free")
                                                : toQ(row["price"]["text"].get<std::string>()),
                         toQ(timeOf(found.time)).left(10), partyText(*contacts, found.dataset.owner),
                         card ? toQ(card->title) : errorLine(card.error())});
        rows.push_back(std::move(row));
    }
    context.out.json({{"datasets", rows}});
    context.out.table({QStringLiteral("Dataset"), QStringLiteral("Custody"), QStringLiteral("Use"),
                       QStringLiteral("Persons"), QStringLiteral("Price"), QStringLiteral("Published"), QStringLiteral("By"),
                       QStringLiteral("Title")},
                      table, QStringLiteral("Nothing in the catalogue."));
    return {};
}

} // namespace

std::vector<Command> catalogueCommands()
{
    return {{QStringLiteral("catalogue"), QStringLiteral("what may be asked for"), catalogue}};
}

} // namespace amana::cli
