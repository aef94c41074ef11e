// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/gateway_wire.h"

namespace amana::sharing {

/// The guarded gateway as HTTP: an IPFS trustless gateway whose every block needs a token of GatewayGuard.
///
///   POST /amana/v1/challenge {request, cid, client}  → the challenge, signed
///   POST /amana/v1/token {nonce, signature}          → {token, expires}
///   GET, HEAD /ipfs/{cid}?format=raw|car             → one block, or CARv1 (depth first, no block twice)
///
/// Refusals: 401 no proof, or one that does not hold or is too old · 403 the contract · 404 not of the dataset, not here,
/// no such place · 400, 405, 406, 413, 429 · 503 the chain cannot be asked; each with errorToJson().
class GatewayService {
public:
    /// Both outlive it. `blocks` is the store that `guard` knows datasets of.
    GatewayService(GatewayGuard &guard, const content::BlockStore &blocks) : m_guard(guard), m_blocks(blocks) {}

    /// For net::HttpServer: thread-safe, may block.
    [[nodiscard]] net::ServerReply answer(const net::ServerRequest &request);

private:
    [[nodiscard]] net::ServerReply misuse(const net::ServerRequest &request, int status, const char *detail);
    [[nodiscard]] net::ServerReply challenge(const net::ServerRequest &request);
    [[nodiscard]] net::ServerReply token(const net::ServerRequest &request);
    [[nodiscard]] net::ServerReply content(const net::ServerRequest &request);
    [[nodiscard]] Result<net::ServerReply> give(const net::ServerRequest &request, const Wanted &wanted);
    [[nodiscard]] Result<net::ServerReply> block(const GatewayGuard::VisitPtr &visit, const Wanted &wanted, bool head);
    [[nodiscard]] Result<net::ServerReply> archive(const GatewayGuard::VisitPtr &visit, const Wanted &wanted) const;
    [[nodiscard]] Result<bool> isOneBlock(const Wanted &wanted) const;

    GatewayGuard &m_guard;
    const content::BlockStore &m_blocks;
};

} // namespace amana::sharing
