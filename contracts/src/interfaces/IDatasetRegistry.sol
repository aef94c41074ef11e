// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IIdentityRegistry} from "./IIdentityRegistry.sol";
import {Policy} from "../common/Policy.sol";
import {ISignatures} from "./ISignatures.sol";

/// @title What was published: datasets and models by the CID of their encrypted package
/// @notice The right to upload is checked here. An entry never changes what it says: a new version is a new entry.
///         Only digests are stored: no name, no free text, no key.
/// @dev Status: 0 unknown, 1 published, 2 withdrawn, 3 superseded.
interface IDatasetRegistry is ISignatures {
    /// @param cidDigest sha2-256 of the root block
    /// @param cardDigest sha2-256 of the public card, as one raw block
    /// @param reportHash salted hash of the de-identification report; needed for a dataset
    /// @param subjectsRoot Merkle root of who may withdraw a part, 0 without one. Leaf = keccak256(0x00 ‖ uint32
    ///        index ‖ address ‖ bytes32 salt), packed; inner node = keccak256(0x01 ‖ smaller ‖ larger).
    struct Details {
        bytes32 cidDigest;
        bytes32 cardDigest;
        bytes32 reportHash;
        bytes32 subjectsRoot;
    }

    /// @param kind 0 dataset, 1 model
    /// @param codec of the CID: 0x55 raw or 0x70 dag-pb; the CID is 01 | codec | 12 20 | cidDigest
    /// @param threshold how many custodians must approve a request
    /// @param currency of the price: 0 credit of the consortium (AMC), 1 native
    /// @param breakGlass whether an emergency may be declared
    /// @param duoMask permitted uses and conditions, bits of `DuoMatch`
    /// @param price in the smallest unit of the currency, 0 = free
    /// @param supersedes the entry that this one replaces, 0 = none
    /// @param custodians who decides on requests; membership is not needed
    struct PublishParams {
        uint8 kind;
        uint8 codec;
        uint8 threshold;
        uint8 currency;
        bool breakGlass;
        uint64 duoMask;
        uint96 price;
        uint64 supersedes;
        Details details;
        address[] custodians;
    }

    /// @param institution of the owner when it published
    /// @param previous the entry that this one supersedes, 0 = none
    /// @param withdrawals how many subjects withdrew
    /// @param generation how often `revokeAll` was called
    /// @param commitment keccak256 of the four digests of `Details`
    struct Dataset {
        address owner;
        uint32 institution;
        uint64 previous;
        uint8 kind;
        uint8 codec;
        uint8 threshold;
        uint8 status;
        uint8 currency;
        bool breakGlass;
        uint64 duoMask;
        uint96 price;
        uint32 withdrawals;
        uint16 generation;
        bytes32 commitment;
    }

    /// @param to who may accept; zero = no offer
    /// @param number counts the offers of this custodian, so that a signature fits one of them
    struct Offer {
        address to;
        uint64 number;
    }

    /// @notice A dataset or model was registered.
    event DatasetPublished(
        uint64 indexed id, address indexed owner, uint32 indexed institution, PublishParams params
    );
    /// @notice A dataset got a next version: no new request for the former; grants stay.
    event DatasetSuperseded(uint64 indexed former, uint64 indexed next);
    /// @notice A dataset or model was withdrawn: no new request, no new approval, nothing is served.
    event DatasetWithdrawn(uint64 indexed id, address indexed by);
    /// @notice Every grant that was approved before is revoked.
    event AllRevoked(uint64 indexed id, address indexed by, uint16 generation);
    /// @notice A subject withdrew its part: later capsules do not have it.
    event SubjectWithdrawn(uint64 indexed id, uint32 index, uint32 withdrawals);
    /// @notice A custodian offered its seat; `to` is zero when the offer was taken back.
    event CustodyOffered(uint64 indexed id, address indexed from, address indexed to, uint64 number);
    /// @notice A seat moved. The owner's capsule of the new custodian is an IPFS object with this digest.
    event CustodyMoved(
        uint64 indexed id, address indexed from, address indexed to, bytes32 ownersCapsuleDigest
    );
    /// @notice A Merkle root over readings was put on record; the manifest is an IPFS object with this digest.
    event BatchAnchored(
        uint64 indexed batch, address indexed by, bytes32 root, uint64 leaves, bytes32 manifestDigest
    );

    /// @notice This CID is registered already, as `id`.
    error CidExists(uint64 id);
    /// @notice There is no such dataset.
    error UnknownDataset(uint64 id);
    /// @notice `who` is neither the owner of the dataset nor an administrator of its institution.
    error NotOwner(uint64 dataset, address who);
    /// @notice `who` has no seat among the custodians.
    error NotCustodian(uint64 dataset, address who);
    /// @notice The threshold is 0 or larger than the number of custodians.
    error BadThreshold(uint8 threshold, uint256 custodians);
    /// @notice The custodian is the zero address or has a seat already.
    error BadCustodian(address custodian);
    /// @notice The dataset was withdrawn before.
    error WithdrawnAlready(uint64 id);
    /// @notice The dataset is not published any more: it cannot be superseded.
    error NotPublished(uint64 id);
    /// @notice `from` has offered no seat to `to`.
    error NoOffer(uint64 id, address from, address to);
    /// @notice These are not the digests of the entry.
    error DetailsMismatch(uint64 id);
    /// @notice The proof does not lead from the leaf to the root.
    error BadProof();
    /// @notice This subject withdrew before.
    error AlreadyWithdrawn(uint64 id, uint32 index);
    /// @notice 4,095 times is the limit of `revokeAll`; each grant can still be revoked.
    error GenerationLimit(uint64 id);
    /// @notice There is no such batch.
    error UnknownBatch(uint64 batch);
    /// @notice An argument has a value that is never valid; `what` is its name in ASCII.
    error InvalidArgument(bytes32 what);

    /// @notice Registers a dataset or model. Needs the role UPLOADER, and for `supersedes` the owner of the former
    ///         entry or an administrator of its institution.
    /// @return id counted from 1
    /// @dev Reverts: the refusals of `IIdentityRegistry.requireRole`; InvalidArgument "kind", "codec", "currency",
    ///      "duoMask" (unknown bit), "cidDigest", "cardDigest" (0), "reportHash" (0 for a dataset), "custodians"
    ///      (more than 32); BadThreshold, BadCustodian, CidExists; UnknownDataset, NotOwner, NotPublished for
    ///      `supersedes`.
    function publish(PublishParams calldata params) external returns (uint64 id);

    /// @notice Withdraws a dataset for good. Its owner, or an administrator of its institution; works while paused,
    ///         and needs no membership: leaving must not keep an owner from withdrawing.
    /// @dev Reverts: UnknownDataset, NotOwner, WithdrawnAlready.
    function withdraw(uint64 id) external;

    /// @notice Revokes every approved grant at once, at the same cost for one or ten thousand. Any custodian; works
    ///         while paused and for a withdrawn dataset.
    /// @dev Reverts: NotCustodian, GenerationLimit.
    function revokeAll(uint64 id) external;

    /// @notice `revokeAll` by signature: RevokeAll(uint64 dataset,uint16 generation,uint256 deadline), where
    ///         generation is the present one.
    /// @dev Reverts: as `revokeAll`; SignatureExpired, BadSignature.
    function revokeAllBySig(uint64 id, Signed calldata signed) external;

    /// @notice Offers the caller's seat to `to`, in place of any former offer; zero takes it back. Custodian.
    /// @dev Reverts: NotCustodian, BadCustodian (`to` has a seat).
    function offerCustody(uint64 id, address to) external;

    /// @notice Takes the seat that `from` offered to the caller.
    /// @dev Reverts: NoOffer, BadCustodian (the caller has got a seat otherwise), InvalidArgument
    ///      "ownersCapsuleDigest" (0).
    function acceptCustody(uint64 id, address from, bytes32 ownersCapsuleDigest) external;

    /// @notice `acceptCustody` by signature: AcceptCustody(uint64 dataset,address from,uint64 offer,bytes32
    ///         ownersCapsuleDigest,uint256 deadline), where offer is the number of the offer.
    /// @dev Reverts: as `acceptCustody`; SignatureExpired, BadSignature.
    function acceptCustodyBySig(uint64 id, address from, bytes32 ownersCapsuleDigest, Signed calldata signed)
        external;

    /// @notice Withdraws the part of one subject, from the address in its leaf; in every status, and while paused.
    /// @dev Reverts: UnknownDataset, DetailsMismatch, BadProof, AlreadyWithdrawn.
    function withdrawSubject(
        uint64 id,
        Details calldata details,
        uint32 index,
        bytes32 salt,
        bytes32[] calldata proof
    ) external;

    /// @notice `withdrawSubject` by signature: WithdrawSubject(uint64 dataset,uint32 index,uint256 deadline).
    /// @dev Reverts: as `withdrawSubject`; SignatureExpired, BadSignature.
    function withdrawSubjectBySig(
        uint64 id,
        Details calldata details,
        uint32 index,
        bytes32 salt,
        bytes32[] calldata proof,
        Signed calldata signed
    ) external;

    /// @notice Puts a Merkle root over any number of readings on record. Needs the role UPLOADER.
    /// @param leaves how many readings, at least 1
    /// @return batch counted from 1
    /// @dev Reverts: the refusals of `IIdentityRegistry.requireRole`; InvalidArgument "root" (0), "leaves" (0).
    function anchorBatch(bytes32 root, uint64 leaves, bytes32 manifestDigest) external returns (uint64 batch);

    /// @notice The registry that decides who may upload.
    function identity() external view returns (IIdentityRegistry);

    /// @notice The whole entry. Reverts: UnknownDataset.
    function get(uint64 id) external view returns (Dataset memory);

    /// @notice Whether these are the digests of the entry; false for an unknown one.
    function matchesDetails(uint64 id, Details calldata details) external view returns (bool);

    /// @notice The owner, from one storage slot. Reverts: UnknownDataset.
    function ownerOf(uint64 id) external view returns (address);

    /// @notice What a request is checked against, from one storage slot. Reverts: UnknownDataset.
    function policyOf(uint64 id) external view returns (Policy);

    /// @notice What a decision of `custodian` needs, from two storage slots; seat as in `seatOf`.
    /// @dev Reverts: UnknownDataset.
    function decision(uint64 id, address custodian) external view returns (uint8 seat, Policy policy);

    /// @notice The seat of `who` among the custodians, counted from 1; 0 when it has none.
    function seatOf(uint64 id, address who) external view returns (uint8);

    /// @notice The standing offer of a custodian.
    function offerOf(uint64 id, address from) external view returns (Offer memory);

    /// @notice Whether the subject with this index withdrew.
    function isSubjectWithdrawn(uint64 id, uint32 index) external view returns (bool);

    /// @notice Whether `leaf` = keccak256(0x00 ‖ salt ‖ reading) belongs to the batch. Reverts: UnknownBatch.
    /// @dev Whoever asks makes the leaf from the reading itself: an inner node of the tree would pass as well.
    function verifyLeaf(uint64 batch, bytes32 leaf, bytes32[] calldata proof) external view returns (bool);

    /// @notice The dataset with this CID digest, 0 when there is none.
    function byCid(bytes32 cidDigest) external view returns (uint64 id);

    /// @notice How many datasets were ever registered; ids are 1…count.
    function count() external view returns (uint64);

    /// @notice How many batches were ever anchored; ids are 1…batches.
    function batches() external view returns (uint64);
}
