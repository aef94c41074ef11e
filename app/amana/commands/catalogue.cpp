// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/shown.h"
#include "app/workspace/catalogue_words.h"
#include "app/workspace/session.h"
#include "core/chain/purpose.h"
#include "core/sharing/access.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::cli {

namespace {

using nlohmann::json;

constexpr std::uint32_t kPage = 500; // entries read at once

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
            {"superseded", row.dataset.status == chain::DatasetStatus::Superseded},
            {"published", timeOf(row.time)},
            {"transaction", hexOf(row.txHash)}};
}

/// An entry whose card cannot be read is shown with its reason: nothing on the chain is hidden.
void addEntry(const chain::IndexedDataset &found, const sharing::Actor &actor, const app::Contacts &contacts,
              json &rows, std::vector<QStringList> &table)
{
    const auto card = sharing::cardOf(actor.blocks, found.dataset);
    const auto text = card ? sharing::cardToJson(*card) : Result<QByteArray>(QByteArray());
    json row = datasetToJson(found, contacts, actor.chain.profile().currency);
    row["card"] = text ? json::parse(text->begin(), text->end(), nullptr, false) : json();
    if (!card)
        row["error"] = errorToJson(card.error());
    table.push_back({QString::number(found.dataset.id), card ? toQ(card->custody) : QStringLiteral("?"),
                     purposesText(found.dataset.duoMask), card ? toQ(card->subjects) : QString(),
                     row["price"].is_null() ? QStringLiteral("free") : toQ(row["price"]["text"].get<std::string>()),
                     toQ(timeOf(found.time)).left(10), partyText(contacts, found.dataset.owner),
                     card ? toQ(card->title) : errorLine(card.error())});
    rows.push_back(std::move(row));
}

Result<std::vector<std::uint8_t>> purposesOf(const QStringList &texts)
{
    std::vector<std::uint8_t> purposes;
    for (const QString &text : texts) {
        AMANA_TRY(const chain::DuoTerm term, chain::duoTerm(text.toStdString()));
        purposes.push_back(term.bit);
    }
    return purposes;
}

Status catalogue(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("catalogue"), {},
                        QStringLiteral("The datasets that may be asked for."));
    arguments.option({QStringLiteral("query")}, QStringLiteral("TEXT"),
                     QStringLiteral("in title and keywords; a number, a CID, a name or an address of who published"));
    arguments.option({QStringLiteral("purpose")}, QStringLiteral("DUO:…"),
                     QStringLiteral("only what permits this use; may be repeated, then each of them"));
    arguments.option({QStringLiteral("limit")}, QStringLiteral("N"), QStringLiteral("at most so many (all)"));
    arguments.flag(QStringLiteral("withdrawn"), QStringLiteral("also what was withdrawn or superseded"));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const auto purposes, purposesOf(arguments.values(QStringLiteral("purpose"))));
    AMANA_TRY(std::uint64_t left, arguments.number(QStringLiteral("limit"), UINT64_MAX));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    AMANA_TRY(const auto contacts, app::Contacts::open(session->library(), context.home));
    chain::CatalogueQuery query = app::catalogueQuery(*contacts, arguments.value(QStringLiteral("query")));
    query.purposes = purposes;
    query.includeWithdrawn = arguments.has(QStringLiteral("withdrawn"));
    json rows = json::array();
    std::vector<QStringList> table;
    while (left > 0) {
        query.limit = static_cast<std::uint32_t>(std::min<std::uint64_t>(left, kPage));
        AMANA_TRY(const chain::CataloguePage page, actor->index.search(query));
        for (const chain::IndexedDataset &found : page.entries)
            addEntry(found, *actor, *contacts, rows, table);
        if (!page.next)
            break;
        left -= page.entries.size();
        query.after = page.next;
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
