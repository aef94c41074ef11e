// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <string>

namespace amana::chain {

/// What a guarded gateway asks a client to sign before it gives blocks (EIP-712; the domain names chain and
/// AccessGrants). No contract accepts it: it opens nothing but that gateway, once, until `expires`.
///
/// Both sides sign the same members under types of different names: what a gateway signs to show who it is can never
/// serve as its operator's own proof at another gateway.
struct GatewayMessage {
    std::string gateway;       ///< "host:port" as clients see it, lower case
    Address key{};             ///< the gateway's account
    std::uint64_t request = 0; ///< of AccessGrants
    std::string cid;           ///< root of the dataset, base32
    Address client{};          ///< the requester's account
    Digest nonce{};            ///< random, good once
    std::uint64_t issued = 0;  ///< seconds since 1970
    std::uint64_t expires = 0;

    /// hashStruct of GatewayChallenge(…): signed by the gateway.
    [[nodiscard]] Digest challengeHash() const;
    /// hashStruct of GatewayProof(…): signed by the client.
    [[nodiscard]] Digest proofHash() const;

    bool operator==(const GatewayMessage &) const = default;
};

} // namespace amana::chain
