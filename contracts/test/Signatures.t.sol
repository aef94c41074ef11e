// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Decision, DecisionWord} from "../src/common/Decision.sol";
import {DuoMatch} from "../src/common/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {ISignatures} from "../src/interfaces/ISignatures.sol";
import {Signing} from "./support/Signing.sol";
import {Trees} from "./support/Trees.sol";
import {vm} from "./support/Vm.sol";

/// @dev A patient whose account is a contract (ERC-1271): it takes what its owner signed.
contract ContractAccount {
    address private immutable _owner;

    constructor(address owner) {
        _owner = owner;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        (bytes32 r, bytes32 s, uint8 v) =
            (bytes32(signature[:32]), bytes32(signature[32:64]), uint8(signature[64]));
        return ecrecover(digest, v, r, s) == _owner ? this.isValidSignature.selector : bytes4(0);
    }
}

/// @title Decisions by signature: each does what the signer could do, and nothing else, and once
contract SignaturesTest is Fixture, Signing {
    uint256 private constant DEADLINE = NOW + 1 days;
    bytes32 private constant DIGEST = keccak256("digest");
    address private signer;
    uint256 private key;
    uint64 private dataset;
    uint64 private id;

    function setUp() public override {
        super.setUp();
        (signer, key) = signerOf("patient with a key");
        setKey(researcher, keccak256("researcher key"));
        (dataset, id) = freshRequest("cid", signer);
    }

    function test_TheDomainIsOnRecord() public view {
        (bytes1 fields, string memory name, string memory version, uint256 chain, address where,,) =
            grants.eip712Domain();
        vm.assertEq(bytes32(fields), bytes32(bytes1(0x0f)));
        vm.assertEq(keccak256(bytes(name)), keccak256("Amana"));
        vm.assertEq(keccak256(bytes(version)), keccak256("1"));
        vm.assertEq(chain, block.chainid);
        vm.assertEq(where, address(grants));
    }

    // approve

    function test_ApprovesWithACapsule() public {
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessApproved(seen(id, 1, 1), signer, CAPSULE);
        approveWith(CAPSULE, capsuleDigest, signed(capsuleDigest));
        vm.assertTrue(grants.isAllowed(id));
    }

    function test_ApprovesWithAStoredCapsule() public {
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessApprovedStored(seen(id, 1, 1), signer, DIGEST);
        approveWith("", DIGEST, signed(DIGEST));
        vm.assertTrue(grants.isAllowed(id));
    }

    function test_AContractApproves() public {
        address account = address(new ContractAccount(signer));
        (dataset, id) = freshRequest("of a contract", account);
        ISignatures.Signed memory value = signed(capsuleDigest);
        value.signer = account;
        approveWith(CAPSULE, capsuleDigest, value);
        vm.assertTrue(grants.isAllowed(id));
    }

    function testFuzz_TheCapsuleIsTheOneThatWasSigned(bytes calldata capsule) public {
        vm.assume(capsule.length != 0 && keccak256(capsule) != keccak256(CAPSULE));
        ISignatures.Signed memory value = signed(capsuleDigest);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.CapsuleDigestMismatch.selector, id));
        approveWith(capsule, capsuleDigest, value);
    }

    /// @dev The state refuses it: no nonce is needed.
    function test_NothingApprovesTwice() public {
        ISignatures.Signed memory value = signed(capsuleDigest);
        approveWith(CAPSULE, capsuleDigest, value);
        vm.expectRevert(badState(id, IAccessGrants.State.Approved));
        approveWith(CAPSULE, capsuleDigest, value);
        vm.prank(signer);
        grants.revoke(id);
        vm.expectRevert(badState(id, IAccessGrants.State.Revoked));
        approveWith(CAPSULE, capsuleDigest, value);
    }

    function test_ARevokedApprovalCannotBeHeldBack() public {
        ISignatures.Signed memory value = signed(capsuleDigest);
        vm.prank(signer);
        datasets.revokeAll(dataset);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.GenerationChanged.selector, dataset, 1));
        approveWith(CAPSULE, capsuleDigest, value);
    }

    function test_AVoteCountsOnce() public {
        address[] memory list = committee(3);
        list[0] = signer;
        dataset = publishWith(params(keccak256("committee"), MASK_HMB, 2, list));
        id = ask(researcher, dataset, DuoMatch.HMB);
        ISignatures.Signed memory value = signed(0);
        approveWith("", 0, value);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.AlreadyVoted.selector, id, signer));
        approveWith("", 0, value);
    }

    function testFuzz_EveryFieldIsSigned(uint8 field) public {
        ISignatures.Signed memory value = signed(capsuleDigest);
        Decision decision = seen(id, 1, 1);
        bytes32 digest = capsuleDigest;
        bytes memory capsule = CAPSULE;
        field %= 8;
        if (field == 0) decision = seen(id + 1, 1, 1);
        else if (field == 1) decision = seen(id, 2, 1);
        else if (field == 2) decision = seen(id, 1, 2);
        else if (field == 3) decision = DecisionWord.make(id, 1, 1, 1, 0);
        else if (field == 4) decision = DecisionWord.make(id, 1, 1, 0, 1);
        else if (field == 5) decision = Decision.wrap(Decision.unwrap(decision) | uint256(1) << 255);
        else if (field == 6) (digest, capsule) = (DIGEST, "");
        else value.deadline += 1;
        vm.expectRevert(badSignature(signer));
        grants.approveBySig(decision, digest, capsule, value);
    }

    function testFuzz_AnotherSignerIsRefused(address other) public {
        vm.assume(other != signer && other.code.length == 0);
        ISignatures.Signed memory value = signed(capsuleDigest);
        value.signer = other;
        vm.expectRevert(badSignature(other));
        approveWith(CAPSULE, capsuleDigest, value);
    }

    function test_ASignerWithoutASeatIsRefused() public {
        (address other, uint256 otherKey) = signerOf("no custodian");
        bytes32 value = approveStruct(id, 1, 1, capsuleDigest, DEADLINE);
        ISignatures.Signed memory foreign = sign(otherKey, address(grants), value, DEADLINE);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NotCustodian.selector, dataset, other));
        approveWith(CAPSULE, capsuleDigest, foreign);
    }

    function test_AnotherChainOrContractIsRefused() public {
        bytes32 value = approveStruct(id, 1, 1, capsuleDigest, DEADLINE);
        ISignatures.Signed memory elsewhere = signOn(block.chainid + 1, key, address(grants), value, DEADLINE);
        vm.expectRevert(badSignature(signer));
        approveWith(CAPSULE, capsuleDigest, elsewhere);
        elsewhere = sign(key, address(datasets), value, DEADLINE);
        vm.expectRevert(badSignature(signer));
        approveWith(CAPSULE, capsuleDigest, elsewhere);
    }

    function test_AForkOfTheChainRefusesWhatWasSignedBefore() public {
        ISignatures.Signed memory value = signed(capsuleDigest);
        vm.chainId(block.chainid + 1);
        vm.expectRevert(badSignature(signer));
        approveWith(CAPSULE, capsuleDigest, value);
    }

    function test_ADeadlineIsInclusive() public {
        ISignatures.Signed memory value = signed(capsuleDigest);
        vm.warp(DEADLINE + 1);
        vm.expectRevert(abi.encodeWithSelector(ISignatures.SignatureExpired.selector, DEADLINE));
        approveWith(CAPSULE, capsuleDigest, value);
        vm.warp(DEADLINE);
        approveWith(CAPSULE, capsuleDigest, value);
    }

    /// @dev The other s of the same signature, with the other v, recovers the same address: it must not pass.
    function test_TheOtherSIsRefused() public {
        ISignatures.Signed memory value = signed(capsuleDigest);
        value.signature = mirrored(value.signature);
        vm.expectRevert(badSignature(signer));
        approveWith(CAPSULE, capsuleDigest, value);
    }

    function testFuzz_GarbageIsRefused(bytes calldata garbage) public {
        ISignatures.Signed memory value = signed(capsuleDigest);
        vm.assume(keccak256(garbage) != keccak256(value.signature));
        value.signature = garbage;
        vm.expectRevert(badSignature(signer));
        approveWith(CAPSULE, capsuleDigest, value);
    }

    // return, deny, revoke

    function test_ReturnsOneRevision() public {
        ISignatures.Signed memory value =
            sign(key, address(grants), returnStruct(id, 1, DIGEST, DEADLINE), DEADLINE);
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessReturned(id, signer, DIGEST);
        grants.returnBySig(id, DIGEST, value);
        vm.expectRevert(badState(id, IAccessGrants.State.Returned));
        grants.returnBySig(id, DIGEST, value);
        resubmit();
        vm.expectRevert(badSignature(signer));
        grants.returnBySig(id, DIGEST, value);
    }

    function test_DeniesOneRevision() public {
        ISignatures.Signed memory value =
            sign(key, address(grants), denyStruct(id, 1, DIGEST, DEADLINE), DEADLINE);
        vm.expectRevert(badSignature(signer));
        grants.denyBySig(id, keccak256("another reason"), value);
        resubmit();
        vm.expectRevert(badSignature(signer));
        grants.denyBySig(id, DIGEST, value);
        value = sign(key, address(grants), denyStruct(id, 2, DIGEST, DEADLINE), DEADLINE);
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessDenied(id, signer, DIGEST);
        grants.denyBySig(id, DIGEST, value);
        vm.expectRevert(badState(id, IAccessGrants.State.Denied));
        grants.denyBySig(id, DIGEST, value);
    }

    function test_Revokes() public {
        ISignatures.Signed memory value = sign(key, address(grants), revokeStruct(id, DEADLINE), DEADLINE);
        vm.expectRevert(badState(id, IAccessGrants.State.Requested));
        grants.revokeBySig(id, value);
        approveWith(CAPSULE, capsuleDigest, signed(capsuleDigest));
        vm.expectEmit(address(grants));
        emit IAccessGrants.AccessRevoked(id, signer);
        grants.revokeBySig(id, value);
        vm.expectRevert(badState(id, IAccessGrants.State.Revoked));
        grants.revokeBySig(id, value);
    }

    // datasets

    function test_RevokesAllOnce() public {
        ISignatures.Signed memory value =
            sign(key, address(datasets), revokeAllStruct(dataset, 0, DEADLINE), DEADLINE);
        vm.expectEmit(address(datasets));
        emit IDatasetRegistry.AllRevoked(dataset, signer, 1);
        datasets.revokeAllBySig(dataset, value);
        vm.expectRevert(badSignature(signer));
        datasets.revokeAllBySig(dataset, value);
    }

    function test_AcceptsOneOffer() public {
        (address heir, uint256 heirKey) = signerOf("heir");
        offer(signer, heir);
        ISignatures.Signed memory value =
            sign(heirKey, address(datasets), acceptStruct(dataset, signer, 1, DIGEST, DEADLINE), DEADLINE);
        vm.expectRevert(badSignature(heir));
        datasets.acceptCustodyBySig(dataset, signer, keccak256("another capsule"), value);
        datasets.acceptCustodyBySig(dataset, signer, DIGEST, value);
        vm.assertEq(datasets.seatOf(dataset, heir), 1);

        // The seat comes back and is offered again: the old acceptance does not fit the new offer.
        offer(heir, signer);
        vm.prank(signer);
        datasets.acceptCustody(dataset, heir, DIGEST);
        offer(signer, heir);
        vm.expectRevert(badSignature(heir));
        datasets.acceptCustodyBySig(dataset, signer, DIGEST, value);
    }

    function test_ASubjectWithdrawsOnce() public {
        bytes32 salt = keccak256("salt");
        IDatasetRegistry.PublishParams memory values = params(keccak256("cohort"));
        values.details.subjectsRoot = Trees.subject(7, signer, salt);
        uint64 cohort = publishWith(values);
        bytes32[] memory proof = new bytes32[](0);
        ISignatures.Signed memory value =
            sign(key, address(datasets), withdrawStruct(cohort, 7, DEADLINE), DEADLINE);

        vm.expectRevert(badSignature(signer));
        datasets.withdrawSubjectBySig(cohort, values.details, 8, salt, proof, value);
        datasets.withdrawSubjectBySig(cohort, values.details, 7, salt, proof, value);
        vm.assertTrue(datasets.isSubjectWithdrawn(cohort, 7));
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.AlreadyWithdrawn.selector, cohort, 7));
        datasets.withdrawSubjectBySig(cohort, values.details, 7, salt, proof, value);
    }

    function freshRequest(bytes memory name, address custodian)
        private
        returns (uint64 published, uint64 request)
    {
        published = publishWith(params(keccak256(name), MASK_HMB, 1, only(custodian)));
        request = ask(researcher, published, DuoMatch.HMB);
    }

    function resubmit() private {
        vm.prank(researcher);
        grants.resubmit(id, DuoMatch.HMB, 0, UNTIL, MESSAGE);
    }

    function offer(address from, address to) private {
        vm.prank(from);
        datasets.offerCustody(dataset, to);
    }

    function signed(bytes32 digest) private view returns (ISignatures.Signed memory) {
        return sign(key, address(grants), approveStruct(id, 1, 1, digest, DEADLINE), DEADLINE);
    }

    function approveWith(bytes memory capsule, bytes32 digest, ISignatures.Signed memory value) private {
        vm.prank(outsider);
        grants.approveBySig(seen(id, 1, 1), digest, capsule, value);
    }

    function mirrored(bytes memory signature) private pure returns (bytes memory) {
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        bytes32 r;
        bytes32 s;
        assembly {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
        }
        uint8 v = uint8(signature[64]) == 27 ? 28 : 27;
        return abi.encodePacked(r, bytes32(order - uint256(s)), v);
    }

    function badSignature(address who) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISignatures.BadSignature.selector, who);
    }
}
