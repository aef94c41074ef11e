// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"
#include "app/amana/commands/deid_run.h"
#include "app/amana/shown.h"
#include "app/amana/streams.h"
#include "app/workspace/paths.h"
#include "core/base/files.h"
#include "core/deid/jsonl.h"

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

Result<std::unique_ptr<deid::Deidentifier>> engineFor(const Arguments &arguments)
{
    deid::DeidOptions options;
    options.resources = app::resourcesFolder();
    options.useModel = !arguments.has(QStringLiteral("no-model"));
    if (arguments.has(QStringLiteral("policy")))
        options.policy = arguments.text(QStringLiteral("policy"));
    return deid::Deidentifier::create(options);
}

Status annotate(Context &context, const Arguments &arguments, const OutputFile &target)
{
    AMANA_CHECK(target.check());
    AMANA_TRY(const auto engine, engineFor(arguments));
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
    AMANA_TRY(const auto engine, engineFor(arguments));
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
    context.out.json(
        {{"files", rows}, {"policy", engine->policy().name}, {"modelHash", engine->info().modelHash}});
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
    arguments.option({QStringLiteral("policy")}, QStringLiteral("NAME"),
                     QStringLiteral("longitudinal (default), safe-harbor"));
    arguments.option({QStringLiteral("report")}, QStringLiteral("R.json"),
                     QStringLiteral("write the report, without original text"));
    arguments.flag(QStringLiteral("no-model"), QStringLiteral("rules only"));
    arguments.flag(QStringLiteral("force"), QStringLiteral("replace files that are there"));
    AMANA_CHECK(arguments.parse(context, list, 1, kAnyNumber));
    AMANA_TRY(const QString path, arguments.required(QStringLiteral("o")));
    if (path == QStringLiteral("-") && context.out.isJson())
        return arguments.misuse("conflict", QStringLiteral("-o - --json"));
    const OutputFile target{path, arguments.has(QStringLiteral("force"))};
    if (arguments.positionals().size() == 1 && isTextLines(arguments.positional(0)))
        return annotate(context, arguments, target);
    return deidentify(context, arguments, target);
}

} // namespace amana::cli
