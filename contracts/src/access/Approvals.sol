// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {AccessStore} from "./AccessStore.sol";
import {Policy, PolicyWord} from "../common/Policy.sol";
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
        _approveWith(id, basis, msg.sender, capsule);
    }

    /// @inheritdoc IAccessGrants
    function approveStored(uint64 id, Basis calldata basis, bytes32 capsuleDigest) external override {
        _approveStored(id, basis, msg.sender, capsuleDigest);
    }

    /// @inheritdoc IAccessGrants
    function approveBySig(
        uint64 id,
        Basis calldata basis,
        bytes32 capsuleDigest,
        bytes calldata capsule,
        Signed calldata signed
    ) external override {
        _checkSignature(keccak256(abi.encode(APPROVE, id, basis, capsuleDigest, signed.deadline)), signed);
        if (capsule.length == 0) {
            _approveStored(id, basis, signed.signer, capsuleDigest);
            return;
        }
        require(sha256(capsule) == capsuleDigest, CapsuleDigestMismatch(id));
        _approveWith(id, basis, signed.signer, capsule);
    }

    function _approveWith(uint64 id, Basis calldata basis, address custodian, bytes calldata capsule)
        private
    {
        uint256 size = capsule.length;
        require(size <= MAX_CAPSULE, CapsuleTooLarge(size));
        if (!_vote(id, basis, custodian, size != 0)) return;
        emit AccessApproved(id, custodian, basis.keyVersion, capsule);
    }

    function _approveStored(uint64 id, Basis calldata basis, address custodian, bytes32 capsuleDigest)
        private
    {
        if (!_vote(id, basis, custodian, capsuleDigest != 0)) return;
        emit AccessApprovedStored(id, custodian, basis.keyVersion, capsuleDigest);
    }

    /// @dev Whether this vote was the deciding one, which has a capsule; the others have none.
    function _vote(uint64 id, Basis calldata basis, address custodian, bool hasCapsule)
        private
        returns (bool)
    {
        RequestSlot slot = _load(id);
        (uint8 seat, Policy policy) = _datasets.decision(slot.dataset(), custodian);
        require(seat != 0, NotCustodian(slot.dataset(), custodian));
        _requireState(id, slot, State.Requested);
        _checkBasis(id, slot, policy, basis);

        if (policy.threshold() != 1 && !_decides(id, slot, policy, custodian, seat)) {
            require(!hasCapsule, CapsuleTooEarly(id));
            return false;
        }
        require(hasCapsule, CapsuleMissing(id));
        _requests[id] = slot.withState(State.Approved).withGeneration(basis.generation);
        if (policy.price() != 0) _market.delivered(id);
        return true;
    }

    /// @dev What the custodian saw must still hold.
    function _checkBasis(uint64 id, RequestSlot slot, Policy policy, Basis calldata basis) private view {
        uint64 dataset = slot.dataset();
        require(policy.status() != PolicyWord.WITHDRAWN, DatasetIsWithdrawn(dataset));
        uint32 revision = slot.revision();
        require(basis.revision == revision, RevisionChanged(id, revision));
        uint32 withdrawals = policy.withdrawals();
        require(basis.withdrawals == withdrawals, WithdrawalsChanged(dataset, withdrawals));
        uint16 generation = policy.generation();
        require(basis.generation == generation, GenerationChanged(dataset, generation));

        address requester = slot.requester();
        uint16 keyVersion = _identity.requireMember(requester, _roleFor(slot.purpose()));
        require(keyVersion != 0, NoKey(requester));
        require(basis.keyVersion == keyVersion, KeyVersionChanged(requester, keyVersion));
    }

    /// @dev Whether this vote reaches the threshold; an earlier one is kept.
    function _decides(uint64 id, RequestSlot slot, Policy policy, address custodian, uint8 seat)
        private
        returns (bool)
    {
        uint256 round = _round(slot, policy.generation());
        uint256 seats = _votes[id][round];
        uint256 bit = uint256(1) << seat;
        require(seats & bit == 0, AlreadyVoted(id, custodian));

        uint8 votes = _ones(seats) + 1;
        if (votes == policy.threshold()) return true;
        _votes[id][round] = seats | bit;
        emit AccessVoted(id, custodian, votes);
        return false;
    }

    /// @dev How many seats have voted: at most 32, so that counting one by one is cheap.
    function _ones(uint256 seats) internal pure returns (uint8 ones) {
        for (; seats != 0; seats &= seats - 1) {
            ++ones;
        }
    }
}
