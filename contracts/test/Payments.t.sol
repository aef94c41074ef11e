// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {DuoMatch} from "../src/common/DuoMatch.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IMarket} from "../src/interfaces/IMarket.sol";
import {MarketFixture} from "./support/MarketFixture.sol";
import {Roles} from "../src/common/Roles.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

/// @dev A payee that asks again while it is being paid.
contract GreedyPayee {
    IMarket private immutable _market;
    bytes public refusal;

    constructor(IMarket market) {
        _market = market;
    }

    function collect() external {
        _market.withdraw(address(0));
    }

    receive() external payable {
        try _market.withdraw(address(0)) {}
        catch (bytes memory reason) {
            refusal = reason;
        }
    }
}

/// @title Money in and money out
contract PaymentsTest is MarketFixture, Signing {
    uint64 private inCredit;
    uint64 private inNative;

    function setUp() public override {
        super.setUp();
        inCredit = offerModel("in credit", CREDIT);
        inNative = offerModel("in native currency", NATIVE);
    }

    function test_KnowsTheOthers() public view {
        vm.assertEq(address(market.identity()), address(identity));
        vm.assertEq(address(market.datasets()), address(datasets));
        vm.assertEq(address(market.grants()), address(grants));
        vm.assertEq(market.credit(), address(credit));
    }

    function test_PaysInCredit() public {
        uint64 id = ask(researcher, inCredit, DuoMatch.HMB);
        uint256 before = credit.balanceOf(researcher);
        vm.expectEmit(address(market));
        emit IMarket.Paid(id, researcher, 1, CREDIT, PRICE);
        pay(researcher, id, CREDIT);

        vm.assertEq(credit.balanceOf(researcher), before - PRICE);
        vm.assertEq(credit.balanceOf(address(market)), PRICE);
        IMarket.Purchase memory purchase = market.purchaseOf(id);
        vm.assertEq(purchase.buyer, researcher);
        vm.assertEq(purchase.amount, PRICE);
        vm.assertEq(purchase.terms, 1);
        vm.assertEq(purchase.since, NOW);
        vm.assertEq(purchase.currency, CREDIT);
        assertPurchase(id, IMarket.State.Paid);
    }

    function test_PaysInNativeCurrency() public {
        uint64 id = askAndPay(inNative);
        vm.assertEq(address(market).balance, PRICE);
        vm.assertEq(market.purchaseOf(id).currency, NATIVE);
    }

    function testFuzz_ExactlyThePrice(uint96 value) public {
        value %= 3 * PRICE;
        uint64 id = ask(researcher, inNative, DuoMatch.HMB);
        if (value != PRICE) vm.expectRevert(wrongPrice(PRICE, value));
        vm.prank(researcher);
        market.pay{value: value}(id);
        assertPurchase(id, value == PRICE ? IMarket.State.Paid : IMarket.State.None);
    }

    function test_NothingIsSentAlongWithCredit() public {
        uint64 id = ask(researcher, inCredit, DuoMatch.HMB);
        vm.expectRevert(wrongPrice(0, PRICE));
        vm.prank(researcher);
        market.pay{value: PRICE}(id);
    }

    function testFuzz_OnlyTheRequesterPays(address caller) public {
        vm.assume(caller != researcher);
        uint64 id = ask(researcher, inCredit, DuoMatch.HMB);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotBuyer.selector, id, caller));
        pay(caller, id, CREDIT);
    }

    function test_NobodyPaysTwice() public {
        uint64 id = askAndPay(inCredit);
        vm.expectRevert(badPurchase(id, IMarket.State.Paid));
        pay(researcher, id, CREDIT);
    }

    function test_OnlyForAnOpenRequest() public {
        uint64 id = ask(researcher, inCredit, DuoMatch.HMB);
        vm.prank(patient);
        grants.returnForChanges(id, 0);
        vm.expectRevert(notRequested(id, IAccessGrants.State.Returned));
        pay(researcher, id, CREDIT);
        vm.prank(researcher);
        grants.cancel(id);
        vm.expectRevert(notRequested(id, IAccessGrants.State.Cancelled));
        pay(researcher, id, CREDIT);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.UnknownRequest.selector, 99));
        pay(researcher, 99, CREDIT);
    }

    function test_OnlyWhatIsForSale() public {
        uint64 unlisted = publishPriced("unlisted", CREDIT);
        uint64 free = publish(keccak256("free"));
        list(free);
        refuseSale(unlisted);
        refuseSale(free);
        uint64 id = ask(researcher, inCredit, DuoMatch.HMB);
        withdrawDataset(inCredit);
        vm.expectRevert(notForSale(inCredit));
        pay(researcher, id, CREDIT);
        uint64 former = ask(researcher, inNative, DuoMatch.HMB);
        IDatasetRegistry.PublishParams memory next = params(keccak256("next"));
        next.supersedes = inNative;
        publishWith(next);
        vm.expectRevert(notForSale(inNative));
        pay(researcher, former, NATIVE);
    }

    function test_OnlyInGoodStanding() public {
        uint64 id = ask(researcher, inCredit, DuoMatch.HMB);
        suspend(instituteAdmin, researcher);
        vm.expectRevert(memberIsSuspended(researcher));
        pay(researcher, id, CREDIT);
    }

    function test_APauseStopsPaying() public {
        uint64 id = ask(researcher, inCredit, DuoMatch.HMB);
        vm.prank(guardian);
        identity.pause();
        vm.expectRevert(isPaused());
        pay(researcher, id, CREDIT);
    }

    function test_WithoutCreditThereIsNoPurchase() public {
        uint64 id = ask(researcher, inCredit, DuoMatch.HMB);
        vm.prank(researcher);
        credit.approve(address(market), PRICE - 1);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        pay(researcher, id, CREDIT);
        assertPurchase(id, IMarket.State.None);
    }

    // payWithPermit

    function test_PaysWithAPermission() public {
        (address buyer, uint256 key, uint64 id) = buyerWithKey(inCredit);
        (uint8 v, bytes32 r, bytes32 s) = permission(buyer, key);
        vm.prank(buyer);
        market.payWithPermit(id, UNTIL, v, r, s);
        assertPurchase(id, IMarket.State.Paid);
        vm.assertEq(credit.allowance(buyer, address(market)), 0);
    }

    function test_APermissionThatSomebodyUsedFirstDoesNoHarm() public {
        (address buyer, uint256 key, uint64 id) = buyerWithKey(inCredit);
        (uint8 v, bytes32 r, bytes32 s) = permission(buyer, key);
        credit.permit(buyer, address(market), PRICE, UNTIL, v, r, s);
        vm.prank(buyer);
        market.payWithPermit(id, UNTIL, v, r, s);
        assertPurchase(id, IMarket.State.Paid);
    }

    function test_AWrongPermissionPaysNothing() public {
        (address buyer,, uint64 id) = buyerWithKey(inCredit);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        vm.prank(buyer);
        market.payWithPermit(id, UNTIL, 27, bytes32(uint256(1)), bytes32(uint256(1)));
    }

    function test_APermissionDoesNotPayNativeCurrency() public {
        (address buyer,, uint64 id) = buyerWithKey(inNative);
        vm.expectRevert(wrongPrice(PRICE, 0));
        vm.prank(buyer);
        market.payWithPermit(id, UNTIL, 27, bytes32(uint256(1)), bytes32(uint256(1)));
    }

    // withdraw

    function test_ThePayeesTakeTheirShares() public {
        uint8[2] memory currencies = [CREDIT, NATIVE];
        for (uint256 i = 0; i < 2; ++i) {
            uint64 id = askAndPay(i == 0 ? inCredit : inNative);
            approve(patient, id, 1, 1);
            vm.prank(researcher);
            market.release(id);
            address token = tokenOf(currencies[i]);
            assertOwed(token, author, 333);
            assertOwed(token, clinician, 667);
            vm.expectEmit(address(market));
            emit IMarket.Withdrawn(token, author, 333);
            vm.prank(author);
            market.withdraw(token);
            vm.expectRevert(abi.encodeWithSelector(IMarket.NothingOwed.selector, token, author));
            vm.prank(author);
            market.withdraw(token);
        }
        vm.assertEq(credit.balanceOf(author), 333);
        vm.assertEq(author.balance, 333);
        vm.assertEq(address(market).balance, 667);
    }

    function test_NobodyIsPaidTwiceInOneCall() public {
        GreedyPayee greedy = new GreedyPayee(market);
        uint16[] memory whole = new uint16[](1);
        whole[0] = 10_000;
        vm.prank(clinician);
        market.list(inNative, arbiter, only(address(greedy)), whole);
        uint64 id = askAndPay(inNative);
        approve(patient, id, 1, 1);
        vm.prank(researcher);
        market.release(id);
        greedy.collect();
        vm.assertEq(address(greedy).balance, PRICE);
        bytes4 selector = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
        vm.assertEq(bytes32(greedy.refusal()), bytes32(selector));
    }

    function refuseSale(uint64 dataset) private {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        vm.expectRevert(notForSale(dataset));
        pay(researcher, id, CREDIT);
    }

    function buyerWithKey(uint64 dataset) private returns (address buyer, uint256 key, uint64 id) {
        (buyer, key) = signerOf("buyer");
        enrol(instituteAdmin, buyer, INSTITUTE, Roles.RESEARCHER);
        setKey(buyer, keccak256("buyer key"));
        vm.prank(governor);
        credit.mint(buyer, PRICE);
        id = ask(buyer, dataset, DuoMatch.HMB);
    }

    function permission(address buyer, uint256 key) private view returns (uint8, bytes32, bytes32) {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash =
            keccak256(abi.encode(typeHash, buyer, address(market), uint256(PRICE), 0, uint256(UNTIL)));
        return vm.sign(key, keccak256(abi.encodePacked(hex"1901", credit.DOMAIN_SEPARATOR(), structHash)));
    }

    function wrongPrice(uint256 value, uint256 sent) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMarket.WrongPrice.selector, value, sent);
    }

    function notForSale(uint64 dataset) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMarket.NotForSale.selector, dataset);
    }

    function notRequested(uint64 id, IAccessGrants.State state) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMarket.NotRequested.selector, id, state);
    }
}
