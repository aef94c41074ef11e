// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {AccessStore} from "./AccessStore.sol";
import {DuoMatch} from "../common/DuoMatch.sol";
import {Policy, PolicyWord} from "../common/Policy.sol";
import {RequestFields, RequestSlot} from "./RequestSlot.sol";

/// @title What a requester does: ask, ask again, take back
abstract contract Requests is AccessStore {
    /// @inheritdoc IAccessGrants
    function request(uint64 dataset, uint8 purpose, uint64 conditions, uint40 until, bytes32 messageDigest)
        external
        override
        returns (uint64 id)
    {
        uint16 keyVersion = _check(dataset, purpose, conditions, until);
        id = ++_count;
        _claim(id, dataset, purpose);
        _requests[id] = RequestFields.make(msg.sender, dataset, until, purpose, 1);
        emit AccessRequested(
            id, dataset, msg.sender, purpose, conditions, until, 1, keyVersion, messageDigest
        );
    }

    /// @inheritdoc IAccessGrants
    function resubmit(uint64 id, uint8 purpose, uint64 conditions, uint40 until, bytes32 messageDigest)
        external
        override
    {
        RequestSlot slot = _loadOwn(id);
        _requirePending(id, slot);
        uint32 revision = slot.revision();
        require(revision < RequestFields.MAX_REVISION, RevisionLimit(id));
        uint64 dataset = slot.dataset();
        uint16 keyVersion = _check(dataset, purpose, conditions, until);
        _claim(id, dataset, purpose);

        _requests[id] = RequestFields.make(msg.sender, dataset, until, purpose, ++revision);
        emit AccessRequested(
            id, dataset, msg.sender, purpose, conditions, until, revision, keyVersion, messageDigest
        );
    }

    /// @inheritdoc IAccessGrants
    function cancel(uint64 id) external override {
        RequestSlot slot = _loadOwn(id);
        _requirePending(id, slot);
        _requests[id] = slot.withState(State.Cancelled);
        emit AccessCancelled(id);
    }

    function _loadOwn(uint64 id) private view returns (RequestSlot slot) {
        slot = _load(id);
        require(slot.requester() == msg.sender, NotRequester(id, msg.sender));
    }

    /// @dev What the caller may ask for now; gives the version of its key.
    function _check(uint64 dataset, uint8 purpose, uint64 conditions, uint40 until)
        private
        view
        returns (uint16 keyVersion)
    {
        require(DuoMatch.isPurpose(purpose), PurposeNotAllowed(dataset, purpose));
        (, keyVersion) = _identity.requireRole(msg.sender, _roleFor(purpose));
        Policy policy = _datasets.policyOf(dataset);
        require(policy.status() != PolicyWord.WITHDRAWN, DatasetIsWithdrawn(dataset));
        require(policy.status() == PolicyWord.PUBLISHED, DatasetIsSuperseded(dataset));
        require(DuoMatch.permits(policy.duoMask(), purpose), PurposeNotAllowed(dataset, purpose));
        uint64 missing = DuoMatch.missing(policy.duoMask(), conditions);
        require(missing == 0, ConditionNotMet(dataset, missing));
        require(keyVersion != 0, NoKey(msg.sender));
        require(until > block.timestamp, EndDateInPast(until));
    }

    /// @dev Makes `id` the caller's one open request for this dataset and purpose.
    function _claim(uint64 id, uint64 dataset, uint8 purpose) private {
        bytes32 subject = keccak256(abi.encode(msg.sender, dataset, purpose));
        uint64 other = _latest[subject];
        if (other == id) return;
        if (other != 0) {
            // A resubmission may have moved the other request to another purpose since.
            RequestSlot slot = _requests[other];
            require(!_isPending(_stateNow(slot)) || slot.purpose() != purpose, RequestOpen(other));
        }
        _latest[subject] = id;
    }
}
