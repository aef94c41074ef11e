// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @notice What decisions read of a dataset, and what changes, in one word of storage. It passes between the contracts
///         as it is: packing it into a struct and out again would cost more than reading it.
/// @dev From the lowest bit: duoMask 64, price 96, withdrawals 32, generation 16, threshold 8, status 8, kind 8,
///      codec 8, currency 8, breakGlass 1.
type Policy is uint256;

using PolicyWord for Policy global;

/// @title The fields of `Policy`
library PolicyWord {
    uint8 internal constant PUBLISHED = 1;
    uint8 internal constant WITHDRAWN = 2;
    uint8 internal constant SUPERSEDED = 3;
    /// @dev The currency of the chain; 0 is the credit of the consortium.
    uint8 internal constant NATIVE = 1;
    /// @dev As many as `AccessGrants` can keep.
    uint16 internal constant MAX_GENERATION = 4095;

    uint256 private constant PRICE_AT = 64;
    uint256 private constant WITHDRAWALS_AT = 160;
    uint256 private constant GENERATION_AT = 192;
    uint256 private constant THRESHOLD_AT = 208;
    uint256 private constant STATUS_AT = 216;
    uint256 private constant KIND_AT = 224;
    uint256 private constant CODEC_AT = 232;
    uint256 private constant CURRENCY_AT = 240;
    uint256 private constant BREAK_GLASS_AT = 248;

    /// @dev A new entry: published, nobody withdrew, generation 0.
    function make(uint64 duoMask_, uint96 price_, uint8 threshold_) internal pure returns (Policy) {
        return Policy.wrap(
            uint256(duoMask_) | uint256(price_) << PRICE_AT | uint256(threshold_) << THRESHOLD_AT
                | uint256(PUBLISHED) << STATUS_AT
        );
    }

    function withForm(Policy policy, uint8 kind_, uint8 codec_, uint8 currency_, bool breakGlass_)
        internal
        pure
        returns (Policy)
    {
        uint256 flag = breakGlass_ ? uint256(1) << BREAK_GLASS_AT : 0;
        return Policy.wrap(
            Policy.unwrap(policy) | uint256(kind_) << KIND_AT | uint256(codec_) << CODEC_AT
                | uint256(currency_) << CURRENCY_AT | flag
        );
    }

    function withStatus(Policy policy, uint8 status_) internal pure returns (Policy) {
        uint256 rest = Policy.unwrap(policy) & ~(uint256(type(uint8).max) << STATUS_AT);
        return Policy.wrap(rest | uint256(status_) << STATUS_AT);
    }

    /// @dev The caller knows that it is below `MAX_GENERATION`.
    function nextGeneration(Policy policy) internal pure returns (Policy) {
        return Policy.wrap(Policy.unwrap(policy) + (uint256(1) << GENERATION_AT));
    }

    /// @dev Indices of subjects are 32 bits wide and withdraw once each; the count cannot reach the next field before
    ///      every one of them has.
    function nextWithdrawal(Policy policy) internal pure returns (Policy) {
        return Policy.wrap(Policy.unwrap(policy) + (uint256(1) << WITHDRAWALS_AT));
    }

    // forge-lint: disable-start(unsafe-typecast) the casts cut each field out of the word

    function duoMask(Policy policy) internal pure returns (uint64) {
        return uint64(Policy.unwrap(policy));
    }

    function price(Policy policy) internal pure returns (uint96) {
        return uint96(Policy.unwrap(policy) >> PRICE_AT);
    }

    function withdrawals(Policy policy) internal pure returns (uint32) {
        return uint32(Policy.unwrap(policy) >> WITHDRAWALS_AT);
    }

    function generation(Policy policy) internal pure returns (uint16) {
        return uint16(Policy.unwrap(policy) >> GENERATION_AT);
    }

    function threshold(Policy policy) internal pure returns (uint8) {
        return uint8(Policy.unwrap(policy) >> THRESHOLD_AT);
    }

    function status(Policy policy) internal pure returns (uint8) {
        return uint8(Policy.unwrap(policy) >> STATUS_AT);
    }

    function kind(Policy policy) internal pure returns (uint8) {
        return uint8(Policy.unwrap(policy) >> KIND_AT);
    }

    function codec(Policy policy) internal pure returns (uint8) {
        return uint8(Policy.unwrap(policy) >> CODEC_AT);
    }

    function currency(Policy policy) internal pure returns (uint8) {
        return uint8(Policy.unwrap(policy) >> CURRENCY_AT);
    }

    function breakGlass(Policy policy) internal pure returns (bool) {
        return Policy.unwrap(policy) >> BREAK_GLASS_AT != 0;
    }

    // forge-lint: disable-end(unsafe-typecast)
}
