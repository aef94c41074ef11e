// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Fixture} from "./support/Fixture.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {Roles} from "../src/common/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title Breaking the glass, and its review
contract EmergenciesTest is Fixture {
    bytes32 private constant REASON = keccak256("reason");
    bytes32 private constant NOTE = keccak256("note");
    uint40 private constant END = NOW + 24 hours;
    address private auditor = actor("auditor");
    uint64 private dataset;

    function setUp() public override {
        super.setUp();
        enrol(instituteAdmin, doctor, INSTITUTE, Roles.BREAK_GLASS | Roles.AUDITOR);
        enrol(clinicAdmin, auditor, CLINIC, Roles.AUDITOR);
        dataset = publishForEmergencies("first");
    }

    function test_ADoctorIsAllowedForADay() public {
        vm.expectEmit(address(grants));
        emit IAccessGrants.GlassBroken(dataset, doctor, END, REASON);
        breakGlass(dataset);
        vm.assertTrue(grants.isAllowedInEmergency(dataset, doctor));
        vm.assertFalse(grants.isAllowedInEmergency(dataset, clinician));
        vm.assertFalse(grants.isAllowedInEmergency(dataset + 1, doctor));
        vm.warp(END - 1);
        vm.assertTrue(grants.isAllowedInEmergency(dataset, doctor));
        vm.warp(END);
        vm.assertFalse(grants.isAllowedInEmergency(dataset, doctor));
        vm.assertEq(grants.emergenciesOf(doctor)[0].dataset, dataset);
        vm.assertEq(grants.emergenciesOf(doctor)[0].until, END);
    }

    function test_NeedsTheRole() public {
        vm.expectRevert(missingRole(clinician, Roles.BREAK_GLASS));
        vm.prank(clinician);
        grants.breakGlass(dataset, REASON);
    }

    function test_OnlyDatasetsThatPermitIt() public {
        uint64 other = publish(keccak256("no emergencies"));
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.BreakGlassNotPermitted.selector, other));
        breakGlass(other);
        vm.expectRevert(unknownDataset(77));
        breakGlass(77);
        withdrawDataset(dataset);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.DatasetIsWithdrawn.selector, dataset));
        breakGlass(dataset);
    }

    function test_EndsWithTheDatasetTheRoleAndAPause() public {
        breakGlass(dataset);
        vm.prank(guardian);
        identity.pause();
        vm.assertFalse(grants.isAllowedInEmergency(dataset, doctor));
        vm.prank(governor);
        identity.unpause();
        vm.assertTrue(grants.isAllowedInEmergency(dataset, doctor));
        suspend(instituteAdmin, doctor);
        vm.assertFalse(grants.isAllowedInEmergency(dataset, doctor));
        vm.prank(instituteAdmin);
        identity.suspend(doctor, false);
        withdrawDataset(dataset);
        vm.assertFalse(grants.isAllowedInEmergency(dataset, doctor));
    }

    function test_TheFifthWaitsForAReview() public {
        uint64[5] memory all;
        all[0] = dataset;
        for (uint256 i = 1; i < 5; ++i) {
            all[i] = publishForEmergencies(abi.encode(i));
        }
        for (uint256 i = 0; i < 4; ++i) {
            breakGlass(all[i]);
        }
        bytes memory reason = abi.encodeWithSelector(IAccessGrants.ReviewPending.selector, doctor);
        vm.expectRevert(reason);
        breakGlass(all[4]);
        vm.warp(NOW + 30 days);
        vm.expectRevert(reason);
        breakGlass(all[4]);

        review(auditor, doctor, all[2]);
        breakGlass(all[4]);
        vm.assertEq(grants.emergenciesOf(doctor)[2].dataset, all[4]);
        vm.assertEq(grants.emergenciesOf(doctor)[3].dataset, all[3]);
        vm.assertTrue(grants.isAllowedInEmergency(all[4], doctor));
        vm.assertFalse(grants.isAllowedInEmergency(all[3], doctor));
    }

    function test_EachNeedsAReviewOfItsOwn() public {
        breakGlass(dataset);
        vm.warp(NOW + 2 days);
        breakGlass(dataset);
        review(auditor, doctor, dataset);
        vm.assertTrue(grants.isAllowedInEmergency(dataset, doctor));
        review(auditor, doctor, dataset);
        vm.assertFalse(grants.isAllowedInEmergency(dataset, doctor));
    }

    function test_AReviewIsOnRecordAndEndsIt() public {
        breakGlass(dataset);
        vm.prank(guardian);
        identity.pause();
        vm.expectEmit(address(grants));
        emit IAccessGrants.EmergencyReviewed(dataset, doctor, auditor, false, NOTE);
        review(auditor, doctor, dataset);
        vm.assertEq(grants.emergenciesOf(doctor)[0].until, 0);
        vm.expectRevert(noEmergency(dataset));
        review(auditor, doctor, dataset);
        vm.expectRevert(noEmergency(0));
        review(auditor, doctor, 0);
    }

    function test_OnlyAuditorsReview() public {
        breakGlass(dataset);
        vm.expectRevert(missingRole(clinician, Roles.AUDITOR));
        review(clinician, doctor, dataset);
    }

    function test_NobodyReviewsItself() public {
        breakGlass(dataset);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.OwnEmergency.selector, doctor));
        review(doctor, doctor, dataset);
    }

    function publishForEmergencies(bytes memory name) private returns (uint64) {
        IDatasetRegistry.PublishParams memory values = params(keccak256(name));
        values.breakGlass = true;
        return publishWith(values);
    }

    function breakGlass(uint64 id) private {
        vm.prank(doctor);
        grants.breakGlass(id, REASON);
    }

    function review(address by, address who, uint64 id) private {
        vm.prank(by);
        grants.reviewBreakGlass(who, id, false, NOTE);
    }

    function noEmergency(uint64 id) private view returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.NoEmergency.selector, doctor, id);
    }
}
