// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";

/// @title What the contracts beside the registry of members share: they stand behind a proxy, and ask that registry
/// @dev The addresses of other contracts are part of the code, so that using them reads no storage. They are proxies:
///      known before they are deployed, and never replaced.
abstract contract Governed is Initializable, UUPSUpgradeable {
    /// @dev As in `IdentityRegistry`.
    bytes32 private constant UPGRADER = keccak256("UPGRADER");

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IIdentityRegistry internal immutable _identity;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IIdentityRegistry identity_) {
        _identity = identity_;
        _disableInitializers();
    }

    /// @notice There is nothing to set; the proxy asks for a call, and this one cannot be made twice.
    function initialize() external initializer {}

    function _authorizeUpgrade(address) internal view override {
        require(_identity.hasRole(UPGRADER, msg.sender), IIdentityRegistry.NotUpgrader(msg.sender));
    }
}
