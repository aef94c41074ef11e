// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title The credit of the consortium: what prices are paid in where native currency has no value
/// @notice ERC-20 with 18 decimals and permissions by signature (ERC-2612). Whoever has MINTER gives it out; the
///         governor decides who that is. It is not upgradeable.
contract ConsortiumCredit is ERC20, ERC20Permit, AccessControl {
    /// @notice May mint.
    bytes32 public constant MINTER = keccak256("MINTER");

    /// @param governor gives and takes MINTER, and has it
    constructor(address governor) ERC20("Amana Credit", "AMC") ERC20Permit("Amana Credit") {
        _grantRole(DEFAULT_ADMIN_ROLE, governor);
        _grantRole(MINTER, governor);
    }

    /// @notice Gives out `amount` of the smallest unit. MINTER only.
    /// @dev Reverts: AccessControlUnauthorizedAccount, ERC20InvalidReceiver (zero).
    function mint(address to, uint256 amount) external onlyRole(MINTER) {
        _mint(to, amount);
    }
}
