// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Fixture} from "./support/Fixture.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {Roles} from "../src/common/Roles.sol";
import {Trees} from "./support/Trees.sol";
import {vm} from "./support/Vm.sol";

/// @title Readings in batches
contract BatchesTest is Fixture {
    bytes32 private constant MANIFEST = keccak256("manifest");

    function test_AnchorsABatch() public {
        bytes32 root = keccak256("root");
        vm.expectEmit(address(datasets));
        emit IDatasetRegistry.BatchAnchored(1, clinician, root, 1_000_000, MANIFEST);
        vm.assertEq(anchor(root, 1_000_000), 1);
        vm.assertEq(anchor(root, 1), 2);
        vm.assertEq(datasets.batches(), 2);
    }

    function testFuzz_ProvesEachReadingAndNoOther(uint8 size, uint8 index, bytes32 other) public {
        size = size % 40 + 1;
        index %= size;
        bytes32[] memory leaves = new bytes32[](size);
        for (uint256 i = 0; i < size; ++i) {
            leaves[i] = keccak256(bytes.concat(hex"00", keccak256("salt"), bytes32(i)));
        }
        uint64 batch = anchor(Trees.root(leaves), size);
        bytes32[] memory proof = Trees.proof(leaves, index);
        vm.assertTrue(datasets.verifyLeaf(batch, leaves[index], proof));
        vm.assertFalse(datasets.verifyLeaf(batch, other, proof));
    }

    function test_RefusesNothing() public {
        vm.expectRevert(invalid("root"));
        anchor(0, 1);
        vm.expectRevert(invalid("leaves"));
        anchor(keccak256("root"), 0);
    }

    function test_NeedsTheUploaderRole() public {
        vm.expectRevert(missingRole(researcher, Roles.UPLOADER));
        vm.prank(researcher);
        datasets.anchorBatch(keccak256("root"), 1, MANIFEST);
    }

    function test_KnowsWhichBatchesThereAre() public {
        anchor(keccak256("root"), 1);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.UnknownBatch.selector, 2));
        datasets.verifyLeaf(2, 0, new bytes32[](0));
    }

    function anchor(bytes32 root, uint64 leaves) private returns (uint64) {
        vm.prank(clinician);
        return datasets.anchorBatch(root, leaves, MANIFEST);
    }

    function invalid(bytes32 what) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDatasetRegistry.InvalidArgument.selector, what);
    }
}
