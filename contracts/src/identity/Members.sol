// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {MemberSlot} from "./MemberSlot.sol";
import {Roles} from "../common/Roles.sol";

/// @title Institutions and members, and all that `IdentityRegistry` keeps
abstract contract Members is IIdentityRegistry {
    using BitMaps for BitMaps.BitMap;

    /// @dev One slot.
    struct Seat {
        address admin;
        uint40 since;
    }

    /// @dev Bit 0 of `_flags`: no institution has the number 0.
    uint256 internal constant PAUSED = 0;

    mapping(uint32 id => Seat) internal _seats;
    mapping(address who => MemberSlot) internal _members;
    /// @dev Type 1: the key. Keys of the two types are told apart by where they stand.
    mapping(address who => mapping(uint16 version => bytes32)) internal _keys;
    /// @dev Type 2: the keccak256 of the key.
    mapping(address who => mapping(uint16 version => bytes32)) internal _hybridKeys;
    mapping(address who => mapping(uint16 version => bool)) internal _revokedKeys;
    /// @dev Bit i: institution i is active; bit 0: the pause. Every check of a role asks for both, and below 256 they
    ///      stand in one slot.
    BitMaps.BitMap internal _flags;

    /// @inheritdoc IIdentityRegistry
    function setMember(address who, uint32 institution, uint32 roles, uint40 validFrom, uint40 validUntil)
        external
        override
    {
        MemberSlot member = _members[who];
        _requireAdmin(institution, member.roles() | roles);
        uint32 home = member.institution();
        require(who != address(0) && (home == 0 || home == institution), InvalidArgument("who"));
        require(roles & ~Roles.ALL == 0, InvalidArgument("roles"));
        require(validFrom < validUntil, InvalidArgument("validUntil"));

        _members[who] = member.withMembership(institution, roles, validFrom, validUntil);
        emit MemberSet(who, institution, roles, validFrom, validUntil);
    }

    /// @inheritdoc IIdentityRegistry
    function suspend(address who, bool suspended) external override {
        MemberSlot member = _requireAdminOf(who);
        _members[who] = member.withSuspended(suspended);
        emit MemberSuspended(who, suspended);
    }

    /// @inheritdoc IIdentityRegistry
    function memberOf(address who) external view override returns (Member memory) {
        return _members[who].read();
    }

    /// @inheritdoc IIdentityRegistry
    function institutionOf(uint32 id) external view override returns (Institution memory) {
        return Institution(_seats[id].admin, _seats[id].since, _isActive(id));
    }

    /// @inheritdoc IIdentityRegistry
    function isAdministrator(uint32 institution, address who) external view override returns (bool) {
        return _isActive(institution) && (_seats[institution].admin == who || _isDeputy(institution, who));
    }

    /// @inheritdoc IIdentityRegistry
    function requireRole(address who, uint32 role)
        public
        view
        override
        returns (uint32 institution, uint16 keyVersion)
    {
        require(!_flags.get(PAUSED), IsPaused());
        MemberSlot member = _members[who];
        institution = member.institution();
        require(institution != 0, NotMember(who));
        require(_isActive(institution), InstitutionInactive(institution));
        keyVersion = _requireStanding(who, member, role);
    }

    /// @inheritdoc IIdentityRegistry
    function requireMember(address who, uint32 role) external view override returns (uint16 keyVersion) {
        MemberSlot member = _members[who];
        require(member.institution() != 0, NotMember(who));
        return _requireStanding(who, member, role);
    }

    /// @dev The member, if the caller administers it.
    function _requireAdminOf(address who) internal view returns (MemberSlot member) {
        member = _members[who];
        uint32 institution = member.institution();
        require(institution != 0, NotMember(who));
        _requireAdmin(institution, member.roles());
    }

    /// @dev A member that is or becomes a deputy is changed by the administrator alone.
    function _requireAdmin(uint32 id, uint32 roles) private view {
        bool allowed =
            _seats[id].admin == msg.sender || (roles & Roles.ADMINISTRATOR == 0 && _isDeputy(id, msg.sender));
        require(allowed, NotAdmin(id, msg.sender));
        require(_isActive(id), InstitutionInactive(id));
    }

    function _isActive(uint32 institution) private view returns (bool) {
        return institution != PAUSED && _flags.get(institution);
    }

    function _isDeputy(uint32 institution, address who) private view returns (bool) {
        MemberSlot member = _members[who];
        bool deputy = member.institution() == institution && member.roles() & Roles.ADMINISTRATOR != 0;
        return deputy && member.holds();
    }

    function _requireStanding(address who, MemberSlot member, uint32 role) private view returns (uint16) {
        if (!member.holds()) _refuse(who, member);
        require(member.roles() & role == role, MissingRole(who, role));
        return member.keyRevoked() ? 0 : member.keyVersion();
    }

    /// @dev Says why the membership does not hold.
    function _refuse(address who, MemberSlot member) private view {
        require(!member.suspended(), MemberIsSuspended(who));
        uint40 validFrom = member.validFrom();
        require(validFrom <= block.timestamp, MemberNotYetValid(who, validFrom));
        revert MemberExpired(who, member.validUntil());
    }
}
