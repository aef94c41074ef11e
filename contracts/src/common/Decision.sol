// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @notice Which request is approved, and what the custodian saw when it decided, in one word: an approval reverts
///         when any of it has changed. Five words cost more to send, to read, and to put on record.
/// @dev From the lowest bit:
///      request 64;
///      revision of the request 32;
///      keyVersion 16, of the requester's key that the capsule is wrapped for;
///      withdrawals of the dataset 32: the capsule leaves those subjects out;
///      generation of the dataset, all bits above: an approval from before a `revokeAll` cannot come after it. More
///      than 16 bits of it are no generation, so that one decision has one word.
type Decision is uint256;

using DecisionWord for Decision global;

/// @title The fields of `Decision`
library DecisionWord {
    uint256 private constant REVISION_AT = 64;
    uint256 private constant KEY_AT = 96;
    uint256 private constant WITHDRAWALS_AT = 112;
    uint256 private constant GENERATION_AT = 144;

    function make(
        uint64 request_,
        uint32 revision_,
        uint16 keyVersion_,
        uint32 withdrawals_,
        uint16 generation_
    ) internal pure returns (Decision) {
        return Decision.wrap(
            uint256(request_) | uint256(revision_) << REVISION_AT | uint256(keyVersion_) << KEY_AT
                | uint256(withdrawals_) << WITHDRAWALS_AT | uint256(generation_) << GENERATION_AT
        );
    }

    function equals(Decision decision, Decision other) internal pure returns (bool) {
        return Decision.unwrap(decision) == Decision.unwrap(other);
    }

    function generation(Decision decision) internal pure returns (uint256) {
        return Decision.unwrap(decision) >> GENERATION_AT;
    }

    // forge-lint: disable-start(unsafe-typecast) the casts cut each field out of the word

    function request(Decision decision) internal pure returns (uint64) {
        return uint64(Decision.unwrap(decision));
    }

    function revision(Decision decision) internal pure returns (uint32) {
        return uint32(Decision.unwrap(decision) >> REVISION_AT);
    }

    function keyVersion(Decision decision) internal pure returns (uint16) {
        return uint16(Decision.unwrap(decision) >> KEY_AT);
    }

    function withdrawals(Decision decision) internal pure returns (uint32) {
        return uint32(Decision.unwrap(decision) >> WITHDRAWALS_AT);
    }

    // forge-lint: disable-end(unsafe-typecast)
}
