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

    /// @inheritdoc IMarket
    function pay(uint64 request) external payable override nonReentrant {
        (uint64 terms, Policy offer) = _offerFor(request);
        _pay(request, terms, offer);
    }

    /// @inheritdoc IMarket
    function payWithPermit(uint64 request, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        override
        nonReentrant
    {
        (uint64 terms, Policy offer) = _offerFor(request);
        // Whoever saw the permission could use it first: then the allowance stands already, and paying goes on.
        try IERC20Permit(_credit).permit(msg.sender, address(this), offer.price(), deadline, v, r, s) {}
            catch {}
        _pay(request, terms, offer);
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

    /// @dev What the caller is to pay for its request, and under which terms.
    function _offerFor(uint64 request) private view returns (uint64 terms, Policy offer) {
        (address requester, uint64 dataset, IAccessGrants.State state) = _grants.partiesOf(request);
        require(requester == msg.sender, NotBuyer(request, msg.sender));
        require(state == IAccessGrants.State.Requested, NotRequested(request, state));
        State paid = _purchases[request].state;
        require(paid == State.None, BadPurchaseState(request, paid));
        _identity.requireRole(msg.sender, 0);

        offer = _datasets.policyOf(dataset);
        terms = _listings[dataset];
        bool forSale = offer.price() != 0 && offer.status() == PolicyWord.PUBLISHED && terms != 0;
        require(forSale, NotForSale(dataset));
    }

    function _pay(uint64 request, uint64 terms, Policy offer) private {
        uint256 value = offer.currency() == PolicyWord.NATIVE ? offer.price() : 0;
        require(msg.value == value, WrongPrice(value, msg.value));
        _purchases[request] = Purchase({
            buyer: msg.sender,
            amount: offer.price(),
            terms: terms,
            since: uint40(block.timestamp),
            state: State.Paid,
            currency: offer.currency()
        });
        emit Paid(request, msg.sender, terms, offer.currency(), offer.price());
        if (offer.currency() == PolicyWord.NATIVE) return;
        IERC20(_credit).safeTransferFrom(msg.sender, address(this), offer.price());
    }
}
