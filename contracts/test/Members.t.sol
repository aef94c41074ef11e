// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Fixture} from "./support/Fixture.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {Roles} from "../src/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title Enrolling, suspending and checking members
contract MembersTest is Fixture {
    // setMember

    function test_EnrolsAMember() public {
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.MemberSet(outsider, CLINIC, Roles.PATIENT | Roles.AUDITOR, UNTIL);
        vm.prank(clinicAdmin);
        identity.setMember(outsider, CLINIC, Roles.PATIENT | Roles.AUDITOR, UNTIL);

        IIdentityRegistry.Member memory member = identity.memberOf(outsider);
        vm.assertEq(member.institution, CLINIC);
        vm.assertEq(member.roles, Roles.PATIENT | Roles.AUDITOR);
        vm.assertEq(member.validUntil, UNTIL);
        vm.assertEq(member.keyVersion, 0);
        vm.assertFalse(member.suspended);
    }

    function test_ChangingRolesKeepsKeyAndSuspension() public {
        setKey(clinician, keccak256("key"));
        suspend(clinicAdmin, clinician);
        enrol(clinicAdmin, clinician, CLINIC, Roles.AUDITOR);

        vm.assertEq(identity.memberOf(clinician).keyVersion, 1);
        vm.assertTrue(identity.memberOf(clinician).suspended);
    }

    function testFuzz_OnlyTheAdminEnrols(address caller) public {
        vm.assume(caller != clinicAdmin);
        vm.expectRevert(notAdmin(CLINIC, caller));
        vm.prank(caller);
        identity.setMember(outsider, CLINIC, Roles.UPLOADER, FOREVER);
    }

    function test_NobodyEnrolsInAnUnknownInstitution() public {
        vm.expectRevert(notAdmin(77, clinicAdmin));
        vm.prank(clinicAdmin);
        identity.setMember(outsider, 77, Roles.UPLOADER, FOREVER);
    }

    function test_AClosedInstitutionEnrolsNobody() public {
        setInstitution(CLINIC, clinicAdmin, false);
        vm.expectRevert(institutionInactive(CLINIC));
        vm.prank(clinicAdmin);
        identity.setMember(outsider, CLINIC, Roles.UPLOADER, FOREVER);
    }

    function test_RefusesToTakeOverAMember() public {
        vm.expectRevert(invalid("who"));
        enrol(instituteAdmin, clinician, INSTITUTE, Roles.RESEARCHER);
    }

    function test_RefusesTheZeroAddress() public {
        vm.expectRevert(invalid("who"));
        enrol(clinicAdmin, address(0), CLINIC, Roles.UPLOADER);
    }

    function test_RefusesNoEndDate() public {
        vm.expectRevert(invalid("validUntil"));
        vm.prank(clinicAdmin);
        identity.setMember(outsider, CLINIC, Roles.UPLOADER, 0);
    }

    function testFuzz_RefusesUnknownRoles(uint32 roles) public {
        vm.assume(roles & ~Roles.ALL != 0);
        vm.expectRevert(invalid("roles"));
        enrol(clinicAdmin, clinicAdmin, CLINIC, roles);
    }

    function test_RefusesASecondAdmin() public {
        vm.expectRevert(invalid("roles"));
        enrol(clinicAdmin, clinician, CLINIC, Roles.INST_ADMIN | Roles.UPLOADER);
    }

    function testFuzz_TheAdminKeepsItsRole(uint32 roles) public {
        roles &= Roles.ALL;
        enrol(clinicAdmin, clinicAdmin, CLINIC, roles);
        vm.assertEq(identity.memberOf(clinicAdmin).roles, roles | Roles.INST_ADMIN);
    }

    // suspend

    function test_SuspendsAndLifts() public {
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.MemberSuspended(clinician, true);
        suspend(clinicAdmin, clinician);
        vm.expectRevert(memberIsSuspended(clinician));
        identity.requireRole(clinician, Roles.UPLOADER);

        vm.prank(clinicAdmin);
        identity.suspend(clinician, false);
        vm.assertEq(identity.requireRole(clinician, Roles.UPLOADER), CLINIC);
    }

    function test_RefusesToSuspendAnOutsider() public {
        vm.expectRevert(notMember(outsider));
        suspend(clinicAdmin, outsider);
    }

    function testFuzz_OnlyTheAdminSuspends(address caller) public {
        vm.assume(caller != clinicAdmin);
        vm.expectRevert(notAdmin(CLINIC, caller));
        suspend(caller, clinician);
    }

    function test_AClosedInstitutionSuspendsNobody() public {
        setInstitution(CLINIC, clinicAdmin, false);
        vm.expectRevert(institutionInactive(CLINIC));
        suspend(clinicAdmin, clinician);
    }

    function test_TheAdminCannotSuspendItself() public {
        vm.expectRevert(invalid("who"));
        suspend(clinicAdmin, clinicAdmin);
    }

    // requireRole

    function test_AnyMemberPassesRoleZero() public view {
        vm.assertEq(identity.requireRole(researcher, 0), INSTITUTE);
    }

    function test_EveryBitIsNeeded() public {
        vm.expectRevert(missingRole(clinician, Roles.UPLOADER | Roles.RESEARCHER));
        identity.requireRole(clinician, Roles.UPLOADER | Roles.RESEARCHER);
    }

    function test_RequiresMembership() public {
        vm.expectRevert(notMember(outsider));
        identity.requireRole(outsider, 0);
    }

    function test_RequiresTheRole() public {
        vm.expectRevert(missingRole(researcher, Roles.UPLOADER));
        identity.requireRole(researcher, Roles.UPLOADER);
    }

    function test_RequiresAValidTerm() public {
        vm.prank(clinicAdmin);
        identity.setMember(clinician, CLINIC, Roles.UPLOADER, UNTIL);
        vm.warp(UNTIL - 1);
        vm.assertEq(identity.requireRole(clinician, Roles.UPLOADER), CLINIC);
        vm.warp(UNTIL);
        vm.expectRevert(memberExpired(clinician, UNTIL));
        identity.requireRole(clinician, Roles.UPLOADER);
    }

    function test_TheReasonsHaveAnOrder() public {
        vm.prank(clinicAdmin);
        identity.setMember(clinician, CLINIC, 0, 1);
        suspend(clinicAdmin, clinician);
        setInstitution(CLINIC, clinicAdmin, false);

        vm.expectRevert(institutionInactive(CLINIC));
        identity.requireRole(clinician, Roles.UPLOADER);
        setInstitution(CLINIC, clinicAdmin, true);
        vm.expectRevert(memberIsSuspended(clinician));
        identity.requireRole(clinician, Roles.UPLOADER);
        vm.prank(clinicAdmin);
        identity.suspend(clinician, false);
        vm.expectRevert(memberExpired(clinician, 1));
        identity.requireRole(clinician, Roles.UPLOADER);
    }

    function notAdmin(uint32 institution, address who) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.NotAdmin.selector, institution, who);
    }

    function invalid(bytes32 what) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.InvalidArgument.selector, what);
    }
}
