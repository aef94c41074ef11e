// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Fixture} from "./support/Fixture.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {Roles} from "../src/common/Roles.sol";
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

    function test_ASuspendedMemberSetsNonly() public {
        suspend(instituteAdmin, researcher);
        vm.expectRevert(memberIsSuspended(researcher));
        setKey(researcher, FIRST);
    }

    function test_AFormerMemberSetsNonly() public {
        vm.prank(instituteAdmin);
        identity.setMember(researcher, INSTITUTE, Roles.RESEARCHER, 0, UNTIL);
        vm.warp(UNTIL);
        vm.expectRevert(memberExpired(researcher, UNTIL));
        setKey(researcher, FIRST);
    }

    function test_AMemberOfAClosedInstitutionSetsNonly() public {
        setInstitution(INSTITUTE, instituteAdmin, false);
        vm.expectRevert(institutionInactive(INSTITUTE));
        setKey(researcher, FIRST);
    }

    function testFuzz_RefusesOtherTypes(uint8 keyType) public {
        vm.assume(keyType != 1 && keyType != 2);
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

    function test_AHybridKeyIsKeptAsItsHash() public {
        bytes memory key = hybridKey(7);
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.KeySet(researcher, 1, 2, key);
        vm.prank(researcher);
        identity.setKey(2, key);
        assertKey(researcher, 1, 2, keccak256(key));
        setKey(researcher, FIRST);
        assertKey(researcher, 1, 2, keccak256(key));
        assertKey(researcher, 2, 1, FIRST);
    }

    function testFuzz_AHybridKeyHas1216Bytes(uint16 size) public {
        size %= 2048;
        if (size != 1216) vm.expectRevert(invalid("key"));
        vm.prank(researcher);
        identity.setKey(2, new bytes(size));
        vm.assertEq(identity.memberOf(researcher).keyVersion, size == 1216 ? 1 : 0);
    }

    function test_RefusesMoreKeysThanVersions() public {
        // Slot 1 is the mapping of members (layout/IdentityRegistry.json), keyVersion stands at bit 144.
        bytes32 slot = keccak256(abi.encode(researcher, uint256(1)));
        uint256 member = uint256(vm.load(address(identity), slot));
        vm.store(address(identity), slot, bytes32(member | uint256(type(uint16).max) << 144));
        vm.assertEq(identity.memberOf(researcher).keyVersion, type(uint16).max);
        vm.expectRevert(invalid("keyVersion"));
        setKey(researcher, FIRST);
    }

    // revokeKey

    function test_TheMemberRevokesItsKey() public {
        setKey(researcher, FIRST);
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.KeyRevoked(researcher, 1, researcher);
        revokeKey(researcher, researcher, 1);
        assertRevoked(researcher, 1, true);
        vm.assertTrue(identity.memberOf(researcher).keyRevoked);
        vm.assertEq(identity.memberOf(researcher).keyVersion, 1);
        (, uint16 version) = identity.requireRole(researcher, Roles.RESEARCHER);
        vm.assertEq(version, 0);
        vm.assertEq(identity.requireMember(researcher, Roles.RESEARCHER), 0);
    }

    function test_TheNextKeyHoldsAgain() public {
        setKey(researcher, FIRST);
        revokeKey(researcher, researcher, 1);
        vm.assertEq(setKey(researcher, SECOND), 2);
        vm.assertFalse(identity.memberOf(researcher).keyRevoked);
        assertRevoked(researcher, 1, true);
        assertRevoked(researcher, 2, false);
    }

    function test_AnOlderKeyIsRevokedAlone() public {
        setKey(researcher, FIRST);
        setKey(researcher, SECOND);
        revokeKey(researcher, researcher, 1);
        vm.assertFalse(identity.memberOf(researcher).keyRevoked);
        assertRevoked(researcher, 1, true);
        assertRevoked(researcher, 2, false);
    }

    function test_AdministratorsRevokeKeys() public {
        address deputy = actor("deputy");
        enrol(instituteAdmin, deputy, INSTITUTE, Roles.ADMINISTRATOR);
        setKey(researcher, FIRST);
        setKey(researcher, SECOND);
        revokeKey(instituteAdmin, researcher, 1);
        revokeKey(deputy, researcher, 2);
        vm.assertTrue(identity.memberOf(researcher).keyRevoked);
    }

    function testFuzz_NobodyElseRevokesKeys(address caller) public {
        vm.assume(caller != researcher && caller != instituteAdmin);
        setKey(researcher, FIRST);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotAdmin.selector, INSTITUTE, caller));
        revokeKey(caller, researcher, 1);
    }

    function testFuzz_RefusesUnknownVersions(uint16 version) public {
        vm.assume(version != 1);
        setKey(researcher, FIRST);
        bytes4 selector = IIdentityRegistry.UnknownKey.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, researcher, version));
        revokeKey(researcher, researcher, version);
    }

    function test_RefusesToRevokeTwice() public {
        setKey(researcher, FIRST);
        revokeKey(researcher, researcher, 1);
        bytes4 selector = IIdentityRegistry.KeyRevokedAlready.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, researcher, 1));
        revokeKey(instituteAdmin, researcher, 1);
    }

    function test_AnOutsiderHasNoKeyToRevoke() public {
        vm.expectRevert(notMember(outsider));
        revokeKey(clinicAdmin, outsider, 1);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.UnknownKey.selector, outsider, 1));
        revokeKey(outsider, outsider, 1);
    }

    function revokeKey(address caller, address who, uint16 version) private {
        vm.prank(caller);
        identity.revokeKey(who, version);
    }

    function hybridKey(uint8 fill) private pure returns (bytes memory key) {
        key = new bytes(1216);
        for (uint256 i = 0; i < key.length; ++i) {
            key[i] = bytes1(fill);
        }
    }

    function assertRevoked(address who, uint16 version, bool expected) private view {
        (,, bool revoked) = identity.keyOf(who, version);
        vm.assertTrue(revoked == expected);
    }

    function assertKey(address who, uint16 version, uint8 keyType, bytes32 key) private view {
        (uint8 actualType, bytes32 actual,) = identity.keyOf(who, version);
        vm.assertEq(actualType, keyType);
        vm.assertEq(actual, key);
    }

    function invalid(bytes32 what) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.InvalidArgument.selector, what);
    }
}
