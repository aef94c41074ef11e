// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {
    AccessControlDefaultAdminRulesUpgradeable
} from "@openzeppelin/contracts-upgradeable/access/extensions/AccessControlDefaultAdminRulesUpgradeable.sol";
import {
    AccessControlUpgradeable
} from "@openzeppelin/contracts-upgradeable/access/AccessControlUpgradeable.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Keys} from "./Keys.sol";

/// @title Who is who, and the one authority over all contracts; the promises stand in `IIdentityRegistry`
contract IdentityRegistry is Keys, AccessControlDefaultAdminRulesUpgradeable, UUPSUpgradeable {
    using BitMaps for BitMaps.BitMap;

    /// @notice May pause.
    bytes32 public constant GUARDIAN = keccak256("GUARDIAN");
    /// @notice May upgrade: the timelock.
    bytes32 public constant UPGRADER = keccak256("UPGRADER");
    /// @dev How long a change of the governor waits, as long as an upgrade.
    uint48 private constant GOVERNOR_DELAY = 48 hours;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /// @notice Names those who govern; once, by the proxy when it is made.
    /// @dev Reverts: AccessControlInvalidDefaultAdmin for no governor.
    function initialize(address governor_, address guardian, address upgrader) external initializer {
        __AccessControlDefaultAdminRules_init(GOVERNOR_DELAY, governor_);
        _grantRole(GUARDIAN, guardian);
        _grantRole(UPGRADER, upgrader);
        // Else the governor could name itself, and upgrade without waiting.
        _setRoleAdmin(UPGRADER, UPGRADER);
    }

    /// @inheritdoc IIdentityRegistry
    function setInstitution(uint32 id, address admin, bool active) external override {
        _requireGovernor();
        require(id != 0, InvalidArgument("id"));
        require(admin != address(0), InvalidArgument("admin"));

        Seat storage seat = _seats[id];
        if (seat.since == 0) seat.since = uint40(block.timestamp);
        seat.admin = admin;
        _flags.setTo(id, active);
        emit InstitutionSet(id, admin, active);
    }

    /// @inheritdoc IIdentityRegistry
    function pause() external override {
        require(hasRole(GUARDIAN, msg.sender), NotGuardian(msg.sender));
        _flags.set(PAUSED);
        emit Paused(msg.sender);
    }

    /// @inheritdoc IIdentityRegistry
    function unpause() external override {
        _requireGovernor();
        _flags.unset(PAUSED);
        emit Unpaused(msg.sender);
    }

    /// @inheritdoc IIdentityRegistry
    function governor() external view override returns (address) {
        return defaultAdmin();
    }

    /// @inheritdoc IIdentityRegistry
    function paused() external view override returns (bool) {
        return _flags.get(PAUSED);
    }

    /// @inheritdoc IIdentityRegistry
    function hasRole(bytes32 role, address account)
        public
        view
        override(IIdentityRegistry, IAccessControl, AccessControlUpgradeable)
        returns (bool)
    {
        return super.hasRole(role, account);
    }

    function _authorizeUpgrade(address) internal view override {
        require(hasRole(UPGRADER, msg.sender), NotUpgrader(msg.sender));
    }

    function _requireGovernor() private view {
        require(msg.sender == defaultAdmin(), NotGovernor(msg.sender));
    }
}
