// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/common/DuoMatch.sol";
import {Fixture} from "./support/Fixture.sol";
import {IDatasetRegistry} from "../src/interfaces/IDatasetRegistry.sol";
import {Policy} from "../src/common/Policy.sol";
import {Roles} from "../src/common/Roles.sol";
import {vm} from "./support/Vm.sol";

/// @title Publishing and withdrawing datasets
contract DatasetsTest is Fixture {
    bytes32 private constant CID = keccak256("cid");

    // publish

    function test_PublishesADataset() public {
        IDatasetRegistry.PublishParams memory values = params(CID, MASK_CC, 2, committee(3));
        vm.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetPublished(1, clinician, CLINIC, values);
        vm.assertEq(publishWith(values), 1);

        assertEntry(datasets.get(1), values);
        vm.assertEq(datasets.count(), 1);
        vm.assertEq(datasets.byCid(CID), 1);
        vm.assertEq(address(datasets.identity()), address(identity));
        Policy policy = datasets.policyOf(1);
        vm.assertEq(policy.threshold(), 2);
        vm.assertEq(policy.status(), 1);
        vm.assertEq(policy.duoMask(), MASK_CC);
    }

    function test_EachCustodianHasASeat() public {
        publishWith(params(CID, MASK_HMB, 2, committee(3)));
        for (uint8 i = 0; i < 3; ++i) {
            vm.assertEq(datasets.seatOf(1, custodian(i)), i + 1);
            (uint8 seat, Policy policy) = datasets.decision(1, custodian(i));
            vm.assertEq(seat, i + 1);
            vm.assertEq(policy.threshold(), 2);
        }
        vm.assertEq(datasets.seatOf(1, custodian(3)), 0);
        vm.assertEq(datasets.seatOf(1, address(0)), 0);
        vm.assertEq(datasets.seatOf(2, custodian(0)), 0);
    }

    function testFuzz_OnlyTheDetailsOfTheEntryMatch(IDatasetRegistry.Details memory other) public {
        publish(CID);
        vm.assertTrue(datasets.matchesDetails(1, details(CID)));
        vm.assertFalse(datasets.matchesDetails(1, other));
        vm.assertFalse(datasets.matchesDetails(2, details(CID)));
        vm.assertEq(datasets.get(1).commitment, keccak256(abi.encode(details(CID))));
    }

    function test_KeepsPriceCurrencyAndEmergency() public {
        IDatasetRegistry.PublishParams memory values = params(CID);
        values.price = type(uint96).max;
        values.currency = 1;
        values.breakGlass = true;
        assertEntry(datasets.get(publishWith(values)), values);
        vm.assertEq(datasets.ownerOf(1), clinician);
    }

    function test_CountsFromOne() public {
        vm.assertEq(publish(CID), 1);
        vm.assertEq(publish(keccak256("other")), 2);
        vm.assertEq(datasets.byCid(keccak256("neither")), 0);
    }

    function test_AModelNeedsNoReport() public {
        IDatasetRegistry.PublishParams memory values = params(CID);
        values.kind = 1;
        values.codec = 0x55;
        values.details.reportHash = 0;
        assertEntry(datasets.get(publishWith(values)), values);
    }

    function test_NeedsMembership() public {
        vm.expectRevert(notMember(outsider));
        publishAs(outsider);
    }

    function test_NeedsTheUploaderRole() public {
        vm.expectRevert(missingRole(researcher, Roles.UPLOADER));
        publishAs(researcher);
    }

    function test_ASuspendedMemberCannotPublish() public {
        suspend(clinicAdmin, clinician);
        vm.expectRevert(memberIsSuspended(clinician));
        publish(CID);
    }

    function test_AFormerMemberCannotPublish() public {
        vm.prank(clinicAdmin);
        identity.setMember(clinician, CLINIC, Roles.UPLOADER, 0, UNTIL);
        vm.warp(UNTIL);
        vm.expectRevert(memberExpired(clinician, UNTIL));
        publish(CID);
    }

    function test_AClosedInstitutionCannotPublish() public {
        setInstitution(CLINIC, clinicAdmin, false);
        vm.expectRevert(institutionInactive(CLINIC));
        publish(CID);
    }

    function test_RefusesACidTwice() public {
        publish(CID);
        withdrawDataset(1);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.CidExists.selector, 1));
        publish(CID);
    }

    function testFuzz_RefusesOtherKinds(uint8 kind) public {
        vm.assume(kind > 1);
        IDatasetRegistry.PublishParams memory values = params(CID);
        values.kind = kind;
        refuse(values, invalid("kind"));
    }

    function testFuzz_RefusesOtherCodecs(uint8 codec) public {
        vm.assume(codec != 0x55 && codec != 0x70);
        IDatasetRegistry.PublishParams memory values = params(CID);
        values.codec = codec;
        refuse(values, invalid("codec"));
    }

    function testFuzz_RefusesOtherCurrencies(uint8 currency) public {
        vm.assume(currency > 1);
        IDatasetRegistry.PublishParams memory values = params(CID);
        values.currency = currency;
        refuse(values, invalid("currency"));
    }

    function testFuzz_RefusesUnknownTerms(uint64 mask) public {
        vm.assume(mask & ~DuoMatch.KNOWN != 0);
        refuse(params(CID, mask, 1, only(patient)), invalid("duoMask"));
    }

    function test_RefusesNoCid() public {
        refuse(params(0), invalid("cidDigest"));
    }

    function test_RefusesNoCard() public {
        IDatasetRegistry.PublishParams memory values = params(CID);
        values.details.cardDigest = 0;
        refuse(values, invalid("cardDigest"));
    }

    function test_RefusesADatasetWithoutReport() public {
        IDatasetRegistry.PublishParams memory values = params(CID);
        values.details.reportHash = 0;
        refuse(values, invalid("reportHash"));
    }

    function testFuzz_RefusesAThresholdOutOfReach(uint8 threshold, uint8 number) public {
        number = number % 33;
        vm.assume(threshold == 0 || threshold > number);
        bytes memory reason =
            abi.encodeWithSelector(IDatasetRegistry.BadThreshold.selector, threshold, uint256(number));
        refuse(params(CID, MASK_HMB, threshold, committee(number)), reason);
    }

    function testFuzz_TakesAThresholdInReach(uint8 threshold, uint8 number) public {
        number = number % 32 + 1;
        threshold = threshold % number + 1;
        publishWith(params(CID, MASK_HMB, threshold, committee(number)));
        vm.assertEq(datasets.seatOf(1, custodian(uint256(number) - 1)), number);
    }

    function test_RefusesTooManyCustodians() public {
        refuse(params(CID, MASK_HMB, 1, committee(33)), invalid("custodians"));
    }

    function test_RefusesTheZeroCustodian() public {
        refuse(params(CID, MASK_HMB, 1, only(address(0))), badCustodian(address(0)));
    }

    function test_RefusesACustodianTwice() public {
        address[] memory list = committee(3);
        list[2] = list[0];
        refuse(params(CID, MASK_HMB, 2, list), badCustodian(list[0]));
    }

    // withdraw

    function test_TheOwnerWithdraws() public {
        publish(CID);
        vm.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetWithdrawn(1, clinician);
        withdrawDataset(1);
        vm.assertEq(datasets.policyOf(1).status(), 2);
        vm.assertEq(datasets.get(1).status, 2);
        vm.assertTrue(datasets.matchesDetails(1, details(CID)));
    }

    function test_ASuspendedOwnerStillWithdraws() public {
        publish(CID);
        suspend(clinicAdmin, clinician);
        withdrawDataset(1);
        vm.assertEq(datasets.get(1).status, 2);
    }

    function test_TheAdminOfTheInstitutionWithdraws() public {
        publish(CID);
        vm.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetWithdrawn(1, clinicAdmin);
        vm.prank(clinicAdmin);
        datasets.withdraw(1);
    }

    function test_ADeputyOfTheInstitutionWithdraws() public {
        publish(CID);
        enrol(clinicAdmin, outsider, CLINIC, Roles.ADMINISTRATOR);
        vm.prank(outsider);
        datasets.withdraw(1);
    }

    function testFuzz_NobodyElseWithdraws(address caller) public {
        vm.assume(caller != clinician && caller != clinicAdmin);
        publish(CID);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.NotOwner.selector, 1, caller));
        vm.prank(caller);
        datasets.withdraw(1);
    }

    function test_TheAdminOfAnotherInstitutionCannotWithdraw() public {
        publish(CID);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.NotOwner.selector, 1, instituteAdmin));
        vm.prank(instituteAdmin);
        datasets.withdraw(1);
    }

    function test_RefusesToWithdrawTwice() public {
        publish(CID);
        withdrawDataset(1);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.WithdrawnAlready.selector, 1));
        withdrawDataset(1);
    }

    // unknown datasets

    function testFuzz_RefusesUnknownDatasets(uint64 id) public {
        publish(CID);
        vm.assume(id != 1);
        vm.expectRevert(unknownDataset(id));
        withdrawDataset(id);
        vm.expectRevert(unknownDataset(id));
        datasets.get(id);
        vm.expectRevert(unknownDataset(id));
        datasets.policyOf(id);
        vm.expectRevert(unknownDataset(id));
        datasets.decision(id, patient);
        vm.expectRevert(unknownDataset(id));
        datasets.ownerOf(id);
    }

    // supersede

    function test_ANewVersionIsANewEntry() public {
        publish(CID);
        vm.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetSuperseded(1, 2);
        vm.assertEq(publishWith(nextOf(1)), 2);

        vm.assertEq(datasets.get(1).status, 3);
        vm.assertTrue(datasets.matchesDetails(1, details(CID)));
        vm.assertEq(datasets.get(2).status, 1);
        vm.assertEq(datasets.get(2).previous, 1);
        vm.assertEq(datasets.byCid(CID), 1);
    }

    function test_AnAdministratorOfTheInstitutionSupersedes() public {
        publish(CID);
        address deputy = actor("deputy");
        enrol(clinicAdmin, deputy, CLINIC, Roles.UPLOADER | Roles.ADMINISTRATOR);
        IDatasetRegistry.PublishParams memory values = nextOf(1);
        vm.prank(deputy);
        datasets.publish(values);
        vm.assertEq(datasets.get(2).owner, deputy);
    }

    function test_NobodyElseSupersedes() public {
        publish(CID);
        IDatasetRegistry.PublishParams memory values = nextOf(1);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.NotOwner.selector, 1, doctor));
        vm.prank(doctor);
        datasets.publish(values);
    }

    function test_OnlyWhatIsPublishedIsSuperseded() public {
        publish(CID);
        publishWith(nextOf(1));
        IDatasetRegistry.PublishParams memory values = nextOf(1);
        values.details.cidDigest = keccak256("third");
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.NotPublished.selector, 1));
        publishWith(values);
        withdrawDataset(2);
        values.supersedes = 2;
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.NotPublished.selector, 2));
        publishWith(values);
        values.supersedes = 9;
        vm.expectRevert(unknownDataset(9));
        publishWith(values);
    }

    function test_NothingSupersedesItself() public {
        IDatasetRegistry.PublishParams memory values = nextOf(1);
        vm.expectRevert(unknownDataset(1));
        publishWith(values);
    }

    function test_WhatIsSupersededCanBeWithdrawn() public {
        publish(CID);
        publishWith(nextOf(1));
        withdrawDataset(1);
        vm.assertEq(datasets.get(1).status, 2);
    }

    function nextOf(uint64 former) private view returns (IDatasetRegistry.PublishParams memory values) {
        values = params(keccak256("next"));
        values.supersedes = former;
    }

    function publishAs(address who) private {
        IDatasetRegistry.PublishParams memory values = params(CID);
        vm.prank(who);
        datasets.publish(values);
    }

    /// @dev Refused, and nothing is left behind.
    function refuse(IDatasetRegistry.PublishParams memory values, bytes memory reason) private {
        vm.expectRevert(reason);
        publishWith(values);
        vm.assertEq(datasets.count(), 0);
        vm.assertEq(datasets.byCid(values.details.cidDigest), 0);
    }

    function assertEntry(IDatasetRegistry.Dataset memory entry, IDatasetRegistry.PublishParams memory values)
        private
        view
    {
        vm.assertEq(entry.owner, clinician);
        vm.assertEq(entry.institution, CLINIC);
        vm.assertEq(entry.kind, values.kind);
        vm.assertEq(entry.codec, values.codec);
        vm.assertEq(entry.threshold, values.threshold);
        vm.assertEq(entry.status, 1);
        vm.assertEq(entry.currency, values.currency);
        vm.assertTrue(entry.breakGlass == values.breakGlass);
        vm.assertEq(entry.duoMask, values.duoMask);
        vm.assertEq(entry.price, values.price);
        vm.assertEq(entry.previous, values.supersedes);
        vm.assertEq(entry.withdrawals, 0);
        vm.assertEq(entry.generation, 0);
        vm.assertEq(entry.commitment, keccak256(abi.encode(values.details)));
    }

    function invalid(bytes32 what) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDatasetRegistry.InvalidArgument.selector, what);
    }

    function badCustodian(address who) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDatasetRegistry.BadCustodian.selector, who);
    }
}
