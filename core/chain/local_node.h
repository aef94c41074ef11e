// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/network.h"
#include "core/crypto/secp256k1.h"

namespace amana::chain {

struct NodeStatus {
    bool running = false;
    std::int64_t pid = 0;
    std::string rpcUrl;
    std::uint64_t block = 0;
    std::uint64_t journalled = 0; ///< transactions in the journal
};

/// *This computer*: one anvil process a home, on loopback only, that outlives the program. A network for
/// trial and for one workstation; other programs on the machine can reach it. Files under
/// <home>/networks/local/: network.json, node.json (pid, port), lock, state.json, journal.jsonl, node.log.
/// All functions block and may be called by several processes at once.
class LocalNode {
public:
    static constexpr std::uint64_t kChainId = 726662;

    /// Finds the running node, or starts one (NodeNotFound: no anvil; NodeStartFailed), replays what the
    /// chain lacks of the journal (NodeStateCorrupt when it does not come out the same), and deploys the
    /// contracts once: then `firstProfile` becomes governor and the administrator of institution 1.
    [[nodiscard]] static Result<NetworkProfile> ensureRunning(const QString &home,
                                                              const crypto::SigningKey &firstProfile);
    /// Never starts anything.
    [[nodiscard]] static Result<NodeStatus> status(const QString &home);
    /// Ends the recorded process if it is still the one that was started; nothing running is success.
    [[nodiscard]] static Status stop(const QString &home);
    /// AMANA_ANVIL, beside the program, contracts/node_modules of a source tree around the program, PATH.
    /// NodeNotFound.
    [[nodiscard]] static Result<QString> findAnvil();
};

} // namespace amana::chain
