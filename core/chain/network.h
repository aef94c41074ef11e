// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/node_errors.h"
#include "core/chain/rpc.h"
#include "core/chain/uint256.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace amana::chain {

class HeadWatch;

/// The name of This computer among the networks.
inline constexpr std::string_view kLocalNetwork = "local";

struct ContractAddresses {
    Address identity{};
    Address datasets{};
    Address access{};
    Address market{};
    Address credit{};
    Address timelock{}; ///< upgrades wait here

    bool operator==(const ContractAddresses &) const = default;
};

struct ContractSlot {
    std::string_view key;      ///< in network.json
    std::string_view artifact; ///< whose code is there, or behind the proxy that is there
    Address ContractAddresses::*address;
    bool proxied;
};
inline constexpr ContractSlot kContractSlots[] = {
    {"identity", "IdentityRegistry", &ContractAddresses::identity, true},
    {"datasets", "DatasetRegistry", &ContractAddresses::datasets, true},
    {"access", "AccessGrants", &ContractAddresses::access, true},
    {"market", "Market", &ContractAddresses::market, true},
    {"credit", "ConsortiumCredit", &ContractAddresses::credit, false},
    {"timelock", "TimelockController", &ContractAddresses::timelock, false}};

/// One chain and the contracts on it, as stored in <home>/networks/<name>/network.json.
struct NetworkProfile {
    std::string name;   ///< "local" is This computer
    std::string rpcUrl; ///< https, or http on loopback
    std::vector<std::string> moreUrls{}; ///< of other nodes of the same chain, asked when the first one fails
    std::string webSocketUrl{}; ///< wss, or ws on loopback; wakes us at new blocks. Empty: we ask every 5 s
    net::Access access{};        ///< to all of these
    std::uint64_t chainId = 0;
    Digest genesisHash{};
    ContractAddresses contracts;
    std::uint64_t firstBlock = 0; ///< of the contracts' deployment: where reading of events starts
    std::uint64_t finalityDepth =
        0; ///< blocks on top after which a transaction is final; 0: at once (QBFT, local)
    bool finalizedTag = false; ///< the node's "finalized" block decides where it knows one, else finalityDepth
    std::string currency = "ETH"; ///< symbol of the native currency, which has 18 decimals
    QString journal; ///< This computer only: the journal of raw transactions; not stored
};

/// NetworkUnknown, StoreCorrupt.
[[nodiscard]] Result<NetworkProfile> loadNetwork(const QString &home, const std::string &name);
[[nodiscard]] Status saveNetwork(const QString &home, const NetworkProfile &profile);
[[nodiscard]] Result<std::vector<NetworkProfile>> listNetworks(const QString &home);

/// Something a contract said.
struct Log {
    Address address{};
    std::vector<Digest> topics;
    QByteArray data;
    std::uint64_t block = 0;
    Digest blockHash{};
    Digest txHash{};
    std::uint32_t index = 0; ///< within the block
};

struct Receipt {
    Digest txHash{};
    std::uint64_t block = 0;
    Digest blockHash{};
    std::uint64_t time = 0; ///< of the block, seconds since 1970
    std::uint64_t gasUsed = 0;
    bool succeeded = false; ///< false: mined, but the contract refused
    std::vector<Log> logs;
};

struct Block {
    std::uint64_t number = 0;
    Digest hash{};
    std::uint64_t time = 0;
};

/// What to offer for a unit of gas, in the smallest unit of the currency.
struct Fees {
    Uint256 maxPriorityFeePerGas;
    Uint256 maxFeePerGas;
    bool legacy = false; ///< the chain has no base fee (EIP-1559): maxFeePerGas is the gas price
};

/// How a node took a signed transaction: one of these, or `refusal` when it did not take it.
struct Handed {
    Admission admission = Admission::Accepted;
    std::optional<Error> refusal{}; ///< set unless Accepted
};

/// A call to a contract: what to do, and what to name it in the outbox.
struct Call {
    Address to{};
    QByteArray data;
    std::string label;       ///< "publish", "approve" …: shown in the outbox, never patient text
    std::string dedupeKey{}; ///< the caller's id of this action; see Outbox::send. Empty: none
    Uint256 value{};         ///< native currency that goes along, in its smallest unit
};

/// A network that was checked: everything below speaks to the right chain and the shipped contracts.
/// Thread-safe; every method blocks and may fail as JsonRpc::call does.
class Chain {
public:
    /// ChainUnreachable; ChainWrongChain when chain id or block 0 differ; ChainWrongCode{contract} when the
    /// code at an address is not the shipped one, by its Keccak-256. `secrets` reads what profile.access
    /// names.
    [[nodiscard]] static Result<std::unique_ptr<Chain>> connect(const NetworkProfile &profile,
                                                                const net::ReadSecret &secrets = {});
    ~Chain();

    [[nodiscard]] const NetworkProfile &profile() const { return m_profile; }
    [[nodiscard]] const ContractAddresses &contracts() const { return m_profile.contracts; }
    [[nodiscard]] const JsonRpc &rpc() const { return m_rpc; }

    [[nodiscard]] Result<Block> head() const;
    [[nodiscard]] Result<Block> block(std::uint64_t number) const;
    /// As block, or nothing when the node does not have it: it is past its head.
    [[nodiscard]] Result<std::optional<Block>> findBlock(std::uint64_t number) const;
    /// The newest block that will stay, as the profile defines that, given the newest one.
    [[nodiscard]] Result<std::uint64_t> finalBlock(const Block &head) const;
    /// Waits for a new block, at most `patience`; returns when one was announced, or when the time is over.
    /// Only a hint: without a WebSocket it just waits.
    void awaitBlock(std::chrono::milliseconds patience) const;
    /// The next nonce; counts transactions that wait in the node's pool too.
    [[nodiscard]] Result<std::uint64_t> nextNonce(const Address &account) const;
    /// The number of transactions that were mined, on top of block `at` or the newest one.
    [[nodiscard]] Result<std::uint64_t> minedNonce(const Address &account,
                                                   std::optional<std::uint64_t> at = {}) const;
    /// eth_call as `from` on the newest block (or on top of block `at`); a refusal is the contract's code.
    [[nodiscard]] Result<QByteArray> view(const Call &call, const Address &from = {},
                                          std::optional<std::uint64_t> at = {}) const;
    [[nodiscard]] Result<std::uint64_t> estimateGas(const Call &call, const Address &from) const;
    [[nodiscard]] Result<Uint256> balance(const Address &account) const;
    [[nodiscard]] Result<Fees> suggestFees() const;
    /// Hands a signed transaction to the node. An error means that nobody knows what became of it.
    [[nodiscard]] Result<Handed> handIn(const QByteArray &raw, const Digest &hash) const;
    /// As handIn, a refusal being an error: ChainNonce, ChainUnderfunded …
    [[nodiscard]] Status sendRaw(const QByteArray &raw, const Digest &hash) const;
    /// Nothing while it is not mined.
    [[nodiscard]] Result<std::optional<Receipt>> receipt(const Digest &txHash) const;
    /// Logs of the contracts that are behind proxies, blocks `from` to `to` inclusive, in order.
    [[nodiscard]] Result<std::vector<Log>> logs(std::uint64_t from, std::uint64_t to) const;

private:
    Chain(NetworkProfile profile, const net::ReadSecret &secrets);

    NetworkProfile m_profile;
    JsonRpc m_rpc;
    std::unique_ptr<HeadWatch> m_heads; ///< when the profile names a WebSocket
};

} // namespace amana::chain
