// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/job_kinds.h"
#include "app/workspace/seat.h"
#include "core/sharing/keeping.h"

#include <nlohmann/json.hpp>

namespace amana::app {

namespace {

using nlohmann::json;

Status keep(Seat &seat, std::uint64_t dataset, const Progress &progress)
{
    AMANA_TRY(sharing::Actor *const actor, seat.hub().network().connect(seat));
    if (!actor->blocks.hasKeepers())
        return fail(ErrorCode::StorageNone, {{"network", seat.hub().networkName()}});
    return sharing::replicateDataset(*actor, dataset, progress).transform([](const replication::Record &) {});
}

} // namespace

QByteArray keepParams(const KeepOrder &order)
{
    return QByteArray::fromStdString(json{{"dataset", order.dataset}, {"title", order.title}}.dump());
}

Result<jobs::JobSpec> keepJob(Seat &seat, const QByteArray &params)
{
    const json object = json::parse(params.toStdString(), nullptr, false);
    if (!object.is_object() || !object.contains("dataset") || !object["dataset"].is_number_unsigned())
        return fail(ErrorCode::JobNotResumable, {{"kind", kKeepJob}});
    const auto dataset = object["dataset"].get<std::uint64_t>();
    jobs::JobSpec job{kKeepJob, params, {}, {}};
    job.steps.push_back({"keep", [&seat, dataset](const Progress &progress) { return keep(seat, dataset, progress); }});
    return job;
}

} // namespace amana::app
