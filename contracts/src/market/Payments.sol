// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {IMarket} from "../interfaces/IMarket.sol";
import {MarketStore} from "./MarketStore.sol";
import {Policy, PolicyWord} from "../common/Policy.sol";

/// @title Money in and money out
abstract contract Payments is MarketStore, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev What the caller is to pay, and under which terms.
    struct Offer {
        uint40 terms;
        uint96 price;
        uint8 currency;
    }

    /// @inheritdoc IMarket
    function pay(uint64 request) external payable override nonReentrant {
        _pay(request, _offerFor(request));
    }

    /// @inheritdoc IMarket
    function payWithPermit(uint64 request, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        override
        nonReentrant
    {
        Offer memory offer = _offerFor(request);
        // Whoever saw the permission could use it first: then the allowance stands already, and paying goes on.
        try IERC20Permit(_credit).permit(msg.sender, address(this), offer.price, deadline, v, r, s) {}
            catch {}
        _pay(request, offer);
    }

    /// @inheritdoc IMarket
    function withdraw(address token) external override nonReentrant {
        uint256 amount = _owed[token][msg.sender];
        require(amount != 0, NothingOwed(token, msg.sender));
        _owed[token][msg.sender] = 0;
        emit Withdrawn(token, msg.sender, amount);
        if (token == address(0)) Address.sendValue(payable(msg.sender), amount);
        else IERC20(token).safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IMarket
    function owed(address token, address who) external view override returns (uint256) {
        return _owed[token][who];
    }

    function _offerFor(uint64 request) private view returns (Offer memory offer) {
        (address requester, uint64 dataset, IAccessGrants.State state) = _grants.partiesOf(request);
        require(requester == msg.sender, NotBuyer(request, msg.sender));
        require(state == IAccessGrants.State.Requested, NotRequested(request, state));
        State paid = _purchases[request].state;
        require(paid == State.None, BadPurchaseState(request, paid));
        _identity.requireRole(msg.sender, 0);

        Policy policy = _datasets.policyOf(dataset);
        uint40 terms = _listings[dataset];
        // What is not listed has no price.
        offer = Offer(terms, _sales[terms].price, policy.currency());
        require(offer.price != 0 && policy.status() == PolicyWord.PUBLISHED, NotForSale(dataset));
    }

    function _pay(uint64 request, Offer memory offer) private {
        bool native = offer.currency == PolicyWord.NATIVE;
        uint256 value = native ? offer.price : 0;
        require(msg.value == value, WrongPrice(value, msg.value));
        _purchases[request] = Held({
            buyer: msg.sender,
            terms: offer.terms,
            since: uint40(block.timestamp),
            state: State.Paid,
            currency: offer.currency
        });
        emit Paid(request, msg.sender, offer.terms, offer.currency, offer.price);
        if (!native) IERC20(_credit).safeTransferFrom(msg.sender, address(this), offer.price);
    }
}
