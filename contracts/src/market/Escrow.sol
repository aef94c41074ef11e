// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {IMarket} from "../interfaces/IMarket.sol";
import {MarketStore} from "./MarketStore.sol";
import {PolicyWord} from "../common/Policy.sol";

/// @title What becomes of money that is held
/// @dev Nothing is sent from here: whoever is owed takes it out by `withdraw`, so that nobody can block another.
abstract contract Escrow is MarketStore {
    uint40 private constant DELIVERY_TERM = 7 days;
    uint40 private constant DISPUTE_TERM = 3 days;
    uint40 private constant ARBITER_TERM = 30 days;

    /// @inheritdoc IMarket
    function delivered(uint64 request) external override {
        require(msg.sender == address(_grants), NotGrants(msg.sender));
        Held storage purchase = _purchases[request];
        require(purchase.state == State.Paid, NotPaid(request));
        _enter(purchase, State.Delivered);
        emit Delivered(request);
    }

    /// @inheritdoc IMarket
    function release(uint64 request) external override {
        Held storage purchase = _in(request, State.Delivered);
        uint40 time = purchase.since + DISPUTE_TERM;
        bool due = msg.sender == purchase.buyer || block.timestamp >= time;
        require(due, TooEarly(request, time));
        _close(request, purchase, State.Released, 0);
    }

    /// @inheritdoc IMarket
    function refund(uint64 request) external override {
        Held storage purchase = _in(request, State.Paid);
        uint40 time = purchase.since + DELIVERY_TERM;
        require(block.timestamp >= time || _isHopeless(request), TooEarly(request, time));
        _close(request, purchase, State.Refunded, _amountOf(purchase));
    }

    /// @inheritdoc IMarket
    function dispute(uint64 request, bytes32 reasonDigest) external override {
        Held storage purchase = _in(request, State.Delivered);
        require(msg.sender == purchase.buyer, NotBuyer(request, msg.sender));
        uint40 time = purchase.since + DISPUTE_TERM;
        require(block.timestamp < time, TooLate(request, time));
        _enter(purchase, State.Disputed);
        emit Disputed(request, reasonDigest);
    }

    /// @inheritdoc IMarket
    function resolve(uint64 request, uint16 buyerBps) external override {
        Held storage purchase = _in(request, State.Disputed);
        require(msg.sender == _sales[purchase.terms].arbiter, NotArbiter(request, msg.sender));
        require(buyerBps <= BPS, InvalidArgument("buyerBps"));
        // forge-lint: disable-next-line(unsafe-typecast) a part of what fits
        uint96 toBuyer = uint96(uint256(_amountOf(purchase)) * buyerBps / BPS);
        _close(request, purchase, buyerBps == BPS ? State.Refunded : State.Released, toBuyer);
    }

    /// @inheritdoc IMarket
    function settle(uint64 request) external override {
        Held storage purchase = _in(request, State.Disputed);
        uint40 time = purchase.since + ARBITER_TERM;
        require(block.timestamp >= time, TooEarly(request, time));
        _close(request, purchase, State.Refunded, _amountOf(purchase));
    }

    /// @inheritdoc IMarket
    function purchaseOf(uint64 request) external view override returns (Purchase memory) {
        Held storage purchase = _purchases[request];
        return Purchase({
            buyer: purchase.buyer,
            amount: _amountOf(purchase),
            terms: purchase.terms,
            since: purchase.since,
            state: purchase.state,
            currency: purchase.currency
        });
    }

    /// @inheritdoc IMarket
    function isDelivered(uint64 request) external view override returns (bool) {
        State state = _purchases[request].state;
        return state == State.Delivered || state == State.Disputed || state == State.Released;
    }

    /// @dev The purchase, if it is in this state.
    function _in(uint64 request, State needed) private view returns (Held storage purchase) {
        purchase = _purchases[request];
        State state = purchase.state;
        require(state == needed, BadPurchaseState(request, state));
    }

    function _enter(Held storage purchase, State state) private {
        purchase.state = state;
        purchase.since = uint40(block.timestamp);
    }

    function _amountOf(Held storage purchase) private view returns (uint96) {
        return _sales[purchase.terms].price;
    }

    /// @dev Whether what was paid for cannot be delivered any more.
    function _isHopeless(uint64 request) private view returns (bool) {
        (, uint64 dataset, IAccessGrants.State state) = _grants.partiesOf(request);
        bool open = state == IAccessGrants.State.Requested || state == IAccessGrants.State.Returned;
        if (!open) return true;
        return _datasets.policyOf(dataset).status() == PolicyWord.WITHDRAWN;
    }

    /// @dev Splits what was held between the buyer and the payees; the last payee takes what rounding leaves.
    function _close(uint64 request, Held storage purchase, State state, uint96 toBuyer) private {
        address token = _tokenOf(purchase.currency);
        uint256 toPayees = _amountOf(purchase) - toBuyer;
        _enter(purchase, state);
        if (toBuyer != 0) _owed[token][purchase.buyer] += toBuyer;
        if (toPayees != 0) _share(token, purchase.terms, toPayees);
        if (state == State.Refunded) emit Refunded(request);
        else emit Released(request, toBuyer);
    }

    function _share(address token, uint64 terms, uint256 amount) private {
        Share[] storage shares = _shares[terms];
        uint256 last = shares.length - 1;
        uint256 left = amount;
        for (uint256 i = 0; i < last; ++i) {
            uint256 part = amount * shares[i].bps / BPS;
            left -= part;
            _owed[token][shares[i].payee] += part;
        }
        _owed[token][shares[last].payee] += left;
    }
}
