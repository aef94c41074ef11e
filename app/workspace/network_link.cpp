// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/network_link.h"

#include "app/workspace/hub.h"
#include "app/workspace/member_start.h"
#include "app/workspace/seat.h"
#include "core/base/log.h"
#include "core/chain/local_node.h"
#include "core/crypto/secp256k1.h"
#include "core/sharing/card_words.h"
#include "core/sharing/own_keys.h"

#include <chrono>
#include <set>

namespace amana::app {

namespace {

constexpr auto kLookInterval = std::chrono::seconds(3);
constexpr auto kCardPatience = std::chrono::seconds(5); // for cards that only others have; the rest the next time

/// Money, emergencies and seats: what a request shows and who decides on it.
bool isAboutRequests(const std::string &kind)
{
    static const std::set<std::string> kKinds{"Listed",   "Paid",     "Delivered",   "Disputed",
                                              "Released", "Refunded", "GlassBroken", "EmergencyReviewed",
                                              "CustodyMoved"};
    return kKinds.contains(kind);
}

bool isWrong(const Error &error)
{
    return error.code == ErrorCode::ChainWrongChain || error.code == ErrorCode::ChainWrongCode;
}

Error::Params detailsOf(const chain::NetworkProfile &profile)
{
    Error::Params details{{"rpc", profile.rpcUrl}, {"chain", std::to_string(profile.chainId)}};
    for (const chain::ContractSlot &slot : chain::kContractSlots)
        details.emplace_back(slot.artifact, crypto::checksumAddress(profile.contracts.*slot.address));
    return details;
}

} // namespace

NetworkLink::NetworkLink(Hub &hub) : m_hub(hub)
{
    m_status.name = hub.options().network;
    m_status.thisComputer = m_status.name == QLatin1String("local");
    m_offlineByChoice = !hub.options().goOnline;
    m_thread = std::thread([this] { watch(); });
}

NetworkLink::~NetworkLink()
{
    stopWatching();
}

void NetworkLink::stopWatching()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

ports::NetworkStatus NetworkLink::status() const
{
    const std::lock_guard lock(m_mutex);
    return m_status;
}

chain::Member NetworkLink::membership() const
{
    const std::lock_guard lock(m_mutex);
    return m_membership;
}

void NetworkLink::setState(ports::NetworkState state, std::shared_ptr<const Error> error)
{
    {
        const std::lock_guard lock(m_mutex);
        m_status.state = state;
        m_status.error = std::move(error);
        if (state == ports::NetworkState::Offline || state == ports::NetworkState::Wrong)
            m_actor = nullptr;
    }
    Q_EMIT m_hub.events().networkChanged();
}

Result<sharing::Actor *> NetworkLink::connect(Seat &seat)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_offlineByChoice || m_stopping)
            return fail(ErrorCode::ChainUnreachable, {{"url", m_status.name.toStdString()}, {"reason", "offline"}});
    }
    if (status().state != ports::NetworkState::Online)
        setState(ports::NetworkState::Starting);
    auto actor = seat.session().connect(m_hub.networkName());
    if (!actor) {
        setState(isWrong(actor.error()) ? ports::NetworkState::Wrong : ports::NetworkState::Offline,
                 std::make_shared<const Error>(actor.error()));
        return actor;
    }
    return connected(seat, *actor);
}

Result<sharing::Actor *> NetworkLink::connected(Seat &seat, sharing::Actor *actor)
{
    bool fresh = false;
    {
        const std::lock_guard lock(m_mutex);
        fresh = m_actor != actor || m_status.state != ports::NetworkState::Online;
        m_actor = actor;
        m_seat = seat.weak();
        m_status.details = detailsOf(actor->chain.profile());
    }
    if (!fresh)
        return actor;
    AMANA_CHECK(takeFirstRole(*actor, seat.session().home()));
    setState(ports::NetworkState::Online);
    AMANA_CHECK(refresh(seat, *actor));
    return actor;
}

Result<sharing::Actor *> NetworkLink::online(Seat &seat) const
{
    const std::lock_guard lock(m_mutex);
    if (m_status.state != ports::NetworkState::Online || m_actor == nullptr || m_seat.lock().get() != &seat)
        return fail(ErrorCode::ChainUnreachable, {{"url", m_status.name.toStdString()}, {"reason", "offline"}});
    return m_actor;
}

ports::NetworkStatus NetworkLink::start(Seat &seat)
{
    {
        const std::lock_guard lock(m_mutex);
        m_offlineByChoice = false;
    }
    if (const auto actor = connect(seat); !actor)
        log(LogLevel::Info, actor.error());
    return status();
}

ports::NetworkStatus NetworkLink::stop()
{
    Status stopped;
    {
        const std::lock_guard lock(m_mutex);
        m_offlineByChoice = true;
    }
    if (status().thisComputer)
        stopped = chain::LocalNode::stop(m_hub.options().home);
    setState(ports::NetworkState::Offline,
             stopped ? nullptr : std::make_shared<const Error>(std::move(stopped).error()));
    return status();
}

void NetworkLink::forget()
{
    {
        const std::lock_guard lock(m_mutex);
        m_actor = nullptr;
        m_seat.reset();
        m_membership = {};
        m_status.block = 0;
        m_status.state = ports::NetworkState::Offline;
        m_status.error = nullptr;
    }
    Q_EMIT m_hub.events().networkChanged();
}

Status NetworkLink::readMembership(Seat &seat, sharing::Actor &actor)
{
    AMANA_TRY(const chain::Member member, chain::IdentityRegistry(actor.chain).memberOf(actor.address()));
    bool changed = false;
    {
        const std::lock_guard lock(m_mutex);
        changed = member != m_membership;
        m_membership = member;
    }
    if (changed) {
        AMANA_CHECK(sharing::ensureKeyPublished(actor, seat.session().home())); // enrolled while we were looking
        Q_EMIT m_hub.events().sessionChanged();
    }
    return {};
}

Status NetworkLink::refresh(Seat &seat, sharing::Actor &actor)
{
    std::uint64_t seen = 0;
    {
        const std::lock_guard lock(m_mutex);
        seen = m_status.block;
    }
    AMANA_CHECK(readMembership(seat, actor));
    AMANA_CHECK(actor.outbox.update(actor.chain)); // what the pool dropped is sent again
    AMANA_TRY(const chain::Block head, actor.chain.head());
    AMANA_CHECK(actor.index.sync(actor.chain));
    AMANA_CHECK(sharing::rememberCards(actor.blocks, actor.index, SIZE_MAX, kCardPatience));
    {
        const std::lock_guard lock(m_mutex);
        m_status.block = head.number;
    }
    if (head.number != seen) {
        Q_EMIT m_hub.events().networkChanged();
        tell(seat, head.number > seen ? seen : 0);
    }
    return {};
}

/// One signal for each sort of list that the events after block `after` belong to.
void NetworkLink::tell(const Seat &seat, std::uint64_t after) const
{
    const auto rows = seat.index().history({{}, {}, 500});
    bool datasets = after == 0;
    bool requests = after == 0;
    bool members = after == 0;
    for (std::size_t i = 0; rows && i < rows->size() && (*rows)[i].block > after; ++i) {
        const std::string &kind = (*rows)[i].kind;
        datasets = datasets || kind.starts_with("Dataset");
        requests = requests || kind.starts_with("Access") || isAboutRequests(kind);
        members = members || kind.starts_with("Member") || kind == "KeySet" || kind == "InstitutionSet";
    }
    ports::Events &events = m_hub.events();
    if (datasets)
        Q_EMIT events.catalogueChanged();
    if (requests) {
        Q_EMIT events.requestsChanged();
        Q_EMIT events.downloadsChanged();
    }
    if (datasets || requests)
        Q_EMIT events.publishedChanged();
    if (members)
        Q_EMIT events.membersChanged();
    if (datasets || requests || members)
        Q_EMIT events.auditChanged();
}

void NetworkLink::watch()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        m_wake.wait_for(lock, kLookInterval, [this] { return m_stopping; });
        if (m_stopping)
            return;
        lock.unlock();
        look();
        lock.lock();
    }
}

/// Two missed answers in a row make us offline: one may be a busy moment.
void NetworkLink::look()
{
    std::shared_ptr<Seat> seat;
    sharing::Actor *actor = nullptr;
    std::uint64_t seen = 0;
    {
        const std::lock_guard lock(m_mutex);
        seat = m_seat.lock();
        actor = m_status.state == ports::NetworkState::Online ? m_actor : nullptr;
        seen = m_status.block;
    }
    if (!seat || actor == nullptr)
        return;
    auto head = actor->chain.head();
    if (!head)
        head = actor->chain.head();
    if (!head)
        return setState(ports::NetworkState::Offline, std::make_shared<const Error>(head.error()));
    if (head->number == seen)
        return;
    if (const Status read = refresh(*seat, *actor); !read)
        log(LogLevel::Info, read.error());
}

} // namespace amana::app
