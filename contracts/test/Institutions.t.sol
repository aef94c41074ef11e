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

    /// @dev What is active stands in bits, 256 in a slot, and the pause in the first: none touches another.
    function test_EachInstitutionIsActiveByItself() public {
        uint32[6] memory ids = [uint32(3), 254, 255, 256, 257, type(uint32).max];
        for (uint256 i = 0; i < ids.length; ++i) {
            setInstitution(ids[i], newAdmin, true);
            assertActiveUpTo(ids, i);
            vm.assertFalse(identity.paused());
        }
        vm.prank(guardian);
        identity.pause();
        assertActiveUpTo(ids, ids.length - 1);
        for (uint256 i = ids.length; i > 1; --i) {
            setInstitution(ids[i - 1], newAdmin, false);
            assertActiveUpTo(ids, i - 2);
            vm.assertTrue(identity.paused());
        }
    }

    function testFuzz_MembersOfAnyInstitutionPassAndStop(uint32 id) public {
        vm.assume(id != 0);
        setInstitution(id, newAdmin, true);
        enrol(newAdmin, outsider, id, Roles.UPLOADER);
        vm.assertEq(home(outsider, Roles.UPLOADER), id);
        setInstitution(id, newAdmin, false);
        vm.expectRevert(institutionInactive(id));
        identity.requireRole(outsider, Roles.UPLOADER);
    }

    /// @dev Its bit is the pause.
    function test_NumberZeroIsNoInstitutionInAPauseEither() public {
        vm.prank(guardian);
        identity.pause();
        vm.assertFalse(identity.institutionOf(0).active);
        vm.assertFalse(identity.isAdministrator(0, address(0)));
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

    function assertActiveUpTo(uint32[6] memory ids, uint256 last) private view {
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.assertTrue(identity.institutionOf(ids[i]).active == (i <= last));
        }
    }
}
