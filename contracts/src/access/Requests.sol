// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {AccessStore} from "./AccessStore.sol";
import {DuoMatch} from "../common/DuoMatch.sol";
import {RequestSlot} from "./RequestSlot.sol";

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
        _store(id, RequestSlot.Fields(msg.sender, dataset, until, State.Requested, purpose, 1, 0));
        emit AccessRequested(
            id, dataset, msg.sender, purpose, conditions, until, 1, keyVersion, messageDigest
        );
    }

    /// @inheritdoc IAccessGrants
    function resubmit(uint64 id, uint8 purpose, uint64 conditions, uint40 until, bytes32 messageDigest)
        external
        override
    {
        RequestSlot.Fields memory fields = _loadOwn(id);
        _requirePending(id, fields);
        require(fields.revision < RequestSlot.MAX_REVISION, RevisionLimit(id));
        uint64 dataset = fields.dataset;
        uint16 keyVersion = _check(dataset, purpose, conditions, until);
        _claim(id, dataset, purpose);

        uint32 revision = ++fields.revision;
        fields.purpose = purpose;
        fields.state = State.Requested;
        fields.until = until;
        _store(id, fields);
        emit AccessRequested(
            id, dataset, msg.sender, purpose, conditions, until, revision, keyVersion, messageDigest
        );
    }

    /// @inheritdoc IAccessGrants
    function cancel(uint64 id) external override {
        RequestSlot.Fields memory fields = _loadOwn(id);
        _requirePending(id, fields);
        fields.state = State.Cancelled;
        _store(id, fields);
        emit AccessCancelled(id);
    }

    function _loadOwn(uint64 id) private view returns (RequestSlot.Fields memory fields) {
        fields = _load(id);
        require(fields.requester == msg.sender, NotRequester(id, msg.sender));
    }

    /// @dev What the caller may ask for now; gives the version of its key.
    function _check(uint64 dataset, uint8 purpose, uint64 conditions, uint40 until)
        private
        view
        returns (uint16 keyVersion)
    {
        require(DuoMatch.isPurpose(purpose), PurposeNotAllowed(dataset, purpose));
        (, keyVersion) = _identity.requireRole(msg.sender, _roleFor(purpose));
        (uint8 status,, uint64 duoMask) = _datasets.policy(dataset);
        require(status != WITHDRAWN, DatasetIsWithdrawn(dataset));
        require(status == PUBLISHED, DatasetIsSuperseded(dataset));
        require(DuoMatch.permits(duoMask, purpose), PurposeNotAllowed(dataset, purpose));
        uint64 missing = DuoMatch.missing(duoMask, conditions);
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
            RequestSlot.Fields memory fields = RequestSlot.unpack(_requests[other]);
            require(!_isPending(_stateNow(fields)) || fields.purpose != purpose, RequestOpen(other));
        }
        _latest[subject] = id;
    }
}
