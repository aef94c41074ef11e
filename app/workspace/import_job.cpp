// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/job_kinds.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"

#include <nlohmann/json.hpp>

namespace amana::app {

namespace {

using nlohmann::json;

json rowToJson(const std::string &id, const QString &file, const std::string &place, const Error &reason)
{
    return {{"id", id}, {"file", file.toStdString()}, {"place", place}, {"reason", errorToJson(reason)}};
}

QByteArray summaryToJson(const store::ImportSummary &summary, const QDateTime &now)
{
    json problems = json::array();
    for (const store::ImportedItem &item : summary.items) {
        if (item.error)
            problems.push_back(rowToJson(item.item, item.path, {}, *item.error));
        for (const formats::Problem &problem : item.problems)
            problems.push_back(rowToJson(item.item, item.path, problem.place, problem.error));
    }
    return QByteArray::fromStdString(json{{"found", summary.found},
                                          {"imported", summary.imported},
                                          {"duplicates", summary.duplicates},
                                          {"quarantined", summary.quarantined},
                                          {"when", now.toSecsSinceEpoch()},
                                          {"problems", problems}}
                                         .dump());
}

} // namespace

QByteArray importParams(const QStringList &paths)
{
    return QByteArray::fromStdString(json{{"paths", toStrings(paths)}}.dump());
}

Result<jobs::JobSpec> importJob(Seat &seat, const QByteArray &params)
{
    const json object = json::parse(params.toStdString(), nullptr, false);
    if (!object.is_object() || !object.contains("paths"))
        return fail(ErrorCode::JobNotResumable, {{"kind", kImportJob}});
    auto summary = std::make_shared<QByteArray>(); // shared by the step and the reading of the result
    const QStringList paths = toQStrings(object["paths"].get<std::vector<std::string>>());
    const auto import = [&seat, paths, summary](const Progress &progress) -> Status {
        AMANA_TRY(const store::ImportSummary done, seat.library().import(paths, {}, progress));
        *summary = summaryToJson(done, seat.hub().clock().now());
        return {};
    };
    return jobs::JobSpec{kImportJob, params, {{"read", import}}, [summary] { return *summary; }};
}

Result<ports::ImportSummary> importSummaryOf(const QByteArray &result)
{
    ports::ImportSummary summary;
    try {
        const json object = json::parse(result.toStdString());
        summary.found = object.at("found").get<int>();
        summary.imported = object.at("imported").get<int>();
        summary.duplicates = object.at("duplicates").get<int>();
        summary.quarantined = object.at("quarantined").get<int>();
        const QDateTime when = timeOf(object.at("when").get<std::uint64_t>());
        for (const json &row : object.at("problems"))
            summary.problems.push_back({QString::fromStdString(row.at("id").get<std::string>()),
                                        QString::fromStdString(row.at("file").get<std::string>()),
                                        QString::fromStdString(row.at("place").get<std::string>()),
                                        errorFromJson(row.at("reason")), when});
    } catch (const json::exception &) {
        return fail(ErrorCode::StoreNotFound, {{"id", "import"}});
    }
    return summary;
}

} // namespace amana::app
