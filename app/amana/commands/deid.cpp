// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"
#include "app/amana/commands/deid_run.h"
#include "app/amana/policy_words.h"
#include "app/amana/shown.h"
#include "app/amana/streams.h"
#include "app/workspace/policies.h"
#include "core/base/files.h"
#include "core/deid/jsonl.h"
#include "core/deid/policy_page.h"

#include <QDir>
#include <QFileInfo>

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

using nlohmann::json;

/// Lines of {"id", "text"}, and not the lines of a FHIR export: told by the first line with anything in it.
bool isTextLines(const QString &path)
{
    QFile file(path);
    if (path == QStringLiteral("-"))
        return true;
    if (!file.open(QIODevice::ReadOnly))
        return false;
    QByteArray line;
    while (line.isEmpty() && !file.atEnd())
        line = file.readLine(qint64(16) << 20).trimmed();
    const json object = json::parse(line.begin(), line.end(), nullptr, false);
    return object.is_object() && object.contains("text") && object["text"].is_string()
           && !object.contains("resourceType");
}

Result<std::unique_ptr<deid::Deidentifier>> engineFor(const Context &context, const Arguments &arguments)
{
    deid::DeidOptions options = app::deidOptions(context.home);
    options.useModel = !arguments.has(QStringLiteral("no-model"));
    if (arguments.has(QStringLiteral("policy")))
        options.policy = arguments.text(QStringLiteral("policy"));
    AMANA_TRY(auto engine, deid::Deidentifier::create(options));
    tellOwnPolicy(context.out, engine->policy());
    return engine;
}

Status annotate(Context &context, const Arguments &arguments, const OutputFile &target)
{
    AMANA_CHECK(target.check());
    AMANA_TRY(const auto engine, engineFor(context, arguments));
    AMANA_TRY(const auto in, openInput(arguments.positional(0)));
    deid::JsonlSummary summary;
    AMANA_CHECK(target.save([&](QIODevice &out) -> Status {
        AMANA_TRY(summary, deid::annotateJsonLines(*engine, *in, out, context.out.progress("deidentify")));
        return {};
    }));
    json problems = json::array();
    for (const Error &problem : summary.problems) {
        problems.push_back(errorToJson(problem));
        context.out.note(errorLine(problem));
    }
    context.out.json({{"lines", summary.lines},
                      {"spans", summary.spans},
                      {"output", target.path.toStdString()},
                      {"problems", problems}});
    context.out.note(QStringLiteral("%1 lines, %2 spans").arg(summary.lines).arg(summary.spans));
    if (!summary.problems.empty())
        return fail(withPath(summary.problems.front(), arguments.positional(0)));
    return {};
}

void showFile(const Output &out, const DeidFile &file, json &rows)
{
    json row{{"input", file.input.toStdString()}};
    if (file.error) {
        row["error"] = errorToJson(*file.error);
        out.line(file.input + QStringLiteral(": ") + errorLine(*file.error));
    } else {
        row["output"] = file.output.toStdString();
        row["format"] = file.format;
        row["subject"] = file.subject;
        row["edits"] = file.edits;
        row["inDoubt"] = file.inDoubt;
        out.line(QStringLiteral("%1 → %2: %3 edits, %4 of them in doubt and removed")
                     .arg(file.input, file.output)
                     .arg(file.edits)
                     .arg(file.inDoubt));
    }
    rows.push_back(std::move(row));
}

Status deidentify(Context &context, const Arguments &arguments, const OutputFile &target)
{
    AMANA_TRY(const auto engine, engineFor(context, arguments));
    DeidRun run(*engine, target, context.out);
    AMANA_CHECK(run.run(arguments.positionals()));
    json rows = json::array();
    for (const DeidFile &file : run.files())
        showFile(context.out, file, rows);
    json notices = json::array();
    for (const Error &notice : run.notices()) {
        notices.push_back(errorToJson(notice));
        context.out.note(toQ(notice.param("path")) + QStringLiteral(": ") + errorLine(notice));
    }
    context.out.json({{"notices", notices}});
    context.out.json({{"files", rows},
                      {"policy", engine->policy().name},
                      {"policyVersion", engine->policy().version},
                      {"policySha256", engine->policy().sha256},
                      {"modelHash", engine->info().modelHash}});
    if (arguments.has(QStringLiteral("report"))) {
        const OutputFile report{arguments.value(QStringLiteral("report")), target.replace};
        AMANA_CHECK(report.save([&](QIODevice &out) -> Status {
            const QByteArray text = QByteArray::fromStdString(run.report(context.clock));
            return out.write(text) == text.size() ? Status() : Status(fail(ErrorCode::FileUnwritable));
        }));
        context.out.json({{"report", report.path.toStdString()}});
    }
    for (const DeidFile &file : run.files())
        if (file.error)
            return fail(*file.error);
    return {};
}

} // namespace

namespace {

/// The page of a policy: what it does with every kind of field and mark, and by whose words.
Status explain(const Context &context, const std::string &which)
{
    AMANA_TRY(const deid::Policy policy, deid::findPolicy(app::policyPlaces(context.home), which));
    const std::string page = deid::policyPage(policy);
    context.out.json({{"policy", policyToJson(policy)}, {"page", page}});
    context.out.line(toQ(page).chopped(1)); // line() ends it
    return {};
}

Status listPolicies(const Context &context)
{
    json list = json::array();
    std::vector<QStringList> rows;
    for (const ports::PolicyInfo &info : app::policyInfos(context.home)) {
        json row{{"name", info.id.toStdString()}, {"own", !info.base.isEmpty()}};
        QString about = info.base.isEmpty() ? QStringLiteral("comes with the program") : QStringLiteral("own, from %1").arg(info.base);
        if (!info.weaker.isEmpty())
            about += QStringLiteral("; weaker at ") + info.weaker.join(QStringLiteral(", "));
        if (info.problem) {
            row["error"] = errorToJson(*info.problem);
            about = errorLine(*info.problem);
        }
        if (!info.base.isEmpty()) {
            std::vector<std::string> weaker;
            for (const QString &place : info.weaker)
                weaker.push_back(place.toStdString());
            row.update({{"base", info.base.toStdString()}, {"weaker", weaker}});
        }
        list.push_back(std::move(row));
        rows.push_back({info.id, about});
    }
    context.out.json({{"policies", list}});
    context.out.table({QStringLiteral("policy"), QStringLiteral("about")}, rows, QStringLiteral("none"));
    return {};
}

} // namespace

Status deidFiles(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("deid"), QStringLiteral("IN… -o OUT"),
        QStringLiteral(
            "De-identifies files or folders to files of the same format. What is in doubt is removed; names "
            "of"
            " persons in file names too. Lines of {\"id\",\"text\"} (.jsonl) get their spans instead. Exit 1"
            " when a file could not be de-identified; the others are written."));
    arguments.option({QStringLiteral("o")}, QStringLiteral("OUT"),
                     QStringLiteral("a file, or a folder for several"));
    arguments.option({QStringLiteral("policy")}, QStringLiteral("NAME|FILE.json"), policyHelp());
    arguments.option({QStringLiteral("explain")}, QStringLiteral("NAME|FILE.json"),
                     QStringLiteral("print a policy item by item, with the law's words; needs no files"));
    arguments.flag(QStringLiteral("list-policies"), QStringLiteral("the policies that can be named; needs no files"));
    arguments.option({QStringLiteral("report")}, QStringLiteral("R.json"),
                     QStringLiteral("write the report, without original text"));
    arguments.flag(QStringLiteral("no-model"), QStringLiteral("rules only"));
    arguments.flag(QStringLiteral("force"), QStringLiteral("replace files that are there"));
    AMANA_CHECK(arguments.parse(context, list, 0, kAnyNumber));
    if (arguments.has(QStringLiteral("list-policies")) || arguments.has(QStringLiteral("explain"))) {
        if (!arguments.positionals().isEmpty())
            return arguments.misuse("conflict", QStringLiteral("IN… | --explain | --list-policies"));
        return arguments.has(QStringLiteral("explain")) ? explain(context, arguments.text(QStringLiteral("explain")))
                                                        : listPolicies(context);
    }
    if (arguments.positionals().isEmpty())
        return arguments.misuse("tooFew", QStringLiteral("IN…"));
    AMANA_TRY(const QString path, arguments.required(QStringLiteral("o")));
    if (path == QStringLiteral("-") && context.out.isJson())
        return arguments.misuse("conflict", QStringLiteral("-o - --json"));
    const OutputFile target{path, arguments.has(QStringLiteral("force"))};
    if (arguments.positionals().size() == 1 && isTextLines(arguments.positional(0)))
        return annotate(context, arguments, target);
    return deidentify(context, arguments, target);
}

} // namespace amana::cli
