// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/job_kinds.h"
#include "app/workspace/seat.h"

#include <nlohmann/json.hpp>

namespace amana::app {

namespace {

using nlohmann::json;

Result<DraftOrder> orderFrom(const QByteArray &params)
{
    try {
        const json object = json::parse(params.toStdString());
        return DraftOrder{object.at("draft"), object.at("title"), object.at("policy"),
                          object.at("documents").get<std::vector<std::string>>()};
    } catch (const json::exception &) {
        return fail(ErrorCode::JobNotResumable, {{"kind", kDraftJob}});
    }
}

} // namespace

QByteArray draftParams(const DraftOrder &order)
{
    return QByteArray::fromStdString(json{{"draft", order.draft},
                                          {"title", order.title},
                                          {"policy", order.policy},
                                          {"documents", order.documents}}
                                         .dump());
}

Result<jobs::JobSpec> draftJob(Seat &seat, const QByteArray &params)
{
    AMANA_TRY(const DraftOrder order, orderFrom(params));
    const auto load = [&seat, order](const Progress &) -> Status {
        return seat.session().engine(order.policy).transform([](const deid::Deidentifier *) {});
    };
    const auto plan = [&seat, order](const Progress &progress) -> Status {
        AMANA_TRY(const deid::Deidentifier *engine, seat.session().engine(order.policy));
        const std::lock_guard lock(seat.session().engineMutex());
        return seat.session()
            .drafts()
            .create(order.draft, order.title, order.documents, *engine, seat.hub().clock(), progress)
            .transform([](const sharing::Draft &) {});
    };
    const QByteArray made = QByteArray::fromStdString(json{{"made", order.draft}}.dump());
    return jobs::JobSpec{kDraftJob, params, {{"model", load}, {"deidentify", plan}}, [made] { return made; }};
}

} // namespace amana::app
