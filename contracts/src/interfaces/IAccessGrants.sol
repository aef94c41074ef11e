// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IDatasetRegistry} from "./IDatasetRegistry.sol";
import {IIdentityRegistry} from "./IIdentityRegistry.sol";

/// @title Who may open what, for which purpose and until when
/// @notice requested ⇄ returned → approved | denied | cancelled; approved → revoked | expired.
///         A purpose is one use of `DuoMatch`: 0 GRU, 1 HMB, 2 DS, 3 POA, 4 CC.
interface IAccessGrants {
    /// @notice Expired is never stored: a pending or approved request whose end date has come reads as Expired.
    enum State {
        None,
        Requested,
        Returned,
        Approved,
        Denied,
        Cancelled,
        Revoked,
        Expired
    }

    /// @param state as `stateOf` gives it
    /// @param revision counted from 1, raised by each resubmission
    /// @param keyVersion of the requester's key: at the request, then the one the capsule is wrapped for
    /// @param votes approvals of the present revision
    /// @param until the request and the grant hold while block time < until
    /// @param created block time of the first revision
    struct Request {
        address requester;
        uint64 dataset;
        uint8 purpose;
        State state;
        uint32 revision;
        uint16 keyVersion;
        uint8 votes;
        uint40 until;
        uint40 created;
    }

    /// @notice A request was made, or resubmitted (revision > 1).
    event AccessRequested(
        uint64 indexed id,
        uint64 indexed dataset,
        address indexed requester,
        uint8 purpose,
        uint40 until,
        uint32 revision,
        uint16 keyVersion,
        bytes32 messageDigest
    );
    /// @notice A custodian approved; emitted for each vote, the deciding one included.
    event AccessVoted(uint64 indexed id, address indexed custodian, uint8 votes);
    /// @notice The threshold was reached. An empty capsule is an IPFS object with the digest `capsuleDigest`.
    event AccessApproved(
        uint64 indexed id,
        uint64 indexed dataset,
        address indexed requester,
        uint40 until,
        bytes32 capsuleDigest,
        bytes capsule
    );
    /// @notice A custodian asks for changes.
    event AccessReturned(uint64 indexed id, address indexed by, bytes32 commentDigest);
    /// @notice A custodian refused; final.
    event AccessDenied(uint64 indexed id, address indexed by, bytes32 reasonDigest);
    /// @notice The requester took the request back; final.
    event AccessCancelled(uint64 indexed id);
    /// @notice A custodian ended the grant; final.
    event AccessRevoked(uint64 indexed id, address indexed by);

    /// @notice There is no such request.
    error UnknownRequest(uint64 id);
    /// @notice The dataset does not permit this purpose, or it is no purpose at all.
    error PurposeNotAllowed(uint64 dataset, uint8 purpose);
    /// @notice The end date is not in the future.
    error EndDateInPast(uint40 until);
    /// @notice `who` has set no encryption key, so nothing can be wrapped for it.
    error NoKey(address who);
    /// @notice `who` does not decide on this dataset.
    error NotCustodian(uint64 dataset, address who);
    /// @notice `who` did not make this request.
    error NotRequester(uint64 id, address who);
    /// @notice The request is in `state`, where this cannot be done.
    error BadState(uint64 id, State state);
    /// @notice The request was resubmitted; its revision is `current` now.
    error RevisionChanged(uint64 id, uint32 current);
    /// @notice The requester changed its key; its version is `current` now.
    error KeyVersionChanged(address who, uint16 current);
    /// @notice `who` approved this revision before.
    error AlreadyVoted(uint64 id, address who);
    /// @notice A vote before the deciding one must not carry a capsule.
    error CapsuleTooEarly(uint64 id);
    /// @notice The deciding vote carries neither a capsule nor the digest of one.
    error CapsuleMissing(uint64 id);
    /// @notice The capsule is longer than 1,024 bytes: store it and give its digest.
    error CapsuleTooLarge(uint256 size);
    /// @notice `capsuleDigest` is not the sha2-256 of the capsule.
    error CapsuleDigestMismatch(uint64 id);
    /// @notice The requester has an open request for this dataset and purpose, `id`.
    error RequestOpen(uint64 id);
    /// @notice The dataset was withdrawn.
    error DatasetIsWithdrawn(uint64 dataset);
    /// @notice An argument of the constructor is no contract; `what` is its name in ASCII.
    error InvalidArgument(bytes32 what);

    /// @notice Asks for access. Care (CC) needs the role UPLOADER, every other purpose RESEARCHER.
    /// @param until Unix seconds, in the future
    /// @param messageDigest of the message encrypted to the custodians; kept in the event only
    /// @return id counted from 1
    /// @dev Reverts: PurposeNotAllowed, the refusals of `requireRole`, UnknownDataset, DatasetIsWithdrawn, NoKey,
    ///      EndDateInPast, RequestOpen (one open request per requester, dataset and purpose).
    function request(uint64 dataset, uint8 purpose, uint40 until, bytes32 messageDigest)
        external
        returns (uint64 id);

    /// @notice Replaces a pending request by its next revision; votes are void. Requester only.
    /// @dev Reverts: UnknownRequest, NotRequester, BadState, and as `request`.
    function resubmit(uint64 id, uint8 purpose, uint40 until, bytes32 messageDigest) external;

    /// @notice Sends a request back for changes. Custodian, from Requested.
    /// @dev Reverts: UnknownRequest, NotCustodian, BadState.
    function returnForChanges(uint64 id, bytes32 commentDigest) external;

    /// @notice Approves one revision, wrapped for one key version. Custodian, from Requested.
    /// @param capsule empty before the deciding vote; the deciding one carries the capsule (≤ 1,024 bytes) with
    ///        its sha2-256, or nothing and the digest of an IPFS object
    /// @dev Reverts: UnknownRequest, NotCustodian, BadState, DatasetIsWithdrawn, RevisionChanged, the refusals of
    ///      `requireRole` for the requester, KeyVersionChanged, AlreadyVoted, CapsuleTooEarly, CapsuleMissing,
    ///      CapsuleTooLarge, CapsuleDigestMismatch.
    function approve(
        uint64 id,
        uint32 revision,
        uint16 keyVersion,
        bytes calldata capsule,
        bytes32 capsuleDigest
    ) external;

    /// @notice Refuses a pending request for good, whatever the threshold. Custodian.
    /// @dev Reverts: UnknownRequest, NotCustodian, BadState.
    function deny(uint64 id, bytes32 reasonDigest) external;

    /// @notice Takes a pending request back. Requester only.
    /// @dev Reverts: UnknownRequest, NotRequester, BadState.
    function cancel(uint64 id) external;

    /// @notice Ends a grant, also of a withdrawn dataset. Custodian, from Approved.
    /// @dev Reverts: UnknownRequest, NotCustodian, BadState.
    function revoke(uint64 id) external;

    /// @notice The registry of members.
    function identity() external view returns (IIdentityRegistry);

    /// @notice The registry of datasets.
    function datasets() external view returns (IDatasetRegistry);

    /// @notice The state at the present block time; None for an unknown request.
    function stateOf(uint64 id) external view returns (State);

    /// @notice The whole request. Reverts: UnknownRequest.
    function requestOf(uint64 id) external view returns (Request memory);

    /// @notice Whether the requester may be served now: approved, not expired, the dataset not withdrawn, and the
    ///         requester still a member in good standing with the role that the purpose needs.
    function isAllowed(uint64 id) external view returns (bool);

    /// @notice How many requests were ever made; ids are 1…count.
    function count() external view returns (uint64);
}
