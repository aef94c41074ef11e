// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/gateway_message.h"
#include "core/sharing/dataset_blocks.h"
#include "core/sharing/gateway_audit.h"
#include "core/sharing/gateway_contract.h"

#include <chrono>
#include <list>
#include <unordered_map>

namespace amana::sharing {

/// A challenge as it goes to the client.
struct GatewayChallenge {
    chain::GatewayMessage message;
    std::uint64_t chainId = 0;
    Address contract{};   ///< AccessGrants
    QByteArray signature; ///< of the gateway's key over message.challengeHash(): 65 bytes
};

struct GatewaySettings {
    std::string host; ///< "host:port" as clients see it, lower case
    std::uint64_t chainId = 0;
    Address contract{}; ///< AccessGrants
    std::chrono::seconds challengeLife{60};
    std::chrono::seconds tokenLife{300};
    std::size_t challengesPerPeer = 60; ///< within one life, used or not; a peer is an IPv4 address or an IPv6 /64
    std::size_t challenges = 4096;      ///< of all together
    std::size_t tokensPerClient = 16; ///< the oldest goes
    std::size_t tokens = 1024;
    std::uint64_t range = 16u << 20;         ///< bytes of a stream after which the contract is asked again
    std::chrono::seconds rangeTime{5};       ///< and no later than after that, however slow the reader is
};

/// Decides who is given blocks, and writes it down. Knows nothing of HTTP. Thread-safe.
///
/// Without a proof nobody makes it do more than sign and remember 100 bytes: the chain is asked only for whom a signature
/// was found good. Every refusal is in the audit trail, and nothing is given when that cannot be written.
class GatewayGuard {
public:
    /// All of them outlive it. `key` signs challenges; its account is what clients know the gateway by.
    GatewayGuard(GatewaySettings settings, const crypto::SigningKey &key, AskContract contract, DatasetBlocks &datasets,
                 GatewayAudit &audit, const Clock &clock);
    ~GatewayGuard(); ///< as flush()

    struct Asked {
        std::uint64_t request = 0;
        content::Cid root;
        Address client{}; ///< who will sign
    };
    /// The same for every request there is or is not. IpfsRefused{detail} when there were too many in the last minute.
    [[nodiscard]] Result<GatewayChallenge> challenge(const Asked &asked, const std::string &peer);

    struct Token {
        QByteArray text;           ///< 43 characters that fit into a header; only its hash is kept
        std::uint64_t expires = 0; ///< seconds since 1970
    };
    /// GatewayExpired for a nonce that is not (or no more) waiting for this peer; GatewayBadProof when another account
    /// signed, or something else; GatewayNoGrant{request} when the contract does not allow it, the request is of somebody
    /// else, or of another dataset: which of them is not told. Failures of the chain: nothing is given.
    [[nodiscard]] Result<Token> token(const Digest &nonce, ByteView signature, const std::string &peer);

    /// Somebody with a good token, for one request or one stream. A stream may go on past the end of its token: the
    /// contract is asked on the way.
    struct Visit;
    using VisitPtr = std::shared_ptr<Visit>; ///< shared by the handler and the stream that it starts
    /// Asks the contract now. GatewayExpired, GatewayBadProof (token of another peer), GatewayNoGrant; BlockMissing when the
    /// dataset is not whole here; failures of the chain.
    [[nodiscard]] Result<VisitPtr> visit(ByteView token, const std::string &peer);
    /// GatewayOutside for a block that is not of the dataset.
    [[nodiscard]] Status permit(Visit &visit, const content::Cid &cid);
    /// Counts what goes out. For all but the first bytes of a visit asks the contract again when a range is over:
    /// GatewayNoGrant, failures of the chain.
    [[nodiscard]] Status pass(Visit &visit, std::uint64_t blocks, std::uint64_t bytes);
    [[nodiscard]] static const BlockSet &blocksOf(const Visit &visit);

    /// For who refuses before or beside the guard, so that it is written down.
    void refused(ErrorCode code, const std::string &peer, std::uint64_t request = 0);
    /// Writes down what was served, forgets what is over. To be called every half minute or so.
    [[nodiscard]] Status flush();

private:
    struct Waiting {
        chain::GatewayMessage message;
        std::string peer;
        std::string network;
        content::Cid root;
        bool used = false; ///< stays until it is over, so that trying has a limit
    };
    struct Ticket; ///< what a token stands for
    using TicketPtr = std::shared_ptr<Ticket>; ///< shared by the table and the visits under way

    [[nodiscard]] std::uint64_t now() const;
    [[nodiscard]] Error refuse(Error error, const GatewayEvent &about);
    [[nodiscard]] Result<Waiting> takeWaiting(const Digest &nonce, const std::string &peer);
    [[nodiscard]] Result<std::uint64_t> allowed(std::uint64_t request, const Address &client, const content::Cid &root) const;
    [[nodiscard]] Status allowedStill(const TicketPtr &ticket);
    void keep(const Digest &hash, TicketPtr ticket);
    void forget(const TicketPtr &ticket);
    [[nodiscard]] Status writeServed(Ticket &ticket);

    const GatewaySettings m_settings;
    const crypto::SigningKey &m_key;
    const AskContract m_contract;
    DatasetBlocks &m_datasets;
    GatewayAudit &m_audit;
    const Clock &m_clock;

    std::mutex m_mutex; // guards what follows
    struct HashOfDigest {
        std::size_t operator()(const Digest &digest) const noexcept;
    };
    std::unordered_map<Digest, Waiting, HashOfDigest> m_waiting;   ///< by nonce
    std::unordered_map<Digest, TicketPtr, HashOfDigest> m_tickets; ///< by the token's sha2-256
    std::list<TicketPtr> m_all; ///< oldest first; also those whose token is over and whose streams are not
};

} // namespace amana::sharing
