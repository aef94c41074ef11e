// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DecisionWord} from "../src/common/Decision.sol";
import {DuoMatch} from "../src/common/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {Trees} from "./support/Trees.sol";
import {vm} from "./support/Vm.sol";

/// @title One subject withdraws its part of a cohort
contract SubjectsTest is Fixture {
    uint32 private constant SUBJECTS = 20;
    /// @dev Of indices: they need not be dense, and these reach beyond one word of bits.
    uint32 private constant STEP = 17;
    uint64 private dataset;
    IDatasetRegistry.Details private digests;
    bytes32[] private leaves;

    function setUp() public override {
        super.setUp();
        for (uint32 i = 0; i < SUBJECTS; ++i) {
            leaves.push(Trees.subject(i * STEP, subject(i * STEP), salt(i * STEP)));
        }
        IDatasetRegistry.PublishParams memory values = params(keccak256("cohort"));
        values.details.subjectsRoot = Trees.root(leaves);
        digests = values.details;
        dataset = publishWith(values);
        setKey(researcher, keccak256("key"));
    }

    function testFuzz_ASubjectWithdraws(uint32 index) public {
        index = index % SUBJECTS * STEP;
        vm.expectEmit(address(datasets));
        emit IDatasetRegistry.SubjectWithdrawn(dataset, index, 1);
        withdraw(subject(index), index);
        vm.assertTrue(datasets.isSubjectWithdrawn(dataset, index));
        vm.assertFalse(datasets.isSubjectWithdrawn(dataset, index + 1));
        vm.assertEq(datasets.get(dataset).withdrawals, 1);
    }

    function test_SubjectsAreCounted() public {
        withdraw(subject(0), 0);
        withdraw(subject(14 * STEP), 14 * STEP);
        withdraw(subject(16 * STEP), 16 * STEP);
        vm.assertEq(datasets.get(dataset).withdrawals, 3);
    }

    function test_AnApprovalFromBeforeIsRefused() public {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        withdraw(subject(STEP), STEP);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.WithdrawalsChanged.selector, dataset, 1));
        approve(patient, id, 1, 1);
        vm.prank(patient);
        grants.approve(DecisionWord.make(id, 1, 1, 1, 0), CAPSULE);
        vm.assertTrue(grants.isAllowed(id));
    }

    function test_NothingStopsASubject() public {
        withdrawDataset(dataset);
        vm.prank(guardian);
        identity.pause();
        withdraw(subject(STEP), STEP);
    }

    function test_RefusesTwice() public {
        withdraw(subject(STEP), STEP);
        bytes4 selector = IDatasetRegistry.AlreadyWithdrawn.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, dataset, STEP));
        withdraw(subject(STEP), STEP);
    }

    function testFuzz_RefusesAnybodyElse(address caller, uint32 index) public {
        index = index % SUBJECTS * STEP;
        vm.assume(caller != subject(index));
        vm.expectRevert(badProof());
        withdraw(caller, index);
    }

    function test_RefusesAnotherIndexSaltOrProof() public {
        bytes32[] memory proof = Trees.proof(leaves, 1);
        bytes32[] memory other = Trees.proof(leaves, 2);
        vm.expectRevert(badProof());
        vm.prank(subject(STEP));
        datasets.withdrawSubject(dataset, digests, 6, salt(STEP), proof);
        vm.expectRevert(badProof());
        vm.prank(subject(STEP));
        datasets.withdrawSubject(dataset, digests, STEP, salt(8), proof);
        vm.expectRevert(badProof());
        vm.prank(subject(STEP));
        datasets.withdrawSubject(dataset, digests, STEP, salt(STEP), other);
        vm.expectRevert(badProof());
        vm.prank(subject(STEP));
        datasets.withdrawSubject(dataset, digests, STEP, salt(STEP), new bytes32[](0));
    }

    function testFuzz_RefusesOtherDetails(IDatasetRegistry.Details memory other) public {
        bytes32[] memory proof = Trees.proof(leaves, 1);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DetailsMismatch.selector, dataset));
        vm.prank(subject(STEP));
        datasets.withdrawSubject(dataset, other, STEP, salt(STEP), proof);
        vm.expectRevert(unknownDataset(dataset + 1));
        vm.prank(subject(STEP));
        datasets.withdrawSubject(dataset + 1, digests, STEP, salt(STEP), proof);
    }

    function test_WithoutARootThereIsNobody() public {
        IDatasetRegistry.PublishParams memory values = params(keccak256("no subjects"));
        values.details.subjectsRoot = 0;
        uint64 id = publishWith(values);
        vm.expectRevert(badProof());
        vm.prank(subject(0));
        datasets.withdrawSubject(id, values.details, 0, salt(0), new bytes32[](0));
    }

    function withdraw(address caller, uint32 index) private {
        bytes32[] memory proof = Trees.proof(leaves, index / STEP);
        vm.prank(caller);
        datasets.withdrawSubject(dataset, digests, index, salt(index), proof);
    }

    function subject(uint32 index) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode("subject", index)))));
    }

    function salt(uint32 index) private pure returns (bytes32) {
        return keccak256(abi.encode("salt", index));
    }

    function badProof() private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDatasetRegistry.BadProof.selector);
    }
}
