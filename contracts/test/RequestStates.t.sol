// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/common/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {StateTable} from "./support/StateTable.sol";
import {vm} from "./support/Vm.sol";

/// @title Every operation by every role in every state, against test/data/request-states.json
contract RequestStatesTest is Fixture, StateTable {
    uint64 private dataset;
    uint64 private made;

    function setUp() public override {
        super.setUp();
        read("test/data/request-states.json");
        setKey(researcher, keccak256("researcher key"));
    }

    function test_TheStatesAreTheOnesOfTheContract() public view {
        string[] memory states = list("states");
        vm.assertEq(states.length, uint256(type(IAccessGrants.State).max));
        vm.assertEq(uint256(parse("Requested")), uint256(IAccessGrants.State.Requested));
        vm.assertEq(uint256(parse("Returned")), uint256(IAccessGrants.State.Returned));
        vm.assertEq(uint256(parse("Approved")), uint256(IAccessGrants.State.Approved));
        vm.assertEq(uint256(parse("Denied")), uint256(IAccessGrants.State.Denied));
        vm.assertEq(uint256(parse("Cancelled")), uint256(IAccessGrants.State.Cancelled));
        vm.assertEq(uint256(parse("Revoked")), uint256(IAccessGrants.State.Revoked));
        vm.assertEq(uint256(parse("Expired")), uint256(IAccessGrants.State.Expired));
    }

    function test_EveryOperationByEveryRoleInEveryState() public {
        (string[] memory operations, string[] memory roles) = (list("operations"), list("roles"));
        string[] memory states = list("states");
        vm.assertEq(operations.length * roles.length * states.length, 8 * 5 * 7);
        for (uint256 o = 0; o < operations.length; ++o) {
            for (uint256 r = 0; r < roles.length; ++r) {
                for (uint256 s = 0; s < states.length; ++s) {
                    check(operations[o], roles[r], states[s]);
                }
            }
        }
    }

    /// @dev An approved or pending request expires; one that ended otherwise keeps its state.
    function test_OnlyOpenRequestsExpire() public {
        string[] memory states = list("states");
        for (uint256 s = 0; s < states.length; ++s) {
            IAccessGrants.State state = parse(states[s]);
            uint64 id = requestIn(states[s]);
            vm.warp(UNTIL);
            bool ended = state == IAccessGrants.State.Denied || state == IAccessGrants.State.Cancelled
                || state == IAccessGrants.State.Revoked;
            IAccessGrants.State expected = ended ? state : IAccessGrants.State.Expired;
            assertState(id, expected);
            vm.assertEq(uint256(grants.requestOf(id).state), uint256(expected));
            vm.warp(NOW);
        }
    }

    function check(string memory operation, string memory role, string memory from) private {
        uint64 id = requestIn(from);
        string memory result = outcome(operation, from, role, false);
        string memory to = same(result, "same") ? from : result;
        bool refused = positionIn("states", to) == list("states").length;
        if (refused) vm.expectPartialRevert(refusalOf(result));
        perform(operation, account(role), id);
        assertState(id, refused ? parse(from) : parse(to));
        vm.warp(NOW);
    }

    /// @dev A request of its own dataset, brought into the state.
    function requestIn(string memory state) private returns (uint64 id) {
        dataset = publish(keccak256(abi.encode("dataset", ++made)));
        id = ask(researcher, dataset, DuoMatch.HMB);
        if (same(state, "Returned")) perform("returnForChanges", patient, id);
        if (same(state, "Approved") || same(state, "Revoked")) perform("approve", patient, id);
        if (same(state, "Denied")) perform("deny", patient, id);
        if (same(state, "Cancelled")) perform("cancel", researcher, id);
        if (same(state, "Revoked")) perform("revoke", patient, id);
        if (same(state, "Expired")) vm.warp(UNTIL);
        assertState(id, parse(state));
    }

    function perform(string memory operation, address who, uint64 id) private {
        vm.prank(who);
        if (same(operation, "resubmit")) grants.resubmit(id, DuoMatch.HMB, 0, UNTIL, MESSAGE);
        else if (same(operation, "cancel")) grants.cancel(id);
        else if (same(operation, "returnForChanges")) grants.returnForChanges(id, 0);
        else if (same(operation, "approve")) grants.approve(seen(id, 1, 1), CAPSULE);
        else if (same(operation, "deny")) grants.deny(id, 0);
        else if (same(operation, "revoke")) grants.revoke(id);
        else if (same(operation, "revokeAll")) datasets.revokeAll(dataset);
        else if (same(operation, "withdrawDataset")) datasets.withdraw(dataset);
        else vm.assertTrue(false, string.concat("no such operation: ", operation));
    }

    function account(string memory role) private view returns (address) {
        if (same(role, "requester")) return researcher;
        if (same(role, "custodian")) return patient;
        if (same(role, "owner")) return clinician;
        if (same(role, "administrator")) return clinicAdmin;
        vm.assertTrue(same(role, "stranger"), string.concat("no such role: ", role));
        return outsider;
    }

    function refusalOf(string memory name) private pure returns (bytes4) {
        if (same(name, "BadState")) return IAccessGrants.BadState.selector;
        if (same(name, "NotRequester")) return IAccessGrants.NotRequester.selector;
        // One refusal, whichever of the two contracts says it.
        if (same(name, "NotCustodian")) return IAccessGrants.NotCustodian.selector;
        vm.assertTrue(same(name, "NotOwner"), string.concat("no such refusal: ", name));
        return IDatasetRegistry.NotOwner.selector;
    }

    /// @dev The states stand in the table in the order of the contract, None left out.
    function parse(string memory name) private view returns (IAccessGrants.State) {
        return IAccessGrants.State(positionIn("states", name) + 1);
    }
}
