// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../../src/common/DuoMatch.sol";
import {Fixture} from "./Fixture.sol";
import {IDatasetRegistry} from "../../src/interfaces/IDatasetRegistry.sol";
import {IMarket} from "../../src/interfaces/IMarket.sol";
import {vm} from "./Vm.sol";

/// @title A model for sale in either currency, and a researcher who can pay
abstract contract MarketFixture is Fixture {
    uint96 internal constant PRICE = 1000;
    uint8 internal constant CREDIT = 0;
    uint8 internal constant NATIVE = 1;
    address internal arbiter = actor("arbiter");
    address internal author = actor("author");

    function setUp() public virtual override {
        super.setUp();
        setKey(researcher, keccak256("researcher key"));
        setKey(doctor, keccak256("doctor key"));
        fund(researcher);
        fund(doctor);
    }

    /// @dev Listed with a third for the author and the rest for the clinician.
    function offerModel(bytes memory name, uint8 currency) internal returns (uint64 dataset) {
        dataset = publishPriced(name, currency);
        list(dataset);
    }

    function publishPriced(bytes memory name, uint8 currency) internal returns (uint64) {
        IDatasetRegistry.PublishParams memory values = params(keccak256(name));
        values.kind = 1;
        values.currency = currency;
        values.price = PRICE;
        return publishWith(values);
    }

    function list(uint64 dataset) internal returns (uint64) {
        (address[] memory payees, uint16[] memory shares) = thirds();
        vm.prank(clinician);
        return market.list(dataset, arbiter, payees, shares);
    }

    function thirds() internal view returns (address[] memory payees, uint16[] memory shares) {
        payees = new address[](2);
        shares = new uint16[](2);
        (payees[0], shares[0]) = (author, 3333);
        (payees[1], shares[1]) = (clinician, 6667);
    }

    function askAndPay(uint64 dataset) internal returns (uint64 id) {
        id = ask(researcher, dataset, DuoMatch.HMB);
        pay(researcher, id, datasets.policyOf(dataset).currency());
    }

    function pay(address who, uint64 id, uint8 currency) internal {
        vm.prank(who);
        market.pay{value: currency == NATIVE ? PRICE : 0}(id);
    }

    function fund(address who) internal {
        vm.deal(who, 1000 * PRICE);
        vm.prank(governor);
        credit.mint(who, 1000 * PRICE);
        vm.prank(who);
        credit.approve(address(market), type(uint256).max);
    }

    function tokenOf(uint8 currency) internal view returns (address) {
        return currency == NATIVE ? address(0) : address(credit);
    }

    function assertOwed(address token, address who, uint256 amount) internal view {
        vm.assertEq(market.owed(token, who), amount);
    }

    function assertPurchase(uint64 id, IMarket.State state) internal view {
        vm.assertEq(uint256(market.purchaseOf(id).state), uint256(state));
    }

    function badPurchase(uint64 id, IMarket.State state) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMarket.BadPurchaseState.selector, id, state);
    }

    function tooEarly(uint64 id, uint40 time) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMarket.TooEarly.selector, id, time);
    }
}
