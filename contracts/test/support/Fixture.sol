// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Decision, DecisionWord} from "../../src/common/Decision.sol";
import {Deployment} from "./Deployment.sol";
import {DuoMatch} from "../../src/common/DuoMatch.sol";
import {IAccessGrants} from "../../src/interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../../src/interfaces/IDatasetRegistry.sol";
import {IIdentityRegistry} from "../../src/interfaces/IIdentityRegistry.sol";
import {Roles} from "../../src/common/Roles.sol";
import {vm} from "./Vm.sol";

/// @title Two institutions, their members and a patient without an account, on freshly deployed contracts
abstract contract Fixture is Deployment {
    uint32 internal constant CLINIC = 1;
    uint32 internal constant INSTITUTE = 2;
    uint40 internal constant NOW = 1_800_000_000;
    uint40 internal constant FOREVER = type(uint40).max;
    uint40 internal constant UNTIL = NOW + 30 days;
    uint64 internal constant MASK_HMB = uint64(1) << DuoMatch.HMB;
    uint64 internal constant MASK_CC = uint64(1) << DuoMatch.CC;
    bytes32 internal constant MESSAGE = keccak256("message");

    bytes internal constant CAPSULE = "capsule";
    /// @dev Kept, because sha256 is a call itself and would take the place of the call that a cheat code awaits.
    bytes32 internal capsuleDigest = sha256(CAPSULE);

    address internal governor = actor("governor");
    address internal guardian = actor("guardian");
    address internal clinicAdmin = actor("clinic admin");
    address internal clinician = actor("clinician");
    address internal instituteAdmin = actor("institute admin");
    address internal researcher = actor("researcher");
    address internal doctor = actor("doctor");
    address internal patient = actor("patient");
    address internal outsider = actor("outsider");

    function setUp() public virtual {
        vm.warp(NOW);
        deploy(governor, guardian);
        setInstitution(CLINIC, clinicAdmin, true);
        setInstitution(INSTITUTE, instituteAdmin, true);
        enrol(clinicAdmin, clinician, CLINIC, Roles.UPLOADER);
        enrol(instituteAdmin, researcher, INSTITUTE, Roles.RESEARCHER);
        enrol(instituteAdmin, doctor, INSTITUTE, Roles.UPLOADER);
    }

    function actor(string memory name) internal pure returns (address) {
        return address(uint160(uint256(keccak256(bytes(name)))));
    }

    function setInstitution(uint32 id, address admin, bool active) internal {
        vm.prank(governor);
        identity.setInstitution(id, admin, active);
    }

    function enrol(address admin, address who, uint32 institution, uint32 roles) internal {
        vm.prank(admin);
        identity.setMember(who, institution, roles, 0, FOREVER);
    }

    function suspend(address admin, address who) internal {
        vm.prank(admin);
        identity.suspend(who, true);
    }

    /// @dev The institution that `requireRole` gives.
    function home(address who, uint32 role) internal view returns (uint32 institution) {
        (institution,) = identity.requireRole(who, role);
    }

    function setKey(address who, bytes32 key) internal returns (uint16) {
        vm.prank(who);
        return identity.setKey(1, abi.encode(key));
    }

    /// @dev A valid dataset for health research, whose one custodian is the patient.
    function params(bytes32 cid) internal view returns (IDatasetRegistry.PublishParams memory) {
        return params(cid, MASK_HMB | MASK_CC, 1, only(patient));
    }

    function params(bytes32 cid, uint64 mask, uint8 threshold, address[] memory custodians)
        internal
        pure
        returns (IDatasetRegistry.PublishParams memory)
    {
        return IDatasetRegistry.PublishParams({
            kind: 0,
            codec: 0x70,
            threshold: threshold,
            currency: 0,
            breakGlass: false,
            duoMask: mask,
            price: 0,
            supersedes: 0,
            details: details(cid),
            custodians: custodians
        });
    }

    function details(bytes32 cid) internal pure returns (IDatasetRegistry.Details memory) {
        return IDatasetRegistry.Details(cid, keccak256("card"), keccak256("report"), keccak256("subjects"));
    }

    function publish(bytes32 cid) internal returns (uint64) {
        return publishWith(params(cid));
    }

    function publishWith(IDatasetRegistry.PublishParams memory values) internal returns (uint64) {
        vm.prank(clinician);
        return datasets.publish(values);
    }

    /// @dev `number` different custodians; `custodian(i)` names them.
    function committee(uint256 number) internal pure returns (address[] memory list) {
        list = new address[](number);
        for (uint256 i = 0; i < number; ++i) {
            list[i] = custodian(i);
        }
    }

    function custodian(uint256 index) internal pure returns (address) {
        // forge-lint: disable-next-line(unsafe-typecast) a few small numbers
        return address(uint160(0xc0de0000 + index));
    }

    function ask(address who, uint64 dataset, uint8 purpose) internal returns (uint64) {
        vm.prank(who);
        return grants.request(dataset, purpose, 0, UNTIL, MESSAGE);
    }

    /// @dev What a custodian sees of a request that nothing happened to since it was made.
    function seen(uint64 id, uint32 revision, uint16 keyVersion) internal pure returns (Decision) {
        return DecisionWord.make(id, revision, keyVersion, 0, 0);
    }

    function approve(address who, uint64 id, uint32 revision, uint16 keyVersion) internal {
        vm.prank(who);
        grants.approve(seen(id, revision, keyVersion), CAPSULE);
    }

    function vote(address who, uint64 id, uint32 revision, uint16 keyVersion) internal {
        vm.prank(who);
        grants.approve(seen(id, revision, keyVersion), "");
    }

    function withdrawDataset(uint64 dataset) internal {
        vm.prank(clinician);
        datasets.withdraw(dataset);
    }

    function assertState(uint64 id, IAccessGrants.State expected) internal view {
        vm.assertEq(uint256(grants.stateOf(id)), uint256(expected));
    }

    // The refusals that reach a caller through another contract.

    function notMember(address who) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.NotMember.selector, who);
    }

    function missingRole(address who, uint32 role) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.MissingRole.selector, who, role);
    }

    function memberIsSuspended(address who) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.MemberIsSuspended.selector, who);
    }

    function isPaused() internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.IsPaused.selector);
    }

    function memberNotYetValid(address who, uint40 validFrom) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.MemberNotYetValid.selector, who, validFrom);
    }

    function memberExpired(address who, uint40 validUntil) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.MemberExpired.selector, who, validUntil);
    }

    function institutionInactive(uint32 institution) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentityRegistry.InstitutionInactive.selector, institution);
    }

    function unknownDataset(uint64 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDatasetRegistry.UnknownDataset.selector, id);
    }

    function badState(uint64 id, IAccessGrants.State state) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessGrants.BadState.selector, id, state);
    }
}
