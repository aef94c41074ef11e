// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Decision} from "../common/Decision.sol";
import {IDatasetRegistry} from "./IDatasetRegistry.sol";
import {IIdentityRegistry} from "./IIdentityRegistry.sol";
import {IMarket} from "./IMarket.sol";
import {ISignatures} from "./ISignatures.sol";

/// @title Who may open what, for which purpose and until when
/// @notice requested ⇄ returned → approved | denied | cancelled; approved → revoked | expired.
///         A purpose is one of `DuoMatch`: 0 GRU, 1 HMB, 2 DS, 3 POA, 4 CC, 5 methods development.
interface IAccessGrants is ISignatures {
    /// @notice Expired is never stored: a pending or approved request whose end date has come reads as Expired, and a
    ///         grant that is older than the last `revokeAll` of its dataset reads as Revoked.
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
    /// @param generation of the dataset when it was approved
    /// @param votes of the present revision, the deciding one not counted
    /// @param until the request and the grant hold while block time < until
    struct Request {
        address requester;
        uint64 dataset;
        uint8 purpose;
        State state;
        uint32 revision;
        uint16 generation;
        uint8 votes;
        uint40 until;
    }

    /// @param until Unix seconds; it allows while block time < until, and waits for its review after that too
    struct Emergency {
        uint64 dataset;
        uint40 until;
    }

    /// @notice A request was made, or resubmitted (revision > 1).
    event AccessRequested(
        uint64 indexed id,
        uint64 indexed dataset,
        address indexed requester,
        uint8 purpose,
        uint64 conditions,
        uint40 until,
        uint32 revision,
        uint16 keyVersion,
        bytes32 messageDigest
    );
    /// @notice A custodian approved, and more votes are needed; `votes` counts those of this revision.
    event AccessVoted(uint64 indexed id, address indexed custodian, uint8 votes);
    /// @notice The deciding vote, with the capsule. `decision` tells the request, and all that was true of it: its
    ///         revision, the key that the capsule is wrapped for, the withdrawals and the generation of the dataset.
    event AccessApproved(Decision indexed decision, address indexed custodian, bytes capsule);
    /// @notice The deciding vote; the capsule is an IPFS object with this sha2-256 digest.
    event AccessApprovedStored(Decision indexed decision, address indexed custodian, bytes32 capsuleDigest);
    /// @notice A custodian asks for changes.
    event AccessReturned(uint64 indexed id, address indexed by, bytes32 commentDigest);
    /// @notice A custodian refused; final.
    event AccessDenied(uint64 indexed id, address indexed by, bytes32 reasonDigest);
    /// @notice The requester took the request back; final.
    event AccessCancelled(uint64 indexed id);
    /// @notice A custodian ended the grant; final.
    event AccessRevoked(uint64 indexed id, address indexed by);
    /// @notice Somebody declared an emergency; to be reviewed.
    event GlassBroken(uint64 indexed dataset, address indexed by, uint40 until, bytes32 reasonDigest);
    /// @notice An emergency was reviewed, and ended if it had not.
    event EmergencyReviewed(
        uint64 indexed dataset,
        address indexed who,
        address indexed auditor,
        bool justified,
        bytes32 noteDigest
    );

    /// @notice There is no such request.
    error UnknownRequest(uint64 id);
    /// @notice The dataset does not permit this purpose, or it is no purpose at all.
    error PurposeNotAllowed(uint64 dataset, uint8 purpose);
    /// @notice The dataset has conditions, the bits of `missing`, that the request does not say it meets.
    error ConditionNotMet(uint64 dataset, uint64 missing);
    /// @notice The end date is not in the future.
    error EndDateInPast(uint40 until);
    /// @notice `who` has no encryption key that holds, so nothing can be wrapped for it.
    error NoKey(address who);
    /// @notice `who` does not decide on this dataset.
    error NotCustodian(uint64 dataset, address who);
    /// @notice `who` did not make this request.
    error NotRequester(uint64 id, address who);
    /// @notice The request is in `state`, where this cannot be done.
    error BadState(uint64 id, State state);
    /// @notice The request was resubmitted; its revision is `current` now.
    error RevisionChanged(uint64 id, uint32 current);
    /// @notice 63 revisions were made; ask anew.
    error RevisionLimit(uint64 id);
    /// @notice The requester changed its key; its version is `current` now.
    error KeyVersionChanged(address who, uint16 current);
    /// @notice Another subject withdrew; `current` of them did by now.
    error WithdrawalsChanged(uint64 dataset, uint32 current);
    /// @notice All grants of the dataset were revoked; its generation is `current` now.
    error GenerationChanged(uint64 dataset, uint16 current);
    /// @notice `who`, or who had its seat before, approved this revision already.
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
    /// @notice The dataset has a next version: ask for that one.
    error DatasetIsSuperseded(uint64 dataset);
    /// @notice The dataset permits no emergency access.
    error BreakGlassNotPermitted(uint64 dataset);
    /// @notice Four emergencies of `who` wait for their review.
    error ReviewPending(address who);
    /// @notice No emergency of `who` for this dataset waits for a review.
    error NoEmergency(address who, uint64 dataset);
    /// @notice Nobody reviews its own emergency.
    error OwnEmergency(address who);

    /// @notice Asks for access. Care (CC) needs the role UPLOADER, every other purpose RESEARCHER.
    /// @param conditions what the requester undertakes to meet, bits of `DuoMatch`
    /// @param until Unix seconds, in the future
    /// @param messageDigest of the message encrypted to the custodians; kept in the event only
    /// @return id counted from 1
    /// @dev Reverts: PurposeNotAllowed, the refusals of `IIdentityRegistry.requireRole`, UnknownDataset,
    ///      DatasetIsWithdrawn, DatasetIsSuperseded, ConditionNotMet, NoKey, EndDateInPast, RequestOpen (one open
    ///      request per requester, dataset and purpose).
    function request(uint64 dataset, uint8 purpose, uint64 conditions, uint40 until, bytes32 messageDigest)
        external
        returns (uint64 id);

    /// @notice Replaces a pending request by its next revision; votes are void. Requester only.
    /// @dev Reverts: UnknownRequest, NotRequester, BadState, RevisionLimit, and as `request`.
    function resubmit(uint64 id, uint8 purpose, uint64 conditions, uint40 until, bytes32 messageDigest)
        external;

    /// @notice Takes a pending request back. Requester only; works while paused.
    /// @dev Reverts: UnknownRequest, NotRequester, BadState.
    function cancel(uint64 id) external;

    /// @notice Approves one revision with the capsule in the event. Custodian, from Requested; not stopped by a
    ///         pause, under which `isAllowed` is false and nobody can pay.
    /// @param decision the request, and what the custodian saw of it
    /// @param capsule empty before the deciding vote; at most 1,024 bytes
    /// @dev Reverts: UnknownRequest, NotCustodian, BadState, DatasetIsWithdrawn, the refusals of
    ///      `IIdentityRegistry.requireMember` for the requester, NoKey, RevisionChanged, WithdrawalsChanged,
    ///      GenerationChanged, KeyVersionChanged, AlreadyVoted, CapsuleTooEarly, CapsuleMissing, CapsuleTooLarge; for
    ///      a dataset with a price the refusals of `IMarket.delivered`.
    function approve(Decision decision, bytes calldata capsule) external;

    /// @notice `approve` with a capsule that is an IPFS object.
    /// @param capsuleDigest sha2-256; 0 before the deciding vote
    function approveStored(Decision decision, bytes32 capsuleDigest) external;

    /// @notice `approve` and `approveStored` by signature: Approve(uint64 request,uint32 revision,uint16
    ///         keyVersion,uint32 withdrawals,uint16 generation,bytes32 capsuleDigest,uint256 deadline).
    /// @param capsule empty before the deciding vote, or when it is an IPFS object
    /// @dev Reverts: as `approve`; CapsuleDigestMismatch, SignatureExpired, BadSignature.
    function approveBySig(
        Decision decision,
        bytes32 capsuleDigest,
        bytes calldata capsule,
        Signed calldata signed
    ) external;

    /// @notice Sends a request back for changes. Custodian, from Requested; works while paused.
    /// @dev Reverts: UnknownRequest, NotCustodian, BadState.
    function returnForChanges(uint64 id, bytes32 commentDigest) external;

    /// @notice `returnForChanges` by signature: Return(uint64 request,uint32 revision,bytes32 commentDigest,uint256
    ///         deadline), where revision is the present one.
    /// @dev Reverts: as `returnForChanges`; SignatureExpired, BadSignature.
    function returnBySig(uint64 id, bytes32 commentDigest, Signed calldata signed) external;

    /// @notice Refuses a pending request for good, whatever the threshold. Custodian; works while paused.
    /// @dev Reverts: UnknownRequest, NotCustodian, BadState.
    function deny(uint64 id, bytes32 reasonDigest) external;

    /// @notice `deny` by signature: Deny(uint64 request,uint32 revision,bytes32 reasonDigest,uint256 deadline), where
    ///         revision is the present one.
    /// @dev Reverts: as `deny`; SignatureExpired, BadSignature.
    function denyBySig(uint64 id, bytes32 reasonDigest, Signed calldata signed) external;

    /// @notice Ends a grant, also of a withdrawn dataset. Custodian, from Approved; works while paused.
    /// @dev Reverts: UnknownRequest, NotCustodian, BadState.
    function revoke(uint64 id) external;

    /// @notice `revoke` by signature: Revoke(uint64 request,uint256 deadline).
    /// @dev Reverts: as `revoke`; SignatureExpired, BadSignature.
    function revokeBySig(uint64 id, Signed calldata signed) external;

    /// @notice Declares an emergency: access for 24 hours to a dataset that permits it. Needs the role BREAK_GLASS.
    /// @dev Reverts: the refusals of `IIdentityRegistry.requireRole`, UnknownDataset, DatasetIsWithdrawn,
    ///      BreakGlassNotPermitted, ReviewPending (four of the caller wait for their review).
    function breakGlass(uint64 dataset, bytes32 reasonDigest) external;

    /// @notice Reviews one emergency, and ends it if it has not ended. Needs the role AUDITOR; works while paused.
    /// @dev Reverts: the refusals of `IIdentityRegistry.requireMember`, OwnEmergency, NoEmergency.
    function reviewBreakGlass(address who, uint64 dataset, bool justified, bytes32 noteDigest) external;

    /// @notice The registry of members.
    function identity() external view returns (IIdentityRegistry);

    /// @notice The registry of datasets.
    function datasets() external view returns (IDatasetRegistry);

    /// @notice The market that is told of deliveries.
    function market() external view returns (IMarket);

    /// @notice The state at the present block time; None for an unknown request.
    function stateOf(uint64 id) external view returns (State);

    /// @notice The whole request. Reverts: UnknownRequest.
    function requestOf(uint64 id) external view returns (Request memory);

    /// @notice What a payment needs, without reading votes. Reverts: UnknownRequest.
    function partiesOf(uint64 id) external view returns (address requester, uint64 dataset, State state);

    /// @notice Whether the requester may be served now: approved, not expired, not revoked with all others, the
    ///         dataset not withdrawn, the requester a member in good standing with the role that the purpose needs,
    ///         nothing paused, and what has a price paid for and not paid back.
    function isAllowed(uint64 id) external view returns (bool);

    /// @notice Whether `who` may be served for an emergency: declared, not ended or reviewed, the dataset not
    ///         withdrawn, and `who` still has the role BREAK_GLASS.
    function isAllowedInEmergency(uint64 dataset, address who) external view returns (bool);

    /// @notice The emergencies of `who` that wait for their review; the unused places are zero.
    function emergenciesOf(address who) external view returns (Emergency[4] memory);

    /// @notice How many requests were ever made; ids are 1…count.
    function count() external view returns (uint64);
}
