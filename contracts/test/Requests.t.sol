// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/common/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {Roles} from "../src/common/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title Asking, asking again and taking back
contract RequestsTest is Fixture {
    bytes32 private constant OTHER_MESSAGE = keccak256("other message");
    uint64 private dataset;

    function setUp() public override {
        super.setUp();
        dataset = publish(keccak256("cid"));
        setKey(researcher, keccak256("researcher key"));
        setKey(doctor, keccak256("doctor key"));
    }

    function test_KnowsTheOthers() public view {
        vm.assertEq(address(grants.identity()), address(identity));
        vm.assertEq(address(grants.datasets()), address(datasets));
        vm.assertEq(address(grants.market()), address(market));
    }

    // request

    function test_AResearcherAsks() public {
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessRequested(1, dataset, researcher, DuoMatch.DS, 0, UNTIL, 1, 1, MESSAGE);
        vm.assertEq(ask(researcher, dataset, DuoMatch.DS), 1);

        IAccessGrants.Request memory entry = grants.requestOf(1);
        vm.assertEq(entry.requester, researcher);
        vm.assertEq(entry.dataset, dataset);
        vm.assertEq(entry.purpose, DuoMatch.DS);
        vm.assertEq(uint256(entry.state), uint256(IAccessGrants.State.Requested));
        vm.assertEq(entry.revision, 1);
        vm.assertEq(entry.generation, 0);
        vm.assertEq(entry.votes, 0);
        vm.assertEq(entry.until, UNTIL);
        vm.assertEq(grants.count(), 1);
        vm.assertFalse(grants.isAllowed(1));
    }

    function test_ADoctorAsksForCare() public {
        vm.assertEq(ask(doctor, dataset, DuoMatch.CC), 1);
        assertState(1, IAccessGrants.State.Requested);
    }

    function test_CareNeedsTheUploaderRole() public {
        vm.expectRevert(missingRole(researcher, Roles.UPLOADER));
        ask(researcher, dataset, DuoMatch.CC);
    }

    function testFuzz_OtherPurposesNeedTheResearcherRole(uint8 purpose) public {
        purpose %= DuoMatch.CC + 2;
        vm.assume(purpose != DuoMatch.CC);
        vm.expectRevert(missingRole(doctor, Roles.RESEARCHER));
        ask(doctor, dataset, purpose);
    }

    function test_NeedsMembership() public {
        vm.expectRevert(notMember(outsider));
        ask(outsider, dataset, DuoMatch.HMB);
    }

    function test_ASuspendedMemberCannotAsk() public {
        suspend(instituteAdmin, researcher);
        vm.expectRevert(memberIsSuspended(researcher));
        ask(researcher, dataset, DuoMatch.HMB);
    }

    function test_AFormerMemberCannotAsk() public {
        vm.prank(instituteAdmin);
        identity.setMember(researcher, INSTITUTE, Roles.RESEARCHER, 0, NOW + 1);
        vm.warp(NOW + 1);
        vm.expectRevert(memberExpired(researcher, NOW + 1));
        ask(researcher, dataset, DuoMatch.HMB);
    }

    function test_AClosedInstitutionCannotAsk() public {
        setInstitution(INSTITUTE, instituteAdmin, false);
        vm.expectRevert(institutionInactive(INSTITUTE));
        ask(researcher, dataset, DuoMatch.HMB);
    }

    function testFuzz_RefusesUnknownPurposes(uint8 purpose) public {
        vm.assume(purpose > DuoMatch.METHODS);
        vm.expectRevert(purposeNotAllowed(purpose));
        ask(researcher, dataset, purpose);
    }

    function testFuzz_FollowsTheMaskOfTheDataset(uint64 mask, uint8 purpose) public {
        mask &= DuoMatch.KNOWN & ~DuoMatch.CONDITIONS;
        purpose %= 6;
        dataset = publishWith(params(keccak256("masked"), mask, 1, only(patient)));
        address who = purpose == DuoMatch.CC ? doctor : researcher;
        bool permitted = DuoMatch.permits(mask, purpose);
        if (!permitted) vm.expectRevert(purposeNotAllowed(purpose));
        ask(who, dataset, purpose);
        vm.assertEq(grants.count(), permitted ? 1 : 0);
    }

    function testFuzz_RefusesUnknownDatasets(uint64 id) public {
        vm.assume(id != dataset);
        vm.expectRevert(unknownDataset(id));
        ask(researcher, id, DuoMatch.HMB);
    }

    function test_RefusesAWithdrawnDataset() public {
        withdrawDataset(dataset);
        vm.expectRevert(datasetIsWithdrawn());
        ask(researcher, dataset, DuoMatch.HMB);
    }

    function test_NeedsAKey() public {
        enrol(clinicAdmin, outsider, CLINIC, Roles.RESEARCHER);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NoKey.selector, outsider));
        ask(outsider, dataset, DuoMatch.HMB);
    }

    function test_ARevokedKeyIsNone() public {
        vm.prank(researcher);
        identity.revokeKey(researcher, 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NoKey.selector, researcher));
        ask(researcher, dataset, DuoMatch.HMB);
        setKey(researcher, keccak256("next"));
        ask(researcher, dataset, DuoMatch.HMB);
    }

    function testFuzz_EveryConditionMustBeMet(uint64 mask, uint64 conditions) public {
        mask = mask & DuoMatch.CONDITIONS | MASK_HMB;
        dataset = publishWith(params(keccak256("conditions"), mask, 1, only(patient)));
        uint64 missing = mask & DuoMatch.CONDITIONS & ~conditions;
        if (missing != 0) {
            bytes4 selector = IAccessGrants.ConditionNotMet.selector;
            vm.expectRevert(abi.encodeWithSelector(selector, dataset, missing));
        }
        vm.prank(researcher);
        grants.request(dataset, DuoMatch.HMB, conditions, UNTIL, MESSAGE);
        vm.assertEq(grants.count(), missing == 0 ? 1 : 0);
    }

    function test_ASupersededDatasetTakesNoNewRequest() public {
        IDatasetRegistry.PublishParams memory next = params(keccak256("next"));
        next.supersedes = dataset;
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        publishWith(next);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.DatasetIsSuperseded.selector, dataset));
        ask(doctor, dataset, DuoMatch.CC);
        approve(patient, id, 1, 1);
        vm.assertTrue(grants.isAllowed(id));
    }

    function testFuzz_TheEndDateIsInTheFuture(uint40 until) public {
        if (until <= NOW) vm.expectRevert(endDateInPast(until));
        vm.prank(researcher);
        grants.request(dataset, DuoMatch.HMB, 0, until, MESSAGE);
        vm.assertEq(grants.count(), until <= NOW ? 0 : 1);
    }

    function test_TheEndDateIsNotNow() public {
        vm.expectRevert(endDateInPast(NOW));
        vm.prank(researcher);
        grants.request(dataset, DuoMatch.HMB, 0, NOW, MESSAGE);
    }

    // one open request per requester, dataset and purpose

    function test_RefusesASecondOpenRequest() public {
        ask(researcher, dataset, DuoMatch.HMB);
        vm.expectRevert(requestOpen(1));
        ask(researcher, dataset, DuoMatch.HMB);
        vm.prank(patient);
        grants.returnForChanges(1, 0);
        vm.expectRevert(requestOpen(1));
        ask(researcher, dataset, DuoMatch.HMB);
    }

    function test_OtherRequestsAreTheirOwn() public {
        enrol(instituteAdmin, doctor, INSTITUTE, Roles.UPLOADER | Roles.RESEARCHER);
        uint64 second = publish(keccak256("second"));
        vm.assertEq(ask(researcher, dataset, DuoMatch.HMB), 1);
        vm.assertEq(ask(researcher, dataset, DuoMatch.DS), 2);
        vm.assertEq(ask(researcher, second, DuoMatch.HMB), 3);
        vm.assertEq(ask(doctor, dataset, DuoMatch.HMB), 4);
    }

    function test_ANewRequestFollowsAnEndedOne() public {
        ask(researcher, dataset, DuoMatch.HMB);
        vm.prank(researcher);
        grants.cancel(1);
        vm.assertEq(ask(researcher, dataset, DuoMatch.HMB), 2);
        vm.prank(patient);
        grants.deny(2, 0);
        vm.assertEq(ask(researcher, dataset, DuoMatch.HMB), 3);
        approve(patient, 3, 1, 1);
        vm.assertEq(ask(researcher, dataset, DuoMatch.HMB), 4);
        vm.warp(UNTIL);
        vm.prank(researcher);
        vm.assertEq(grants.request(dataset, DuoMatch.HMB, 0, UNTIL + 1, MESSAGE), 5);
    }

    // resubmit

    function test_AResubmissionIsTheNextRevision() public {
        ask(researcher, dataset, DuoMatch.HMB);
        vm.prank(patient);
        grants.returnForChanges(1, 0);
        setKey(researcher, keccak256("new key"));
        vm.warp(NOW + 9);

        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessRequested(
            1, dataset, researcher, DuoMatch.DS, 0, UNTIL + 1, 2, 2, OTHER_MESSAGE
        );
        vm.prank(researcher);
        grants.resubmit(1, DuoMatch.DS, 0, UNTIL + 1, OTHER_MESSAGE);

        IAccessGrants.Request memory entry = grants.requestOf(1);
        vm.assertEq(entry.purpose, DuoMatch.DS);
        vm.assertEq(uint256(entry.state), uint256(IAccessGrants.State.Requested));
        vm.assertEq(entry.revision, 2);
        vm.assertEq(entry.until, UNTIL + 1);
        vm.assertEq(grants.count(), 1);
    }

    function testFuzz_OnlyTheRequesterResubmits(address caller) public {
        vm.assume(caller != researcher);
        ask(researcher, dataset, DuoMatch.HMB);
        vm.expectRevert(notRequester(1, caller));
        vm.prank(caller);
        grants.resubmit(1, DuoMatch.HMB, 0, UNTIL, MESSAGE);
    }

    function test_AResubmissionIsCheckedLikeARequest() public {
        ask(researcher, dataset, DuoMatch.HMB);
        resubmitRefused(DuoMatch.GRU, UNTIL, purposeNotAllowed(DuoMatch.GRU));
        resubmitRefused(6, UNTIL, purposeNotAllowed(6));
        resubmitRefused(DuoMatch.HMB, NOW, endDateInPast(NOW));
        resubmitRefused(DuoMatch.CC, UNTIL, missingRole(researcher, Roles.UPLOADER));
        withdrawDataset(dataset);
        resubmitRefused(DuoMatch.HMB, UNTIL, datasetIsWithdrawn());
        suspend(instituteAdmin, researcher);
        resubmitRefused(DuoMatch.HMB, UNTIL, memberIsSuspended(researcher));
        vm.assertEq(grants.requestOf(1).revision, 1);
    }

    function test_AResubmissionCannotTakeAnOpenPurpose() public {
        ask(researcher, dataset, DuoMatch.HMB);
        ask(researcher, dataset, DuoMatch.DS);
        resubmitRefused(DuoMatch.DS, UNTIL, requestOpen(2));
    }

    function test_ARequestHas63Revisions() public {
        ask(researcher, dataset, DuoMatch.HMB);
        for (uint256 i = 1; i < 63; ++i) {
            vm.prank(researcher);
            grants.resubmit(1, DuoMatch.HMB, 0, UNTIL, MESSAGE);
        }
        vm.assertEq(grants.requestOf(1).revision, 63);
        resubmitRefused(DuoMatch.HMB, UNTIL, abi.encodeWithSelector(IAccessGrants.RevisionLimit.selector, 1));
    }

    function test_AResubmissionFreesItsFormerPurpose() public {
        ask(researcher, dataset, DuoMatch.HMB);
        vm.prank(researcher);
        grants.resubmit(1, DuoMatch.DS, 0, UNTIL, MESSAGE);
        vm.assertEq(ask(researcher, dataset, DuoMatch.HMB), 2);
        resubmitRefused(DuoMatch.HMB, UNTIL, requestOpen(2));
        vm.prank(researcher);
        grants.cancel(2);
        vm.prank(researcher);
        grants.resubmit(1, DuoMatch.HMB, 0, UNTIL, MESSAGE);
        vm.expectRevert(requestOpen(1));
        ask(researcher, dataset, DuoMatch.HMB);
    }

    // cancel

    function test_TheRequesterCancels() public {
        ask(researcher, dataset, DuoMatch.HMB);
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessCancelled(1);
        vm.prank(researcher);
        grants.cancel(1);
        assertState(1, IAccessGrants.State.Cancelled);
    }

    function testFuzz_OnlyTheRequesterCancels(address caller) public {
        vm.assume(caller != researcher);
        ask(researcher, dataset, DuoMatch.HMB);
        vm.expectRevert(notRequester(1, caller));
        vm.prank(caller);
        grants.cancel(1);
    }

    // unknown requests

    function testFuzz_RefusesUnknownRequests(uint64 id) public {
        ask(researcher, dataset, DuoMatch.HMB);
        vm.assume(id != 1);
        bytes memory reason = abi.encodeWithSelector(IAccessGrants.UnknownRequest.selector, id);
        vm.expectRevert(reason);
        grants.resubmit(id, DuoMatch.HMB, 0, UNTIL, MESSAGE);
        vm.expectRevert(reason);
        grants.cancel(id);
        vm.expectRevert(reason);
        grants.returnForChanges(id, 0);
        vm.expectRevert(reason);
        grants.approve(seen(id, 1, 1), "");
        vm.expectRevert(reason);
        grants.approveStored(seen(id, 1, 1), 0);
        vm.expectRevert(reason);
        grants.partiesOf(id);
        vm.expectRevert(reason);
        grants.deny(id, 0);
        vm.expectRevert(reason);
        grants.revoke(id);
        vm.expectRevert(reason);
        grants.requestOf(id);
        assertState(id, IAccessGrants.State.None);
        vm.assertFalse(grants.isAllowed(id));
    }

    function resubmitRefused(uint8 purpose, uint40 until, bytes memory reason) private {
        vm.expectRevert(reason);
        vm.prank(researcher);
        grants.resubmit(1, purpose, 0, until, MESSAGE);
    }

    function purposeNotAllowed(uint8 purpose) private view returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.PurposeNotAllowed.selector, dataset, purpose);
    }

    function datasetIsWithdrawn() private view returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.DatasetIsWithdrawn.selector, dataset);
    }

    function endDateInPast(uint40 until) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.EndDateInPast.selector, until);
    }

    function requestOpen(uint64 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.RequestOpen.selector, id);
    }

    function notRequester(uint64 id, address who) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.NotRequester.selector, id, who);
    }
}
