// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Fixture} from "./support/Fixture.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {IdentityRegistry} from "../src/IdentityRegistry.sol";
import {Roles} from "../src/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title Naming institutions and their administrator
contract InstitutionsTest is Fixture {
    uint32 private constant NEW = 9;
    address private newAdmin = actor("new admin");

    function test_GovernorIsTheOneOfTheConstructor() public view {
        vm.assertEq(identity.governor(), governor);
    }

    function test_RefusesNoGovernor() public {
        vm.expectRevert(invalid("governor"));
        new IdentityRegistry(address(0));
    }

    function test_NamesAnInstitution() public {
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.InstitutionSet(NEW, newAdmin, true);
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.MemberSet(newAdmin, NEW, Roles.INST_ADMIN, FOREVER);
        setInstitution(NEW, newAdmin, true);

        IIdentityRegistry.Institution memory institution = identity.institutionOf(NEW);
        vm.assertEq(institution.admin, newAdmin);
        vm.assertEq(institution.since, NOW);
        vm.assertTrue(institution.active);
        IIdentityRegistry.Member memory member = identity.memberOf(newAdmin);
        vm.assertEq(member.institution, NEW);
        vm.assertEq(member.roles, Roles.INST_ADMIN);
        vm.assertEq(member.validUntil, FOREVER);
        vm.assertFalse(member.suspended);
    }

    function test_AnUnknownInstitutionIsAllZero() public view {
        vm.assertEq(identity.institutionOf(NEW).admin, address(0));
        vm.assertEq(identity.institutionOf(NEW).since, 0);
        vm.assertFalse(identity.institutionOf(NEW).active);
    }

    function testFuzz_OnlyTheGovernor(address caller) public {
        vm.assume(caller != governor);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotGovernor.selector, caller));
        vm.prank(caller);
        identity.setInstitution(NEW, newAdmin, true);
    }

    function test_RefusesIdZero() public {
        vm.expectRevert(invalid("id"));
        setInstitution(0, newAdmin, true);
    }

    function test_RefusesNoAdmin() public {
        vm.expectRevert(invalid("admin"));
        setInstitution(NEW, address(0), true);
    }

    function test_RefusesAMemberOfAnotherInstitutionAsAdmin() public {
        vm.expectRevert(invalid("admin"));
        setInstitution(NEW, clinician, true);
    }

    function test_ClosingKeepsTheMembershipOfTheAdmin() public {
        vm.prank(clinicAdmin);
        identity.setMember(clinicAdmin, CLINIC, Roles.UPLOADER, UNTIL);
        vm.warp(NOW + 5);
        setInstitution(CLINIC, clinicAdmin, false);

        vm.assertFalse(identity.institutionOf(CLINIC).active);
        vm.assertEq(identity.institutionOf(CLINIC).since, NOW);
        vm.assertEq(identity.memberOf(clinicAdmin).roles, Roles.UPLOADER | Roles.INST_ADMIN);
        vm.assertEq(identity.memberOf(clinicAdmin).validUntil, UNTIL);
    }

    function test_AClosedInstitutionOpensAgain() public {
        setInstitution(CLINIC, clinicAdmin, false);
        vm.expectRevert(institutionInactive(CLINIC));
        identity.requireRole(clinician, Roles.UPLOADER);
        setInstitution(CLINIC, clinicAdmin, true);
        vm.assertEq(identity.requireRole(clinician, Roles.UPLOADER), CLINIC);
    }

    function test_AMemberTakesOverTheSeat() public {
        setInstitution(CLINIC, clinician, true);

        vm.assertEq(identity.memberOf(clinician).roles, Roles.UPLOADER | Roles.INST_ADMIN);
        vm.assertEq(identity.memberOf(clinicAdmin).institution, CLINIC);
        vm.assertEq(identity.memberOf(clinicAdmin).roles, 0);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotAdmin.selector, CLINIC, clinicAdmin));
        vm.prank(clinicAdmin);
        identity.setMember(outsider, CLINIC, Roles.UPLOADER, FOREVER);
        enrol(clinician, outsider, CLINIC, Roles.UPLOADER);
    }

    function test_ANewAdminIsInGoodStanding() public {
        vm.prank(clinicAdmin);
        identity.setMember(clinician, CLINIC, Roles.UPLOADER, 1);
        suspend(clinicAdmin, clinician);

        vm.expectEmit(address(identity));
        emit IIdentityRegistry.MemberSuspended(clinician, false);
        setInstitution(CLINIC, clinician, true);
        vm.assertEq(identity.requireRole(clinician, Roles.INST_ADMIN), CLINIC);
    }

    function invalid(bytes32 what) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.InvalidArgument.selector, what);
    }
}
