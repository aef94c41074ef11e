// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Handler} from "./support/Handler.sol";
import {vm} from "./support/Vm.sol";

/// @title Whatever anybody does in whatever order, nobody without an approved grant is allowed
contract InvariantsTest {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Handler private handler;

    function setUp() public {
        handler = new Handler();
    }

    /// @dev Read by forge: the calls of the random walk.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        bytes4[] memory selectors = new bytes4[](13);
        selectors[0] = Handler.makeDataset.selector;
        selectors[1] = Handler.withdraw.selector;
        selectors[2] = Handler.toggleSuspension.selector;
        selectors[3] = Handler.newKey.selector;
        selectors[4] = Handler.pass.selector;
        selectors[5] = Handler.makeRequest.selector;
        selectors[6] = Handler.makeRequest.selector;
        selectors[7] = Handler.resubmit.selector;
        selectors[8] = Handler.approve.selector;
        selectors[9] = Handler.approve.selector;
        selectors[10] = Handler.decide.selector;
        selectors[11] = Handler.revokeAll.selector;
        selectors[12] = Handler.togglePause.selector;
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    /// @dev Read by forge: nothing but the handler is called.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_NobodyWithoutAnApprovedGrantIsAllowed() public view {
        string memory violation = handler.violation();
        vm.assertTrue(bytes(violation).length == 0, violation);
        uint64 number = handler.requests();
        for (uint64 id = 1; id <= number; ++id) {
            vm.assertTrue(handler.allowed(id) == handler.entitled(id), "access differs from the book");
        }
    }

    /// @dev Read by forge: runs at the end of each walk.
    function afterInvariant() external view {
        uint64 number = handler.requests();
        for (uint64 left = 1; left <= number; ++left) {
            for (uint64 right = left + 1; right <= number; ++right) {
                vm.assertFalse(handler.sameAndOpen(left, right));
            }
        }
    }

    /// @dev The walk can reach grants of one and of two votes, and end them: the invariants are not empty.
    function test_TheWalkReachesGrants() public {
        handler.makeRequest(0, 0, 1, 1000);
        handler.approve(0, 0, false, true);
        vm.assertTrue(handler.allowed(1));
        handler.makeRequest(1, 1, 0, 1000);
        handler.approve(0, 1, false, false);
        vm.assertFalse(handler.allowed(2));
        handler.approve(1, 1, false, true);
        vm.assertTrue(handler.allowed(2));
        handler.decide(0, 0, 3);
        vm.assertFalse(handler.allowed(1));
        vm.assertEq(handler.approvals(), 2);
        vm.assertEq(handler.revocations(), 1);
        handler.revokeAll(1, 1);
        vm.assertFalse(handler.allowed(2));
        invariant_NobodyWithoutAnApprovedGrantIsAllowed();
    }
}
