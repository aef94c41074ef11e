// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";

/// @notice A membership in one word of storage, read at once by every check.
/// @dev From the lowest bit: institution 32, roles 32, validFrom 40, validUntil 40, keyVersion 16, keyRevoked 1,
///      suspended 1.
type MemberSlot is uint256;

using MemberFields for MemberSlot global;

/// @title The fields of `MemberSlot`
library MemberFields {
    uint256 private constant ROLES_AT = 32;
    uint256 private constant FROM_AT = 64;
    uint256 private constant UNTIL_AT = 104;
    uint256 private constant KEY_AT = 144;
    uint256 private constant REVOKED = uint256(1) << 160;
    uint256 private constant SUSPENDED = uint256(1) << 161;
    /// @dev Institution, roles and term: what an administrator sets.
    uint256 private constant MEMBERSHIP = (uint256(1) << KEY_AT) - 1;
    uint256 private constant KEY = uint256(type(uint16).max) << KEY_AT | REVOKED;

    function withMembership(
        MemberSlot slot,
        uint32 institution_,
        uint32 roles_,
        uint40 validFrom_,
        uint40 validUntil_
    ) internal pure returns (MemberSlot) {
        uint256 word = MemberSlot.unwrap(slot) & ~MEMBERSHIP | institution_ | uint256(roles_) << ROLES_AT;
        return MemberSlot.wrap(word | uint256(validFrom_) << FROM_AT | uint256(validUntil_) << UNTIL_AT);
    }

    /// @dev A new key is not revoked.
    function withKey(MemberSlot slot, uint16 keyVersion_) internal pure returns (MemberSlot) {
        return MemberSlot.wrap(MemberSlot.unwrap(slot) & ~KEY | uint256(keyVersion_) << KEY_AT);
    }

    function withKeyRevoked(MemberSlot slot) internal pure returns (MemberSlot) {
        return MemberSlot.wrap(MemberSlot.unwrap(slot) | REVOKED);
    }

    function withSuspended(MemberSlot slot, bool suspended_) internal pure returns (MemberSlot) {
        return MemberSlot.wrap(MemberSlot.unwrap(slot) & ~SUSPENDED | (suspended_ ? SUSPENDED : 0));
    }

    function read(MemberSlot slot) internal pure returns (IIdentityRegistry.Member memory) {
        return IIdentityRegistry.Member({
            institution: slot.institution(),
            roles: slot.roles(),
            validFrom: slot.validFrom(),
            validUntil: slot.validUntil(),
            keyVersion: slot.keyVersion(),
            keyRevoked: slot.keyRevoked(),
            suspended: slot.suspended()
        });
    }

    /// @dev Whether the membership holds now, the institution not looked at.
    function holds(MemberSlot slot) internal view returns (bool) {
        return !slot.suspended() && slot.validFrom() <= block.timestamp && block.timestamp < slot.validUntil();
    }

    // forge-lint: disable-start(unsafe-typecast) the casts cut each field out of the word

    function institution(MemberSlot slot) internal pure returns (uint32) {
        return uint32(MemberSlot.unwrap(slot));
    }

    function roles(MemberSlot slot) internal pure returns (uint32) {
        return uint32(MemberSlot.unwrap(slot) >> ROLES_AT);
    }

    function validFrom(MemberSlot slot) internal pure returns (uint40) {
        return uint40(MemberSlot.unwrap(slot) >> FROM_AT);
    }

    function validUntil(MemberSlot slot) internal pure returns (uint40) {
        return uint40(MemberSlot.unwrap(slot) >> UNTIL_AT);
    }

    function keyVersion(MemberSlot slot) internal pure returns (uint16) {
        return uint16(MemberSlot.unwrap(slot) >> KEY_AT);
    }

    function keyRevoked(MemberSlot slot) internal pure returns (bool) {
        return MemberSlot.unwrap(slot) & REVOKED != 0;
    }

    function suspended(MemberSlot slot) internal pure returns (bool) {
        return MemberSlot.unwrap(slot) & SUSPENDED != 0;
    }

    // forge-lint: disable-end(unsafe-typecast)
}
