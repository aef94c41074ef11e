// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {Fixture} from "./support/Fixture.sol";
import {vm} from "./support/Vm.sol";

/// @title The credit of the consortium
contract CreditTest is Fixture {
    function test_IsWhatItSays() public view {
        vm.assertEq(keccak256(bytes(credit.symbol())), keccak256("AMC"));
        vm.assertEq(keccak256(bytes(credit.name())), keccak256("Amana Credit"));
        vm.assertEq(credit.decimals(), 18);
        vm.assertEq(credit.totalSupply(), 0);
    }

    function test_TheGovernorMintsAndNamesMinters() public {
        bytes32 minter = credit.MINTER();
        vm.prank(governor);
        credit.mint(researcher, 5);
        vm.prank(governor);
        credit.grantRole(minter, clinicAdmin);
        vm.prank(clinicAdmin);
        credit.mint(researcher, 2);
        vm.assertEq(credit.balanceOf(researcher), 7);
    }

    function testFuzz_NobodyElseMints(address caller) public {
        vm.assume(caller != governor);
        bytes4 selector = IAccessControl.AccessControlUnauthorizedAccount.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, caller, keccak256("MINTER")));
        vm.prank(caller);
        credit.mint(caller, 1);
    }
}
