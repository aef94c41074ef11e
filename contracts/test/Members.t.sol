// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Fixture} from "./support/Fixture.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {Roles} from "../src/common/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title Enrolling, suspending and checking members
contract MembersTest is Fixture {
    // setMember

    function test_EnrolsAMember() public {
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.MemberSet(outsider, CLINIC, Roles.PATIENT | Roles.AUDITOR, NOW, UNTIL);
        vm.prank(clinicAdmin);
        identity.setMember(outsider, CLINIC, Roles.PATIENT | Roles.AUDITOR, NOW, UNTIL);

        IIdentityRegistry.Member memory member = identity.memberOf(outsider);
        vm.assertEq(member.institution, CLINIC);
        vm.assertEq(member.roles, Roles.PATIENT | Roles.AUDITOR);
        vm.assertEq(member.validFrom, NOW);
        vm.assertEq(member.validUntil, UNTIL);
        vm.assertEq(member.keyVersion, 0);
        vm.assertFalse(member.keyRevoked);
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
        identity.setMember(outsider, CLINIC, Roles.UPLOADER, 0, FOREVER);
    }

    function test_NobodyEnrolsInAnUnknownInstitution() public {
        vm.expectRevert(notAdmin(77, clinicAdmin));
        vm.prank(clinicAdmin);
        identity.setMember(outsider, 77, Roles.UPLOADER, 0, FOREVER);
    }

    function test_AClosedInstitutionEnrolsNobody() public {
        setInstitution(CLINIC, clinicAdmin, false);
        vm.expectRevert(institutionInactive(CLINIC));
        vm.prank(clinicAdmin);
        identity.setMember(outsider, CLINIC, Roles.UPLOADER, 0, FOREVER);
    }

    function test_RefusesToTakeOverAMember() public {
        vm.expectRevert(invalid("who"));
        enrol(instituteAdmin, clinician, INSTITUTE, Roles.RESEARCHER);
    }

    function test_RefusesTheZeroAddress() public {
        vm.expectRevert(invalid("who"));
        enrol(clinicAdmin, address(0), CLINIC, Roles.UPLOADER);
    }

    function testFuzz_TheTermEndsAfterItBegins(uint40 validFrom, uint40 validUntil) public {
        if (validFrom >= validUntil) vm.expectRevert(invalid("validUntil"));
        vm.prank(clinicAdmin);
        identity.setMember(outsider, CLINIC, Roles.UPLOADER, validFrom, validUntil);
        vm.assertEq(identity.memberOf(outsider).institution, validFrom < validUntil ? CLINIC : 0);
    }

    function testFuzz_RefusesUnknownRoles(uint32 roles) public {
        vm.assume(roles & ~Roles.ALL != 0);
        vm.expectRevert(invalid("roles"));
        enrol(clinicAdmin, clinicAdmin, CLINIC, roles);
    }

    // deputies

    function test_ADeputyEnrolsAndSuspends() public {
        address deputy = makeDeputy();
        enrol(deputy, outsider, CLINIC, Roles.UPLOADER | Roles.AUDITOR);
        suspend(deputy, outsider);
        vm.assertTrue(identity.memberOf(outsider).suspended);
    }

    function test_ADeputyMakesAndChangesNoDeputy() public {
        address deputy = makeDeputy();
        bytes memory reason = notAdmin(CLINIC, deputy);
        vm.expectRevert(reason);
        enrol(deputy, outsider, CLINIC, Roles.ADMINISTRATOR);
        vm.expectRevert(reason);
        enrol(deputy, deputy, CLINIC, Roles.UPLOADER);
        vm.expectRevert(reason);
        suspend(deputy, deputy);
        vm.expectRevert(reason);
        enrol(deputy, clinician, CLINIC, Roles.ADMINISTRATOR | Roles.UPLOADER);
        enrol(clinicAdmin, clinician, CLINIC, Roles.ADMINISTRATOR);
        vm.expectRevert(reason);
        suspend(deputy, clinician);
    }

    function test_ADeputyOfAnotherInstitutionIsNone() public {
        address deputy = makeDeputy();
        vm.expectRevert(notAdmin(INSTITUTE, deputy));
        suspend(deputy, researcher);
        vm.expectRevert(notAdmin(INSTITUTE, deputy));
        enrol(deputy, outsider, INSTITUTE, Roles.UPLOADER);
    }

    function test_ADeputyIsInGoodStanding() public {
        address deputy = makeDeputy();
        suspend(clinicAdmin, deputy);
        vm.expectRevert(notAdmin(CLINIC, deputy));
        enrol(deputy, outsider, CLINIC, Roles.UPLOADER);
        vm.prank(clinicAdmin);
        identity.suspend(deputy, false);
        vm.prank(clinicAdmin);
        identity.setMember(deputy, CLINIC, Roles.ADMINISTRATOR, NOW + 1, UNTIL);
        vm.expectRevert(notAdmin(CLINIC, deputy));
        enrol(deputy, outsider, CLINIC, Roles.UPLOADER);
        vm.warp(UNTIL);
        vm.expectRevert(notAdmin(CLINIC, deputy));
        enrol(deputy, outsider, CLINIC, Roles.UPLOADER);
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
        vm.assertEq(home(clinician, Roles.UPLOADER), CLINIC);
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

    // requireRole

    function test_AnyMemberPassesRoleZero() public view {
        vm.assertEq(home(researcher, 0), INSTITUTE);
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
        identity.setMember(clinician, CLINIC, Roles.UPLOADER, 0, UNTIL);
        vm.warp(UNTIL - 1);
        vm.assertEq(home(clinician, Roles.UPLOADER), CLINIC);
        vm.warp(UNTIL);
        vm.expectRevert(memberExpired(clinician, UNTIL));
        identity.requireRole(clinician, Roles.UPLOADER);
    }

    function test_ATermMayBeginLater() public {
        vm.prank(clinicAdmin);
        identity.setMember(clinician, CLINIC, Roles.UPLOADER, NOW + 9, UNTIL);
        vm.warp(NOW + 8);
        vm.expectRevert(memberNotYetValid(clinician, NOW + 9));
        identity.requireRole(clinician, Roles.UPLOADER);
        vm.warp(NOW + 9);
        vm.assertEq(home(clinician, Roles.UPLOADER), CLINIC);
    }

    function test_KnowsTheVersionOfTheKey() public {
        (, uint16 version) = identity.requireRole(clinician, Roles.UPLOADER);
        vm.assertEq(version, 0);
        setKey(clinician, keccak256("key"));
        (, version) = identity.requireRole(clinician, Roles.UPLOADER);
        vm.assertEq(version, 1);
        vm.assertEq(identity.requireMember(clinician, Roles.UPLOADER), 1);
    }

    /// @dev The same reasons, but for the pause and the institution.
    function test_RequireMemberLooksAtTheMemberOnly() public {
        setInstitution(CLINIC, clinicAdmin, false);
        vm.prank(guardian);
        identity.pause();
        identity.requireMember(clinician, Roles.UPLOADER);
        vm.expectRevert(notMember(outsider));
        identity.requireMember(outsider, 0);
        vm.expectRevert(missingRole(clinician, Roles.AUDITOR));
        identity.requireMember(clinician, Roles.AUDITOR);
        suspend(instituteAdmin, researcher);
        vm.expectRevert(memberIsSuspended(researcher));
        identity.requireMember(researcher, 0);
    }

    function test_TheReasonsHaveAnOrder() public {
        vm.prank(clinicAdmin);
        identity.setMember(clinician, CLINIC, 0, 0, 1);
        suspend(clinicAdmin, clinician);
        setInstitution(CLINIC, clinicAdmin, false);
        vm.prank(guardian);
        identity.pause();

        vm.expectRevert(isPaused());
        identity.requireRole(outsider, Roles.UPLOADER);
        vm.prank(governor);
        identity.unpause();
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

    function makeDeputy() private returns (address deputy) {
        deputy = actor("deputy");
        enrol(clinicAdmin, deputy, CLINIC, Roles.ADMINISTRATOR);
    }

    function notAdmin(uint32 institution, address who) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.NotAdmin.selector, institution, who);
    }

    function invalid(bytes32 what) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.InvalidArgument.selector, what);
    }
}
