// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "app/amana/commands/commands.h"
#include "app/amana/shown.h"
#include "app/amana/output_option.h"
#include "core/content/block_store.h"
#include "core/content/car.h"
#include "core/content/unixfs.h"
#include "core/formats/format.h"
#include "core/sources/scan.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <map>

namespace amana::cli {

namespace {

using nlohmann::json;

json documentToJson(const records::Document &document)
{
    std::map<std::string, std::size_t> kinds;
    for (const records::Field &field : document.fields)
        ++kinds[records::kindName(field.kind)];
    return {{"format", document.format},
            {"bytes", document.bytes.size()},
            {"fields", document.fields.size()},
            {"kinds", kinds},
            {"subject",
             {{"names", document.subject.names},
              {"identifiers", document.subject.identifiers},
              {"birthDate", document.subject.birthDate},
              {"sex", document.subject.sex}}}};
}

/// One file of `inspect`: what it is, or why not.
Status inspectFile(const Output &out, const sources::FoundFile &found, json &entry)
{
    entry["path"] = found.path.toStdString();
    AMANA_TRY(const QByteArray bytes, readFile(found.path));
    AMANA_TRY(const formats::ReadOutcome outcome,
              formats::readSource(bytes, QFileInfo(found.path).fileName(), {}, out.progress("read")));
    entry["records"] = outcome.records;
    entry["documents"] = json::array();
    for (const records::Document &document : outcome.documents) {
        entry["documents"].push_back(documentToJson(document));
        out.line(QStringLiteral("%1: %2, %3 fields, %4")
                     .arg(found.path, toQ(document.format))
                     .arg(document.fields.size())
                     .arg(document.subject.names.empty() ? QStringLiteral("no person named")
                                                         : listOf(document.subject.names)));
    }
    entry["problems"] = json::array();
    for (const formats::Problem &problem : outcome.problems) {
        entry["problems"].push_back({{"place", problem.place}, {"error", errorToJson(problem.error)}});
        out.line(QStringLiteral("  %1: %2").arg(toQ(problem.place), errorLine(problem.error)));
    }
    entry["problemCount"] = outcome.problemCount;
    return {};
}

Status inspect(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("inspect"), QStringLiteral("PATH…"),
        QStringLiteral("Recognises and reads files without importing: format, subjects, fields, problems."
                       " Shows patient text. Exit 1 when nothing could be read."));
    AMANA_CHECK(arguments.parse(context, list, 1, kAnyNumber));
    AMANA_TRY(const sources::ScanOutcome scan,
              sources::scanPaths(arguments.positionals(), {}, context.out.progress("scan")));
    json files = json::array();
    std::vector<Error> errors;
    for (const sources::FoundFile &found : scan.files) {
        json entry;
        if (const Status done = inspectFile(context.out, found, entry); !done) {
            if (done.error().code == ErrorCode::Cancelled)
                return done;
            errors.push_back(withPath(done.error(), found.path));
            entry["error"] = errorToJson(errors.back());
            context.out.line(found.path + QStringLiteral(": ") + errorLine(errors.back()));
        }
        files.push_back(std::move(entry));
    }
    for (const sources::ScanProblem &problem : scan.problems) {
        files.push_back({{"path", problem.path.toStdString()}, {"error", errorToJson(problem.error)}});
        context.out.line(problem.path + QStringLiteral(": ") + errorLine(problem.error));
        errors.push_back(problem.error);
    }
    const std::size_t read = files.size() - errors.size();
    context.out.json({{"files", files}, {"read", read}, {"unreadable", errors.size()}});
    if (read == 0 && !errors.empty())
        return fail(errors.front());
    return {};
}

Status cid(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("cid"), QStringLiteral("PATH…"),
        QStringLiteral("The CID of files and folders, as Kubo gives it (profile unixfs-v1-2025)."));
    AMANA_CHECK(arguments.parse(context, list, 1, kAnyNumber));
    json rows = json::array();
    for (const QString &path : arguments.positionals()) {
        content::HashOnlySink sink;
        AMANA_TRY(const content::DagNode node, content::addPath(path, sink, context.out.progress("cid")));
        rows.push_back({{"path", path.toStdString()},
                        {"cid", node.cid.text()},
                        {"fileSize", node.fileSize},
                        {"totalSize", node.totalSize}});
        context.out.line(QStringLiteral("%1  %2").arg(toQ(node.cid.text()), path));
    }
    context.out.json({{"cids", rows}});
    return {};
}

Status car(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("car"), QStringLiteral("PATH"),
                        QStringLiteral("Writes a file or folder as a CAR file that any IPFS node imports."));
    declareOutput(arguments, QStringLiteral("the CAR file; - is standard output"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const OutputFile target, outputOf(context, arguments));
    // Blocks go to disk first: the root, which the archive begins with, is known only at the end.
    const QString beside =
        target.isStandard() ? QDir::tempPath() : QFileInfo(target.path).absolutePath();
    const QTemporaryDir blocks(beside + QStringLiteral("/.amana-car-XXXXXX"));
    if (!blocks.isValid())
        return fail(ErrorCode::FileUnwritable, {{"path", beside.toStdString()}});
    AMANA_TRY(const auto store, content::BlockStore::open(blocks.path()));
    AMANA_TRY(const content::DagNode node,
              content::addPath(arguments.positional(0), *store, context.out.progress("cid")));
    std::uint64_t bytes = 0;
    AMANA_CHECK(target.save([&](QIODevice &out) -> Status {
        AMANA_TRY(bytes, content::writeCar(*store, node.cid, out, context.out.progress("store")));
        return {};
    }));
    context.out.json({{"file", target.path.toStdString()}, {"cid", node.cid.text()}, {"bytes", bytes}});
    if (!target.isStandard())
        context.out.line(QStringLiteral("%1  %2  %3").arg(toQ(node.cid.text()), target.path, sizeOf(bytes)));
    return {};
}

} // namespace

std::vector<Command> fileCommands()
{
    return {{QStringLiteral("inspect"),
             QStringLiteral("read files without importing: format, subjects, problems"), inspect},
            {QStringLiteral("deid"), QStringLiteral("de-identify files to files, or text in JSON lines"),
             deidFiles},
            {QStringLiteral("risk"), QStringLiteral("how easily people of a table are found again; generalise it"), tableRisk},
            {QStringLiteral("seal"), QStringLiteral("encrypt a file (age)"), sealFile},
            {QStringLiteral("open"), QStringLiteral("decrypt an age file"), openFile},
            {QStringLiteral("cid"), QStringLiteral("the CID of files and folders"), cid},
            {QStringLiteral("car"), QStringLiteral("write a CAR file"), car}};
}

} // namespace amana::cli
