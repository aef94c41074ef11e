// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";

/// @notice A request in one word of storage, which halves what it costs.
/// @dev From the lowest bit: requester 160, dataset 32, until 40, state 3, purpose 3, revision 6, generation 12.
///      Solidity packs no field smaller than a byte.
type RequestSlot is uint256;

using RequestFields for RequestSlot global;

/// @title The fields of `RequestSlot`
library RequestFields {
    uint32 internal constant MAX_REVISION = 63;

    uint256 private constant DATASET_AT = 160;
    uint256 private constant UNTIL_AT = 192;
    uint256 private constant STATE_AT = 232;
    uint256 private constant PURPOSE_AT = 235;
    uint256 private constant REVISION_AT = 238;
    uint256 private constant GENERATION_AT = 244;
    uint256 private constant STATE_MASK = 0x7;
    uint256 private constant PURPOSE_MASK = 0x7;
    uint256 private constant REVISION_MASK = 0x3f;

    /// @dev In state Requested, generation 0. The caller knows that the values fit: the registry counts datasets in 32
    ///      bits, purposes are below 6 and revisions at most 63.
    function make(address requester_, uint64 dataset_, uint40 until_, uint8 purpose_, uint32 revision_)
        internal
        pure
        returns (RequestSlot)
    {
        return RequestSlot.wrap(
            uint256(uint160(requester_)) | uint256(dataset_) << DATASET_AT | uint256(until_) << UNTIL_AT
                | uint256(IAccessGrants.State.Requested) << STATE_AT | uint256(purpose_) << PURPOSE_AT
                | uint256(revision_) << REVISION_AT
        );
    }

    function withState(RequestSlot slot, IAccessGrants.State state_) internal pure returns (RequestSlot) {
        uint256 rest = RequestSlot.unwrap(slot) & ~(STATE_MASK << STATE_AT);
        return RequestSlot.wrap(rest | uint256(state_) << STATE_AT);
    }

    /// @dev Generations are at most 4,095, and a pending request has none.
    function withGeneration(RequestSlot slot, uint16 generation_) internal pure returns (RequestSlot) {
        return RequestSlot.wrap(RequestSlot.unwrap(slot) | uint256(generation_) << GENERATION_AT);
    }

    // forge-lint: disable-start(unsafe-typecast) the casts cut each field out of the word

    function exists(RequestSlot slot) internal pure returns (bool) {
        return RequestSlot.unwrap(slot) != 0;
    }

    function requester(RequestSlot slot) internal pure returns (address) {
        return address(uint160(RequestSlot.unwrap(slot)));
    }

    function dataset(RequestSlot slot) internal pure returns (uint64) {
        return uint32(RequestSlot.unwrap(slot) >> DATASET_AT);
    }

    function until(RequestSlot slot) internal pure returns (uint40) {
        return uint40(RequestSlot.unwrap(slot) >> UNTIL_AT);
    }

    function state(RequestSlot slot) internal pure returns (IAccessGrants.State) {
        return IAccessGrants.State(RequestSlot.unwrap(slot) >> STATE_AT & STATE_MASK);
    }

    function purpose(RequestSlot slot) internal pure returns (uint8) {
        return uint8(RequestSlot.unwrap(slot) >> PURPOSE_AT & PURPOSE_MASK);
    }

    function revision(RequestSlot slot) internal pure returns (uint32) {
        return uint32(RequestSlot.unwrap(slot) >> REVISION_AT & REVISION_MASK);
    }

    function generation(RequestSlot slot) internal pure returns (uint16) {
        return uint16(RequestSlot.unwrap(slot) >> GENERATION_AT);
    }

    // forge-lint: disable-end(unsafe-typecast)
}
