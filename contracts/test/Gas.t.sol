// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {Roles} from "../src/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title What each operation may cost: whole transactions, on contracts that were used before
/// @dev isolate runs every call as a transaction of its own: cold storage, 21,000 gas and calldata included.
/// forge-config: default.isolate = true
contract GasTest is Fixture {
    uint64 private dataset;
    uint64 private shared;

    function setUp() public override {
        super.setUp();
        dataset = publish(keccak256("first"));
        shared = publishWith(params(keccak256("shared"), MASK_HMB, 2, committee(3)));
        setKey(researcher, keccak256("researcher key"));
        setKey(doctor, keccak256("doctor key"));
        ask(doctor, dataset, DuoMatch.CC);
    }

    function test_SetInstitution() public {
        vm.prank(governor);
        identity.setInstitution(9, outsider, true);
        atMost(89_000);
    }

    function test_SetMember() public {
        vm.prank(clinicAdmin);
        identity.setMember(outsider, CLINIC, Roles.UPLOADER, FOREVER);
        atMost(56_200);
    }

    function test_SetKey() public {
        vm.prank(researcher);
        identity.setKey(1, abi.encode(keccak256("next")));
        atMost(60_200);
    }

    function test_Publish() public {
        IDatasetRegistry.PublishParams memory values = params(keccak256("second"));
        vm.prank(clinician);
        datasets.publish(values);
        atMost(280_000);
    }

    function test_PublishForThree() public {
        IDatasetRegistry.PublishParams memory values = params(keccak256("second"), MASK_HMB, 2, committee(3));
        vm.prank(clinician);
        datasets.publish(values);
        atMost(375_000);
    }

    function test_Request() public {
        ask(researcher, dataset, DuoMatch.HMB);
        atMost(123_200);
    }

    function test_ApproveWithACapsuleOfOnePart() public {
        approveOne(337);
        atMost(72_000);
    }

    function test_ApproveWithACapsuleOfSixParts() public {
        approveOne(1022);
        atMost(95_000);
    }

    function test_ApproveWithADigest() public {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        vm.prank(patient);
        grants.approve(id, 1, 1, "", keccak256("object"));
        atMost(65_000);
    }

    function test_VoteOneOfTwo() public {
        uint64 id = ask(researcher, shared, DuoMatch.HMB);
        vote(custodian(0), id, 1, 1);
        atMost(82_200);
    }

    function test_Deny() public {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        vm.prank(patient);
        grants.deny(id, keccak256("reason"));
        atMost(51_800);
    }

    function test_Revoke() public {
        approveOne(337);
        vm.prank(patient);
        grants.revoke(2);
        atMost(49_600);
    }

    function test_Withdraw() public {
        withdrawDataset(dataset);
        atMost(35_000);
    }

    function approveOne(uint256 size) private {
        uint64 id = ask(researcher, dataset, DuoMatch.HMB);
        bytes memory capsule = new bytes(size);
        for (uint256 i = 0; i < size; ++i) {
            capsule[i] = 0xff;
        }
        bytes32 digest = sha256(capsule);
        vm.prank(patient);
        grants.approve(id, 1, 1, capsule, digest);
    }

    /// @dev Of the last call.
    function atMost(uint256 ceiling) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        emit Used(used);
        vm.assertTrue(used <= ceiling, "more gas than its budget");
    }

    event Used(uint256 gas);
}
