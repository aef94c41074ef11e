// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {AccessStore} from "./AccessStore.sol";
import {Decision, DecisionWord} from "../common/Decision.sol";
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
    function approve(Decision decision, bytes calldata capsule) external override {
        _approveWith(decision, msg.sender, capsule);
    }

    /// @inheritdoc IAccessGrants
    function approveStored(Decision decision, bytes32 capsuleDigest) external override {
        _approveStored(decision, msg.sender, capsuleDigest);
    }

    /// @inheritdoc IAccessGrants
    function approveBySig(
        Decision decision,
        bytes32 capsuleDigest,
        bytes calldata capsule,
        Signed calldata signed
    ) external override {
        _checkSignature(_structHash(decision, capsuleDigest, signed.deadline), signed);
        if (capsule.length == 0) {
            _approveStored(decision, signed.signer, capsuleDigest);
            return;
        }
        require(sha256(capsule) == capsuleDigest, CapsuleDigestMismatch(decision.request()));
        _approveWith(decision, signed.signer, capsule);
    }

    /// @dev What is signed names each field: a wallet shows it.
    function _structHash(Decision decision, bytes32 capsuleDigest, uint256 deadline)
        private
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                APPROVE,
                decision.request(),
                decision.revision(),
                decision.keyVersion(),
                decision.withdrawals(),
                decision.generation(),
                capsuleDigest,
                deadline
            )
        );
    }

    function _approveWith(Decision decision, address custodian, bytes calldata capsule) private {
        uint256 size = capsule.length;
        require(size <= MAX_CAPSULE, CapsuleTooLarge(size));
        if (!_vote(decision, custodian, size != 0)) return;
        emit AccessApproved(decision, custodian, capsule);
    }

    function _approveStored(Decision decision, address custodian, bytes32 capsuleDigest) private {
        if (!_vote(decision, custodian, capsuleDigest != 0)) return;
        emit AccessApprovedStored(decision, custodian, capsuleDigest);
    }

    /// @dev Whether this vote was the deciding one, which has a capsule; the others have none.
    function _vote(Decision decision, address custodian, bool hasCapsule) private returns (bool) {
        uint64 id = decision.request();
        RequestSlot slot = _load(id);
        (uint8 seat, Policy policy) = _datasets.decision(slot.dataset(), custodian);
        require(seat != 0, NotCustodian(slot.dataset(), custodian));
        _requireRequested(id, slot);
        _checkDecision(decision, slot, policy);

        if (policy.threshold() != 1 && !_decides(id, slot, policy, custodian, seat)) {
            require(!hasCapsule, CapsuleTooEarly(id));
            return false;
        }
        require(hasCapsule, CapsuleMissing(id));
        _requests[id] = slot.withState(State.Approved).withGeneration(policy.generation());
        if (policy.price() != 0) _market.delivered(id);
        return true;
    }

    /// @dev What the custodian saw must still hold.
    function _checkDecision(Decision decision, RequestSlot slot, Policy policy) private view {
        require(policy.status() != PolicyWord.WITHDRAWN, DatasetIsWithdrawn(slot.dataset()));
        address requester = slot.requester();
        uint16 keyVersion = _identity.requireMember(requester, _roleFor(slot.purpose()));
        require(keyVersion != 0, NoKey(requester));
        Decision present = DecisionWord.make(
            decision.request(), slot.revision(), keyVersion, policy.withdrawals(), policy.generation()
        );
        if (!decision.equals(present)) _refuse(decision, present, slot);
    }

    /// @dev Says what has changed.
    function _refuse(Decision decision, Decision present, RequestSlot slot) private pure {
        uint32 revision = present.revision();
        require(decision.revision() == revision, RevisionChanged(present.request(), revision));
        uint32 withdrawals = present.withdrawals();
        require(decision.withdrawals() == withdrawals, WithdrawalsChanged(slot.dataset(), withdrawals));
        uint256 generation = present.generation();
        // forge-lint: disable-next-line(unsafe-typecast) made from 16 bits
        require(decision.generation() == generation, GenerationChanged(slot.dataset(), uint16(generation)));
        revert KeyVersionChanged(slot.requester(), present.keyVersion());
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
