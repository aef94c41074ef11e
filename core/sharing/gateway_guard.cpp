// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/gateway_guard.h"

#include "core/chain/eip712.h"
#include "core/crypto/hash.h"
#include "core/crypto/random.h"

#include <QHostAddress>

#include <algorithm>
#include <cstring>
#include <utility>

namespace amana::sharing {

using EventKind = GatewayEvent::Kind;
using Steady = std::chrono::steady_clock;

namespace {

/// Whoever has an IPv6 network has 2^64 addresses: they count as one.
std::string networkOf(const std::string &peer)
{
    const QHostAddress address(QString::fromStdString(peer));
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return peer;
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    return toHex(ByteView(bytes.c, 8));
}

} // namespace

struct GatewayGuard::Ticket {
    std::uint64_t request = 0;
    std::uint64_t dataset = 0;
    Address client{};
    content::Cid root;
    std::string peer;
    std::uint64_t expires = 0;
    Digest hash{};                ///< of the token
    std::uint64_t blocks = 0;     ///< not written down yet; of m_mutex
    std::uint64_t bytes = 0;

    [[nodiscard]] GatewayEvent event(EventKind kind) const
    {
        return {.kind = kind, .request = request, .dataset = dataset, .client = client, .peer = peer};
    }
};

struct GatewayGuard::Visit {
    TicketPtr ticket;
    std::shared_ptr<const BlockSet> set; ///< shared with DatasetBlocks
    std::uint64_t sinceAsked = 0;        ///< bytes
    Steady::time_point asked = Steady::now();
};

std::size_t GatewayGuard::HashOfDigest::operator()(const Digest &digest) const noexcept
{
    std::size_t value = 0; // of random bytes, or a hash
    std::memcpy(&value, digest.data(), sizeof value);
    return value;
}

GatewayGuard::GatewayGuard(GatewaySettings settings, const crypto::SigningKey &key, AskContract contract,
                           DatasetBlocks &datasets, GatewayAudit &audit, const Clock &clock)
    : m_settings(std::move(settings)), m_key(key), m_contract(std::move(contract)), m_datasets(datasets), m_audit(audit),
      m_clock(clock)
{
}

GatewayGuard::~GatewayGuard()
{
    static_cast<void>(flush()); // nobody is left to be told
}

std::uint64_t GatewayGuard::now() const
{
    return static_cast<std::uint64_t>(std::max<qint64>(0, m_clock.now().toSecsSinceEpoch()));
}

Error GatewayGuard::refuse(Error error, const GatewayEvent &about)
{
    GatewayEvent event = about;
    event.kind = EventKind::Refused;
    event.code = error.code;
    static_cast<void>(m_audit.refused(event)); // it is refused all the same
    return error;
}

void GatewayGuard::refused(ErrorCode code, const std::string &peer, std::uint64_t request)
{
    static_cast<void>(refuse(Error(code), {.request = request, .peer = peer}));
}

Result<GatewayChallenge> GatewayGuard::challenge(const Asked &asked, const std::string &peer)
{
    const GatewayEvent event{.kind = EventKind::Challenge, .request = asked.request, .client = asked.client, .peer = peer};
    const std::string network = networkOf(peer);
    const std::uint64_t issued = now();
    const auto life = static_cast<std::uint64_t>(m_settings.challengeLife.count());
    GatewayChallenge challenge{{m_settings.host, m_key.address(), asked.request, asked.root.text(), asked.client,
                                crypto::randomDigest(), issued, issued + life},
                               m_settings.chainId,
                               m_settings.contract,
                               {}};
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_waiting, [&](const auto &entry) { return entry.second.message.expires <= issued; });
        const auto ofPeer = std::count_if(m_waiting.begin(), m_waiting.end(),
                                          [&](const auto &entry) { return entry.second.network == network; });
        if (m_waiting.size() >= m_settings.challenges
            || static_cast<std::size_t>(ofPeer) >= m_settings.challengesPerPeer)
            return fail(refuse(Error(ErrorCode::IpfsRefused, {{"detail", "too many requests"}}), event));
        m_waiting.emplace(challenge.message.nonce, Waiting{challenge.message, peer, network, asked.root});
    }
    challenge.signature = chain::signTypedData(challenge.message.challengeHash(), m_settings.chainId,
                                               m_settings.contract, m_key);
    AMANA_CHECK(m_audit.write(event));
    return challenge;
}

Result<GatewayGuard::Waiting> GatewayGuard::takeWaiting(const Digest &nonce, const std::string &peer)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_waiting.find(nonce);
    if (it == m_waiting.end() || it->second.peer != peer) // somebody else's stays good for whom it was made
        return fail(ErrorCode::GatewayExpired);
    if (std::exchange(it->second.used, true) || it->second.message.expires <= now()) // once, whatever becomes of it
        return fail(ErrorCode::GatewayExpired);
    return it->second;
}

Result<std::uint64_t> GatewayGuard::allowed(std::uint64_t request, const Address &client, const content::Cid &root) const
{
    AMANA_TRY(const GrantNow grant, m_contract(request));
    if (!grant.allowed || grant.requester != client || grant.root != root)
        return fail(ErrorCode::GatewayNoGrant, {{"request", std::to_string(request)}});
    return grant.dataset;
}

Result<GatewayGuard::Token> GatewayGuard::token(const Digest &nonce, ByteView signature, const std::string &peer)
{
    const auto waiting = takeWaiting(nonce, peer);
    if (!waiting)
        return fail(refuse(waiting.error(), {.peer = peer}));
    const chain::GatewayMessage &message = waiting->message;
    const GatewayEvent about{.request = message.request, .client = message.client, .peer = peer};
    const auto signer =
        chain::typedDataSigner(message.proofHash(), m_settings.chainId, m_settings.contract, signature);
    if (!signer || *signer != message.client)
        return fail(refuse(Error(ErrorCode::GatewayBadProof), about));
    const auto dataset = allowed(message.request, message.client, waiting->root);
    if (!dataset)
        return fail(refuse(dataset.error(), about));

    const SecretBytes secret = crypto::randomSecret(32);
    Token token{toByteArray(secret.view()).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals),
                now() + static_cast<std::uint64_t>(m_settings.tokenLife.count())};
    auto ticket = std::make_shared<Ticket>(
        Ticket{message.request, *dataset, message.client, waiting->root, peer, token.expires, {}});
    AMANA_CHECK(m_audit.write(ticket->event(EventKind::Token))); // before it is good
    keep(crypto::sha256(bytesOf(token.text)), std::move(ticket));
    return token;
}

void GatewayGuard::keep(const Digest &hash, TicketPtr ticket)
{
    ticket->hash = hash;
    const std::lock_guard lock(m_mutex);
    const auto dropOldest = [this](auto &&matches, std::size_t most) {
        std::size_t alive = 0;
        for (const TicketPtr &other : m_all)
            alive += m_tickets.contains(other->hash) && matches(*other) ? 1 : 0;
        for (auto it = m_all.begin(); it != m_all.end() && alive >= most; ++it)
            if (matches(**it) && m_tickets.erase((*it)->hash) > 0)
                --alive;
    };
    dropOldest([&](const Ticket &other) { return other.client == ticket->client; }, m_settings.tokensPerClient);
    dropOldest([](const Ticket &) { return true; }, m_settings.tokens);
    m_tickets.emplace(hash, ticket);
    m_all.push_back(std::move(ticket));
}

void GatewayGuard::forget(const TicketPtr &ticket)
{
    const std::lock_guard lock(m_mutex);
    m_tickets.erase(ticket->hash);
}

Status GatewayGuard::allowedStill(const TicketPtr &ticket)
{
    AMANA_CHECK(m_audit.state());
    const auto dataset = allowed(ticket->request, ticket->client, ticket->root);
    if (dataset)
        return {};
    if (dataset.error().code == ErrorCode::GatewayNoGrant)
        forget(ticket);
    return fail(refuse(dataset.error(), ticket->event(EventKind::Refused)));
}

Result<GatewayGuard::VisitPtr> GatewayGuard::visit(ByteView token, const std::string &peer)
{
    const Digest hash = crypto::sha256(token); // looked up by its hash: how long that takes tells nothing of a token
    TicketPtr ticket;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto it = m_tickets.find(hash); it != m_tickets.end())
            ticket = it->second;
    }
    if (!ticket || ticket->expires <= now())
        return fail(refuse(Error(ErrorCode::GatewayExpired), ticket ? ticket->event(EventKind::Refused) : GatewayEvent{.peer = peer}));
    if (ticket->peer != peer) {
        GatewayEvent event = ticket->event(EventKind::Refused);
        event.peer = peer;
        return fail(refuse(Error(ErrorCode::GatewayBadProof), event));
    }
    AMANA_CHECK(allowedStill(ticket));
    auto set = m_datasets.of(ticket->root);
    if (!set)
        return fail(refuse(set.error(), ticket->event(EventKind::Refused)));
    return std::make_shared<Visit>(Visit{ticket, std::move(*set)});
}

Status GatewayGuard::permit(Visit &visit, const content::Cid &cid)
{
    if (visit.set->placeOf(cid))
        return {};
    return fail(refuse(Error(ErrorCode::GatewayOutside, {{"cid", cid.text()}}), visit.ticket->event(EventKind::Refused)));
}

Status GatewayGuard::pass(Visit &visit, std::uint64_t blocks, std::uint64_t bytes)
{
    const bool range = visit.sinceAsked > 0 && visit.sinceAsked + bytes > m_settings.range;
    if (range || Steady::now() - visit.asked >= m_settings.rangeTime) {
        AMANA_CHECK(allowedStill(visit.ticket));
        visit.asked = Steady::now();
        visit.sinceAsked = 0;
    }
    visit.sinceAsked += bytes;
    const std::lock_guard lock(m_mutex);
    visit.ticket->blocks += blocks;
    visit.ticket->bytes += bytes;
    return {};
}

const BlockSet &GatewayGuard::blocksOf(const Visit &visit)
{
    return *visit.set;
}

Status GatewayGuard::writeServed(Ticket &ticket)
{
    GatewayEvent event = ticket.event(EventKind::Served);
    event.blocks = ticket.blocks;
    event.bytes = ticket.bytes;
    AMANA_CHECK(m_audit.write(event));
    ticket.blocks = ticket.bytes = 0;
    return {};
}

Status GatewayGuard::flush()
{
    {
        const std::lock_guard lock(m_mutex);
        const std::uint64_t time = now();
        std::erase_if(m_waiting, [&](const auto &entry) { return entry.second.message.expires <= time; });
        std::erase_if(m_tickets, [&](const auto &entry) { return entry.second->expires <= time; });
        for (auto it = m_all.begin(); it != m_all.end();) {
            if ((*it)->blocks > 0)
                AMANA_CHECK(writeServed(**it));
            const bool over = !m_tickets.contains((*it)->hash) && it->use_count() == 1;
            it = over ? m_all.erase(it) : std::next(it);
        }
    }
    return m_audit.flush();
}

} // namespace amana::sharing
