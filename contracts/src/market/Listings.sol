// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IMarket} from "../interfaces/IMarket.sol";
import {MarketStore} from "./MarketStore.sol";

/// @title The terms of sale
abstract contract Listings is MarketStore {
    /// @dev Bounds what a release costs.
    uint256 private constant MAX_PAYEES = 16;

    /// @inheritdoc IMarket
    function list(uint64 dataset, address arbiter, address[] calldata payees, uint16[] calldata sharesBps)
        external
        override
        returns (uint64 terms)
    {
        require(_datasets.ownerOf(dataset) == msg.sender, NotOwner(dataset, msg.sender));
        require(arbiter != address(0) && arbiter != msg.sender, InvalidArgument("arbiter"));
        uint256 number = payees.length;
        require(number != 0 && number <= MAX_PAYEES && number == sharesBps.length, BadShares());

        _listings[dataset] = ++_terms;
        terms = _terms;
        _sales[terms] = Sale(arbiter, _datasets.policyOf(dataset).price());
        _storeShares(terms, arbiter, payees, sharesBps);
        emit Listed(dataset, terms, arbiter, payees, sharesBps);
    }

    /// @inheritdoc IMarket
    function termsOf(uint64 terms) external view override returns (Terms memory result) {
        Share[] memory shares = _shares[terms];
        result.arbiter = _sales[terms].arbiter;
        result.payees = new address[](shares.length);
        result.sharesBps = new uint16[](shares.length);
        for (uint256 i = 0; i < shares.length; ++i) {
            (result.payees[i], result.sharesBps[i]) = (shares[i].payee, shares[i].bps);
        }
    }

    /// @inheritdoc IMarket
    function listingOf(uint64 dataset) external view override returns (uint64 terms) {
        return _listings[dataset];
    }

    function _storeShares(
        uint64 terms,
        address arbiter,
        address[] calldata payees,
        uint16[] calldata sharesBps
    ) private {
        uint256 sum = 0;
        for (uint256 i = 0; i < payees.length; ++i) {
            require(payees[i] != address(0), InvalidArgument("payee"));
            require(payees[i] != arbiter, InvalidArgument("arbiter"));
            require(sharesBps[i] != 0, BadShares());
            sum += sharesBps[i];
            _shares[terms].push(Share(payees[i], sharesBps[i]));
        }
        require(sum == BPS, BadShares());
    }
}
