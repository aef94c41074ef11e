// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {AccessStore} from "./AccessStore.sol";
import {RequestSlot} from "./RequestSlot.sol";
import {Signatures} from "../common/Signatures.sol";

/// @title What any one custodian may do alone: return, deny, revoke. No pause stops it
abstract contract Refusals is AccessStore, Signatures {
    bytes32 private constant RETURN =
        keccak256("Return(uint64 request,uint32 revision,bytes32 commentDigest,uint256 deadline)");
    bytes32 private constant DENY =
        keccak256("Deny(uint64 request,uint32 revision,bytes32 reasonDigest,uint256 deadline)");
    bytes32 private constant REVOKE = keccak256("Revoke(uint64 request,uint256 deadline)");

    /// @inheritdoc IAccessGrants
    function returnForChanges(uint64 id, bytes32 commentDigest) external override {
        _return(id, _load(id), msg.sender, commentDigest);
    }

    /// @inheritdoc IAccessGrants
    function returnBySig(uint64 id, bytes32 commentDigest, Signed calldata signed) external override {
        RequestSlot slot = _load(id);
        bytes memory message = abi.encode(RETURN, id, slot.revision(), commentDigest, signed.deadline);
        _checkSignature(keccak256(message), signed);
        _return(id, slot, signed.signer, commentDigest);
    }

    /// @inheritdoc IAccessGrants
    function deny(uint64 id, bytes32 reasonDigest) external override {
        _deny(id, _load(id), msg.sender, reasonDigest);
    }

    /// @inheritdoc IAccessGrants
    function denyBySig(uint64 id, bytes32 reasonDigest, Signed calldata signed) external override {
        RequestSlot slot = _load(id);
        bytes memory message = abi.encode(DENY, id, slot.revision(), reasonDigest, signed.deadline);
        _checkSignature(keccak256(message), signed);
        _deny(id, slot, signed.signer, reasonDigest);
    }

    /// @inheritdoc IAccessGrants
    function revoke(uint64 id) external override {
        _revoke(id, _load(id), msg.sender);
    }

    /// @inheritdoc IAccessGrants
    function revokeBySig(uint64 id, Signed calldata signed) external override {
        _checkSignature(keccak256(abi.encode(REVOKE, id, signed.deadline)), signed);
        _revoke(id, _load(id), signed.signer);
    }

    function _return(uint64 id, RequestSlot slot, address by, bytes32 commentDigest) private {
        _requireCustodian(slot.dataset(), by);
        _requireRequested(id, slot);
        _requests[id] = slot.withState(State.Returned);
        emit AccessReturned(id, by, commentDigest);
    }

    function _deny(uint64 id, RequestSlot slot, address by, bytes32 reasonDigest) private {
        _requireCustodian(slot.dataset(), by);
        _requirePending(id, slot);
        _requests[id] = slot.withState(State.Denied);
        emit AccessDenied(id, by, reasonDigest);
    }

    function _revoke(uint64 id, RequestSlot slot, address by) private {
        _requireCustodian(slot.dataset(), by);
        State state = _stateNow(slot);
        require(state == State.Approved, BadState(id, state));
        _requests[id] = slot.withState(State.Revoked);
        emit AccessRevoked(id, by);
    }

    function _requireCustodian(uint64 dataset, address who) private view {
        require(_datasets.seatOf(dataset, who) != 0, NotCustodian(dataset, who));
    }
}
