// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/network.h"
#include "core/chain/typed_messages.h"
#include "core/chain/uint256.h"

#include <string>
#include <vector>

/// What was published (contracts/src/interfaces/IDatasetRegistry.sol). Calls and views as in identity_registry.h.
namespace amana::chain {

enum class DatasetKind : std::uint8_t { Dataset = 0, Model = 1 };
enum class DatasetStatus : std::uint8_t { Unknown = 0, Published = 1, Withdrawn = 2, Superseded = 3 };
enum class Currency : std::uint8_t { Credit = 0, Native = 1 };

/// The digests of an entry; the contract keeps only their commitment, the event tells them.
struct Details {
    Digest cidDigest{};    ///< sha2-256 of the root block
    Digest cardDigest{};   ///< sha2-256 of the public card
    Digest reportHash{};   ///< sha2-256 of the attestation, which has the salted hash of the report
    Digest subjectsRoot{}; ///< Merkle root of who may withdraw a part; 0: nobody

    bool operator==(const Details &) const = default;
};
/// keccak256 of the four digests, as the contract stores it.
[[nodiscard]] Digest commitmentOf(const Details &details);

struct PublishParams : Details {
    DatasetKind kind = DatasetKind::Dataset;
    std::uint8_t codec = 0x70; ///< of the CID: 0x55 raw, 0x70 dag-pb
    std::uint8_t threshold = 1;
    Currency currency = Currency::Credit;
    bool breakGlass = false; ///< whether an emergency may be declared
    std::uint64_t duoMask = 0;
    Uint256 price;                ///< in the smallest unit, below 2^96; 0: free
    std::uint64_t supersedes = 0; ///< the entry that this one replaces; 0: none
    std::vector<Address> custodians;
};

/// What the contract keeps of an entry.
struct DatasetEntry {
    std::uint64_t id = 0;
    Address owner{};
    std::uint32_t institution = 0; ///< of the owner when it published
    std::uint64_t previous = 0;    ///< the version before this one; 0: none
    DatasetKind kind = DatasetKind::Dataset;
    std::uint8_t codec = 0;
    std::uint8_t threshold = 0;
    DatasetStatus status = DatasetStatus::Published;
    Currency currency = Currency::Credit;
    bool breakGlass = false;
    std::uint64_t duoMask = 0;
    Uint256 price;
    std::uint32_t withdrawals = 0; ///< subjects that withdrew
    std::uint16_t generation = 0;  ///< how often all grants were revoked
    Digest commitment{};
};

/// An entry with its digests. From the event index, or `registeredDataset` for the state of now.
struct Dataset : DatasetEntry, Details {};

/// Who may take over a custodian's seat.
struct CustodyOffer {
    Address to{};             ///< zero: no offer
    std::uint64_t number = 0; ///< of this custodian's offers
};

/// A Merkle batch of readings.
struct Batch {
    Digest root{};
    std::uint64_t leaves = 0;
    Digest manifestDigest{}; ///< sha2-256 of the manifest, an IPFS object; 0: none
};

/// Where a subject's part stands in `subjectsRoot`.
struct SubjectProof {
    std::uint32_t index = 0;
    Digest salt{};
    std::vector<Digest> siblings;
};

class DatasetRegistry {
public:
    explicit DatasetRegistry(const Chain &chain) : m_chain(chain) {}

    [[nodiscard]] Call publish(const PublishParams &params) const;
    [[nodiscard]] Call withdraw(std::uint64_t id) const;
    /// Ends every grant approved so far, at the cost of one.
    [[nodiscard]] Call revokeAll(std::uint64_t id) const;
    [[nodiscard]] Call revokeAllBySig(std::uint64_t id, const Signed &by) const;
    /// A zero address takes the offer back.
    [[nodiscard]] Call offerCustody(std::uint64_t id, const Address &to) const;
    [[nodiscard]] Call acceptCustody(std::uint64_t id, const Address &from, const Digest &ownersCapsule) const;
    [[nodiscard]] Call acceptCustodyBySig(std::uint64_t id, const Address &from, const Digest &ownersCapsule,
                                          const Signed &by) const;
    [[nodiscard]] Call withdrawSubject(std::uint64_t id, const Details &details, const SubjectProof &proof) const;
    [[nodiscard]] Call withdrawSubjectBySig(std::uint64_t id, const Details &details, const SubjectProof &proof,
                                            const Signed &by) const;
    [[nodiscard]] Call anchorBatch(const Batch &batch) const;

    /// ContractUnknownDataset.
    [[nodiscard]] Result<DatasetEntry> entry(std::uint64_t id) const;
    /// The seat of `who` among the custodians, counted from 1; 0 when it has none.
    [[nodiscard]] Result<std::uint8_t> seatOf(std::uint64_t id, const Address &who) const;
    [[nodiscard]] Result<CustodyOffer> offerOf(std::uint64_t id, const Address &from) const;
    [[nodiscard]] Result<bool> isSubjectWithdrawn(std::uint64_t id, std::uint32_t index) const;
    /// ContractUnknownBatch.
    [[nodiscard]] Result<bool> verifyLeaf(std::uint64_t batch, const Digest &leaf,
                                          const std::vector<Digest> &siblings) const;
    /// The dataset with this CID digest; 0 when there is none.
    [[nodiscard]] Result<std::uint64_t> byCid(const Digest &cidDigest) const;
    [[nodiscard]] Result<std::uint64_t> count() const;

private:
    const Chain &m_chain;
};

/// The id that a mined publish or anchorBatch gave: ChainBadReply when it is not in the receipt.
[[nodiscard]] Result<std::uint64_t> publishedId(const Receipt &receipt);
[[nodiscard]] Result<std::uint64_t> anchoredBatch(const Receipt &receipt);

} // namespace amana::chain
