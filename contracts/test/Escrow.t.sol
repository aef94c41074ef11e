// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/common/DuoMatch.sol";
import {IMarket} from "../src/interfaces/IMarket.sol";
import {MarketFixture} from "./support/MarketFixture.sol";
import {vm} from "./support/Vm.sol";

/// @title What becomes of money that is held
contract EscrowTest is MarketFixture {
    bytes32 private constant REASON = keccak256("reason");
    address private token;
    uint64 private dataset;
    uint64 private id;

    function setUp() public override {
        super.setUp();
        token = address(credit);
        dataset = offerModel("model", CREDIT);
        id = askAndPay(dataset);
    }

    // delivered

    function test_TheDecidingApprovalDelivers() public {
        vm.assertFalse(market.isDelivered(id));
        vm.warp(NOW + 5);
        vm.expectEmit(address(market));
        emit IMarket.Delivered(id);
        approve(patient, id, 1, 1);
        assertPurchase(id, IMarket.State.Delivered);
        vm.assertEq(market.purchaseOf(id).since, NOW + 5);
        vm.assertTrue(market.isDelivered(id));
        vm.assertTrue(grants.isAllowed(id));
    }

    function test_NoCapsuleLeavesUnpaid() public {
        uint64 unpaid = ask(doctor, dataset, DuoMatch.CC);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotPaid.selector, unpaid));
        approve(patient, unpaid, 1, 1);
        vm.warp(NOW + 7 days);
        market.refund(id);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotPaid.selector, id));
        approve(patient, id, 1, 1);
    }

    function testFuzz_OnlyTheGrantsTellOfDeliveries(address caller) public {
        vm.assume(caller != address(grants));
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotGrants.selector, caller));
        vm.prank(caller);
        market.delivered(id);
    }

    // release

    function test_TheBuyerReleasesAtOnce() public {
        approve(patient, id, 1, 1);
        vm.expectEmit(address(market));
        emit IMarket.Released(id, 0);
        vm.prank(researcher);
        market.release(id);
        assertPurchase(id, IMarket.State.Released);
        assertOwed(token, author, 333);
        assertOwed(token, clinician, 667);
        vm.assertTrue(grants.isAllowed(id));
    }

    function testFuzz_AnybodyReleasesAfterThreeDays(address caller) public {
        vm.assume(caller != researcher);
        approve(patient, id, 1, 1);
        vm.warp(NOW + 3 days - 1);
        vm.expectRevert(tooEarly(id, NOW + 3 days));
        vm.prank(caller);
        market.release(id);
        vm.warp(NOW + 3 days);
        vm.prank(caller);
        market.release(id);
        assertOwed(token, clinician, 667);
    }

    // refund

    function test_SevenDaysWithoutDelivery() public {
        vm.warp(NOW + 7 days - 1);
        vm.expectRevert(tooEarly(id, NOW + 7 days));
        market.refund(id);
        vm.warp(NOW + 7 days);
        vm.expectEmit(address(market));
        emit IMarket.Refunded(id);
        market.refund(id);
        assertRefunded();
    }

    function test_AtOnceWhenDenied() public {
        vm.prank(patient);
        grants.deny(id, 0);
        market.refund(id);
        assertRefunded();
    }

    function test_AtOnceWhenCancelled() public {
        vm.prank(researcher);
        grants.cancel(id);
        market.refund(id);
        assertRefunded();
    }

    function test_AtOnceWhenExpired() public {
        uint64 other = ask(doctor, dataset, DuoMatch.CC);
        vm.warp(UNTIL - 1);
        pay(doctor, other, CREDIT);
        vm.expectRevert(tooEarly(other, UNTIL - 1 + 7 days));
        market.refund(other);
        vm.warp(UNTIL);
        market.refund(other);
        assertOwed(token, doctor, PRICE);
    }

    function test_AtOnceWhenTheDatasetIsWithdrawn() public {
        withdrawDataset(dataset);
        market.refund(id);
        assertRefunded();
    }

    function test_NotWhileItIsReturned() public {
        vm.prank(patient);
        grants.returnForChanges(id, 0);
        vm.expectRevert(tooEarly(id, NOW + 7 days));
        market.refund(id);
    }

    // dispute and resolve

    function test_TheBuyerDisputesWithinThreeDays() public {
        approve(patient, id, 1, 1);
        vm.warp(NOW + 3 days - 1);
        vm.expectEmit(address(market));
        emit IMarket.Disputed(id, REASON);
        dispute(researcher);
        assertPurchase(id, IMarket.State.Disputed);
        vm.warp(NOW + 60 days);
        vm.expectRevert(badPurchase(id, IMarket.State.Disputed));
        market.release(id);
    }

    function test_NotLater() public {
        approve(patient, id, 1, 1);
        vm.warp(NOW + 3 days);
        vm.expectRevert(abi.encodeWithSelector(IMarket.TooLate.selector, id, NOW + 3 days));
        dispute(researcher);
    }

    function testFuzz_OnlyTheBuyerDisputes(address caller) public {
        vm.assume(caller != researcher);
        approve(patient, id, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotBuyer.selector, id, caller));
        dispute(caller);
    }

    function testFuzz_TheArbiterSplits(uint16 buyerBps) public {
        buyerBps %= 10_000;
        disputed();
        uint96 toBuyer = PRICE * buyerBps / 10_000;
        vm.expectEmit(address(market));
        emit IMarket.Released(id, toBuyer);
        resolve(arbiter, buyerBps);
        assertPurchase(id, IMarket.State.Released);
        uint256 rest = PRICE - toBuyer;
        assertOwed(token, researcher, toBuyer);
        assertOwed(token, author, rest * 3333 / 10_000);
        assertOwed(token, clinician, rest - rest * 3333 / 10_000);
        vm.assertTrue(grants.isAllowed(id));
    }

    function test_AllOfItBackEndsTheAccess() public {
        disputed();
        vm.assertTrue(grants.isAllowed(id));
        resolve(arbiter, 10_000);
        assertRefunded();
        vm.assertFalse(grants.isAllowed(id));
    }

    function test_NotMoreThanAll() public {
        disputed();
        bytes32 what = "buyerBps";
        vm.expectRevert(abi.encodeWithSelector(IMarket.InvalidArgument.selector, what));
        resolve(arbiter, 10_001);
    }

    function testFuzz_OnlyTheArbiterResolves(address caller) public {
        vm.assume(caller != arbiter);
        disputed();
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotArbiter.selector, id, caller));
        resolve(caller, 5000);
    }

    function test_ASilentArbiterPaysTheBuyer() public {
        disputed();
        vm.warp(NOW + 30 days - 1);
        vm.expectRevert(tooEarly(id, NOW + 30 days));
        market.settle(id);
        vm.warp(NOW + 30 days);
        market.settle(id);
        assertRefunded();
        vm.expectRevert(badPurchase(id, IMarket.State.Refunded));
        resolve(arbiter, 0);
    }

    function test_NothingIsBlockedByAPause() public {
        uint64 other = ask(doctor, dataset, DuoMatch.CC);
        pay(doctor, other, CREDIT);
        approve(patient, id, 1, 1);
        vm.prank(guardian);
        identity.pause();
        dispute(researcher);
        resolve(arbiter, 5000);
        vm.prank(researcher);
        market.withdraw(token);
        vm.prank(doctor);
        grants.cancel(other);
        market.refund(other);
        vm.prank(doctor);
        market.withdraw(token);
    }

    function disputed() private {
        approve(patient, id, 1, 1);
        dispute(researcher);
    }

    function dispute(address who) private {
        vm.prank(who);
        market.dispute(id, REASON);
    }

    function resolve(address who, uint16 buyerBps) private {
        vm.prank(who);
        market.resolve(id, buyerBps);
    }

    function assertRefunded() private view {
        assertPurchase(id, IMarket.State.Refunded);
        assertOwed(token, researcher, PRICE);
        assertOwed(token, clinician, 0);
        vm.assertFalse(market.isDelivered(id));
    }
}
