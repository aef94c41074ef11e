// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Fixture} from "./support/Fixture.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {Roles} from "../src/common/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title Naming institutions and their administrator
contract InstitutionsTest is Fixture {
    uint32 private constant NEW = 9;
    address private newAdmin = actor("new admin");

    function test_NamesAnInstitution() public {
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.InstitutionSet(NEW, newAdmin, true);
        setInstitution(NEW, newAdmin, true);

        IIdentityRegistry.Institution memory institution = identity.institutionOf(NEW);
        vm.assertEq(institution.admin, newAdmin);
        vm.assertEq(institution.since, NOW);
        vm.assertTrue(institution.active);
        vm.assertEq(identity.memberOf(newAdmin).institution, 0);
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

    function test_OneAccountMayAdministerSeveral() public {
        setInstitution(NEW, clinicAdmin, true);
        enrol(clinicAdmin, outsider, NEW, Roles.UPLOADER);
        enrol(clinicAdmin, newAdmin, CLINIC, Roles.UPLOADER);
    }

    function test_ClosingKeepsTheDateAndTheMembers() public {
        vm.warp(NOW + 5);
        setInstitution(CLINIC, clinicAdmin, false);
        vm.assertFalse(identity.institutionOf(CLINIC).active);
        vm.assertEq(identity.institutionOf(CLINIC).since, NOW);
        vm.assertEq(identity.memberOf(clinician).roles, Roles.UPLOADER);
    }

    function test_AClosedInstitutionOpensAgain() public {
        setInstitution(CLINIC, clinicAdmin, false);
        vm.expectRevert(institutionInactive(CLINIC));
        identity.requireRole(clinician, Roles.UPLOADER);
        setInstitution(CLINIC, clinicAdmin, true);
        vm.assertEq(home(clinician, Roles.UPLOADER), CLINIC);
    }

    function test_TheSeatPassesOn() public {
        setInstitution(CLINIC, newAdmin, true);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotAdmin.selector, CLINIC, clinicAdmin));
        vm.prank(clinicAdmin);
        identity.setMember(outsider, CLINIC, Roles.UPLOADER, 0, FOREVER);
        enrol(newAdmin, outsider, CLINIC, Roles.UPLOADER);
    }

    function testFuzz_IsAdministrator(address who) public {
        enrol(clinicAdmin, outsider, CLINIC, Roles.ADMINISTRATOR);
        bool expected = who == clinicAdmin || who == outsider;
        vm.assertTrue(identity.isAdministrator(CLINIC, who) == expected);
        vm.assertFalse(identity.isAdministrator(77, who));
    }

    function test_AClosedInstitutionHasNoAdministrator() public {
        vm.assertTrue(identity.isAdministrator(CLINIC, clinicAdmin));
        setInstitution(CLINIC, clinicAdmin, false);
        vm.assertFalse(identity.isAdministrator(CLINIC, clinicAdmin));
    }

    function invalid(bytes32 what) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.InvalidArgument.selector, what);
    }
}
