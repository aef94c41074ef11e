// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Decision, DecisionWord} from "../src/common/Decision.sol";
import {DuoMatch} from "../src/common/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {Roles} from "../src/common/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title What custodians decide: approve, return, deny, revoke
contract DecisionsTest is Fixture {
    uint64 private dataset;
    uint64 private id;

    function setUp() public override {
        super.setUp();
        dataset = publish(keccak256("cid"));
        setKey(researcher, keccak256("researcher key"));
        id = ask(researcher, dataset, DuoMatch.HMB);
    }

    // approve

    function test_ThePatientApproves() public {
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessApproved(seen(id, 1, 1), patient, CAPSULE);
        approve(patient, id, 1, 1);

        assertState(id, IAccessGrants.State.Approved);
        vm.assertEq(grants.requestOf(id).votes, 0);
        vm.assertTrue(grants.isAllowed(id));
    }

    function testFuzz_OnlyACustodianApproves(address caller) public {
        vm.assume(caller != patient);
        vm.expectRevert(notCustodian(caller));
        approve(caller, id, 1, 1);
    }

    function test_ThePublisherIsNoCustodian() public {
        vm.expectRevert(notCustodian(clinician));
        approve(clinician, id, 1, 1);
    }

    function test_ACustodianNeedsNoMembership() public {
        vm.assertEq(identity.memberOf(patient).institution, 0);
        approve(patient, id, 1, 1);
    }

    function testFuzz_RefusesAnotherRevision(uint32 revision) public {
        vm.assume(revision != 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.RevisionChanged.selector, id, 1));
        approve(patient, id, revision, 1);
    }

    function test_RefusesARevisionThatWasReplaced() public {
        vm.prank(researcher);
        grants.resubmit(id, DuoMatch.DS, 0, UNTIL, MESSAGE);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.RevisionChanged.selector, id, 2));
        approve(patient, id, 1, 1);
        approve(patient, id, 2, 1);
    }

    function testFuzz_RefusesAnotherKeyVersion(uint16 keyVersion) public {
        vm.assume(keyVersion != 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.KeyVersionChanged.selector, researcher, 1));
        approve(patient, id, 1, keyVersion);
    }

    function test_RefusesAKeyThatWasReplaced() public {
        setKey(researcher, keccak256("new key"));
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.KeyVersionChanged.selector, researcher, 2));
        approve(patient, id, 1, 1);
        approve(patient, id, 1, 2);
    }

    function test_RefusesARevokedKey() public {
        vm.prank(researcher);
        identity.revokeKey(researcher, 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NoKey.selector, researcher));
        approve(patient, id, 1, 1);
    }

    function testFuzz_RefusesAnotherCountOfWithdrawals(uint32 withdrawals) public {
        vm.assume(withdrawals != 0);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.WithdrawalsChanged.selector, dataset, 0));
        vm.prank(patient);
        grants.approve(DecisionWord.make(id, 1, 1, withdrawals, 0), CAPSULE);
    }

    function testFuzz_RefusesAnotherGeneration(uint16 generation) public {
        vm.assume(generation != 0);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.GenerationChanged.selector, dataset, 0));
        vm.prank(patient);
        grants.approve(DecisionWord.make(id, 1, 1, 0, generation), CAPSULE);
    }

    /// @dev Above the 16 bits of a generation nothing may stand: one decision has one word.
    function testFuzz_RefusesBitsWithoutAMeaning(uint8 bit) public {
        bit = 160 + bit % 96;
        Decision other = Decision.wrap(Decision.unwrap(seen(id, 1, 1)) | uint256(1) << bit);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.GenerationChanged.selector, dataset, 0));
        vm.prank(patient);
        grants.approve(other, CAPSULE);
    }

    function test_RefusesAWithdrawnDataset() public {
        withdrawDataset(dataset);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.DatasetIsWithdrawn.selector, dataset));
        approve(patient, id, 1, 1);
    }

    function test_RefusesARequesterWhoLostItsStanding() public {
        suspend(instituteAdmin, researcher);
        vm.expectRevert(memberIsSuspended(researcher));
        approve(patient, id, 1, 1);
    }

    function test_RefusesARequesterWhoLostTheRole() public {
        enrol(instituteAdmin, researcher, INSTITUTE, Roles.PATIENT);
        vm.expectRevert(missingRole(researcher, Roles.RESEARCHER));
        approve(patient, id, 1, 1);
    }

    // capsules

    function testFuzz_ACapsuleIsAtMost1024Bytes(uint16 size) public {
        size = size % 2048 + 1;
        bytes memory capsule = new bytes(size);
        if (size > 1024) vm.expectRevert(capsuleTooLarge(size));
        vm.prank(patient);
        grants.approve(seen(id, 1, 1), capsule);
        vm.assertTrue(grants.isAllowed(id) == (size <= 1024));
    }

    function test_ACapsuleOf1024BytesFits() public {
        bytes memory capsule = new bytes(1024);
        vm.prank(patient);
        grants.approve(seen(id, 1, 1), capsule);
        assertState(id, IAccessGrants.State.Approved);
    }

    function test_ACapsuleOf1025BytesDoesNot() public {
        bytes memory capsule = new bytes(1025);
        vm.expectRevert(capsuleTooLarge(1025));
        vm.prank(patient);
        grants.approve(seen(id, 1, 1), capsule);
    }

    function test_ALargeCapsuleIsAnObjectElsewhere() public {
        bytes32 digest = keccak256("object");
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessApprovedStored(seen(id, 1, 1), patient, digest);
        vm.prank(patient);
        grants.approveStored(seen(id, 1, 1), digest);
        vm.assertTrue(grants.isAllowed(id));
    }

    function test_RefusesNoCapsule() public {
        bytes memory reason = abi.encodeWithSelector(IAccessGrants.CapsuleMissing.selector, id);
        vm.expectRevert(reason);
        vote(patient, id, 1, 1);
        vm.expectRevert(reason);
        vm.prank(patient);
        grants.approveStored(seen(id, 1, 1), 0);
    }

    // k of n

    function test_TwoOfThree() public {
        committeeRequest(2, 3);
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessVoted(id, custodian(2), 1);
        vote(custodian(2), id, 1, 1);
        assertState(id, IAccessGrants.State.Requested);
        vm.assertFalse(grants.isAllowed(id));
        vm.assertEq(grants.requestOf(id).votes, 1);

        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessApproved(seen(id, 1, 1), custodian(0), CAPSULE);
        approve(custodian(0), id, 1, 1);
        vm.assertTrue(grants.isAllowed(id));
        vm.assertEq(grants.requestOf(id).votes, 1);
    }

    function test_AnEarlyVoteCarriesNoCapsule() public {
        committeeRequest(2, 3);
        vm.expectRevert(capsuleTooEarly());
        approve(custodian(0), id, 1, 1);
        vm.expectRevert(capsuleTooEarly());
        vm.prank(custodian(0));
        grants.approveStored(seen(id, 1, 1), keccak256("object"));
    }

    function test_NobodyVotesTwice() public {
        committeeRequest(2, 3);
        vote(custodian(0), id, 1, 1);
        vm.expectRevert(alreadyVoted(custodian(0)));
        approve(custodian(0), id, 1, 1);

        committeeRequest(3, 3);
        vote(custodian(0), id, 1, 1);
        vm.expectRevert(alreadyVoted(custodian(0)));
        vote(custodian(0), id, 1, 1);
    }

    function test_AResubmissionClearsTheVotes() public {
        committeeRequest(2, 3);
        vote(custodian(0), id, 1, 1);
        vm.prank(researcher);
        grants.resubmit(id, DuoMatch.HMB, 0, UNTIL, MESSAGE);
        vm.assertEq(grants.requestOf(id).votes, 0);

        vm.expectRevert(capsuleTooEarly());
        approve(custodian(1), id, 2, 1);
        vote(custodian(0), id, 2, 1);
        approve(custodian(1), id, 2, 1);
        vm.assertTrue(grants.isAllowed(id));
    }

    function testFuzz_ExactlyTheThreshold(uint8 threshold, uint8 number) public {
        number = number % 32 + 1;
        threshold = threshold % number + 1;
        committeeRequest(threshold, number);
        for (uint256 i = 0; i + 1 < threshold; ++i) {
            vote(custodian(i), id, 1, 1);
            vm.assertFalse(grants.isAllowed(id));
        }
        approve(custodian(uint256(threshold) - 1), id, 1, 1);
        vm.assertTrue(grants.isAllowed(id));
        vm.assertEq(grants.requestOf(id).votes, threshold - 1);
    }

    function test_OneDenialOfACommitteeIsFinal() public {
        committeeRequest(2, 3);
        vote(custodian(0), id, 1, 1);
        vm.prank(custodian(1));
        grants.deny(id, 0);
        vm.expectRevert(badState(id, IAccessGrants.State.Denied));
        approve(custodian(2), id, 1, 1);
    }

    // revokeAll

    function test_RevokeAllEndsEveryGrant() public {
        uint64 second = ask(researcher, dataset, DuoMatch.DS);
        approve(patient, id, 1, 1);
        approve(patient, second, 1, 1);
        vm.expectEmit(address(datasets));
        emit IDatasetRegistry.AllRevoked(dataset, patient, 1);
        revokeAll();
        assertState(id, IAccessGrants.State.Revoked);
        assertState(second, IAccessGrants.State.Revoked);
        vm.assertFalse(grants.isAllowed(id));
        vm.assertEq(datasets.get(dataset).generation, 1);

        vm.expectRevert(badState(id, IAccessGrants.State.Revoked));
        vm.prank(patient);
        grants.revoke(id);
        vm.warp(UNTIL);
        assertState(id, IAccessGrants.State.Expired);
    }

    function test_LaterGrantsHold() public {
        revokeAll();
        vm.prank(patient);
        grants.approve(DecisionWord.make(id, 1, 1, 0, 1), CAPSULE);
        vm.assertTrue(grants.isAllowed(id));
        vm.assertEq(grants.requestOf(id).generation, 1);
    }

    function test_EarlierVotesDoNotCount() public {
        committeeRequest(2, 3);
        vote(custodian(0), id, 1, 1);
        vm.assertEq(grants.requestOf(id).votes, 1);
        vm.prank(custodian(2));
        datasets.revokeAll(dataset);
        vm.assertEq(grants.requestOf(id).votes, 0);
        vm.expectRevert(capsuleTooEarly());
        vm.prank(custodian(1));
        grants.approve(DecisionWord.make(id, 1, 1, 0, 1), CAPSULE);
    }

    function testFuzz_OnlyACustodianRevokesAll(address caller) public {
        vm.assume(caller != patient);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.NotCustodian.selector, dataset, caller));
        vm.prank(caller);
        datasets.revokeAll(dataset);
    }

    function test_RevokeAllHasALimit() public {
        // Slot 1 is the mapping of entries (layout/DatasetRegistry.json), generation stands at bit 192.
        bytes32 slot = keccak256(abi.encode(dataset, uint256(1)));
        vm.store(address(datasets), slot, bytes32(uint256(vm.load(address(datasets), slot)) | 4094 << 192));
        revokeAll();
        vm.assertEq(datasets.get(dataset).generation, 4095);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.GenerationLimit.selector, dataset));
        revokeAll();
    }

    // return, deny, revoke

    function test_ReturnsForChanges() public {
        bytes32 comment = keccak256("comment");
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessReturned(id, patient, comment);
        vm.prank(patient);
        grants.returnForChanges(id, comment);
        assertState(id, IAccessGrants.State.Returned);
    }

    function test_Denies() public {
        bytes32 reason = keccak256("reason");
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessDenied(id, patient, reason);
        vm.prank(patient);
        grants.deny(id, reason);
        assertState(id, IAccessGrants.State.Denied);
    }

    function test_Revokes() public {
        approve(patient, id, 1, 1);
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessRevoked(id, patient);
        vm.prank(patient);
        grants.revoke(id);
        assertState(id, IAccessGrants.State.Revoked);
        vm.assertFalse(grants.isAllowed(id));
    }

    function test_RevokesAfterTheDatasetWasWithdrawn() public {
        approve(patient, id, 1, 1);
        withdrawDataset(dataset);
        vm.prank(patient);
        grants.revoke(id);
        assertState(id, IAccessGrants.State.Revoked);
    }

    function testFuzz_OnlyACustodianDecides(address caller) public {
        vm.assume(caller != patient);
        vm.expectRevert(notCustodian(caller));
        vm.prank(caller);
        grants.returnForChanges(id, 0);
        vm.expectRevert(notCustodian(caller));
        vm.prank(caller);
        grants.deny(id, 0);
        approve(patient, id, 1, 1);
        vm.expectRevert(notCustodian(caller));
        vm.prank(caller);
        grants.revoke(id);
    }

    // isAllowed

    function test_AGrantEndsOnItsDate() public {
        approve(patient, id, 1, 1);
        vm.warp(UNTIL - 1);
        vm.assertTrue(grants.isAllowed(id));
        vm.warp(UNTIL);
        vm.assertFalse(grants.isAllowed(id));
        assertState(id, IAccessGrants.State.Expired);
    }

    function test_AWithdrawnDatasetIsServedToNobody() public {
        approve(patient, id, 1, 1);
        withdrawDataset(dataset);
        vm.assertFalse(grants.isAllowed(id));
        assertState(id, IAccessGrants.State.Approved);
    }

    function test_ASuspendedRequesterIsNotServed() public {
        approve(patient, id, 1, 1);
        suspend(instituteAdmin, researcher);
        vm.assertFalse(grants.isAllowed(id));
        vm.prank(instituteAdmin);
        identity.suspend(researcher, false);
        vm.assertTrue(grants.isAllowed(id));
    }

    function test_ARequesterWithoutTheRoleIsNotServed() public {
        approve(patient, id, 1, 1);
        enrol(instituteAdmin, researcher, INSTITUTE, Roles.UPLOADER);
        vm.assertFalse(grants.isAllowed(id));
    }

    function test_APauseServesNobody() public {
        approve(patient, id, 1, 1);
        vm.prank(guardian);
        identity.pause();
        vm.assertFalse(grants.isAllowed(id));
        assertState(id, IAccessGrants.State.Approved);
    }

    function test_ASupersededDatasetIsServed() public {
        approve(patient, id, 1, 1);
        IDatasetRegistry.PublishParams memory next = params(keccak256("next"));
        next.supersedes = dataset;
        publishWith(next);
        vm.assertTrue(grants.isAllowed(id));
    }

    function revokeAll() private {
        vm.prank(patient);
        datasets.revokeAll(dataset);
    }

    /// @dev A fresh dataset of a committee, and a request for it, in `dataset` and `id`.
    function committeeRequest(uint8 threshold, uint256 number) private {
        bytes32 cid = keccak256(abi.encode(dataset));
        dataset = publishWith(params(cid, MASK_HMB, threshold, committee(number)));
        id = ask(researcher, dataset, DuoMatch.HMB);
    }

    function notCustodian(address who) private view returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.NotCustodian.selector, dataset, who);
    }

    function alreadyVoted(address who) private view returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.AlreadyVoted.selector, id, who);
    }

    function capsuleTooEarly() private view returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.CapsuleTooEarly.selector, id);
    }

    function capsuleTooLarge(uint256 size) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.CapsuleTooLarge.selector, size);
    }
}
