// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {Roles} from "./Roles.sol";

/// @title Who is who; the promises stand in `IIdentityRegistry`
contract IdentityRegistry is IIdentityRegistry {
    /// @dev The only key type so far; one type needs no storage beside the key.
    uint8 private constant X25519 = 1;

    /// @inheritdoc IIdentityRegistry
    address public override governor;

    mapping(uint32 id => Institution) private _institutions;
    mapping(address who => Member) private _members;
    mapping(address who => mapping(uint16 version => bytes32)) private _keys;

    /// @dev The governor stands in storage, not in the code: the code hash is the same on every network.
    constructor(address governor_) {
        require(governor_ != address(0), InvalidArgument("governor"));
        governor = governor_;
    }

    /// @inheritdoc IIdentityRegistry
    function setInstitution(uint32 id, address admin, bool active) external override {
        require(msg.sender == governor, NotGovernor(msg.sender));
        require(id != 0, InvalidArgument("id"));
        uint32 home = _members[admin].institution;
        require(admin != address(0) && (home == 0 || home == id), InvalidArgument("admin"));

        Institution storage institution = _institutions[id];
        address former = institution.admin;
        if (institution.since == 0) institution.since = uint40(block.timestamp);
        institution.admin = admin;
        institution.active = active;
        emit InstitutionSet(id, admin, active);

        if (admin == former) return;
        if (former != address(0)) _unseat(former);
        _seat(admin, id);
    }

    /// @inheritdoc IIdentityRegistry
    function setMember(address who, uint32 institution, uint32 roles, uint40 validUntil) external override {
        _requireAdmin(institution);
        Member storage member = _members[who];
        uint32 home = member.institution;
        require(who != address(0) && (home == 0 || home == institution), InvalidArgument("who"));
        require(validUntil != 0, InvalidArgument("validUntil"));
        // Only the administrator itself gets here with who == msg.sender: its seat keeps the role.
        if (who == msg.sender) roles |= Roles.INST_ADMIN;
        else require(roles & Roles.INST_ADMIN == 0, InvalidArgument("roles"));
        require(roles & ~Roles.ALL == 0, InvalidArgument("roles"));

        member.institution = institution;
        member.roles = roles;
        member.validUntil = validUntil;
        emit MemberSet(who, institution, roles, validUntil);
    }

    /// @inheritdoc IIdentityRegistry
    function suspend(address who, bool suspended) external override {
        Member storage member = _members[who];
        uint32 institution = member.institution;
        require(institution != 0, NotMember(who));
        _requireAdmin(institution);
        require(who != msg.sender, InvalidArgument("who"));

        member.suspended = suspended;
        emit MemberSuspended(who, suspended);
    }

    /// @inheritdoc IIdentityRegistry
    function setKey(uint8 keyType, bytes calldata key) external override returns (uint16 version) {
        requireRole(msg.sender, 0);
        require(keyType == X25519, InvalidArgument("keyType"));
        require(key.length == 32, InvalidArgument("key"));
        bytes32 value = abi.decode(key, (bytes32));
        require(value != 0, InvalidArgument("key"));
        Member storage member = _members[msg.sender];
        version = member.keyVersion;
        require(version != type(uint16).max, InvalidArgument("keyVersion"));

        member.keyVersion = ++version;
        _keys[msg.sender][version] = value;
        emit KeySet(msg.sender, version, keyType, key);
    }

    /// @inheritdoc IIdentityRegistry
    function memberOf(address who) external view override returns (Member memory) {
        return _members[who];
    }

    /// @inheritdoc IIdentityRegistry
    function institutionOf(uint32 id) external view override returns (Institution memory) {
        return _institutions[id];
    }

    /// @inheritdoc IIdentityRegistry
    function keyOf(address who, uint16 version) external view override returns (uint8 keyType, bytes32 key) {
        key = _keys[who][version];
        keyType = key == 0 ? 0 : X25519;
    }

    /// @inheritdoc IIdentityRegistry
    function requireRole(address who, uint32 role) public view override returns (uint32 institution) {
        Member memory member = _members[who];
        institution = member.institution;
        require(institution != 0, NotMember(who));
        require(_institutions[institution].active, InstitutionInactive(institution));
        require(!member.suspended, MemberIsSuspended(who));
        require(block.timestamp < member.validUntil, MemberExpired(who, member.validUntil));
        require(member.roles & role == role, MissingRole(who, role));
    }

    function _requireAdmin(uint32 id) private view {
        Institution storage institution = _institutions[id];
        require(institution.admin == msg.sender, NotAdmin(id, msg.sender));
        require(institution.active, InstitutionInactive(id));
    }

    function _seat(address admin, uint32 institution) private {
        Member storage member = _members[admin];
        uint32 roles = member.roles | Roles.INST_ADMIN;
        member.institution = institution;
        member.roles = roles;
        member.validUntil = type(uint40).max;
        emit MemberSet(admin, institution, roles, type(uint40).max);
        if (!member.suspended) return;
        member.suspended = false;
        emit MemberSuspended(admin, false);
    }

    function _unseat(address admin) private {
        Member storage member = _members[admin];
        uint32 roles = member.roles & ~Roles.INST_ADMIN;
        member.roles = roles;
        emit MemberSet(admin, member.institution, roles, member.validUntil);
    }
}
