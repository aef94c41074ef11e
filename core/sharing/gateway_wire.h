// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http_server.h"
#include "core/sharing/gateway_guard.h"

#include <optional>

/// What gateway and client say to each other: JSON for the proof, and the requests of the IPFS trustless gateway
/// specification. Everything here reads what others wrote; nothing of it reaches an error.
namespace amana::sharing {

inline constexpr const char *kChallengePath = "/amana/v1/challenge";
inline constexpr const char *kTokenPath = "/amana/v1/token";

/// {"request": 7, "cid": "bafy…", "client": "0x…"}
[[nodiscard]] QByteArray askedToJson(const GatewayGuard::Asked &asked);
[[nodiscard]] std::optional<GatewayGuard::Asked> askedFromJson(const QByteArray &json);

/// The members of the message, {"chainId", "contract"} of the domain, and "signature"; bytes as hexadecimal digits.
[[nodiscard]] QByteArray challengeToJson(const GatewayChallenge &challenge);
[[nodiscard]] std::optional<GatewayChallenge> challengeFromJson(const QByteArray &json);

/// {"nonce": "…", "signature": "…"}
struct GatewayProof {
    Digest nonce{};
    QByteArray signature;
};
[[nodiscard]] QByteArray gatewayProofToJson(const GatewayProof &proof);
[[nodiscard]] std::optional<GatewayProof> gatewayProofFromJson(const QByteArray &json);

/// {"token": "…", "expires": 1700000000}
[[nodiscard]] QByteArray tokenToJson(const GatewayGuard::Token &token);
[[nodiscard]] std::optional<GatewayGuard::Token> tokenFromJson(const QByteArray &json);

/// {"error": {"code": "gateway.noGrant", "params": {"request": "7"}}}: only params that say nothing of anybody (request, cid,
/// detail of our own words).
[[nodiscard]] QByteArray errorToJson(const Error &error);
/// One of the codes that a gateway has for refusals; none for anything else, whatever it says.
[[nodiscard]] std::optional<Error> errorFromJson(const QByteArray &json);

enum class BlockFormat { Raw, Car };
enum class DagScope { Block, Entity, All };

/// What is wanted of /ipfs/{cid}.
struct Wanted {
    content::Cid cid;
    BlockFormat format = BlockFormat::Raw;
    DagScope scope = DagScope::All;
};
/// `status` tells why not: 400 not understood or not offered, 404 no such place, 406 no format that is offered. The query's
/// `format` wins over Accept (IPIP-523).
struct NotWanted {
    int status = 400;
};
[[nodiscard]] tl::expected<Wanted, NotWanted> wantedOf(const net::ServerRequest &request);

/// The token of "Authorization: Bearer …" (RFC 6750): none when it is absent or something else.
[[nodiscard]] std::optional<QByteArray> bearerTokenOf(const net::ServerRequest &request);

} // namespace amana::sharing
