// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"
#include "app/amana/commands/review_show.h"
#include "app/amana/shown.h"
#include "app/workspace/session.h"
#include "core/base/files.h"

#include <nlohmann/json.hpp>

#include <map>

namespace amana::cli {

namespace {

using nlohmann::json;

constexpr qint64 kMaxDecisions = 64 << 20;

json draftToJson(const sharing::Draft &draft, const sharing::ReviewCount &count)
{
    json object{{"id", draft.id},
                {"title", draft.title},
                {"policy", draft.policy},
                {"state", sharing::draftStateName(draft.state)},
                {"created", draft.created.toString(Qt::ISODate).toStdString()},
                {"documents", draft.documents.size()},
                {"counts", countToJson(count)}};
    if (draft.state == sharing::DraftState::Published)
        object.update({{"dataset", draft.dataset}, {"cid", draft.cid}, {"transaction", draft.transaction}});
    return object;
}

Status listDrafts(Context &context, app::Session &session)
{
    sharing::Drafts drafts = session.drafts();
    AMANA_TRY(const std::vector<sharing::Draft> all, drafts.list());
    json rows = json::array();
    std::vector<QStringList> table;
    for (const sharing::Draft &draft : all) {
        AMANA_TRY(const sharing::ReviewCount count, drafts.count(draft));
        rows.push_back(draftToJson(draft, count));
        table.push_back({toQ(draft.id), toQ(sharing::draftStateName(draft.state)),
                         QString::number(draft.documents.size()),
                         QStringLiteral("%1 of %2").arg(count.undecided).arg(count.edits),
                         QStringLiteral("%1 of %2").arg(count.sampleLeft).arg(count.sample),
                         toQ(draft.title)});
    }
    context.out.json({{"drafts", rows}});
    context.out.table({QStringLiteral("Dataset"), QStringLiteral("State"), QStringLiteral("Documents"),
                       QStringLiteral("Undecided"), QStringLiteral("Sample left"), QStringLiteral("Title")},
                      table, QStringLiteral("No dataset in review."));
    return {};
}

Status listDocuments(Context &context, app::Session &session, const sharing::Draft &draft)
{
    sharing::Drafts drafts = session.drafts();
    std::map<std::string, store::DocumentEntry> entries;
    AMANA_TRY(const std::vector<store::DocumentEntry> all, session.library().documents());
    for (const store::DocumentEntry &entry : all)
        entries.emplace(entry.id, entry);
    json rows = json::array();
    std::vector<QStringList> table;
    for (const std::string &id : draft.documents) {
        AMANA_TRY(const deid::Plan plan, drafts.plan(draft.id, id));
        const sharing::ReviewCount count = sharing::countOf(plan);
        const store::DocumentEntry &entry = entries[id];
        rows.push_back({{"document", id},
                        {"name", entry.sourceName},
                        {"format", entry.format},
                        {"counts", countToJson(count)},
                        {"dropped", plan.dropped.size()}});
        table.push_back(
            {toQ(id), toQ(entry.format), QStringLiteral("%1 of %2").arg(count.undecided).arg(count.edits),
             QStringLiteral("%1 of %2").arg(count.sampleLeft).arg(count.sample), toQ(entry.sourceName)});
    }
    AMANA_TRY(const sharing::ReviewCount count, drafts.count(draft));
    json document = draftToJson(draft, count);
    document["documents"] = rows;
    context.out.json(document);
    context.out.table({QStringLiteral("Document"), QStringLiteral("Format"), QStringLiteral("Undecided"),
                       QStringLiteral("Sample left"), QStringLiteral("File")},
                      table, {});
    return {};
}

Status printCount(Context &context, app::Session &session, const std::string &id)
{
    sharing::Drafts drafts = session.drafts();
    AMANA_TRY(const sharing::Draft draft, drafts.get(id));
    AMANA_TRY(const sharing::ReviewCount count, drafts.count(draft));
    context.out.json(draftToJson(draft, count));
    context.out.line(QStringLiteral("%1: %2 of %3 edits undecided, %4 of %5 sample sentences to look at, %6.")
                         .arg(toQ(id))
                         .arg(count.undecided)
                         .arg(count.edits)
                         .arg(count.sampleLeft)
                         .arg(count.sample)
                         .arg(toQ(sharing::draftStateName(draft.state))));
    return {};
}

Status decide(Context &context, app::Session &session, const std::string &draft, const json &decisions)
{
    sharing::Drafts drafts = session.drafts();
    AMANA_CHECK(sharing::applyDecisions(drafts, session.library(), draft, decisions.dump()));
    return printCount(context, session, draft);
}

/// accept DOCUMENT EDIT… | accept DOCUMENT --sample | accept --all [--sample] | reject DOCUMENT EDIT…
Result<json> decisionsOf(const Arguments &arguments, const QString &verb, const QStringList &names)
{
    const bool all = arguments.has(QStringLiteral("all"));
    const bool sample = arguments.has(QStringLiteral("sample"));
    const bool accept = verb == QStringLiteral("accept");
    if (!accept && (all || sample)) // nothing releases marked text in bulk
        return arguments.misuse("conflict", QStringLiteral("reject --all"));
    if (all && !names.isEmpty())
        return arguments.misuse("conflict", QStringLiteral("--all ") + names.join(u' '));
    if (all)
        return json{{"*", {{"accept", "all"}, {"sampleSeen", sample}}}};
    if (names.size() < (sample ? 1 : 2))
        return arguments.misuse("tooFew", QStringLiteral("DOCUMENT EDIT…"));
    json edits = json::array();
    for (const QString &edit : names.mid(1))
        edits.push_back(edit.toStdString());
    return json{{names[0].toStdString(), {{verb.toStdString(), edits}, {"sampleSeen", sample}}}};
}

Result<json> additionOf(const Arguments &arguments, const QStringList &names)
{
    if (names.size() != 1)
        return arguments.misuse("tooFew", QStringLiteral("DOCUMENT"));
    AMANA_TRY(const QString path, arguments.required(QStringLiteral("path")));
    AMANA_CHECK(arguments.required(QStringLiteral("end")));
    AMANA_TRY(const std::uint64_t start, arguments.number(QStringLiteral("start"), 0));
    AMANA_TRY(const std::uint64_t end, arguments.number(QStringLiteral("end"), 0));
    const std::string type =
        arguments.has(QStringLiteral("type")) ? arguments.text(QStringLiteral("type")) : "OTHER";
    const json added{{"path", path.toStdString()}, {"start", start}, {"end", end}, {"type", type}};
    return json{{names[0].toStdString(), {{"add", json::array({added})}}}};
}

Status applyFile(app::Session &session, const std::string &draft, const QString &path)
{
    AMANA_TRY(const QByteArray text, readFile(path, kMaxDecisions));
    sharing::Drafts drafts = session.drafts();
    return sharing::applyDecisions(drafts, session.library(), draft,
                                   {text.constData(), static_cast<std::size_t>(text.size())});
}

Status act(Context &context, const Arguments &arguments, app::Session &session, const QString &verb)
{
    const std::string id = arguments.positional(0).toStdString();
    const QStringList names = arguments.positionals().mid(2);
    AMANA_TRY(const sharing::Draft draft, session.drafts().get(id));
    const bool fromFile = arguments.has(QStringLiteral("decisions"));
    if (fromFile)
        AMANA_CHECK(applyFile(session, id, arguments.value(QStringLiteral("decisions"))));
    if (verb == QStringLiteral("list"))
        return fromFile ? printCount(context, session, id) : listDocuments(context, session, draft);
    if (verb == QStringLiteral("show")) {
        if (names.size() != 1)
            return arguments.misuse("tooFew", QStringLiteral("DOCUMENT"));
        return showDocument(context.out, session, draft, names[0].toStdString(),
                            arguments.has(QStringLiteral("all")));
    }
    if (verb == QStringLiteral("accept") || verb == QStringLiteral("reject")) {
        AMANA_TRY(const json decisions, decisionsOf(arguments, verb, names));
        return decide(context, session, id, decisions);
    }
    if (verb == QStringLiteral("add")) {
        AMANA_TRY(const json decisions, additionOf(arguments, names));
        return decide(context, session, id, decisions);
    }
    if (verb != QStringLiteral("done"))
        return arguments.misuse("unknownCommand", verb);
    const Status finished = session.drafts().finish(id);
    AMANA_CHECK(printCount(context, session, id));
    return finished;
}

Status review(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("review"), QStringLiteral("[DATASET [list|show|accept|reject|add|done] …]"),
        QStringLiteral("The review of a dataset before it is published. Shows patient text.\n"
                       "  review                                 datasets in review\n"
                       "  review DATASET [list]                  its documents\n"
                       "  review DATASET show DOCUMENT [--all]   what waits for a decision\n"
                       "  review DATASET accept DOCUMENT EDIT… | accept --all | accept DOCUMENT --sample\n"
                       "  review DATASET reject DOCUMENT EDIT…   one by one only\n"
                       "  review DATASET add DOCUMENT --path P --start N --end N [--type T]\n"
                       "  review DATASET done                    ends the review"));
    arguments.option({QStringLiteral("decisions")}, QStringLiteral("FILE"),
                     QStringLiteral("apply a decisions file first"));
    arguments.flag(QStringLiteral("all"),
                   QStringLiteral("show: decided edits too; accept: everything that waits"));
    arguments.flag(QStringLiteral("sample"), QStringLiteral("accept: the sample sentences were looked at"));
    arguments.option({QStringLiteral("path")}, QStringLiteral("P"), QStringLiteral("add: the field"));
    arguments.option({QStringLiteral("start")}, QStringLiteral("N"), QStringLiteral("add: first code point"));
    arguments.option({QStringLiteral("end")}, QStringLiteral("N"),
                     QStringLiteral("add: code point behind the last"));
    arguments.option({QStringLiteral("type")}, QStringLiteral("T"),
                     QStringLiteral("add: NAME, DATE, ID … (default OTHER)"));
    AMANA_CHECK(arguments.parse(context, list, 0, kAnyNumber));
    AMANA_TRY(const auto session, context.session());
    const QString first = arguments.positional(0);
    if (first.isEmpty() || (first == QStringLiteral("list") && arguments.positionals().size() == 1))
        return listDrafts(context, *session);
    const QString verb =
        arguments.positionals().size() > 1 ? arguments.positional(1) : QStringLiteral("list");
    return act(context, arguments, *session, verb);
}

} // namespace

std::vector<Command> reviewCommands()
{
    return {{QStringLiteral("review"), QStringLiteral("look at what de-identification proposes, and decide"),
             review}};
}

} // namespace amana::cli
