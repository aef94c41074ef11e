// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @title Who is who: institutions, their members, roles and encryption keys
/// @notice The governor names institutions and their administrator; an administrator enrols the members of its
///         own institution; an encryption key is set by the member itself and by nobody else.
interface IIdentityRegistry {
    /// @param admin the one account that enrols and suspends members of the institution
    /// @param since when the institution was first named (Unix seconds)
    /// @param active while false, none of its members passes `requireRole`
    struct Institution {
        address admin;
        uint40 since;
        bool active;
    }

    /// @param institution 0 means: not a member
    /// @param roles bits: UPLOADER 1, PATIENT 2, RESEARCHER 4, INST_ADMIN 8, BREAK_GLASS 16, AUDITOR 32
    /// @param validUntil Unix seconds; the membership holds while block time < validUntil
    /// @param keyVersion version of the newest encryption key, 0 without one
    struct Member {
        uint32 institution;
        uint32 roles;
        uint40 validUntil;
        uint16 keyVersion;
        bool suspended;
    }

    /// @notice An institution was named, changed, closed or opened again.
    event InstitutionSet(uint32 indexed id, address indexed admin, bool active);
    /// @notice A member was enrolled, or its roles or term changed.
    event MemberSet(address indexed who, uint32 indexed institution, uint32 roles, uint40 validUntil);
    /// @notice A member was suspended, or its suspension lifted.
    event MemberSuspended(address indexed who, bool suspended);
    /// @notice A member set its next encryption key. keyType 1 = X25519 (32 bytes).
    event KeySet(address indexed who, uint16 version, uint8 keyType, bytes key);

    /// @notice `who` is not the governor.
    error NotGovernor(address who);
    /// @notice `who` is not the administrator of the institution.
    error NotAdmin(uint32 institution, address who);
    /// @notice `who` is enrolled nowhere.
    error NotMember(address who);
    /// @notice `who` is a member in good standing, but lacks `role`.
    error MissingRole(address who, uint32 role);
    /// @notice The institution has suspended `who`.
    error MemberIsSuspended(address who);
    /// @notice The membership of `who` ended at `validUntil`.
    error MemberExpired(address who, uint40 validUntil);
    /// @notice The institution is closed.
    error InstitutionInactive(uint32 institution);
    /// @notice An argument has a value that is never valid; `what` is its name in ASCII.
    error InvalidArgument(bytes32 what);

    /// @notice Names an institution, or changes its administrator or whether it is active. Governor only.
    /// @dev A new administrator becomes a member of the institution, in good standing, without end date, with
    ///      INST_ADMIN; the former one stays a member without INST_ADMIN. Setting the same administrator
    ///      again leaves its membership as it is.
    ///      Reverts: NotGovernor; InvalidArgument "id" (0), "admin" (zero, or member of another institution).
    function setInstitution(uint32 id, address admin, bool active) external;

    /// @notice Enrols a member or sets its roles and end date. Administrator of that institution only.
    /// @dev INST_ADMIN belongs to the administrator's seat: the administrator always keeps it, nobody else gets
    ///      it here. A past `validUntil` ends the membership.
    ///      Reverts: NotAdmin, InstitutionInactive; InvalidArgument "who" (zero, or member of another
    ///      institution), "roles" (unknown bit, or INST_ADMIN for someone else), "validUntil" (0).
    function setMember(address who, uint32 institution, uint32 roles, uint40 validUntil) external;

    /// @notice Suspends a member or lifts the suspension. Administrator of the member's institution only.
    /// @dev Reverts: NotMember, NotAdmin, InstitutionInactive; InvalidArgument "who" (the administrator itself,
    ///      whom only the governor replaces).
    function suspend(address who, bool suspended) external;

    /// @notice Sets the caller's own next encryption key; older versions stay readable.
    /// @param keyType 1 = X25519
    /// @param key 32 bytes, not all zero
    /// @return version of the new key, counted from 1
    /// @dev Reverts: NotMember, InstitutionInactive, MemberIsSuspended, MemberExpired; InvalidArgument
    ///      "keyType", "key", "keyVersion" (65,535 keys were set).
    function setKey(uint8 keyType, bytes calldata key) external returns (uint16 version);

    /// @notice The account that names institutions.
    function governor() external view returns (address);

    /// @notice The membership of `who`; all zero when there is none.
    function memberOf(address who) external view returns (Member memory);

    /// @notice The institution; all zero when it was never named.
    function institutionOf(uint32 id) external view returns (Institution memory);

    /// @notice One encryption key of a member; (0, 0) when there is no such version.
    function keyOf(address who, uint16 version) external view returns (uint8 keyType, bytes32 key);

    /// @notice Passes only if `who` is a member in good standing with every bit of `role` (0: any member).
    /// @return institution of the member
    /// @dev Reverts, in this order: NotMember, InstitutionInactive, MemberIsSuspended, MemberExpired, MissingRole.
    function requireRole(address who, uint32 role) external view returns (uint32 institution);
}
