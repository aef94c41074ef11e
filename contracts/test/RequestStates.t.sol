// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {vm} from "./support/Vm.sol";

/// @title Every operation in every state, against test/data/request-states.json
contract RequestStatesTest is Fixture {
    string private table;
    uint64 private dataset;
    uint64 private made;

    function setUp() public override {
        super.setUp();
        table = vm.readFile("test/data/request-states.json");
        setKey(researcher, keccak256("researcher key"));
    }

    function test_EveryOperationInEveryState() public {
        string[] memory states = vm.parseJsonStringArray(table, ".states");
        string[] memory operations = vm.parseJsonStringArray(table, ".operations");
        vm.assertEq(states.length, 7);
        vm.assertEq(operations.length, 6);
        for (uint256 s = 0; s < states.length; ++s) {
            for (uint256 o = 0; o < operations.length; ++o) {
                check(states[s], operations[o]);
            }
        }
    }

    /// @dev An approved or pending request expires; one that ended otherwise keeps its state.
    function test_OnlyOpenRequestsExpire() public {
        string[] memory states = vm.parseJsonStringArray(table, ".states");
        for (uint256 s = 0; s < states.length; ++s) {
            IAccessGrants.State state = parse(states[s]);
            uint64 id = requestIn(state);
            vm.warp(UNTIL);
            bool ended = state == IAccessGrants.State.Denied || state == IAccessGrants.State.Cancelled
                || state == IAccessGrants.State.Revoked;
            IAccessGrants.State expected = ended ? state : IAccessGrants.State.Expired;
            assertState(id, expected);
            vm.assertEq(uint256(grants.requestOf(id).state), uint256(expected));
            vm.warp(NOW);
        }
    }

    function check(string memory from, string memory operation) private {
        IAccessGrants.State state = parse(from);
        uint64 id = requestIn(state);
        string memory to = vm.parseJsonString(table, string.concat(".", from, ".", operation));
        bool refused = same(to, "refused");
        if (refused) vm.expectRevert(badState(id, state));
        perform(operation, id);
        assertState(id, refused ? state : parse(to));
        vm.warp(NOW);
    }

    /// @dev A request of its own dataset, brought into the state.
    function requestIn(IAccessGrants.State state) private returns (uint64 id) {
        dataset = publish(keccak256(abi.encode("dataset", ++made)));
        id = ask(researcher, dataset, DuoMatch.HMB);
        if (state == IAccessGrants.State.Returned) perform("returnForChanges", id);
        if (state == IAccessGrants.State.Approved) perform("approve", id);
        if (state == IAccessGrants.State.Denied) perform("deny", id);
        if (state == IAccessGrants.State.Cancelled) perform("cancel", id);
        if (state == IAccessGrants.State.Revoked) {
            perform("approve", id);
            perform("revoke", id);
        }
        if (state == IAccessGrants.State.Expired) vm.warp(UNTIL);
        assertState(id, state);
    }

    function perform(string memory operation, uint64 id) private {
        bool requesters = same(operation, "resubmit") || same(operation, "cancel");
        vm.prank(requesters ? researcher : patient);
        if (same(operation, "resubmit")) grants.resubmit(id, DuoMatch.HMB, UNTIL, MESSAGE);
        else if (same(operation, "returnForChanges")) grants.returnForChanges(id, 0);
        else if (same(operation, "approve")) grants.approve(id, 1, 1, CAPSULE, capsuleDigest);
        else if (same(operation, "deny")) grants.deny(id, 0);
        else if (same(operation, "cancel")) grants.cancel(id);
        else if (same(operation, "revoke")) grants.revoke(id);
        else vm.assertTrue(false, string.concat("no such operation: ", operation));
    }

    function parse(string memory name) private pure returns (IAccessGrants.State) {
        if (same(name, "Requested")) return IAccessGrants.State.Requested;
        if (same(name, "Returned")) return IAccessGrants.State.Returned;
        if (same(name, "Approved")) return IAccessGrants.State.Approved;
        if (same(name, "Denied")) return IAccessGrants.State.Denied;
        if (same(name, "Cancelled")) return IAccessGrants.State.Cancelled;
        if (same(name, "Revoked")) return IAccessGrants.State.Revoked;
        vm.assertTrue(same(name, "Expired"), string.concat("no such state: ", name));
        return IAccessGrants.State.Expired;
    }

    function same(string memory left, string memory right) private pure returns (bool) {
        return keccak256(bytes(left)) == keccak256(bytes(right));
    }
}
