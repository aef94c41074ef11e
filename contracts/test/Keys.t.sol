// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Fixture} from "./support/Fixture.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {Roles} from "../src/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title Encryption keys, set by their owner only
contract KeysTest is Fixture {
    bytes32 private constant FIRST = keccak256("first");
    bytes32 private constant SECOND = keccak256("second");

    function test_VersionsStartAtOneAndStayReadable() public {
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.KeySet(researcher, 1, 1, abi.encode(FIRST));
        vm.assertEq(setKey(researcher, FIRST), 1);
        vm.assertEq(setKey(researcher, SECOND), 2);

        vm.assertEq(identity.memberOf(researcher).keyVersion, 2);
        assertKey(researcher, 1, 1, FIRST);
        assertKey(researcher, 2, 1, SECOND);
        assertKey(researcher, 3, 0, 0);
        assertKey(outsider, 1, 0, 0);
    }

    function test_OneMembersKeyIsNotAnothers() public {
        setKey(researcher, FIRST);
        assertKey(doctor, 1, 0, 0);
        vm.assertEq(identity.memberOf(doctor).keyVersion, 0);
    }

    function test_NeedsMembership() public {
        vm.expectRevert(notMember(outsider));
        setKey(outsider, FIRST);
    }

    function test_ASuspendedMemberSetsNone() public {
        suspend(instituteAdmin, researcher);
        vm.expectRevert(memberIsSuspended(researcher));
        setKey(researcher, FIRST);
    }

    function test_AFormerMemberSetsNone() public {
        vm.prank(instituteAdmin);
        identity.setMember(researcher, INSTITUTE, Roles.RESEARCHER, UNTIL);
        vm.warp(UNTIL);
        vm.expectRevert(memberExpired(researcher, UNTIL));
        setKey(researcher, FIRST);
    }

    function test_AMemberOfAClosedInstitutionSetsNone() public {
        setInstitution(INSTITUTE, instituteAdmin, false);
        vm.expectRevert(institutionInactive(INSTITUTE));
        setKey(researcher, FIRST);
    }

    function testFuzz_OnlyX25519(uint8 keyType) public {
        vm.assume(keyType != 1);
        vm.expectRevert(invalid("keyType"));
        vm.prank(researcher);
        identity.setKey(keyType, abi.encode(FIRST));
    }

    function testFuzz_Only32Bytes(bytes calldata key) public {
        vm.assume(key.length != 32);
        vm.expectRevert(invalid("key"));
        vm.prank(researcher);
        identity.setKey(1, key);
    }

    function test_RefusesTheZeroKey() public {
        vm.expectRevert(invalid("key"));
        setKey(researcher, 0);
    }

    function test_RefusesMoreKeysThanVersions() public {
        // Slot 2 is the mapping of members; keyVersion is 16 bits above institution, roles and validUntil.
        bytes32 slot = keccak256(abi.encode(researcher, uint256(2)));
        uint256 member = uint256(INSTITUTE) | uint256(Roles.RESEARCHER) << 32 | uint256(FOREVER) << 64;
        vm.store(address(identity), slot, bytes32(member | uint256(type(uint16).max) << 104));
        vm.assertEq(identity.memberOf(researcher).keyVersion, type(uint16).max);
        vm.expectRevert(invalid("keyVersion"));
        setKey(researcher, FIRST);
    }

    function assertKey(address who, uint16 version, uint8 keyType, bytes32 key) private view {
        (uint8 actualType, bytes32 actual) = identity.keyOf(who, version);
        vm.assertEq(actualType, keyType);
        vm.assertEq(actual, key);
    }

    function invalid(bytes32 what) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.InvalidArgument.selector, what);
    }
}
