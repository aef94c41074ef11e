// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/pinning_service.h"

#include "core/content/ipfs_http.h"

#include <QThread>

#include <algorithm>
#include <set>

namespace amana::content {

using nlohmann::json;

namespace {

constexpr std::size_t kPage = 1000; // the most that the specification allows
constexpr std::chrono::milliseconds kFirstPause(1000);
constexpr std::chrono::milliseconds kLongestPause(30'000);
constexpr std::chrono::milliseconds kLook(50); // how often it is asked whether the caller still wants it

std::optional<PinState> stateOf(const std::string &status)
{
    if (status == "queued")
        return PinState::Queued;
    if (status == "pinning")
        return PinState::Pinning;
    if (status == "pinned")
        return PinState::Pinned;
    if (status == "failed")
        return PinState::Failed;
    return {};
}

std::optional<PinReceipt> parseReceipt(const json &object)
{
    if (!object.is_object())
        return {};
    const json pin = object.value("pin", json());
    const auto state = stateOf(textAt(object, "status"));
    const auto cid = Cid::parse(textAt(pin, "cid"));
    PinReceipt receipt{textAt(object, "requestid"), state.value_or(PinState::Failed), cid.value_or(Cid{}),
                       textAt(pin, "name"),         textAt(object, "created"),        textsAt(object, "delegates"),
                       shortened(textAt(object.value("info", json()), "status_details"))};
    return state && cid && !receipt.id.empty() ? std::optional(std::move(receipt)) : std::nullopt;
}

QByteArray bodyOf(const PinRequest &request)
{
    json body{{"cid", request.cid.text()}};
    if (!request.name.empty())
        body["name"] = request.name;
    if (!request.origins.empty())
        body["origins"] = request.origins;
    return QByteArray::fromStdString(body.dump(-1, ' ', false, json::error_handler_t::replace));
}

std::string pathOf(const std::string &id)
{
    return "/pins/" + QByteArray::fromStdString(id).toPercentEncoding().toStdString();
}

} // namespace

PinningService::PinningService(IpfsEndpoint endpoint) : m_http(std::make_unique<IpfsHttp>(std::move(endpoint))) {}

PinningService::~PinningService() = default;

Result<PinReceipt> PinningService::receiptOf(const char *method, const std::string &path, const PinRequest *request) const
{
    IpfsCall call{.method = method, .path = path};
    if (request != nullptr) {
        call.body = bodyOf(*request);
        call.contentType = "application/json";
    }
    AMANA_TRY(const json reply, m_http->json(call));
    const auto receipt = parseReceipt(reply);
    if (!receipt || (request != nullptr && receipt->cid != request->cid))
        return m_http->badReply("pins");
    return *receipt;
}

Result<PinReceipt> PinningService::add(const PinRequest &request) const
{
    return receiptOf("POST", "/pins", &request);
}

Result<PinReceipt> PinningService::get(const std::string &id) const
{
    return receiptOf("GET", pathOf(id), nullptr);
}

Result<PinReceipt> PinningService::replace(const std::string &id, const PinRequest &request) const
{
    return receiptOf("POST", pathOf(id), &request);
}

Result<std::vector<PinReceipt>> PinningService::list(const std::optional<Cid> &cid) const
{
    std::vector<PinReceipt> receipts;
    std::set<std::string> known; // "before" has a resolution of its own: pages may overlap
    std::string before;
    for (;;) {
        IpfsQuery query{{"status", "queued,pinning,pinned,failed"}, {"limit", std::to_string(kPage)}};
        if (cid)
            query.emplace_back("cid", cid->text());
        if (!before.empty())
            query.emplace_back("before", before);
        AMANA_TRY(const json reply, m_http->json({.path = "/pins", .query = std::move(query)}));
        const json results = reply.is_object() ? reply.value("results", json()) : json();
        if (!results.is_array())
            return m_http->badReply("pins");
        const std::size_t had = receipts.size();
        for (const json &result : results) {
            const auto receipt = parseReceipt(result); // nothing for what a Cid of ours cannot name
            if (!receipt || !known.insert(receipt->id).second)
                continue;
            before = before.empty() ? receipt->created : std::min(before, receipt->created);
            receipts.push_back(*receipt);
        }
        if (results.size() < kPage || receipts.size() == had)
            return receipts;
    }
}

Status PinningService::remove(const std::string &id) const
{
    const auto reply = m_http->send({.method = "DELETE", .path = pathOf(id)});
    if (!reply && reply.error().param("status") != "404")
        return fail(reply.error());
    return {};
}

Result<PinReceipt> PinningService::awaitPinned(const std::string &id, std::chrono::seconds patience,
                                               const Progress &progress) const
{
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + patience;
    auto pause = kFirstPause;
    for (;;) {
        const auto receipt = get(id);
        const bool silent = !receipt
                            && (receipt.error().code == ErrorCode::IpfsTimeout
                                || receipt.error().code == ErrorCode::IpfsUnreachable);
        if (!receipt && !silent)
            return fail(receipt.error());
        if (receipt && receipt->state == PinState::Failed)
            return fail(ErrorCode::IpfsPinFailed,
                        {{"cid", receipt->cid.text()}, {"detail", receipt->detail.empty() ? "failed" : receipt->detail}});
        if ((receipt && receipt->state == PinState::Pinned) || Clock::now() >= end)
            return receipt;
        for (const auto next = std::min(end, Clock::now() + pause); Clock::now() < next;) {
            if (progress.cancelled())
                return fail(ErrorCode::Cancelled);
            QThread::msleep(static_cast<unsigned long>(kLook.count()));
        }
        pause = std::min(pause * 2, kLongestPause);
    }
}

} // namespace amana::content
