// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Batches} from "./Batches.sol";
import {Custody} from "./Custody.sol";
import {DuoMatch} from "../common/DuoMatch.sol";
import {Governed} from "../common/Governed.sol";
import {Policy, PolicyWord} from "../common/Policy.sol";
import {Roles} from "../common/Roles.sol";
import {Subjects} from "./Subjects.sol";

/// @title What was published; the promises stand in `IDatasetRegistry`
contract DatasetRegistry is Custody, Subjects, Batches {
    uint8 private constant DATASET = 0;
    uint8 private constant MODEL = 1;
    uint8 private constant RAW = 0x55;
    uint8 private constant DAG_PB = 0x70;
    /// @dev Bounds what `publish` costs; votes are kept as bits of one word.
    uint256 private constant MAX_CUSTODIANS = 32;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IIdentityRegistry identity_) Governed(identity_) {}

    /// @inheritdoc IDatasetRegistry
    function publish(PublishParams calldata params) external override returns (uint64 id) {
        (uint32 institution,) = _identity.requireRole(msg.sender, Roles.UPLOADER);
        _check(params);
        uint64 existing = _byCid[params.details.cidDigest];
        require(existing == 0, CidExists(existing));

        id = ++_count;
        if (params.supersedes != 0) _supersede(params.supersedes, id);
        _byCid[params.details.cidDigest] = id;
        _store(id, institution, params);
        _seat(id, params.custodians);
        emit DatasetPublished(id, msg.sender, institution, params);
    }

    /// @inheritdoc IDatasetRegistry
    function withdraw(uint64 id) external override {
        Policy policy = _ownPolicy(id);
        require(policy.status() != PolicyWord.WITHDRAWN, WithdrawnAlready(id));
        _entries[id].policy = policy.withStatus(PolicyWord.WITHDRAWN);
        emit DatasetWithdrawn(id, msg.sender);
    }

    /// @inheritdoc IDatasetRegistry
    function get(uint64 id) external view override returns (Dataset memory) {
        Policy policy = _policyOf(id);
        Entry storage entry = _entries[id];
        return Dataset({
            owner: entry.owner,
            institution: entry.institution,
            previous: entry.previous,
            kind: policy.kind(),
            codec: policy.codec(),
            threshold: policy.threshold(),
            status: policy.status(),
            currency: policy.currency(),
            breakGlass: policy.breakGlass(),
            duoMask: policy.duoMask(),
            price: policy.price(),
            withdrawals: policy.withdrawals(),
            generation: policy.generation(),
            commitment: entry.commitment
        });
    }

    /// @inheritdoc IDatasetRegistry
    function matchesDetails(uint64 id, Details calldata details) external view override returns (bool) {
        return _entries[id].commitment == _commitment(details);
    }

    /// @inheritdoc IDatasetRegistry
    function ownerOf(uint64 id) external view override returns (address owner) {
        owner = _entries[id].owner;
        require(owner != address(0), UnknownDataset(id));
    }

    /// @inheritdoc IDatasetRegistry
    function policyOf(uint64 id) external view override returns (Policy) {
        return _policyOf(id);
    }

    /// @inheritdoc IDatasetRegistry
    function decision(uint64 id, address custodian) external view override returns (uint8, Policy) {
        return (_seats[id][custodian], _policyOf(id));
    }

    /// @inheritdoc IDatasetRegistry
    function byCid(bytes32 cidDigest) external view override returns (uint64 id) {
        return _byCid[cidDigest];
    }

    /// @inheritdoc IDatasetRegistry
    function count() external view override returns (uint64) {
        return _count;
    }

    /// @inheritdoc IDatasetRegistry
    function identity() external view override returns (IIdentityRegistry) {
        return _identity;
    }

    /// @dev The policy of an entry that the caller may end.
    function _ownPolicy(uint64 id) private view returns (Policy policy) {
        policy = _policyOf(id);
        Entry storage entry = _entries[id];
        bool allowed = entry.owner == msg.sender || _identity.isAdministrator(entry.institution, msg.sender);
        require(allowed, NotOwner(id, msg.sender));
    }

    function _check(PublishParams calldata params) private pure {
        require(params.kind == DATASET || params.kind == MODEL, InvalidArgument("kind"));
        require(params.codec == RAW || params.codec == DAG_PB, InvalidArgument("codec"));
        require(params.currency <= PolicyWord.NATIVE, InvalidArgument("currency"));
        require(params.duoMask & ~DuoMatch.KNOWN == 0, InvalidArgument("duoMask"));
        require(params.details.cidDigest != 0, InvalidArgument("cidDigest"));
        require(params.details.cardDigest != 0, InvalidArgument("cardDigest"));
        bool reported = params.details.reportHash != 0 || params.kind == MODEL;
        require(reported, InvalidArgument("reportHash"));

        uint256 number = params.custodians.length;
        require(number <= MAX_CUSTODIANS, InvalidArgument("custodians"));
        bool reachable = params.threshold != 0 && params.threshold <= number;
        require(reachable, BadThreshold(params.threshold, number));
    }

    function _supersede(uint64 former, uint64 next) private {
        Policy policy = _ownPolicy(former);
        require(policy.status() == PolicyWord.PUBLISHED, NotPublished(former));
        _entries[former].policy = policy.withStatus(PolicyWord.SUPERSEDED);
        emit DatasetSuperseded(former, next);
    }

    function _store(uint64 id, uint32 institution, PublishParams calldata params) private {
        Policy policy = PolicyWord.make(params.duoMask, params.price, params.threshold);
        _entries[id] = Entry({
            policy: policy.withForm(params.kind, params.codec, params.currency, params.breakGlass),
            owner: msg.sender,
            institution: institution,
            previous: params.supersedes,
            commitment: _commitment(params.details)
        });
    }

    function _seat(uint64 id, address[] calldata custodians) private {
        for (uint8 i = 0; i < custodians.length; ++i) {
            address custodian = custodians[i];
            require(custodian != address(0) && _seats[id][custodian] == 0, BadCustodian(custodian));
            _seats[id][custodian] = i + 1;
        }
    }
}
