// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/requests_adapter.h"

#include "app/workspace/payment_rows.h"
#include "app/workspace/request_detail.h"
#include "app/workspace/request_rows.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"
#include "core/base/log.h"
#include "core/sharing/access.h"
#include "core/sharing/purchases.h"

namespace amana::app {

namespace {

sharing::RequestMessage messageOf(Seat &seat, const QString &text)
{
    const std::uint32_t institution = seat.hub().network().membership().institution;
    return {seat.profile().name,
            institution == 0 ? std::string() : seat.contacts().institutionName(institution).toStdString(),
            text.toStdString()};
}

sharing::Asking askingOf(Seat &seat, const ports::NewRequest &spec, std::uint64_t until)
{
    sharing::Asking asking{{spec.purpose.toStdString()}, until, messageOf(seat, spec.message)};
    for (const QString &condition : spec.conditions)
        asking.terms.push_back(condition.toStdString());
    return asking;
}

/// The transaction is final whatever follows: a list that could not be read again is no failure of it.
void readAgain(Seat &seat, sharing::Actor &actor)
{
    if (const Status read = seat.hub().network().refresh(seat, actor); !read)
        log(LogLevel::Info, read.error());
}

Result<QString> sendRequest(Seat &seat, const ports::NewRequest &spec)
{
    AMANA_TRY(const std::uint64_t dataset, numberOf(spec.dataset));
    AMANA_TRY(const std::uint64_t until, endOfLocalDay(spec.until, seat.hub().clock().now()));
    AMANA_TRY(sharing::Actor * actor, seat.hub().network().connect(seat));
    AMANA_TRY(const chain::Receipt receipt,
              sharing::Requester(*actor).request(dataset, askingOf(seat, spec, until)));
    AMANA_TRY(const std::uint64_t id, chain::requestedId(receipt));
    readAgain(seat, *actor);
    return QString::number(id);
}

} // namespace

/// `send(seat, actor, number)` returns the receipt of a transaction about a request.
template <class Send>
ports::FutureStatus RequestsAdapter::act(const QString &request, Send send)
{
    return m_hub.onSeat(m_hub.acting(), [request, send](Seat &seat) -> Status {
        AMANA_TRY(const std::uint64_t id, numberOf(request));
        AMANA_TRY(sharing::Actor * actor, seat.hub().network().connect(seat));
        const Result<chain::Receipt> receipt = send(seat, *actor, id);
        readAgain(seat, *actor); // after a refusal too: what was on screen is no longer so
        return receipt.transform([](const chain::Receipt &) {});
    });
}

ports::Future<std::vector<ports::RequestRow>> RequestsAdapter::incoming()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return incomingRequests(seat); });
}

ports::Future<std::vector<ports::RequestRow>> RequestsAdapter::outgoing()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return outgoingRequests(seat); });
}

ports::Future<ports::RequestDetail> RequestsAdapter::detail(const QString &request)
{
    return m_hub.onSeat(m_hub.reading(), [request](Seat &seat) -> Result<ports::RequestDetail> {
        AMANA_TRY(const std::uint64_t id, numberOf(request));
        return requestDetail(seat, id);
    });
}

ports::Future<QString> RequestsAdapter::request(const ports::NewRequest &spec)
{
    return m_hub.onSeat(m_hub.acting(), [spec](Seat &seat) { return sendRequest(seat, spec); });
}

ports::FutureStatus RequestsAdapter::resubmit(const QString &request, const ports::NewRequest &spec)
{
    return act(request, [spec](Seat &seat, sharing::Actor &actor, std::uint64_t id) -> Result<chain::Receipt> {
        AMANA_TRY(const std::uint64_t until, endOfLocalDay(spec.until, seat.hub().clock().now()));
        return sharing::Requester(actor).resubmit(id, askingOf(seat, spec, until));
    });
}

ports::FutureStatus RequestsAdapter::approve(const QString &request, unsigned revision, ports::GrantKind kind)
{
    const auto chosen = kind == ports::GrantKind::Care ? sharing::GrantKind::Care : sharing::GrantKind::Research;
    return act(request, [revision, chosen](Seat &, sharing::Actor &actor, std::uint64_t id) {
        return sharing::CustodianDesk(actor).approve(id, revision, chosen);
    });
}

ports::FutureStatus RequestsAdapter::returnForChanges(const QString &request, const QString &comment)
{
    return act(request, [text = comment.toStdString()](Seat &, sharing::Actor &actor, std::uint64_t id) {
        return sharing::CustodianDesk(actor).returnForChanges(id, text);
    });
}

ports::FutureStatus RequestsAdapter::deny(const QString &request, const QString &reason)
{
    return act(request, [text = reason.toStdString()](Seat &, sharing::Actor &actor, std::uint64_t id) {
        return sharing::CustodianDesk(actor).deny(id, text);
    });
}

ports::FutureStatus RequestsAdapter::revoke(const QString &request)
{
    return act(request, [](Seat &, sharing::Actor &actor, std::uint64_t id) {
        return sharing::CustodianDesk(actor).revoke(id);
    });
}

ports::FutureStatus RequestsAdapter::cancel(const QString &request)
{
    return act(request, [](Seat &, sharing::Actor &actor, std::uint64_t id) {
        return sharing::Requester(actor).cancel(id);
    });
}

ports::FutureStatus RequestsAdapter::money(const QString &request, ports::RequestAction step, const QString &reason)
{
    return act(request,
               [step, text = reason.toStdString()](Seat &, sharing::Actor &actor,
                                                   std::uint64_t id) -> Result<chain::Receipt> {
                   sharing::Purchases purchases(actor);
                   switch (step) {
                   case ports::RequestAction::Pay:
                       return purchases.pay(id);
                   case ports::RequestAction::Accept:
                       return purchases.release(id);
                   case ports::RequestAction::Refund:
                       return purchases.refund(id);
                   case ports::RequestAction::Dispute:
                       return purchases.dispute(id, text);
                   default:
                       return fail(ErrorCode::InternalUnexpected, {{"what", "money"}});
                   }
               });
}

ports::Future<std::vector<ports::EmergencyRow>> RequestsAdapter::emergencies()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return emergencyRows(seat); });
}

} // namespace amana::app
