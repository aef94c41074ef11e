// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/common/DuoMatch.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IMarket} from "../src/interfaces/IMarket.sol";
import {MarketFixture} from "./support/MarketFixture.sol";
import {StateTable} from "./support/StateTable.sol";
import {vm} from "./support/Vm.sol";

/// @title Every operation by every role in every state of a purchase, against test/data/market-states.json
/// @dev Refunded is reached by a cancelled request; within its term and after it.
contract MarketStatesTest is MarketFixture, StateTable {
    uint40 private constant LONG = 40 days;
    uint256 private made;

    function setUp() public override {
        super.setUp();
        read("test/data/market-states.json");
    }

    function test_TheStatesAreTheOnesOfTheContract() public view {
        vm.assertEq(list("states").length, uint256(type(IMarket.State).max) + 1);
        vm.assertEq(uint256(parse("None")), uint256(IMarket.State.None));
        vm.assertEq(uint256(parse("Paid")), uint256(IMarket.State.Paid));
        vm.assertEq(uint256(parse("Delivered")), uint256(IMarket.State.Delivered));
        vm.assertEq(uint256(parse("Disputed")), uint256(IMarket.State.Disputed));
        vm.assertEq(uint256(parse("Released")), uint256(IMarket.State.Released));
        vm.assertEq(uint256(parse("Refunded")), uint256(IMarket.State.Refunded));
    }

    function test_EveryOperationByEveryRoleInEveryState() public {
        (string[] memory operations, string[] memory roles) = (list("operations"), list("roles"));
        string[] memory states = list("states");
        vm.assertEq(operations.length * roles.length * states.length, 7 * 5 * 6);
        for (uint256 o = 0; o < operations.length; ++o) {
            for (uint256 r = 0; r < roles.length; ++r) {
                for (uint256 s = 0; s < states.length; ++s) {
                    check(operations[o], roles[r], states[s], false);
                    check(operations[o], roles[r], states[s], true);
                }
            }
        }
    }

    function check(string memory operation, string memory role, string memory from, bool late) private {
        uint64 id = purchaseIn(from);
        if (late) vm.warp(NOW + LONG);
        string memory to = outcome(operation, from, role, late);
        bool refused = positionIn("states", to) == list("states").length;
        if (refused) vm.expectPartialRevert(refusalOf(to));
        perform(operation, account(role), id);
        assertPurchase(id, refused ? parse(from) : parse(to));
        vm.warp(NOW);
    }

    function purchaseIn(string memory state) private returns (uint64 id) {
        uint64 dataset = offerModel(abi.encode("model", ++made), CREDIT);
        vm.prank(researcher);
        id = grants.request(dataset, DuoMatch.HMB, 0, NOW + 2 * LONG, MESSAGE);
        if (same(state, "None")) return id;
        perform("pay", researcher, id);
        if (same(state, "Paid")) return id;
        if (same(state, "Refunded")) {
            vm.prank(researcher);
            grants.cancel(id);
            perform("refund", outsider, id);
            return id;
        }
        perform("approve", patient, id);
        if (same(state, "Disputed")) perform("dispute", researcher, id);
        if (same(state, "Released")) perform("release", researcher, id);
        assertPurchase(id, parse(state));
    }

    function perform(string memory operation, address who, uint64 id) private {
        vm.prank(who);
        if (same(operation, "pay")) market.pay(id);
        else if (same(operation, "approve")) grants.approve(seen(id, 1, 1), CAPSULE);
        else if (same(operation, "release")) market.release(id);
        else if (same(operation, "refund")) market.refund(id);
        else if (same(operation, "dispute")) market.dispute(id, 0);
        else if (same(operation, "resolve")) market.resolve(id, 5000);
        else if (same(operation, "settle")) market.settle(id);
        else vm.assertTrue(false, string.concat("no such operation: ", operation));
    }

    function account(string memory role) private view returns (address) {
        if (same(role, "buyer")) return researcher;
        if (same(role, "arbiter")) return arbiter;
        if (same(role, "seller")) return clinician;
        if (same(role, "custodian")) return patient;
        vm.assertTrue(same(role, "stranger"), string.concat("no such role: ", role));
        return outsider;
    }

    function refusalOf(string memory name) private pure returns (bytes4) {
        if (same(name, "BadState")) return IAccessGrants.BadState.selector;
        if (same(name, "BadPurchaseState")) return IMarket.BadPurchaseState.selector;
        if (same(name, "NotBuyer")) return IMarket.NotBuyer.selector;
        if (same(name, "NotArbiter")) return IMarket.NotArbiter.selector;
        if (same(name, "NotRequested")) return IMarket.NotRequested.selector;
        if (same(name, "NotPaid")) return IMarket.NotPaid.selector;
        if (same(name, "TooEarly")) return IMarket.TooEarly.selector;
        if (same(name, "TooLate")) return IMarket.TooLate.selector;
        vm.assertTrue(same(name, "NotCustodian"), string.concat("no such refusal: ", name));
        return IAccessGrants.NotCustodian.selector;
    }

    function parse(string memory name) private view returns (IMarket.State) {
        return IMarket.State(positionIn("states", name));
    }
}
