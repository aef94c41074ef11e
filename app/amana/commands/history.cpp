// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/commands/transactions.h"
#include "app/amana/shown.h"
#include "app/workspace/session.h"
#include "core/sharing/gateway_audit.h"
#include "ui/text/text_catalogue.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace amana::cli {

namespace {

using nlohmann::json;

/// "DatasetPublished" → "datasetPublished", the code of the texts.
std::string eventCode(std::string kind)
{
    if (!kind.empty() && kind[0] >= 'A' && kind[0] <= 'Z')
        kind[0] = static_cast<char>(kind[0] - 'A' + 'a');
    return kind;
}

/// One line of a list of what happened.
struct Row {
    std::uint64_t time = 0; ///< seconds since 1970
    json object;
    QStringList cells;
};

QString numberText(std::uint64_t id)
{
    return id == 0 ? QString() : QString::number(id);
}

Row chainRow(const app::Contacts &contacts, const chain::HistoryRow &row)
{
    const std::string code = eventCode(row.kind);
    json object{{"time", timeOf(row.time)},
                {"block", row.block},
                {"kind", code},
                {"transaction", hexOf(row.txHash)}};
    if (row.who != Address{})
        object["who"] = partyToJson(contacts, row.who);
    if (row.dataset > 0)
        object["dataset"] = row.dataset;
    if (row.request > 0)
        object["request"] = row.request;
    return {row.time, std::move(object),
            {toQ(timeOf(row.time)), ui::TextCatalogue::current().term(QStringLiteral("event"), toQ(code)),
             partyText(contacts, row.who), numberText(row.dataset), numberText(row.request), toQ(hexOf(row.txHash)).left(12)}};
}

void printRows(const Output &out, const std::vector<Row> &found)
{
    json rows = json::array();
    std::vector<QStringList> table;
    for (const Row &row : found) {
        rows.push_back(row.object);
        table.push_back(row.cells);
    }
    out.json({{"rows", rows}});
    out.table({QStringLiteral("Time"), QStringLiteral("What"), QStringLiteral("Who"),
               QStringLiteral("Dataset"), QStringLiteral("Request"), QStringLiteral("Transaction")},
              table, QStringLiteral("Nothing happened yet."));
}

std::vector<Row> chainRows(const app::Contacts &contacts, const std::vector<chain::HistoryRow> &found)
{
    std::vector<Row> rows;
    for (const chain::HistoryRow &row : found)
        rows.push_back(chainRow(contacts, row));
    return rows;
}

Row gatewayRow(const app::Contacts &contacts, const sharing::GatewayEvent &event)
{
    const std::string kind(sharing::gatewayEventName(event.kind));
    const auto time = static_cast<std::uint64_t>(event.time.toSecsSinceEpoch());
    json object{{"time", timeOf(time)}, {"kind", kind}, {"peer", event.peer}};
    QString what = ui::TextCatalogue::current().term(QStringLiteral("event"), toQ(kind));
    if (event.client != Address{})
        object["who"] = partyToJson(contacts, event.client);
    if (event.dataset > 0)
        object["dataset"] = event.dataset;
    if (event.request > 0)
        object["request"] = event.request;
    if (event.code) {
        object["code"] = std::string(errorId(*event.code));
        object["count"] = event.count;
        what += QStringLiteral(": %1 ×%2").arg(toQ(errorId(*event.code))).arg(event.count);
    }
    if (event.kind == sharing::GatewayEvent::Kind::Served) {
        object["blocks"] = event.blocks;
        object["bytes"] = event.bytes;
        what += QStringLiteral(": ") + sizeOf(event.bytes);
    }
    const QString who = event.client == Address{} ? toQ(event.peer)
                                                  : partyText(contacts, event.client) + QStringLiteral(", ") + toQ(event.peer);
    return {time, std::move(object),
            {toQ(timeOf(time)), what, who, numberText(event.dataset), numberText(event.request), QString()}};
}

/// What this profile's gateway wrote down, after what the chain tells: newest first.
Status addGatewayRows(const app::Session &session, const app::Contacts &contacts, const chain::HistoryQuery &query,
                      std::vector<Row> &rows)
{
    const auto limit = static_cast<std::size_t>(query.limit);
    AMANA_TRY(const std::vector<sharing::GatewayEvent> events, sharing::readGatewayAudit(session.folder(), limit));
    for (const sharing::GatewayEvent &event : events)
        if ((!query.dataset || event.dataset == *query.dataset) && (!query.who || event.client == *query.who))
            rows.push_back(gatewayRow(contacts, event));
    std::stable_sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) { return a.time > b.time; });
    rows.resize(std::min(rows.size(), limit));
    return {};
}

/// The datasets of this profile that hold a document of the subject.
Result<std::set<std::uint64_t>> datasetsOf(app::Session &session, const std::string &subject)
{
    AMANA_CHECK(session.library().subject(subject));
    AMANA_TRY(const std::vector<store::DocumentEntry> documents, session.library().documentsOf(subject));
    AMANA_TRY(const std::vector<sharing::Draft> drafts, session.drafts().list());
    std::set<std::uint64_t> ids;
    for (const sharing::Draft &draft : drafts)
        for (const store::DocumentEntry &document : documents)
            if (draft.dataset > 0
                && std::find(draft.documents.begin(), draft.documents.end(), document.id)
                       != draft.documents.end())
                ids.insert(draft.dataset);
    return ids;
}

Status history(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("history"), {},
        QStringLiteral("What happened to your data: every dataset you decide on, who asked, who received"
                       " access. With --subject, the same for a person of the library."));
    arguments.option({QStringLiteral("subject")}, QStringLiteral("KEY"),
                     QStringLiteral("a person of the library"));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    AMANA_TRY(const auto contacts, app::Contacts::open(session->library(), context.home));
    std::set<std::uint64_t> datasets;
    if (arguments.has(QStringLiteral("subject"))) {
        AMANA_TRY(datasets, datasetsOf(*session, arguments.text(QStringLiteral("subject"))));
    } else {
        chain::DatasetQuery query;
        query.custodian = actor->address();
        query.includeWithdrawn = true;
        AMANA_TRY(const std::vector<chain::IndexedDataset> own, actor->index.datasets(query));
        for (const chain::IndexedDataset &dataset : own)
            datasets.insert(dataset.dataset.id);
    }
    std::vector<chain::HistoryRow> rows;
    for (const std::uint64_t id : datasets) {
        chain::HistoryQuery query;
        query.dataset = id;
        AMANA_TRY(const std::vector<chain::HistoryRow> some, actor->index.history(query));
        rows.insert(rows.end(), some.begin(), some.end());
    }
    std::sort(rows.begin(), rows.end(), [](const chain::HistoryRow &a, const chain::HistoryRow &b) {
        return std::pair(a.block, a.logIndex) > std::pair(b.block, b.logIndex);
    });
    printRows(context.out, chainRows(*contacts, rows));
    return {};
}

Status audit(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("audit"), {},
                        QStringLiteral("Who did what, from the chain and from this profile's gateway, newest first."));
    arguments.option({QStringLiteral("who")}, QStringLiteral("NAME|ADDRESS"),
                     QStringLiteral("only of one account"));
    arguments.option({QStringLiteral("dataset")}, QStringLiteral("N"), QStringLiteral("only of one dataset"));
    arguments.option({QStringLiteral("limit")}, QStringLiteral("N"), QStringLiteral("rows (default 1000)"));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const std::uint64_t dataset, arguments.number(QStringLiteral("dataset"), 0));
    AMANA_TRY(const std::uint64_t limit, arguments.number(QStringLiteral("limit"), 1000));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    AMANA_TRY(const auto contacts, app::Contacts::open(session->library(), context.home));
    chain::HistoryQuery query;
    query.limit = static_cast<int>(std::min<std::uint64_t>(limit, 1'000'000));
    if (dataset > 0)
        query.dataset = dataset;
    if (arguments.has(QStringLiteral("who"))) {
        AMANA_TRY(query.who, session->addressOf(arguments.text(QStringLiteral("who"))));
    }
    AMANA_TRY(const std::vector<chain::HistoryRow> found, actor->index.history(query));
    std::vector<Row> rows = chainRows(*contacts, found);
    AMANA_CHECK(addGatewayRows(*session, *contacts, query, rows));
    printRows(context.out, rows);
    return {};
}

/// What is under way: jobs that the window left, datasets that are not published yet, transactions.
Status jobs(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("jobs"), {},
        QStringLiteral("Unfinished work of this profile: jobs of the window (they go on when it opens),"
                       " datasets that are not published yet, and the newest transactions."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(const std::vector<store::JobEntry> entries, session->library().jobs());
    json rows = json::array();
    std::vector<QStringList> table;
    for (const store::JobEntry &job : entries) {
        const std::string when = job.updatedAt.toString(Qt::ISODate).toStdString();
        rows.push_back({{"id", job.id}, {"kind", job.kind}, {"state", job.state}, {"updated", when}});
        table.push_back({toQ(job.kind), toQ(job.state), toQ(job.id), toQ(when)});
    }
    AMANA_TRY(const std::vector<sharing::Draft> drafts, session->drafts().list());
    json open = json::array();
    for (const sharing::Draft &draft : drafts) {
        if (draft.state == sharing::DraftState::Published)
            continue;
        open.push_back({{"dataset", draft.id}, {"state", sharing::draftStateName(draft.state)}});
        table.push_back({QStringLiteral("dataset"), toQ(sharing::draftStateName(draft.state)), toQ(draft.id),
                         draft.created.toString(Qt::ISODate)});
    }
    AMANA_TRY(const std::vector<chain::OutboxEntry> sent, transactionsOf(*session));
    for (const chain::OutboxEntry &entry : sent)
        table.push_back({toQ(entry.label), toQ(chain::outboxStateName(entry.state)),
                         toQ(hexOf(entry.txHash)).left(18),
                         toQ(timeOf(static_cast<std::uint64_t>(entry.created)))});
    context.out.json({{"jobs", rows}, {"datasets", open}, {"transactions", transactionsToJson(sent)}});
    context.out.table(
        {QStringLiteral("What"), QStringLiteral("State"), QStringLiteral("Id"), QStringLiteral("When")},
        table, QStringLiteral("Nothing under way."));
    return {};
}

} // namespace

std::vector<Command> historyCommands()
{
    return {{QStringLiteral("history"), QStringLiteral("what happened to your data"), history},
            {QStringLiteral("audit"), QStringLiteral("who did what"), audit},
            {QStringLiteral("jobs"), QStringLiteral("unfinished work and transactions"), jobs}};
}

} // namespace amana::cli
