// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Decision, DecisionWord} from "../src/common/Decision.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {MemberSlot} from "../src/identity/MemberSlot.sol";
import {Policy, PolicyWord} from "../src/common/Policy.sol";
import {RequestFields, RequestSlot} from "../src/access/RequestSlot.sol";
import {vm} from "./support/Vm.sol";

/// @title Values packed into one word: what goes in comes out, and nothing reaches into its neighbour
contract WordsTest {
    function testFuzz_Policy(uint64 duoMask, uint96 price, uint8[5] memory small, bool breakGlass)
        public
        pure
    {
        Policy policy = PolicyWord.make(duoMask, price, small[0])
            .withForm(small[1], small[2], small[3], breakGlass).withStatus(small[4]).nextGeneration()
            .nextWithdrawal().nextWithdrawal();
        vm.assertEq(policy.duoMask(), duoMask);
        vm.assertEq(policy.price(), price);
        vm.assertEq(policy.threshold(), small[0]);
        vm.assertEq(policy.kind(), small[1]);
        vm.assertEq(policy.codec(), small[2]);
        vm.assertEq(policy.currency(), small[3]);
        vm.assertEq(policy.status(), small[4]);
        vm.assertEq(policy.generation(), 1);
        vm.assertEq(policy.withdrawals(), 2);
        vm.assertTrue(policy.breakGlass() == breakGlass);
    }

    function testFuzz_RequestSlot(
        address requester,
        uint32 dataset,
        uint40 until,
        uint8 purpose,
        uint32 revision,
        uint16 generation,
        uint8 state
    ) public pure {
        purpose %= 8;
        revision %= RequestFields.MAX_REVISION + 1;
        generation %= PolicyWord.MAX_GENERATION + 1;
        state %= 8;
        RequestSlot slot = RequestFields.make(requester, dataset, until, purpose, revision);
        vm.assertEq(uint256(slot.state()), uint256(IAccessGrants.State.Requested));
        vm.assertEq(slot.generation(), 0);
        slot = slot.withState(IAccessGrants.State(state)).withGeneration(generation);
        vm.assertEq(slot.requester(), requester);
        vm.assertEq(slot.dataset(), dataset);
        vm.assertEq(slot.until(), until);
        vm.assertEq(slot.purpose(), purpose);
        vm.assertEq(slot.revision(), revision);
        vm.assertEq(slot.generation(), generation);
        vm.assertEq(uint256(slot.state()), state);
    }

    function testFuzz_Decision(
        uint64 request,
        uint32 revision,
        uint16 keyVersion,
        uint32 withdrawals,
        uint16 generation
    ) public pure {
        Decision decision = DecisionWord.make(request, revision, keyVersion, withdrawals, generation);
        vm.assertEq(decision.request(), request);
        vm.assertEq(decision.revision(), revision);
        vm.assertEq(decision.keyVersion(), keyVersion);
        vm.assertEq(decision.withdrawals(), withdrawals);
        vm.assertEq(decision.generation(), generation);
    }

    /// @dev Written out, because clients pack it as well.
    function test_ADecisionAsAWord() public pure {
        uint256 word = 0x0000000000000000000000004444333333332222111111110000000000000007;
        Decision decision = DecisionWord.make(7, 0x11111111, 0x2222, 0x33333333, 0x4444);
        vm.assertEq(Decision.unwrap(decision), word);
        decision = DecisionWord.make(
            type(uint64).max, type(uint32).max, type(uint16).max, type(uint32).max, type(uint16).max
        );
        vm.assertEq(Decision.unwrap(decision), type(uint160).max);
    }

    function testFuzz_MemberSlot(
        uint256 before,
        uint32 institution,
        uint32 roles,
        uint40 validFrom,
        uint40 validUntil,
        uint16 keyVersion,
        bool suspended
    ) public pure {
        MemberSlot slot = MemberSlot.wrap(before).withSuspended(suspended).withKey(keyVersion);
        slot = slot.withMembership(institution, roles, validFrom, validUntil);
        IIdentityRegistry.Member memory member = slot.read();
        vm.assertEq(member.institution, institution);
        vm.assertEq(member.roles, roles);
        vm.assertEq(member.validFrom, validFrom);
        vm.assertEq(member.validUntil, validUntil);
        vm.assertEq(member.keyVersion, keyVersion);
        vm.assertFalse(member.keyRevoked);
        vm.assertTrue(member.suspended == suspended);
        vm.assertTrue(slot.withKeyRevoked().keyRevoked());
        vm.assertEq(slot.withKeyRevoked().keyVersion(), keyVersion);
        vm.assertFalse(slot.withKeyRevoked().withKey(keyVersion).keyRevoked());
    }
}
