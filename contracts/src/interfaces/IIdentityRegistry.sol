// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @title Who is who: institutions, their members, roles and encryption keys
/// @notice The governor names institutions and their administrator; administrators enrol the members of their own
///         institution; an encryption key is set by the member itself and by nobody else.
/// @dev Roles of OpenZeppelin's AccessControl: DEFAULT_ADMIN_ROLE is the governor, GUARDIAN = keccak256("GUARDIAN")
///      pauses, UPGRADER = keccak256("UPGRADER") is the timelock. UPGRADER is its own administrator, so the
///      governor cannot take a shortcut around the timelock. All upgradeable contracts ask this one.
interface IIdentityRegistry {
    /// @param admin the account in the administrator's seat; it need not be a member
    /// @param since when the institution was first named (Unix seconds)
    /// @param active while false, none of its members passes `requireRole`
    struct Institution {
        address admin;
        uint40 since;
        bool active;
    }

    /// @param institution 0 means: not a member
    /// @param roles bits: UPLOADER 1, PATIENT 2, RESEARCHER 4, ADMINISTRATOR 8, BREAK_GLASS 16, AUDITOR 32
    /// @param validFrom Unix seconds; the membership holds while validFrom ≤ block time
    /// @param validUntil Unix seconds; the membership holds while block time < validUntil
    /// @param keyVersion version of the newest encryption key, 0 without one
    /// @param keyRevoked whether that newest key was revoked
    struct Member {
        uint32 institution;
        uint32 roles;
        uint40 validFrom;
        uint40 validUntil;
        uint16 keyVersion;
        bool keyRevoked;
        bool suspended;
    }

    /// @notice An institution was named, changed, closed or opened again.
    event InstitutionSet(uint32 indexed id, address indexed admin, bool active);
    /// @notice A member was enrolled, or its roles or term changed.
    event MemberSet(
        address indexed who, uint32 indexed institution, uint32 roles, uint40 validFrom, uint40 validUntil
    );
    /// @notice A member was suspended, or its suspension lifted.
    event MemberSuspended(address indexed who, bool suspended);
    /// @notice A member set its next encryption key. keyType 1 = X25519 (32 bytes), 2 = X25519 with ML-KEM-768
    ///         (1,216 bytes); the whole key stands here only.
    event KeySet(address indexed who, uint16 version, uint8 keyType, bytes key);
    /// @notice A key must not be wrapped for any more.
    event KeyRevoked(address indexed who, uint16 version, address indexed by);
    /// @notice Everything that needs a role stopped.
    event Paused(address indexed by);
    /// @notice Work goes on.
    event Unpaused(address indexed by);

    /// @notice `who` is not the governor.
    error NotGovernor(address who);
    /// @notice `who` is no guardian.
    error NotGuardian(address who);
    /// @notice `who` is not the timelock.
    error NotUpgrader(address who);
    /// @notice `who` may not administer this member, or this institution.
    error NotAdmin(uint32 institution, address who);
    /// @notice `who` is enrolled nowhere.
    error NotMember(address who);
    /// @notice `who` is a member in good standing, but lacks `role`.
    error MissingRole(address who, uint32 role);
    /// @notice The institution has suspended `who`.
    error MemberIsSuspended(address who);
    /// @notice The membership of `who` begins at `validFrom`.
    error MemberNotYetValid(address who, uint40 validFrom);
    /// @notice The membership of `who` ended at `validUntil`.
    error MemberExpired(address who, uint40 validUntil);
    /// @notice The institution is closed.
    error InstitutionInactive(uint32 institution);
    /// @notice `who` has no key of this version.
    error UnknownKey(address who, uint16 version);
    /// @notice This key was revoked before.
    error KeyRevokedAlready(address who, uint16 version);
    /// @notice The contracts are paused.
    error IsPaused();
    /// @notice An argument has a value that is never valid; `what` is its name in ASCII.
    error InvalidArgument(bytes32 what);

    /// @notice Names an institution, or changes its administrator or whether it is active. Governor only.
    /// @dev Reverts: NotGovernor; InvalidArgument "id" (0), "admin" (zero).
    function setInstitution(uint32 id, address admin, bool active) external;

    /// @notice Enrols a member or sets its roles and term. The institution's administrator, or its deputies: members
    ///         in good standing with ADMINISTRATOR. A deputy is made and changed by the administrator alone.
    /// @dev A past `validUntil` ends the membership. A member belongs to one institution for good.
    ///      Reverts: NotAdmin, InstitutionInactive; InvalidArgument "who" (zero, or member of another institution),
    ///      "roles" (unknown bit), "validUntil" (not after `validFrom`).
    function setMember(address who, uint32 institution, uint32 roles, uint40 validFrom, uint40 validUntil)
        external;

    /// @notice Suspends a member or lifts the suspension; who may is as in `setMember`. Works while paused.
    /// @dev Reverts: NotMember, NotAdmin, InstitutionInactive.
    function suspend(address who, bool suspended) external;

    /// @notice Sets the caller's own next encryption key; older versions stay readable.
    /// @param keyType 1 = X25519, 2 = X25519 with ML-KEM-768
    /// @param key 32 bytes, not all zero, for type 1; 1,216 bytes for type 2
    /// @return version of the new key, counted from 1
    /// @dev Reverts: as `requireRole`; InvalidArgument "keyType", "key", "keyVersion" (65,535 keys were set).
    function setKey(uint8 keyType, bytes calldata key) external returns (uint16 version);

    /// @notice Revokes a key: by the member itself, or whoever may suspend it. Works while paused. While its newest
    ///         key is revoked, a member can neither ask for access nor be given it.
    /// @dev Reverts: NotMember, NotAdmin, InstitutionInactive, UnknownKey, KeyRevokedAlready.
    function revokeKey(address who, uint16 version) external;

    /// @notice Stops all that needs a role. Guardians only. Refusing, revoking, withdrawing and taking one's money
    ///         out never stop.
    /// @dev Reverts: NotGuardian. Pausing twice changes nothing.
    function pause() external;

    /// @notice Ends the pause. Governor only, so that a guardian whose key was stolen cannot.
    /// @dev Reverts: NotGovernor.
    function unpause() external;

    /// @notice The account that names institutions.
    function governor() external view returns (address);

    /// @notice Whether `account` has a role of AccessControl, as OpenZeppelin's IAccessControl has it.
    function hasRole(bytes32 role, address account) external view returns (bool);

    /// @notice Whether the contracts are paused.
    function paused() external view returns (bool);

    /// @notice The membership of `who`; all zero when there is none.
    function memberOf(address who) external view returns (Member memory);

    /// @notice The institution; all zero when it was never named.
    function institutionOf(uint32 id) external view returns (Institution memory);

    /// @notice Whether `who` administers the institution, as its administrator or a deputy; false when it is closed.
    function isAdministrator(uint32 institution, address who) external view returns (bool);

    /// @notice One encryption key of a member; (0, 0, false) when there is no such version.
    /// @return keyType as in `setKey`
    /// @return key the key itself for type 1, its keccak256 for type 2
    /// @return revoked whether it was revoked
    function keyOf(address who, uint16 version)
        external
        view
        returns (uint8 keyType, bytes32 key, bool revoked);

    /// @notice Passes only if `who` is a member in good standing with every bit of `role` (0: any member).
    /// @return institution of the member
    /// @return keyVersion of its newest key; 0 when it has none, or it was revoked
    /// @dev Reverts, in this order: IsPaused, NotMember, InstitutionInactive, MemberIsSuspended, MemberNotYetValid,
    ///      MemberExpired, MissingRole.
    function requireRole(address who, uint32 role)
        external
        view
        returns (uint32 institution, uint16 keyVersion);

    /// @notice As `requireRole`, from the slot of the member alone: neither the pause nor a closed institution is
    ///         looked at. For what must stay possible while paused, and where `isAllowed` looks at both later.
    /// @dev Reverts, in this order: NotMember, MemberIsSuspended, MemberNotYetValid, MemberExpired, MissingRole.
    function requireMember(address who, uint32 role) external view returns (uint16 keyVersion);
}
