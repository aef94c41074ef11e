// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/job_kinds.h"
#include "app/workspace/publish_options.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"
#include "core/sharing/keeping.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace amana::app {

namespace {

using nlohmann::json;

Result<ports::PublishSpec> specFrom(const QByteArray &params)
{
    ports::PublishSpec spec;
    try {
        const json object = json::parse(params.toStdString());
        spec.draft = QString::fromStdString(object.at("draft").get<std::string>());
        spec.title = QString::fromStdString(object.at("title").get<std::string>());
        spec.keywords = toQStrings(object.at("keywords").get<std::vector<std::string>>());
        spec.custodians = toQStrings(object.at("custodians").get<std::vector<std::string>>());
        spec.threshold = object.at("threshold").get<int>();
        spec.purposes = toQStrings(object.at("purposes").get<std::vector<std::string>>());
        // A job of an earlier version has none of these.
        spec.price = QString::fromStdString(object.value("price", ""));
        spec.arbiter = QString::fromStdString(object.value("arbiter", ""));
        spec.emergencyAccess = object.value("emergencyAccess", false);
    } catch (const json::exception &) {
        return fail(ErrorCode::JobNotResumable, {{"kind", kPublishJob}});
    }
    return spec;
}

/// What the steps of one publish job share. The publisher is made by the first step, since it needs the network
/// and the model; every step of it may run again.
struct Publishing {
    Seat &seat;
    ports::PublishSpec spec;
    std::optional<sharing::Publisher> publisher;

    /// Asking the contract costs nothing; a refusal here leaves nothing anywhere.
    Status check()
    {
        AMANA_TRY(sharing::Actor * actor, seat.hub().network().connect(seat));
        AMANA_TRY(const sharing::Draft draft, seat.session().drafts().get(spec.draft.toStdString()));
        AMANA_TRY(const deid::Deidentifier *engine, seat.session().engine(draft));
        AMANA_TRY(sharing::PublishOptions options, publishOptions(*actor, spec));
        publisher.emplace(*actor, *engine, std::move(options));
        return publisher->check();
    }

    Status seal(const Progress &progress)
    {
        const std::lock_guard lock(seat.session().engineMutex()); // title and keywords pass the model
        return publisher->seal(progress);
    }

    Status announce(const Progress &progress)
    {
        AMANA_CHECK(publisher->announce(progress));
        AMANA_CHECK(seat.review().forgetUndo(seat.library(), spec.draft.toStdString()));
        AMANA_TRY(sharing::Actor * actor, seat.hub().network().connect(seat));
        return seat.hub().network().refresh(seat, *actor);
    }

    /// A place that fails is on record and no failure: the dataset is published.
    Status keep(const Progress &progress) const
    {
        AMANA_TRY(sharing::Actor * actor, seat.hub().network().connect(seat));
        return sharing::replicateDataset(*actor, publisher->published().dataset, progress)
            .transform([](const replication::Record &) {});
    }

    QByteArray result() const
    {
        const sharing::Published &published = publisher->published();
        return QByteArray::fromStdString(
            json{{"made", std::to_string(published.dataset)}, {"cid", published.cid.text()}}.dump());
    }
};

} // namespace

QByteArray publishParams(const ports::PublishSpec &spec)
{
    return QByteArray::fromStdString(json{{"draft", spec.draft.toStdString()},
                                          {"title", spec.title.toStdString()},
                                          {"keywords", toStrings(spec.keywords)},
                                          {"custodians", toStrings(spec.custodians)},
                                          {"threshold", spec.threshold},
                                          {"purposes", toStrings(spec.purposes)},
                                          {"price", spec.price.toStdString()},
                                          {"arbiter", spec.arbiter.toStdString()},
                                          {"emergencyAccess", spec.emergencyAccess}}
                                         .dump());
}

Result<jobs::JobSpec> publishJob(Seat &seat, const QByteArray &params)
{
    AMANA_TRY(ports::PublishSpec spec, specFrom(params));
    auto run = std::make_shared<Publishing>(Publishing{seat, std::move(spec), {}}); // shared by the steps
    jobs::JobSpec job{kPublishJob, params, {}, [run] { return run->result(); }};
    job.steps.push_back({"check", [run](const Progress &) { return run->check(); }});
    job.steps.push_back({"seal", [run](const Progress &progress) { return run->seal(progress); }});
    job.steps.push_back({"register", [run](const Progress &) { return run->publisher->registerDataset(); }});
    job.steps.push_back({"announce", [run](const Progress &progress) { return run->announce(progress); }});
    job.steps.push_back({"keep", [run](const Progress &progress) { return run->keep(progress); }});
    return job;
}

} // namespace amana::app
