// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/common/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IAccessGrants} from "../src/interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {ISignatures} from "../src/interfaces/ISignatures.sol";
import {Roles} from "../src/common/Roles.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

/// @title What each operation may cost: whole transactions through the proxies, on contracts that were used before
/// @dev isolate runs every call as a transaction of its own: cold storage, 21,000 gas and calldata included.
///      Each budget is what was measured, rounded up to a hundred.
/// forge-config: default.isolate = true
contract GasTest is Fixture, Signing {
    uint96 private constant PRICE = 5 ether;

    uint64 private dataset;
    uint64 private shared;
    uint64 private priced;
    uint64 private inCredit;

    function setUp() public override {
        super.setUp();
        dataset = publish(keccak256("first"));
        shared = publishWith(params(keccak256("shared"), MASK_HMB, 2, committee(3)));
        priced = publishFor(1, keccak256("priced"));
        inCredit = publishFor(0, keccak256("in credit"));
        setKey(researcher, keccak256("researcher key"));
        setKey(doctor, keccak256("doctor key"));
        enrol(instituteAdmin, doctor, INSTITUTE, Roles.UPLOADER | Roles.BREAK_GLASS);
        enrol(clinicAdmin, outsider, CLINIC, Roles.AUDITOR);
        ask(doctor, dataset, DuoMatch.CC);
    }

    // members

    function test_SetInstitution() public {
        vm.prank(governor);
        identity.setInstitution(9, outsider, true);
        atMost(59_000);
    }

    function test_SetMember() public {
        vm.prank(clinicAdmin);
        identity.setMember(actor("new"), CLINIC, Roles.UPLOADER, 0, FOREVER);
        atMost(57_400);
    }

    function test_SetKey() public {
        vm.prank(researcher);
        identity.setKey(1, abi.encode(keccak256("next")));
        atMost(61_200);
    }

    function test_SetHybridKey() public {
        bytes memory key = full(1216);
        vm.prank(researcher);
        identity.setKey(2, key);
        atMost(90_400);
    }

    // datasets

    function test_Publish() public {
        IDatasetRegistry.PublishParams memory values = params(keccak256("second"));
        vm.prank(clinician);
        datasets.publish(values);
        atMost(173_100);
    }

    function test_PublishForThree() public {
        IDatasetRegistry.PublishParams memory values = params(keccak256("second"), MASK_HMB, 2, committee(3));
        vm.prank(clinician);
        datasets.publish(values);
        atMost(220_200);
    }

    function test_Withdraw() public {
        withdrawDataset(dataset);
        atMost(35_600);
    }

    function test_AnchorBatch() public {
        vm.prank(clinician);
        datasets.anchorBatch(keccak256("root"), 1_000_000, keccak256("manifest"));
        atMost(71_100);
    }

    /// @dev Above 255 the institution's bit does not stand in one slot with the pause.
    function test_AnchorBatchOfAnInstitutionAbove255() public {
        setInstitution(256, instituteAdmin, true);
        enrol(instituteAdmin, actor("far"), 256, Roles.UPLOADER);
        vm.prank(clinician);
        datasets.anchorBatch(keccak256("first root"), 1, keccak256("manifest"));
        vm.prank(actor("far"));
        datasets.anchorBatch(keccak256("root"), 1_000_000, keccak256("manifest"));
        atMost(73_100);
    }

    function test_RevokeAll() public {
        vm.prank(patient);
        datasets.revokeAll(dataset);
        atMost(36_100);
    }

    // requests

    function test_Request() public {
        ask(researcher, dataset, DuoMatch.HMB);
        atMost(106_400);
    }

    function test_ApproveWithACapsuleOfOnePart() public {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        bytes memory capsule = full(337);
        vm.prank(patient);
        grants.approve(seen(id, 1, 1), capsule);
        atMost(68_000);
    }

    function test_ApproveWithACapsuleOfSixParts() public {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        bytes memory capsule = full(1022);
        vm.prank(patient);
        grants.approve(seen(id, 1, 1), capsule);
        atMost(84_500);
    }

    function test_ApproveWithADigest() public {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        vm.prank(patient);
        grants.approveStored(seen(id, 1, 1), keccak256("object"));
        atMost(59_100);
    }

    function test_VoteOneOfTwo() public {
        uint64 id = ask(researcher, shared, DuoMatch.HMB);
        vote(custodian(0), id, 1, 1);
        atMost(78_900);
    }

    function test_RelayedVoteTwoOfTwo() public {
        (address signer, uint256 key) = signerOf("second custodian");
        address[] memory list = committee(2);
        list[1] = signer;
        uint64 id = ask(researcher, publishWith(params(keccak256("two"), MASK_HMB, 2, list)), DuoMatch.HMB);
        vote(custodian(0), id, 1, 1);
        bytes memory capsule = full(337);
        bytes32 digest = sha256(capsule);
        ISignatures.Signed memory signed =
            sign(key, address(grants), approveStruct(id, 1, 1, digest, UNTIL), UNTIL);
        vm.prank(outsider);
        grants.approveBySig(seen(id, 1, 1), digest, capsule, signed);
        atMost(83_100);
    }

    function test_Deny() public {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        vm.prank(patient);
        grants.deny(id, keccak256("reason"));
        atMost(45_400);
    }

    function test_Cancel() public {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        vm.prank(researcher);
        grants.cancel(id);
        atMost(33_600);
    }

    function test_Revoke() public {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        approve(patient, id, 1, 1);
        vm.prank(patient);
        grants.revoke(id);
        atMost(48_000);
    }

    function test_BreakGlass() public {
        uint64 open = publishForEmergencies();
        vm.prank(doctor);
        grants.breakGlass(open, keccak256("reason"));
        atMost(76_000);
    }

    function test_ReviewBreakGlass() public {
        uint64 open = publishForEmergencies();
        vm.prank(doctor);
        grants.breakGlass(open, keccak256("reason"));
        vm.prank(outsider);
        grants.reviewBreakGlass(doctor, open, true, keccak256("note"));
        atMost(42_000);
    }

    // market

    function test_PayInNativeCurrency() public {
        uint64 id = ask(researcher, priced, DuoMatch.HMB);
        vm.deal(researcher, PRICE);
        vm.prank(researcher);
        market.pay{value: PRICE}(id);
        atMost(92_700);
    }

    function test_PayInCredit() public {
        uint64 id = payInCredit();
        vm.assertEq(uint256(market.purchaseOf(id).amount), PRICE);
        id = ask(doctor, inCredit, DuoMatch.CC);
        vm.prank(doctor);
        market.pay(id);
        atMost(114_000);
    }

    function test_DeliverWithACapsuleOfOnePart() public {
        uint64 id = payInCredit();
        bytes memory capsule = full(337);
        vm.prank(patient);
        grants.approve(seen(id, 1, 1), capsule);
        atMost(82_800);
    }

    function test_Release() public {
        uint64 id = payInCredit();
        approve(patient, id, 1, 1);
        vm.prank(researcher);
        market.release(id);
        atMost(63_900);
    }

    function test_Refund() public {
        uint64 id = payInCredit();
        vm.warp(NOW + 7 days);
        vm.prank(researcher);
        market.refund(id);
        atMost(59_200);
    }

    function publishFor(uint8 currency, bytes32 cid) private returns (uint64 id) {
        IDatasetRegistry.PublishParams memory values = params(cid);
        values.currency = currency;
        values.price = PRICE;
        id = publishWith(values);
        uint16[] memory shares = new uint16[](1);
        shares[0] = 10_000;
        vm.prank(clinician);
        market.list(id, governor, only(clinician), shares);
    }

    function publishForEmergencies() private returns (uint64 id) {
        IDatasetRegistry.PublishParams memory values = params(keccak256("open"));
        values.breakGlass = true;
        return publishWith(values);
    }

    /// @dev Pays as the second buyer would: the market holds credit already.
    function payInCredit() private returns (uint64 id) {
        id = ask(researcher, inCredit, DuoMatch.HMB);
        fund(researcher);
        fund(doctor);
        vm.prank(researcher);
        market.pay(id);
    }

    function fund(address who) private {
        vm.prank(governor);
        credit.mint(who, 2 * PRICE);
        vm.prank(who);
        credit.approve(address(market), 2 * PRICE);
    }

    /// @dev Bytes of a ciphertext: hardly any of them is zero.
    function full(uint256 size) private pure returns (bytes memory data) {
        data = new bytes(size);
        for (uint256 i = 0; i < size; ++i) {
            data[i] = 0xff;
        }
    }

    /// @dev Of the last call.
    function atMost(uint256 ceiling) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        emit Used(used);
        vm.assertTrue(used <= ceiling, "more gas than its budget");
    }

    event Used(uint256 gas);
}
