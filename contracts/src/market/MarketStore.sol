// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";
import {IMarket} from "../interfaces/IMarket.sol";
import {Governed} from "../common/Governed.sol";
import {PolicyWord} from "../common/Policy.sol";

/// @title All that `Market` keeps
abstract contract MarketStore is IMarket, Governed {
    uint256 internal constant BPS = 10_000;

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IDatasetRegistry internal immutable _datasets;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IAccessGrants internal immutable _grants;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    address internal immutable _credit;

    /// @dev One slot each.
    struct Share {
        address payee;
        uint16 bps;
    }

    uint64 internal _terms;
    mapping(uint64 dataset => uint64 terms) internal _listings;
    mapping(uint64 terms => address) internal _arbiters;
    mapping(uint64 terms => Share[]) internal _shares;
    /// @dev Two slots each: who paid how much, and what became of it.
    mapping(uint64 request => Purchase) internal _purchases;
    mapping(address token => mapping(address who => uint256)) internal _owed;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IDatasetRegistry datasets_, IAccessGrants grants_, address credit_) {
        _datasets = datasets_;
        _grants = grants_;
        _credit = credit_;
    }

    function _tokenOf(uint8 currency) internal view returns (address) {
        return currency == PolicyWord.NATIVE ? address(0) : _credit;
    }
}
