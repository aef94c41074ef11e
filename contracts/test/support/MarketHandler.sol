// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../../src/common/DuoMatch.sol";
import {IMarket} from "../../src/interfaces/IMarket.sol";
import {MarketFixture} from "./MarketFixture.sol";
import {vm} from "./Vm.sol";

/// @title Random buyers, sellers, custodians and arbiters, and a book of the money that went in and out
contract MarketHandler is MarketFixture {
    uint64[2] private _datasets;
    address[] private _actors;
    mapping(uint64 id => IMarket.State) private _last;

    /// @notice What went in and out by the book, in each currency.
    uint256[2] public received;
    uint256[2] public paidOut;
    /// @notice What went through though it must not; empty while all is well.
    string public violation;
    /// @notice How many purchases ended and requests were refused, so that a test can see that the walk gets anywhere.
    uint256 public ended;
    uint256 public refusals;

    modifier followed() {
        _;
        follow();
    }

    constructor() {
        setUp();
        _actors = [researcher, doctor, clinician, author, arbiter, patient, outsider];
        _datasets = [offerModel("in credit", CREDIT), offerModel("in native currency", NATIVE)];
    }

    function buy(bool second, uint8 currency, uint16 term) public followed {
        address buyer = second ? doctor : researcher;
        currency %= 2;
        uint40 until = uint40(vm.getBlockTimestamp()) + 1 + uint40(term) * 60;
        fund(buyer);
        vm.prank(buyer);
        try grants.request(_datasets[currency], purposeOf(buyer), 0, until, MESSAGE) returns (uint64 id) {
            pay(buyer, id, currency);
            received[currency] += PRICE;
        } catch {}
    }

    function deliver(uint64 id) public followed {
        id = someRequest(id);
        uint32 revision = grants.requestOf(id).revision;
        vm.prank(patient);
        try grants.approve(seen(id, revision, 1), CAPSULE) {} catch {}
    }

    function refuse(uint64 id, uint8 kind) public followed {
        id = someRequest(id);
        bytes memory call = abi.encodeCall(grants.cancel, (id));
        if (kind % 3 == 1) call = abi.encodeCall(grants.deny, (id, 0));
        else if (kind % 3 == 2) call = abi.encodeCall(grants.returnForChanges, (id, 0));
        vm.prank(kind % 3 == 0 ? grants.requestOf(id).requester : patient);
        (bool done,) = address(grants).call(call);
        if (done) ++refusals;
    }

    function close(uint256 who, uint64 id, uint8 kind, uint16 buyerBps) public followed {
        id = someRequest(id);
        bytes memory call = abi.encodeCall(market.release, (id));
        if (kind % 5 == 1) call = abi.encodeCall(market.refund, (id));
        else if (kind % 5 == 2) call = abi.encodeCall(market.dispute, (id, 0));
        else if (kind % 5 == 3) call = abi.encodeCall(market.resolve, (id, buyerBps % 10_001));
        else if (kind % 5 == 4) call = abi.encodeCall(market.settle, (id));
        vm.prank(_actors[who % _actors.length]);
        (bool done,) = address(market).call(call);
        if (done && kind % 5 != 2) ++ended;
    }

    function takeOut(uint256 who, uint8 currency) public {
        currency %= 2;
        address actor = _actors[who % _actors.length];
        uint256 amount = market.owed(tokenOf(currency), actor);
        vm.prank(actor);
        try market.withdraw(tokenOf(currency)) {
            paidOut[currency] += amount;
        } catch {}
    }

    function pass(uint32 time) public {
        vm.warp(vm.getBlockTimestamp() + time % 10 days);
    }

    /// @notice What the market has in a currency.
    function balance(uint8 currency) external view returns (uint256) {
        return currency == NATIVE ? address(market).balance : credit.balanceOf(address(market));
    }

    /// @notice What is held for purchases that are open.
    function held(uint8 currency) external view returns (uint256 sum) {
        uint64 number = grants.count();
        for (uint64 id = 1; id <= number; ++id) {
            IMarket.Purchase memory purchase = market.purchaseOf(id);
            bool open = purchase.state == IMarket.State.Paid || purchase.state == IMarket.State.Delivered
                || purchase.state == IMarket.State.Disputed;
            if (open && purchase.currency == currency) sum += purchase.amount;
        }
    }

    /// @notice What everybody may take out.
    function owed(uint8 currency) external view returns (uint256 sum) {
        for (uint256 i = 0; i < _actors.length; ++i) {
            sum += market.owed(tokenOf(currency), _actors[i]);
        }
    }

    function follow() private {
        uint64 number = grants.count();
        for (uint64 id = 1; id <= number; ++id) {
            IMarket.State state = market.purchaseOf(id).state;
            if (!isStep(_last[id], state)) violation = "a purchase moved against the table";
            if (grants.isAllowed(id) && !market.isDelivered(id)) {
                violation = "somebody has what is not paid for";
            }
            _last[id] = state;
        }
    }

    function isStep(IMarket.State from, IMarket.State to) private pure returns (bool) {
        if (from == to) return true;
        if (from == IMarket.State.None) return to == IMarket.State.Paid;
        if (from == IMarket.State.Paid) {
            return to == IMarket.State.Delivered || to == IMarket.State.Refunded;
        }
        if (from == IMarket.State.Delivered) {
            return to == IMarket.State.Disputed || to == IMarket.State.Released;
        }
        bool end = to == IMarket.State.Released || to == IMarket.State.Refunded;
        return from == IMarket.State.Disputed && end;
    }

    function purposeOf(address buyer) private view returns (uint8) {
        return buyer == doctor ? DuoMatch.CC : DuoMatch.HMB;
    }

    function someRequest(uint64 seed) private view returns (uint64) {
        uint64 number = grants.count();
        vm.assume(number != 0);
        return seed % number + 1;
    }
}
