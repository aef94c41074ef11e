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

    /// @dev One slot. The price is that of the entry, which never changes: kept here, it takes no slot of a purchase.
    struct Sale {
        address arbiter;
        uint96 price;
    }

    /// @dev One slot: who paid, and what became of it. The amount is the price in the terms.
    struct Held {
        address buyer;
        uint40 terms;
        uint40 since;
        State state;
        uint8 currency;
    }

    uint40 internal _terms;
    mapping(uint64 dataset => uint40 terms) internal _listings;
    mapping(uint64 terms => Sale) internal _sales;
    mapping(uint64 terms => Share[]) internal _shares;
    mapping(uint64 request => Held) internal _purchases;
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
