// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IIdentityRegistry} from "./IIdentityRegistry.sol";

/// @title What was published: datasets and models by the CID of their encrypted package
/// @notice The right to upload is checked here. Only digests are stored: no name, no free text, no key.
interface IDatasetRegistry {
    /// @param kind 0 dataset, 1 model
    /// @param codec of the CID: 0x55 raw or 0x70 dag-pb; the CID is 01 | codec | 12 20 | cidDigest
    /// @param threshold how many custodians must approve a request
    /// @param duoMask permitted uses and conditions, bits of `DuoMatch`
    /// @param price in the smallest unit of the currency of the market, 0 = free
    /// @param cidDigest sha2-256 of the root block
    /// @param cardDigest sha2-256 of the public card, as one raw block
    /// @param reportHash salted hash of the de-identification report; needed for a dataset
    /// @param subjectsRoot Merkle root of who may withdraw a part, 0 without one
    /// @param custodians who decides on requests; membership is not needed
    struct PublishParams {
        uint8 kind;
        uint8 codec;
        uint8 threshold;
        uint64 duoMask;
        uint128 price;
        bytes32 cidDigest;
        bytes32 cardDigest;
        bytes32 reportHash;
        bytes32 subjectsRoot;
        address[] custodians;
    }

    /// @param owner who published it
    /// @param institution of the owner when it published
    /// @param status 1 published, 2 withdrawn
    /// @param version counted from 1
    struct Dataset {
        address owner;
        uint32 institution;
        uint8 kind;
        uint8 codec;
        uint8 threshold;
        uint8 status;
        uint32 version;
        uint64 duoMask;
        uint128 price;
        bytes32 cidDigest;
        bytes32 cardDigest;
        bytes32 reportHash;
        bytes32 subjectsRoot;
    }

    /// @notice A dataset or model was registered.
    event DatasetPublished(
        uint64 indexed id, address indexed owner, uint32 indexed institution, PublishParams params
    );
    /// @notice A dataset or model was withdrawn: no new request, no new approval.
    event DatasetWithdrawn(uint64 indexed id, address indexed by);

    /// @notice This CID is registered already, as `id`.
    error CidExists(uint64 id);
    /// @notice There is no such dataset.
    error UnknownDataset(uint64 id);
    /// @notice `who` is neither the owner of the dataset nor the administrator of its institution.
    error NotOwner(uint64 dataset, address who);
    /// @notice The threshold is 0 or larger than the number of custodians.
    error BadThreshold(uint8 threshold, uint256 custodians);
    /// @notice The custodian is the zero address or named twice.
    error BadCustodian(address custodian);
    /// @notice The dataset was withdrawn before.
    error WithdrawnAlready(uint64 id);
    /// @notice An argument has a value that is never valid; `what` is its name in ASCII.
    error InvalidArgument(bytes32 what);

    /// @notice Registers a dataset or model. Needs the role UPLOADER.
    /// @return id counted from 1
    /// @dev Reverts: the refusals of `IIdentityRegistry.requireRole`; InvalidArgument "kind", "codec", "duoMask"
    ///      (unknown bit), "cidDigest", "cardDigest" (0), "reportHash" (0 for a dataset), "custodians" (more than
    ///      32); BadThreshold, BadCustodian, CidExists.
    function publish(PublishParams calldata params) external returns (uint64 id);

    /// @notice Withdraws a dataset for good. Its owner, or the administrator of its institution.
    /// @dev Reverts: UnknownDataset, NotOwner, WithdrawnAlready. Needs no membership: leaving must not keep an
    ///      owner from withdrawing.
    function withdraw(uint64 id) external;

    /// @notice The registry that decides who may upload.
    function identity() external view returns (IIdentityRegistry);

    /// @notice The whole entry. Reverts: UnknownDataset.
    function get(uint64 id) external view returns (Dataset memory);

    /// @notice The custodians in the order of publishing. Reverts: UnknownDataset.
    function custodiansOf(uint64 id) external view returns (address[] memory);

    /// @notice Whether `who` decides on requests for the dataset; false for an unknown one.
    function isCustodian(uint64 id, address who) external view returns (bool);

    /// @notice The dataset with this CID digest, 0 when there is none.
    function byCid(bytes32 cidDigest) external view returns (uint64 id);

    /// @notice How many were ever registered; ids are 1…count.
    function count() external view returns (uint64);

    /// @notice What a decision about a request needs, read from one storage slot. Reverts: UnknownDataset.
    function policy(uint64 id) external view returns (uint8 threshold, uint8 status, uint64 duoMask);
}
