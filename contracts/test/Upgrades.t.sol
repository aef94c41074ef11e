// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";

import {AccessGrants} from "../src/access/AccessGrants.sol";
import {DatasetRegistry} from "../src/datasets/DatasetRegistry.sol";
import {DuoMatch} from "../src/common/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {IdentityRegistry} from "../src/identity/IdentityRegistry.sol";
import {Market} from "../src/market/Market.sol";
import {vm} from "./support/Vm.sol";

/// @dev A next version that says so.
contract NextIdentityRegistry is IdentityRegistry {
    function generation() external pure returns (uint256) {
        return 2;
    }
}

/// @title Upgrades wait 48 hours, and change nothing that was kept
contract UpgradesTest is Fixture {
    /// @dev ERC-1967: keccak256("eip1967.proxy.implementation") - 1.
    bytes32 private constant IMPLEMENTATION =
        0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc;

    function test_AnUpgradeWaits() public {
        address next = address(new NextIdentityRegistry());
        bytes memory call = upgrade(next);
        vm.prank(governor);
        timelock.schedule(address(identity), 0, call, 0, 0, UPGRADE_DELAY);

        vm.warp(NOW + UPGRADE_DELAY - 1);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        vm.prank(governor);
        timelock.execute(address(identity), 0, call, 0, 0);

        vm.warp(NOW + UPGRADE_DELAY);
        vm.prank(governor);
        timelock.execute(address(identity), 0, call, 0, 0);
        vm.assertEq(NextIdentityRegistry(address(identity)).generation(), 2);
        vm.assertEq(implementationOf(address(identity)), next);
    }

    function test_TheDelayCannotBeShorter() public {
        bytes memory call = upgrade(address(new NextIdentityRegistry()));
        vm.expectPartialRevert(TimelockController.TimelockInsufficientDelay.selector);
        vm.prank(governor);
        timelock.schedule(address(identity), 0, call, 0, 0, UPGRADE_DELAY - 1);
    }

    function test_WhatWasKeptIsKept() public {
        setKey(researcher, keccak256("key"));
        uint64 dataset = publish(keccak256("cid"));
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        approve(patient, id, 1, 1);

        upgradeByTimelock(address(identity), address(new IdentityRegistry()));
        upgradeByTimelock(address(datasets), address(new DatasetRegistry(identity)));
        upgradeByTimelock(address(grants), address(new AccessGrants(identity, datasets, market)));
        upgradeByTimelock(address(market), address(new Market(identity, datasets, grants, address(credit))));
        vm.assertEq(identity.governor(), governor);
        vm.assertEq(identity.memberOf(researcher).keyVersion, 1);
        vm.assertEq(datasets.byCid(keccak256("cid")), dataset);
        vm.assertTrue(grants.isAllowed(id));
        vm.assertEq(market.credit(), address(credit));
    }

    function testFuzz_NobodyUpgradesDirectly(address caller) public {
        vm.assume(caller != address(timelock));
        refuseUpgrades(caller);
    }

    function test_NotEvenTheGovernor() public {
        refuseUpgrades(governor);
        refuseUpgrades(guardian);
    }

    function test_AStrangerSchedulesNothing() public {
        bytes memory call = upgrade(address(new NextIdentityRegistry()));
        vm.expectPartialRevert(0xe2517d3f); // AccessControlUnauthorizedAccount
        vm.prank(outsider);
        timelock.schedule(address(identity), 0, call, 0, 0, UPGRADE_DELAY);
    }

    function refuseUpgrades(address caller) private {
        refuse(caller, address(identity), address(new IdentityRegistry()));
        refuse(caller, address(datasets), address(new DatasetRegistry(identity)));
        refuse(caller, address(grants), address(new AccessGrants(identity, datasets, market)));
        refuse(caller, address(market), address(new Market(identity, datasets, grants, address(credit))));
    }

    function refuse(address caller, address target, address next) private {
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotUpgrader.selector, caller));
        vm.prank(caller);
        UUPSUpgradeable(target).upgradeToAndCall(next, "");
    }

    function upgradeByTimelock(address target, address next) private {
        bytes memory call = upgrade(next);
        vm.prank(governor);
        timelock.schedule(target, 0, call, 0, 0, UPGRADE_DELAY);
        vm.warp(vm.getBlockTimestamp() + UPGRADE_DELAY);
        vm.prank(governor);
        timelock.execute(target, 0, call, 0, 0);
        vm.assertEq(implementationOf(target), next);
    }

    function upgrade(address next) private pure returns (bytes memory) {
        return abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (next, ""));
    }

    function implementationOf(address target) private view returns (address) {
        return address(uint160(uint256(vm.load(target, IMPLEMENTATION))));
    }
}
