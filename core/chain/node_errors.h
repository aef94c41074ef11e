// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/rpc_codec.h"

#include <string_view>

/// What nodes mean: each says the same in words of its own. The words are those of anvil 1.7, geth 1.16 and
/// Besu 24, compared without regard to case. Internal to core/chain.
namespace amana::chain {

/// How a node took a signed transaction.
enum class Admission {
    Accepted,    ///< as new, or known already
    NonceUsed,   ///< another transaction of this nonce was mined; perhaps this very one
    Underpriced, ///< another of this nonce waits in the pool, and this one does not pay enough more
    Refused      ///< for good
};
[[nodiscard]] Admission admissionOf(const RpcError &error);

/// The code for an error of the node: what revert data say (`contract.*`), ChainReverted, ChainNonce,
/// ChainUnderfunded, ChainUnauthorized, else ChainRpcError{method,rpcCode,detail}.
[[nodiscard]] Error meaningOf(const RpcError &error, std::string_view method);

} // namespace amana::chain
