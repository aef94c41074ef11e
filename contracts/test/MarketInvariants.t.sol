// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {MarketHandler} from "./support/MarketHandler.sol";
import {vm} from "./support/Vm.sol";

/// @title Whatever anybody does in whatever order, no money is made or lost, and nothing is had unpaid
/// forge-config: default.invariant.runs = 12
contract MarketInvariantsTest {
    MarketHandler private handler;

    function setUp() public {
        handler = new MarketHandler();
    }

    /// @dev Read by forge: nothing but the handler is called.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev Read by forge: what the fixture brings along is no part of the walk.
    function excludeSelectors() external view returns (FuzzSelector[] memory excluded) {
        excluded = new FuzzSelector[](1);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = handler.setUp.selector;
        excluded[0] = FuzzSelector(address(handler), selectors);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function invariant_MoneyInIsMoneyOutHeldAndOwed() public view {
        string memory violation = handler.violation();
        vm.assertTrue(bytes(violation).length == 0, violation);
        for (uint8 currency = 0; currency < 2; ++currency) {
            uint256 left = handler.received(currency) - handler.paidOut(currency);
            vm.assertEq(handler.balance(currency), left, "the balance is not what the book says");
            vm.assertEq(handler.held(currency) + handler.owed(currency), left, "money without an owner");
        }
    }

    /// @dev The walk can buy, deliver, dispute, split and take out: the invariants are not empty.
    function test_TheWalkMovesMoney() public {
        handler.buy(false, 0, 100);
        handler.buy(true, 1, 100);
        handler.deliver(0);
        handler.deliver(1);
        handler.close(0, 0, 0, 0);
        handler.close(1, 1, 2, 0);
        handler.close(4, 1, 3, 2500);
        vm.assertEq(handler.ended(), 2);
        handler.takeOut(1, 1);
        handler.takeOut(2, 0);
        vm.assertEq(handler.paidOut(1), 250);
        vm.assertEq(handler.paidOut(0), 667);
        handler.buy(false, 0, 100);
        handler.refuse(2, 1);
        handler.close(6, 2, 1, 0);
        vm.assertEq(handler.refusals(), 1);
        vm.assertEq(handler.ended(), 3);
        invariant_MoneyInIsMoneyOutHeldAndOwed();
    }
}
