// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import {IDatasetRegistry} from "./interfaces/IDatasetRegistry.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {DuoMatch} from "./DuoMatch.sol";
import {Roles} from "./Roles.sol";

/// @title What was published; the promises stand in `IDatasetRegistry`
contract DatasetRegistry is IDatasetRegistry {
    using EnumerableSet for EnumerableSet.AddressSet;

    uint8 private constant DATASET = 0;
    uint8 private constant MODEL = 1;
    uint8 private constant RAW = 0x55;
    uint8 private constant DAG_PB = 0x70;
    uint8 private constant PUBLISHED = 1;
    uint8 private constant WITHDRAWN = 2;
    /// @dev Bounds what `publish` and `custodiansOf` cost.
    uint256 private constant MAX_CUSTODIANS = 32;

    /// @dev The first slot answers `policy`; the second says whose it is.
    struct Entry {
        uint64 duoMask;
        uint128 price;
        uint8 kind;
        uint8 codec;
        uint8 threshold;
        uint8 status;
        address owner;
        uint32 institution;
        uint32 version;
        bytes32 cidDigest;
        bytes32 cardDigest;
        bytes32 reportHash;
        bytes32 subjectsRoot;
    }

    /// @inheritdoc IDatasetRegistry
    IIdentityRegistry public override identity;
    /// @inheritdoc IDatasetRegistry
    uint64 public override count;
    /// @inheritdoc IDatasetRegistry
    mapping(bytes32 cidDigest => uint64 id) public override byCid;

    mapping(uint64 id => Entry) private _entries;
    mapping(uint64 id => EnumerableSet.AddressSet) private _custodians;

    constructor(IIdentityRegistry identity_) {
        require(address(identity_).code.length != 0, InvalidArgument("identity"));
        identity = identity_;
    }

    /// @inheritdoc IDatasetRegistry
    function publish(PublishParams calldata params) external override returns (uint64 id) {
        uint32 institution = identity.requireRole(msg.sender, Roles.UPLOADER);
        _check(params);
        uint64 existing = byCid[params.cidDigest];
        require(existing == 0, CidExists(existing));

        id = ++count;
        byCid[params.cidDigest] = id;
        _store(id, institution, params);
        emit DatasetPublished(id, msg.sender, institution, params);
    }

    /// @inheritdoc IDatasetRegistry
    function withdraw(uint64 id) external override {
        Entry storage entry = _entry(id);
        bool allowed =
            entry.owner == msg.sender || identity.institutionOf(entry.institution).admin == msg.sender;
        require(allowed, NotOwner(id, msg.sender));
        require(entry.status == PUBLISHED, WithdrawnAlready(id));

        entry.status = WITHDRAWN;
        emit DatasetWithdrawn(id, msg.sender);
    }

    /// @inheritdoc IDatasetRegistry
    function get(uint64 id) external view override returns (Dataset memory) {
        Entry memory entry = _entry(id);
        return Dataset({
            owner: entry.owner,
            institution: entry.institution,
            kind: entry.kind,
            codec: entry.codec,
            threshold: entry.threshold,
            status: entry.status,
            version: entry.version,
            duoMask: entry.duoMask,
            price: entry.price,
            cidDigest: entry.cidDigest,
            cardDigest: entry.cardDigest,
            reportHash: entry.reportHash,
            subjectsRoot: entry.subjectsRoot
        });
    }

    /// @inheritdoc IDatasetRegistry
    function custodiansOf(uint64 id) external view override returns (address[] memory) {
        _entry(id);
        return _custodians[id].values();
    }

    /// @inheritdoc IDatasetRegistry
    function isCustodian(uint64 id, address who) external view override returns (bool) {
        return _custodians[id].contains(who);
    }

    /// @inheritdoc IDatasetRegistry
    function policy(uint64 id)
        external
        view
        override
        returns (uint8 threshold, uint8 status, uint64 duoMask)
    {
        Entry storage entry = _entry(id);
        return (entry.threshold, entry.status, entry.duoMask);
    }

    function _entry(uint64 id) private view returns (Entry storage entry) {
        entry = _entries[id];
        require(entry.status != 0, UnknownDataset(id));
    }

    function _check(PublishParams calldata params) private pure {
        require(params.kind == DATASET || params.kind == MODEL, InvalidArgument("kind"));
        require(params.codec == RAW || params.codec == DAG_PB, InvalidArgument("codec"));
        require(params.duoMask & ~DuoMatch.KNOWN == 0, InvalidArgument("duoMask"));
        require(params.cidDigest != 0, InvalidArgument("cidDigest"));
        require(params.cardDigest != 0, InvalidArgument("cardDigest"));
        require(params.reportHash != 0 || params.kind == MODEL, InvalidArgument("reportHash"));

        uint256 number = params.custodians.length;
        require(number <= MAX_CUSTODIANS, InvalidArgument("custodians"));
        bool reachable = params.threshold != 0 && params.threshold <= number;
        require(reachable, BadThreshold(params.threshold, number));
    }

    function _store(uint64 id, uint32 institution, PublishParams calldata params) private {
        _entries[id] = Entry({
            duoMask: params.duoMask,
            price: params.price,
            kind: params.kind,
            codec: params.codec,
            threshold: params.threshold,
            status: PUBLISHED,
            owner: msg.sender,
            institution: institution,
            version: 1,
            cidDigest: params.cidDigest,
            cardDigest: params.cardDigest,
            reportHash: params.reportHash,
            subjectsRoot: params.subjectsRoot
        });
        for (uint256 i = 0; i < params.custodians.length; ++i) {
            address custodian = params.custodians[i];
            require(custodian != address(0) && _custodians[id].add(custodian), BadCustodian(custodian));
        }
    }
}
