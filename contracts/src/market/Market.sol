// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {IMarket} from "../interfaces/IMarket.sol";
import {Escrow} from "./Escrow.sol";
import {Governed} from "../common/Governed.sol";
import {Listings} from "./Listings.sol";
import {MarketStore} from "./MarketStore.sol";
import {Payments} from "./Payments.sol";

/// @title Money for what has a price; the promises stand in `IMarket`
contract Market is Listings, Payments, Escrow {
    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(
        IIdentityRegistry identity_,
        IDatasetRegistry datasets_,
        IAccessGrants grants_,
        address credit_
    ) Governed(identity_) MarketStore(datasets_, grants_, credit_) {}

    /// @inheritdoc IMarket
    function identity() external view override returns (IIdentityRegistry) {
        return _identity;
    }

    /// @inheritdoc IMarket
    function datasets() external view override returns (IDatasetRegistry) {
        return _datasets;
    }

    /// @inheritdoc IMarket
    function grants() external view override returns (IAccessGrants) {
        return _grants;
    }

    /// @inheritdoc IMarket
    function credit() external view override returns (address) {
        return _credit;
    }
}
