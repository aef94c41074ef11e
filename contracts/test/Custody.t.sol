// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/common/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {vm} from "./support/Vm.sol";

/// @title A seat is offered by who has it and accepted by who gets it
contract CustodyTest is Fixture {
    bytes32 private constant OWNERS_CAPSULE = keccak256("owner's capsule");
    address private heir = actor("heir");
    uint64 private dataset;

    function setUp() public override {
        super.setUp();
        dataset = publishWith(params(keccak256("cid"), MASK_HMB, 2, committee(3)));
        setKey(researcher, keccak256("key"));
    }

    function test_ASeatMoves() public {
        vm.expectEmit(address(datasets));
        emit IDatasetRegistry.CustodyOffered(dataset, custodian(1), heir, 1);
        offer(custodian(1), heir);
        vm.assertEq(datasets.offerOf(dataset, custodian(1)).to, heir);
        vm.assertEq(datasets.seatOf(dataset, heir), 0);

        vm.expectEmit(address(datasets));
        emit IDatasetRegistry.CustodyMoved(dataset, custodian(1), heir, OWNERS_CAPSULE);
        accept(heir, custodian(1));
        vm.assertEq(datasets.seatOf(dataset, heir), 2);
        vm.assertEq(datasets.seatOf(dataset, custodian(1)), 0);
        vm.assertEq(datasets.offerOf(dataset, custodian(1)).to, address(0));
        vm.assertEq(datasets.offerOf(dataset, custodian(1)).number, 1);
    }

    function test_OneSeatHasOneVote() public {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        vote(custodian(1), id, 1, 1);
        offer(custodian(1), heir);
        accept(heir, custodian(1));
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.AlreadyVoted.selector, id, heir));
        approve(heir, id, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NotCustodian.selector, dataset, custodian(1)));
        approve(custodian(1), id, 1, 1);
        approve(custodian(0), id, 1, 1);
        vm.assertTrue(grants.isAllowed(id));
    }

    function testFuzz_OnlyACustodianOffers(address caller) public {
        vm.assume(datasets.seatOf(dataset, caller) == 0);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.NotCustodian.selector, dataset, caller));
        offer(caller, heir);
    }

    function testFuzz_OnlyTheOneWhoWasOfferedAccepts(address caller) public {
        vm.assume(caller != heir);
        offer(custodian(1), heir);
        vm.expectRevert(noOffer(custodian(1), caller));
        accept(caller, custodian(1));
        vm.expectRevert(noOffer(custodian(0), heir));
        accept(heir, custodian(0));
    }

    function test_TheLastOfferCounts() public {
        offer(custodian(1), outsider);
        offer(custodian(1), heir);
        vm.expectRevert(noOffer(custodian(1), outsider));
        accept(outsider, custodian(1));
        accept(heir, custodian(1));
        vm.expectRevert(noOffer(custodian(1), heir));
        accept(heir, custodian(1));
    }

    function test_AnOfferIsTakenBack() public {
        offer(custodian(1), heir);
        offer(custodian(1), address(0));
        vm.expectRevert(noOffer(custodian(1), heir));
        accept(heir, custodian(1));
        vm.expectRevert(noOffer(custodian(1), address(0)));
        accept(address(0), custodian(1));
    }

    function test_NobodyHasTwoSeats() public {
        bytes4 selector = IDatasetRegistry.BadCustodian.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, custodian(0)));
        offer(custodian(1), custodian(0));
        offer(custodian(0), heir);
        offer(custodian(1), heir);
        accept(heir, custodian(0));
        vm.expectRevert(abi.encodeWithSelector(selector, heir));
        accept(heir, custodian(1));
    }

    function test_NeedsAnOwnersCapsule() public {
        offer(custodian(1), heir);
        bytes32 what = "ownersCapsuleDigest";
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.InvalidArgument.selector, what));
        vm.prank(heir);
        datasets.acceptCustody(dataset, custodian(1), 0);
    }

    function offer(address from, address to) private {
        vm.prank(from);
        datasets.offerCustody(dataset, to);
    }

    function accept(address to, address from) private {
        vm.prank(to);
        datasets.acceptCustody(dataset, from, OWNERS_CAPSULE);
    }

    function noOffer(address from, address to) private view returns (bytes memory) {
        return abi.encodeWithSelector(IDatasetRegistry.NoOffer.selector, dataset, from, to);
    }
}
