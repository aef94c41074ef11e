// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {
    IAccessControlDefaultAdminRules
} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";

import {Fixture} from "./support/Fixture.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {IdentityRegistry} from "../src/identity/IdentityRegistry.sol";
import {Roles} from "../src/common/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title Who governs, pauses and may upgrade
contract AuthorityTest is Fixture {
    bytes32 private constant GUARDIAN = keccak256("GUARDIAN");
    bytes32 private constant UPGRADER = keccak256("UPGRADER");

    function test_TheRolesAreTheOnesOfTheStart() public view {
        vm.assertEq(identity.governor(), governor);
        vm.assertEq(identity.GUARDIAN(), GUARDIAN);
        vm.assertEq(identity.UPGRADER(), UPGRADER);
        vm.assertTrue(identity.hasRole(GUARDIAN, guardian));
        vm.assertTrue(identity.hasRole(UPGRADER, address(timelock)));
        vm.assertFalse(identity.hasRole(UPGRADER, governor));
    }

    function test_NobodyStartsTwice() public {
        bytes memory reason = abi.encodeWithSelector(Initializable.InvalidInitialization.selector);
        vm.expectRevert(reason);
        identity.initialize(outsider, outsider, outsider);
        vm.expectRevert(reason);
        datasets.initialize();
        vm.expectRevert(reason);
        grants.initialize();
        vm.expectRevert(reason);
        market.initialize();
    }

    function test_AnImplementationAloneIsNobodys() public {
        IdentityRegistry bare = new IdentityRegistry();
        vm.expectRevert(abi.encodeWithSelector(Initializable.InvalidInitialization.selector));
        bare.initialize(outsider, outsider, outsider);
    }

    function test_NeedsAGovernor() public {
        address implementation = address(new IdentityRegistry());
        bytes memory start = abi.encodeCall(IdentityRegistry.initialize, (address(0), guardian, guardian));
        bytes4 selector = IAccessControlDefaultAdminRules.AccessControlInvalidDefaultAdmin.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, address(0)));
        proxy(implementation, start);
    }

    /// @dev Else 48 hours would be a choice, not a rule.
    function test_TheGovernorCannotMakeItselfUpgrader() public {
        bytes4 selector = IAccessControl.AccessControlUnauthorizedAccount.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, governor, UPGRADER));
        vm.prank(governor);
        identity.grantRole(UPGRADER, governor);
    }

    function test_TheGovernorChangesInTwoSteps() public {
        vm.prank(governor);
        identity.beginDefaultAdminTransfer(outsider);
        vm.warp(NOW + 48 hours + 1);
        vm.prank(outsider);
        identity.acceptDefaultAdminTransfer();
        vm.assertEq(identity.governor(), outsider);
        vm.prank(outsider);
        identity.setInstitution(9, clinicAdmin, true);
    }

    // pause

    function test_AGuardianPausesAndTheGovernorEndsIt() public {
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.Paused(guardian);
        pause();
        vm.assertTrue(identity.paused());
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.Unpaused(governor);
        vm.prank(governor);
        identity.unpause();
        vm.assertFalse(identity.paused());
        vm.assertEq(home(clinician, Roles.UPLOADER), CLINIC);
    }

    function testFuzz_OnlyAGuardianPauses(address caller) public {
        vm.assume(caller != guardian);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotGuardian.selector, caller));
        vm.prank(caller);
        identity.pause();
    }

    function testFuzz_OnlyTheGovernorEndsIt(address caller) public {
        vm.assume(caller != governor);
        pause();
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotGovernor.selector, caller));
        vm.prank(caller);
        identity.unpause();
    }

    function test_WhatNeedsARoleStops() public {
        uint64 dataset = publish(keccak256("cid"));
        setKey(researcher, keccak256("key"));
        pause();
        vm.expectRevert(isPaused());
        publish(keccak256("other"));
        vm.expectRevert(isPaused());
        ask(researcher, dataset, 1);
        vm.expectRevert(isPaused());
        setKey(researcher, keccak256("next"));
        vm.expectRevert(isPaused());
        vm.prank(clinician);
        datasets.anchorBatch(keccak256("root"), 1, 0);
        vm.expectRevert(isPaused());
        vm.prank(doctor);
        grants.breakGlass(dataset, 0);
    }

    function test_RefusingAndRevokingDoNot() public {
        uint64 dataset = publish(keccak256("cid"));
        setKey(researcher, keccak256("key"));
        uint64 first = ask(researcher, dataset, 1);
        uint64 second = ask(researcher, dataset, 2);
        approve(patient, first, 1, 1);
        vm.assertTrue(grants.isAllowed(first));
        pause();
        vm.assertFalse(grants.isAllowed(first));
        vm.prank(patient);
        grants.revoke(first);
        vm.prank(patient);
        grants.returnForChanges(second, 0);
        vm.prank(patient);
        grants.deny(second, 0);
        vm.prank(patient);
        datasets.revokeAll(dataset);
        withdrawDataset(dataset);
        suspend(instituteAdmin, researcher);
        vm.prank(researcher);
        identity.revokeKey(researcher, 1);
    }

    function pause() private {
        vm.prank(guardian);
        identity.pause();
    }
}
