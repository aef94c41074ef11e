// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/job_kinds.h"
#include "app/workspace/seat.h"
#include "core/sharing/downloader.h"

#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <optional>

namespace amana::app {

namespace {

using nlohmann::json;

Result<DownloadOrder> orderFrom(const QByteArray &params)
{
    try {
        const json object = json::parse(params.toStdString());
        return DownloadOrder{object.at("request").get<std::uint64_t>(),
                             QString::fromStdString(object.at("folder").get<std::string>()),
                             object.at("title").get<std::string>(), object.at("token").get<std::string>()};
    } catch (const json::exception &) {
        return fail(ErrorCode::JobNotResumable, {{"kind", kDownloadJob}});
    }
}

/// What the steps of one download share.
struct Downloading {
    Seat &seat;
    DownloadOrder order;
    sharing::Actor *actor = nullptr;
    std::optional<sharing::Downloader> downloader;

    Status grant()
    {
        AMANA_TRY(actor, seat.hub().network().connect(seat));
        downloader.emplace(*actor, order.request, order.folder);
        return downloader->checkGrant();
    }

    /// The folder gets its name when all is in it, so one that a cut-off run of this same start left is
    /// complete.
    bool openedBefore() const
    {
        const auto entry = seat.downloads().entry(order.request);
        return entry && entry->token == order.token && entry->folder == order.folder
            && QFileInfo::exists(order.folder + QStringLiteral("/manifest.json"));
    }

    Status open(const Progress &progress)
    {
        DownloadBook::Entry entry = seat.downloads().entry(order.request).value_or(DownloadBook::Entry{});
        if (!openedBefore()) {
            entry.token = order.token;
            entry.folder = order.folder;
            entry.opened = false;
            AMANA_CHECK(seat.downloads().put(order.request, entry));
            AMANA_CHECK(downloader->open(progress));
            entry.bytes = downloader->opened().bytes;
            entry.linked = downloader->opened().linked > 0;
        }
        entry.opened = true;
        return seat.downloads().put(order.request, entry);
    }
};

} // namespace

QByteArray downloadParams(const DownloadOrder &order)
{
    return QByteArray::fromStdString(json{{"request", order.request},
                                          {"folder", order.folder.toStdString()},
                                          {"title", order.title},
                                          {"token", order.token}}
                                         .dump());
}

std::uint64_t downloadRequestOf(const QByteArray &params)
{
    const auto order = orderFrom(params);
    return order ? order->request : 0;
}

Result<jobs::JobSpec> downloadJob(Seat &seat, const QByteArray &params)
{
    AMANA_TRY(DownloadOrder order, orderFrom(params));
    const QByteArray made = QByteArray::fromStdString(json{{"made", order.folder.toStdString()}}.dump());
    auto run = std::make_shared<Downloading>(Downloading{seat, std::move(order), nullptr, {}}); // shared by the steps
    jobs::JobSpec job{kDownloadJob, params, {}, [made] { return made; }};
    job.steps.push_back({"grant", [run](const Progress &) { return run->grant(); }});
    job.steps.push_back({"fetch", [run](const Progress &progress) { return run->downloader->fetch(progress); }});
    job.steps.push_back({"verify", [run](const Progress &progress) { return run->downloader->verify(progress); }});
    job.steps.push_back({"unwrap", [run](const Progress &) { return run->downloader->unwrap(); }});
    job.steps.push_back({"open", [run](const Progress &progress) { return run->open(progress); }});
    return job;
}

} // namespace amana::app
