// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";

/// @title A request in one word of storage
/// @dev From the lowest bit: requester 160, dataset 32, until 40, state 3, purpose 3, revision 6, generation 12. One
///      word halves what a request costs; Solidity packs no field smaller than a byte.
library RequestSlot {
    /// @dev Values in memory, so that a function reads the word once and writes it once.
    struct Fields {
        address requester;
        uint64 dataset;
        uint40 until;
        IAccessGrants.State state;
        uint8 purpose;
        uint32 revision;
        uint16 generation;
    }

    uint32 internal constant MAX_REVISION = 63;

    uint256 private constant DATASET_AT = 160;
    uint256 private constant UNTIL_AT = 192;
    uint256 private constant STATE_AT = 232;
    uint256 private constant PURPOSE_AT = 235;
    uint256 private constant REVISION_AT = 238;
    uint256 private constant GENERATION_AT = 244;

    /// @dev The caller knows that each value fits: ids are 32 bits wide in the registry, purposes are below 6,
    ///      revisions at most 63, generations at most 4,095.
    function pack(Fields memory fields) internal pure returns (uint256) {
        return uint256(uint160(fields.requester)) | uint256(fields.dataset) << DATASET_AT
            | uint256(fields.until) << UNTIL_AT | uint256(fields.state) << STATE_AT
            | uint256(fields.purpose) << PURPOSE_AT | uint256(fields.revision) << REVISION_AT
            | uint256(fields.generation) << GENERATION_AT;
    }

    // forge-lint: disable-start(unsafe-typecast) each value is cut to its own bits first
    function unpack(uint256 word) internal pure returns (Fields memory fields) {
        fields.requester = address(uint160(word));
        fields.dataset = uint32(word >> DATASET_AT);
        fields.until = uint40(word >> UNTIL_AT);
        fields.state = IAccessGrants.State(word >> STATE_AT & 0x7);
        fields.purpose = uint8(word >> PURPOSE_AT & 0x7);
        fields.revision = uint32(word >> REVISION_AT & 0x3f);
        fields.generation = uint16(word >> GENERATION_AT);
    }
    // forge-lint: disable-end(unsafe-typecast)
}
