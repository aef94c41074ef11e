// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";
import {AccessStore} from "./AccessStore.sol";
import {RequestSlot} from "./RequestSlot.sol";
import {Signatures} from "../common/Signatures.sol";

/// @title Votes for a request, and the deciding one that gives access
abstract contract Approvals is AccessStore, Signatures {
    /// @dev A larger capsule is cheaper as an IPFS object.
    uint256 private constant MAX_CAPSULE = 1024;
    bytes32 private constant APPROVE = keccak256(
        "Approve(uint64 request,uint32 revision,uint16 keyVersion,uint32 withdrawals,uint16 generation,bytes32 capsuleDigest,uint256 deadline)"
    );

    /// @inheritdoc IAccessGrants
    function approve(uint64 id, Basis calldata basis, bytes calldata capsule) external override {
        _approve(id, basis, msg.sender, _digest(capsule), capsule);
    }

    /// @inheritdoc IAccessGrants
    function approveStored(uint64 id, Basis calldata basis, bytes32 capsuleDigest) external override {
        _approve(id, basis, msg.sender, capsuleDigest, msg.data[:0]);
    }

    /// @inheritdoc IAccessGrants
    function approveBySig(
        uint64 id,
        Basis calldata basis,
        bytes32 capsuleDigest,
        bytes calldata capsule,
        Signed calldata signed
    ) external override {
        require(capsule.length == 0 || _digest(capsule) == capsuleDigest, CapsuleDigestMismatch(id));
        _checkSignature(keccak256(abi.encode(APPROVE, id, basis, capsuleDigest, signed.deadline)), signed);
        _approve(id, basis, signed.signer, capsuleDigest, capsule);
    }

    function _approve(
        uint64 id,
        Basis calldata basis,
        address custodian,
        bytes32 capsuleDigest,
        bytes calldata capsule
    ) private {
        RequestSlot.Fields memory fields = _load(id);
        IDatasetRegistry.Decision memory dataset = _datasets.decision(fields.dataset, custodian);
        require(dataset.seat != 0, NotCustodian(fields.dataset, custodian));
        _requireState(id, fields, State.Requested);
        _checkBasis(id, fields, dataset, basis);

        if (!_countVote(id, fields, dataset, custodian)) {
            require(capsuleDigest == 0, CapsuleTooEarly(id));
            return;
        }
        require(capsuleDigest != 0, CapsuleMissing(id));
        fields.state = State.Approved;
        fields.generation = dataset.generation;
        _store(id, fields);
        emit AccessApproved(id, custodian, basis.keyVersion, capsuleDigest, capsule);
        if (dataset.price != 0) _market.delivered(id);
    }

    /// @dev What the custodian saw must still hold.
    function _checkBasis(
        uint64 id,
        RequestSlot.Fields memory fields,
        IDatasetRegistry.Decision memory dataset,
        Basis calldata basis
    ) private view {
        require(dataset.status != WITHDRAWN, DatasetIsWithdrawn(fields.dataset));
        require(basis.revision == fields.revision, RevisionChanged(id, fields.revision));
        bool sameSubjects = basis.withdrawals == dataset.withdrawals;
        require(sameSubjects, WithdrawalsChanged(fields.dataset, dataset.withdrawals));
        bool sameGeneration = basis.generation == dataset.generation;
        require(sameGeneration, GenerationChanged(fields.dataset, dataset.generation));

        address requester = fields.requester;
        (, uint16 keyVersion) = _identity.requireMember(requester, _roleFor(fields.purpose));
        require(keyVersion != 0, NoKey(requester));
        require(basis.keyVersion == keyVersion, KeyVersionChanged(requester, keyVersion));
    }

    /// @dev Whether this vote decides. Where one vote decides, none is ever kept.
    function _countVote(
        uint64 id,
        RequestSlot.Fields memory fields,
        IDatasetRegistry.Decision memory dataset,
        address custodian
    ) private returns (bool) {
        if (dataset.threshold == 1) return true;
        mapping(uint256 => uint256) storage rounds = _votes[id];
        uint256 round = _round(fields, dataset.generation);
        uint256 seats = rounds[round];
        uint256 seat = uint256(1) << dataset.seat;
        require(seats & seat == 0, AlreadyVoted(id, custodian));

        uint8 votes = _ones(seats) + 1;
        if (votes == dataset.threshold) return true;
        rounds[round] = seats | seat;
        emit AccessVoted(id, custodian, votes);
        return false;
    }

    function _digest(bytes calldata capsule) private pure returns (bytes32) {
        require(capsule.length <= MAX_CAPSULE, CapsuleTooLarge(capsule.length));
        return capsule.length == 0 ? bytes32(0) : sha256(capsule);
    }

    /// @dev How many seats have voted: at most 32, so that counting one by one is cheap.
    function _ones(uint256 seats) internal pure returns (uint8 ones) {
        for (; seats != 0; seats &= seats - 1) {
            ++ones;
        }
    }
}
