// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";
import {IMarket} from "../interfaces/IMarket.sol";
import {DuoMatch} from "../common/DuoMatch.sol";
import {Governed} from "../common/Governed.sol";
import {RequestSlot} from "./RequestSlot.sol";
import {Roles} from "../common/Roles.sol";

/// @title All that `AccessGrants` keeps, and the state of a request
/// @dev What decisions do not need stands in events only: messages, conditions, key versions, who decided.
abstract contract AccessStore is IAccessGrants, Governed {
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IDatasetRegistry internal immutable _datasets;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IMarket internal immutable _market;

    uint64 internal _count;
    mapping(uint64 id => RequestSlot) internal _requests;
    /// @dev The latest request of (requester, dataset, purpose); it may have ended since.
    mapping(bytes32 subject => uint64 id) internal _latest;
    /// @dev Bit i: seat i has voted. A revision, and a generation of the dataset, start with none.
    mapping(uint64 id => mapping(uint256 round => uint256 seats)) internal _votes;
    /// @dev Four places of 64 bits: the dataset above the end in Unix seconds, 32 bits each; 0 = free.
    mapping(address who => uint256 places) internal _emergencies;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IDatasetRegistry datasets_, IMarket market_) {
        _datasets = datasets_;
        _market = market_;
    }

    function _load(uint64 id) internal view returns (RequestSlot slot) {
        slot = _requests[id];
        require(slot.exists(), UnknownRequest(id));
    }

    /// @dev The stored state, but Expired once the end date of a pending or approved request has come, and Revoked for
    ///      a grant older than the last `revokeAll`. The end date counts first.
    function _stateNow(RequestSlot slot) internal view returns (State state) {
        state = slot.state();
        // None, and what ended otherwise, keeps its state.
        if (state > State.Approved || state == State.None) return state;
        if (block.timestamp >= slot.until()) return State.Expired;
        if (state != State.Approved) return state;
        uint16 generation = _datasets.policyOf(slot.dataset()).generation();
        return slot.generation() == generation ? State.Approved : State.Revoked;
    }

    /// @dev What `_stateNow` says, in fewer steps while all is well.
    function _requireRequested(uint64 id, RequestSlot slot) internal view {
        bool requested = slot.state() == State.Requested && block.timestamp < slot.until();
        if (!requested) revert BadState(id, _stateNow(slot));
    }

    function _requirePending(uint64 id, RequestSlot slot) internal view {
        State state = _stateNow(slot);
        require(_isPending(state), BadState(id, state));
    }

    function _isPending(State state) internal pure returns (bool) {
        return state == State.Requested || state == State.Returned;
    }

    function _roleFor(uint8 purpose) internal pure returns (uint32) {
        return purpose == DuoMatch.CC ? Roles.UPLOADER : Roles.RESEARCHER;
    }

    function _round(RequestSlot slot, uint16 generation) internal pure returns (uint256) {
        return uint256(generation) << 32 | slot.revision();
    }
}
