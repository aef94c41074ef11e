// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "./interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "./interfaces/IDatasetRegistry.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {DuoMatch} from "./DuoMatch.sol";
import {Roles} from "./Roles.sol";

/// @title Who may open what; the promises stand in `IAccessGrants`
contract AccessGrants is IAccessGrants {
    /// @dev A larger capsule is cheaper as an IPFS object.
    uint256 private constant MAX_CAPSULE = 1024;
    uint8 private constant PUBLISHED = 1;

    /// @dev The first slot says what was asked, the second is all that decisions write to.
    struct Entry {
        address requester;
        uint64 dataset;
        uint32 revision;
        uint8 purpose;
        State state;
        uint16 keyVersion;
        uint8 votes;
        uint40 until;
        uint40 created;
    }

    /// @inheritdoc IAccessGrants
    IIdentityRegistry public override identity;
    /// @inheritdoc IAccessGrants
    uint64 public override count;
    /// @inheritdoc IAccessGrants
    IDatasetRegistry public override datasets;

    mapping(uint64 id => Entry) private _entries;
    /// @dev The latest request of (requester, dataset, purpose); it may have ended since.
    mapping(bytes32 subject => uint64 id) private _latest;
    /// @dev Votes before the deciding one; a new revision starts with none.
    mapping(uint64 id => mapping(uint32 revision => mapping(address custodian => bool))) private _voted;

    constructor(IIdentityRegistry identity_, IDatasetRegistry datasets_) {
        require(address(identity_).code.length != 0, InvalidArgument("identity"));
        require(address(datasets_).code.length != 0, InvalidArgument("datasets"));
        identity = identity_;
        datasets = datasets_;
    }

    /// @inheritdoc IAccessGrants
    function request(uint64 dataset, uint8 purpose, uint40 until, bytes32 messageDigest)
        external
        override
        returns (uint64 id)
    {
        uint16 keyVersion = _checkRequest(dataset, purpose, until);
        id = ++count;
        _claim(id, dataset, purpose);
        _entries[id] = Entry({
            requester: msg.sender,
            dataset: dataset,
            revision: 1,
            purpose: purpose,
            state: State.Requested,
            keyVersion: keyVersion,
            votes: 0,
            until: until,
            created: uint40(block.timestamp)
        });
        emit AccessRequested(id, dataset, msg.sender, purpose, until, 1, keyVersion, messageDigest);
    }

    /// @inheritdoc IAccessGrants
    function resubmit(uint64 id, uint8 purpose, uint40 until, bytes32 messageDigest) external override {
        Entry storage entry = _ownEntry(id);
        _requirePending(id, entry);
        uint64 dataset = entry.dataset;
        uint16 keyVersion = _checkRequest(dataset, purpose, until);
        _claim(id, dataset, purpose);

        uint32 revision = ++entry.revision;
        entry.purpose = purpose;
        entry.state = State.Requested;
        entry.keyVersion = keyVersion;
        entry.votes = 0;
        entry.until = until;
        emit AccessRequested(id, dataset, msg.sender, purpose, until, revision, keyVersion, messageDigest);
    }

    /// @inheritdoc IAccessGrants
    function returnForChanges(uint64 id, bytes32 commentDigest) external override {
        Entry storage entry = _custodianEntry(id);
        _requireState(id, entry, State.Requested);
        entry.state = State.Returned;
        emit AccessReturned(id, msg.sender, commentDigest);
    }

    /// @inheritdoc IAccessGrants
    function approve(
        uint64 id,
        uint32 revision,
        uint16 keyVersion,
        bytes calldata capsule,
        bytes32 capsuleDigest
    ) external override {
        Entry storage entry = _custodianEntry(id);
        _requireState(id, entry, State.Requested);
        uint8 threshold = _checkApproval(id, entry, revision, keyVersion);

        uint8 votes = entry.votes + 1;
        // Without an earlier vote there is nobody who could vote twice, and nothing to read.
        require(votes == 1 || !_voted[id][revision][msg.sender], AlreadyVoted(id, msg.sender));
        entry.votes = votes;
        emit AccessVoted(id, msg.sender, votes);
        if (votes < threshold) {
            require(capsule.length == 0 && capsuleDigest == 0, CapsuleTooEarly(id));
            _voted[id][revision][msg.sender] = true;
            return;
        }

        _checkCapsule(id, capsule, capsuleDigest);
        entry.state = State.Approved;
        entry.keyVersion = keyVersion;
        emit AccessApproved(id, entry.dataset, entry.requester, entry.until, capsuleDigest, capsule);
    }

    /// @inheritdoc IAccessGrants
    function deny(uint64 id, bytes32 reasonDigest) external override {
        Entry storage entry = _custodianEntry(id);
        _requirePending(id, entry);
        entry.state = State.Denied;
        emit AccessDenied(id, msg.sender, reasonDigest);
    }

    /// @inheritdoc IAccessGrants
    function cancel(uint64 id) external override {
        Entry storage entry = _ownEntry(id);
        _requirePending(id, entry);
        entry.state = State.Cancelled;
        emit AccessCancelled(id);
    }

    /// @inheritdoc IAccessGrants
    function revoke(uint64 id) external override {
        Entry storage entry = _custodianEntry(id);
        _requireState(id, entry, State.Approved);
        entry.state = State.Revoked;
        emit AccessRevoked(id, msg.sender);
    }

    /// @inheritdoc IAccessGrants
    function stateOf(uint64 id) external view override returns (State) {
        return _stateNow(_entries[id]);
    }

    /// @inheritdoc IAccessGrants
    function requestOf(uint64 id) external view override returns (Request memory) {
        Entry storage entry = _entry(id);
        return Request({
            requester: entry.requester,
            dataset: entry.dataset,
            purpose: entry.purpose,
            state: _stateNow(entry),
            revision: entry.revision,
            keyVersion: entry.keyVersion,
            votes: entry.votes,
            until: entry.until,
            created: entry.created
        });
    }

    /// @inheritdoc IAccessGrants
    function isAllowed(uint64 id) external view override returns (bool) {
        Entry storage entry = _entries[id];
        if (_stateNow(entry) != State.Approved) return false;
        (, uint8 status,) = datasets.policy(entry.dataset);
        if (status != PUBLISHED) return false;
        try identity.requireRole(entry.requester, _roleFor(entry.purpose)) returns (uint32) {
            return true;
        } catch {
            return false;
        }
    }

    function _entry(uint64 id) private view returns (Entry storage entry) {
        entry = _entries[id];
        require(entry.state != State.None, UnknownRequest(id));
    }

    function _ownEntry(uint64 id) private view returns (Entry storage entry) {
        entry = _entry(id);
        require(entry.requester == msg.sender, NotRequester(id, msg.sender));
    }

    function _custodianEntry(uint64 id) private view returns (Entry storage entry) {
        entry = _entry(id);
        bool allowed = datasets.isCustodian(entry.dataset, msg.sender);
        require(allowed, NotCustodian(entry.dataset, msg.sender));
    }

    /// @dev The stored state, or Expired once the end date of a pending or approved request has come.
    function _stateNow(Entry storage entry) private view returns (State state) {
        state = entry.state;
        bool ends = state == State.Requested || state == State.Returned || state == State.Approved;
        if (ends && block.timestamp >= entry.until) state = State.Expired;
    }

    function _requireState(uint64 id, Entry storage entry, State needed) private view {
        State state = _stateNow(entry);
        require(state == needed, BadState(id, state));
    }

    function _requirePending(uint64 id, Entry storage entry) private view {
        State state = _stateNow(entry);
        require(_isPending(state), BadState(id, state));
    }

    /// @dev What the caller may ask for now; gives the version of its key.
    function _checkRequest(uint64 dataset, uint8 purpose, uint40 until)
        private
        view
        returns (uint16 keyVersion)
    {
        require(DuoMatch.isPurpose(purpose), PurposeNotAllowed(dataset, purpose));
        identity.requireRole(msg.sender, _roleFor(purpose));
        (, uint8 status, uint64 duoMask) = datasets.policy(dataset);
        require(status == PUBLISHED, DatasetIsWithdrawn(dataset));
        require(DuoMatch.permits(duoMask, purpose), PurposeNotAllowed(dataset, purpose));
        keyVersion = identity.memberOf(msg.sender).keyVersion;
        require(keyVersion != 0, NoKey(msg.sender));
        require(until > block.timestamp, EndDateInPast(until));
    }

    /// @dev What an approval was made for must still hold; gives the threshold of the dataset.
    function _checkApproval(uint64 id, Entry storage entry, uint32 revision, uint16 keyVersion)
        private
        view
        returns (uint8 threshold)
    {
        uint8 status;
        (threshold, status,) = datasets.policy(entry.dataset);
        require(status == PUBLISHED, DatasetIsWithdrawn(entry.dataset));
        require(revision == entry.revision, RevisionChanged(id, entry.revision));
        address requester = entry.requester;
        identity.requireRole(requester, _roleFor(entry.purpose));
        uint16 current = identity.memberOf(requester).keyVersion;
        require(keyVersion == current, KeyVersionChanged(requester, current));
    }

    function _checkCapsule(uint64 id, bytes calldata capsule, bytes32 capsuleDigest) private pure {
        require(capsule.length <= MAX_CAPSULE, CapsuleTooLarge(capsule.length));
        if (capsule.length == 0) require(capsuleDigest != 0, CapsuleMissing(id));
        else require(sha256(capsule) == capsuleDigest, CapsuleDigestMismatch(id));
    }

    /// @dev Makes `id` the caller's one open request for this dataset and purpose.
    function _claim(uint64 id, uint64 dataset, uint8 purpose) private {
        bytes32 subject = keccak256(abi.encode(msg.sender, dataset, purpose));
        uint64 other = _latest[subject];
        if (other == id) return;
        if (other != 0) {
            // A resubmission may have moved the other request to another purpose since.
            Entry storage entry = _entries[other];
            require(!_isPending(_stateNow(entry)) || entry.purpose != purpose, RequestOpen(other));
        }
        _latest[subject] = id;
    }

    function _isPending(State state) private pure returns (bool) {
        return state == State.Requested || state == State.Returned;
    }

    function _roleFor(uint8 purpose) private pure returns (uint32) {
        return purpose == DuoMatch.CC ? Roles.UPLOADER : Roles.RESEARCHER;
    }
}
