// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IMarket} from "../src/interfaces/IMarket.sol";
import {MarketFixture} from "./support/MarketFixture.sol";
import {vm} from "./support/Vm.sol";

/// @title Terms of sale
contract ListingsTest is MarketFixture {
    uint64 private dataset;

    function setUp() public override {
        super.setUp();
        dataset = publishPriced("model", CREDIT);
    }

    function test_TheOwnerLists() public {
        (address[] memory payees, uint16[] memory shares) = thirds();
        vm.expectEmit(address(market));
        emit IMarket.Listed(dataset, 1, arbiter, payees, shares);
        vm.assertEq(list(dataset), 1);

        vm.assertEq(market.listingOf(dataset), 1);
        IMarket.Terms memory terms = market.termsOf(1);
        vm.assertEq(terms.arbiter, arbiter);
        vm.assertEq(terms.payees.length, 2);
        vm.assertEq(terms.payees[0], author);
        vm.assertEq(terms.sharesBps[0], 3333);
        vm.assertEq(terms.payees[1], clinician);
        vm.assertEq(terms.sharesBps[1], 6667);
    }

    function test_APurchaseKeepsItsTerms() public {
        list(dataset);
        uint64 id = askAndPay(dataset);
        uint16[] memory whole = new uint16[](1);
        whole[0] = 10_000;
        vm.prank(clinician);
        vm.assertEq(market.list(dataset, governor, only(clinician), whole), 2);
        vm.assertEq(market.listingOf(dataset), 2);
        vm.assertEq(market.purchaseOf(id).terms, 1);
        vm.assertEq(market.purchaseOf(id).amount, PRICE);
        vm.assertEq(market.termsOf(1).arbiter, arbiter);
    }

    function testFuzz_OnlyTheOwnerLists(address caller) public {
        vm.assume(caller != clinician);
        (address[] memory payees, uint16[] memory shares) = thirds();
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotOwner.selector, dataset, caller));
        vm.prank(caller);
        market.list(dataset, arbiter, payees, shares);
        vm.expectRevert(unknownDataset(99));
        market.list(99, arbiter, payees, shares);
    }

    function test_TheArbiterHasNoPart() public {
        (address[] memory payees, uint16[] memory shares) = thirds();
        refuse(address(0), payees, shares, invalid("arbiter"));
        refuse(clinician, payees, shares, invalid("arbiter"));
        refuse(author, payees, shares, invalid("arbiter"));
    }

    function test_APayeeIsSomebody() public {
        (address[] memory payees, uint16[] memory shares) = thirds();
        payees[1] = address(0);
        refuse(arbiter, payees, shares, invalid("payee"));
    }

    function testFuzz_SharesAreTheWhole(uint16 first, uint16 second) public {
        (address[] memory payees, uint16[] memory shares) = thirds();
        (shares[0], shares[1]) = (first, second);
        bool whole = uint256(first) + second == 10_000 && first != 0 && second != 0;
        vm.assume(!whole);
        refuse(arbiter, payees, shares, badShares());
    }

    function test_EverybodyHasAShare() public {
        (address[] memory payees, uint16[] memory shares) = thirds();
        (shares[0], shares[1]) = (0, 10_000);
        refuse(arbiter, payees, shares, badShares());
        refuse(arbiter, only(author), shares, badShares());
        refuse(arbiter, new address[](0), new uint16[](0), badShares());
    }

    function test_AtMost16Payees() public {
        (address[] memory payees, uint16[] memory shares) = (committee(16), new uint16[](16));
        for (uint256 i = 0; i < 16; ++i) {
            shares[i] = 625;
        }
        vm.prank(clinician);
        market.list(dataset, arbiter, payees, shares);
        refuse(arbiter, committee(17), new uint16[](17), badShares());
    }

    function refuse(address judge, address[] memory payees, uint16[] memory shares, bytes memory reason)
        private
    {
        vm.expectRevert(reason);
        vm.prank(clinician);
        market.list(dataset, judge, payees, shares);
    }

    function badShares() private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMarket.BadShares.selector);
    }

    function invalid(bytes32 what) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMarket.InvalidArgument.selector, what);
    }
}
