// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/dag_fetch.h"
#include "core/content/gateway.h"
#include "core/sharing/actor.h"

namespace amana::sharing {

/// A guarded gateway as its users configure it: `amana serve` prints url and key.
struct GuardedGateway {
    QUrl url;                               ///< https, or http on loopback
    Address key{};                          ///< the account that signs its challenges
    std::optional<QSslConfiguration> tls{}; ///< net::tlsOf(); none: the system's authorities
    std::chrono::milliseconds idle = std::chrono::seconds(15); ///< silence after which it is given up
};

/// What a token opens: the blocks of one dataset, for a few minutes, to this computer.
struct GatewayPass {
    content::Gateway gateway; ///< with the token in its header
    QDateTime ends;           ///< by the gateway's clock; a stream that has begun goes on
};

/// Who signs, and under which domain.
struct PassSigner {
    const crypto::SigningKey &key;
    std::uint64_t chainId = 0;
    Address contract{}; ///< AccessGrants
    const Clock &clock;
};
[[nodiscard]] PassSigner signerOf(const Actor &actor);

/// Asks for a challenge, looks at every member of it, signs, and gets the token. Nothing is signed unless the challenge names
/// exactly this gateway (host and port of `url`, `key`, whose signature it must carry), our chain, contract, request, dataset
/// and account, and lasts at most 60 s: GatewayImpostor{url, part} (host, key, chain, contract, request, dataset, client, time,
/// signature). GatewayExpired when the clocks of both computers are more than a minute apart. What the gateway refuses with:
/// GatewayBadProof, GatewayExpired, GatewayNoGrant{request}, IpfsRefused{url, detail}; IpfsUnreachable, IpfsTimeout,
/// IpfsUntrusted, IpfsInsecure, IpfsBadReply (url); Cancelled.
[[nodiscard]] Result<GatewayPass> passFor(const PassSigner &signer, const GuardedGateway &gateway, std::uint64_t request,
                                          const content::Cid &root, const Progress &progress = {});

/// fetchDag() from one guarded gateway with as many passes as it takes: what came stays, so a new one goes on where the
/// last ended. Ask the contract before (Downloader::checkGrant). Failures of passFor() and fetchDag(): when the grant ends
/// in the middle, GatewayNoGrant.
[[nodiscard]] Result<content::FetchReport> fetchGuarded(const PassSigner &signer, const GuardedGateway &gateway,
                                                        std::uint64_t request, const content::Cid &root,
                                                        content::BlockStore &store, const Progress &progress = {},
                                                        const content::FetchOptions &options = {});

} // namespace amana::sharing
