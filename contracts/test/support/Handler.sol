// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../../src/DuoMatch.sol";
import {Fixture} from "./Fixture.sol";
import {IAccessGrants} from "../../src/interfaces/IAccessGrants.sol";
import {vm} from "./Vm.sol";

/// @title Random actors who try everything, and a book of what should follow from what succeeded
/// @dev The book never asks the contract whether something is allowed: it counts custodians' votes by itself.
contract Handler is Fixture {
    struct Page {
        address requester;
        uint64 dataset;
        uint32 revision;
        uint40 until;
        uint256 votes;
        bool granted;
        bool ended;
    }

    mapping(uint64 dataset => uint8) private _threshold;
    mapping(uint64 dataset => bool) private _withdrawn;
    mapping(uint64 dataset => mapping(address => bool)) private _custodian;
    mapping(uint64 id => Page) private _pages;
    mapping(uint64 id => mapping(uint32 revision => mapping(address => bool))) private _voted;
    mapping(address => bool) private _suspended;
    address[] private _actors;

    /// @notice What went through though it must not; empty while all is well.
    string public violation;
    /// @notice How often each kind of event was reached, so that a test can see that the walk gets anywhere.
    uint256 public approvals;
    uint256 public revocations;

    constructor() {
        setUp();
        _actors = [clinician, researcher, doctor, patient, clinicAdmin, instituteAdmin, outsider];
        for (uint256 i = 0; i < 3; ++i) {
            _actors.push(custodian(i));
        }
        setKey(researcher, keccak256("researcher key"));
        setKey(doctor, keccak256("doctor key"));
        makeDataset(0, 0);
        makeDataset(2, 1);
    }

    function makeDataset(uint256 custodians, uint8 threshold) public {
        custodians = custodians % 3 + 1;
        threshold = uint8(threshold % custodians) + 1;
        uint64 mask = MASK_HMB | MASK_CC;
        bytes32 cid = keccak256(abi.encode("dataset", datasets.count()));
        vm.prank(clinician);
        try datasets.publish(params(cid, mask, threshold, committee(custodians))) returns (uint64 id) {
            _threshold[id] = threshold;
            for (uint256 i = 0; i < custodians; ++i) {
                _custodian[id][custodian(i)] = true;
            }
        } catch {}
    }

    function withdraw(uint256 who, uint64 dataset) public {
        dataset = someDataset(dataset);
        vm.prank(someone(who));
        try datasets.withdraw(dataset) {
            _withdrawn[dataset] = true;
        } catch {}
    }

    function toggleSuspension(bool ofDoctor) public {
        address who = ofDoctor ? doctor : researcher;
        bool suspended = !_suspended[who];
        vm.prank(instituteAdmin);
        identity.suspend(who, suspended);
        _suspended[who] = suspended;
    }

    function newKey(bool ofDoctor, bytes32 key) public {
        vm.prank(ofDoctor ? doctor : researcher);
        try identity.setKey(1, abi.encode(key)) {} catch {}
    }

    function pass(uint16 time) public {
        vm.warp(vm.getBlockTimestamp() + time);
    }

    function makeRequest(uint256 who, uint64 dataset, uint8 purpose, uint16 term) public {
        address requester = usually(who, who % 2 == 0 ? researcher : doctor);
        purpose = requester == doctor ? DuoMatch.CC : purpose % 6;
        dataset = someDataset(dataset);
        uint40 until = uint40(vm.getBlockTimestamp()) + uint40(term);
        vm.prank(requester);
        try grants.request(dataset, purpose, until, MESSAGE) returns (uint64 id) {
            if (_suspended[requester]) violation = "a suspended member asked";
            _pages[id] = Page(requester, dataset, 1, until, 0, false, false);
        } catch {}
    }

    function resubmit(uint256 who, uint64 id, uint8 purpose, uint16 term) public {
        id = someRequest(id);
        Page storage page = _pages[id];
        address caller = usually(who, page.requester);
        uint40 until = uint40(vm.getBlockTimestamp()) + uint40(term);
        purpose = page.requester == doctor ? DuoMatch.CC : purpose % 6;
        vm.prank(caller);
        try grants.resubmit(id, purpose, until, MESSAGE) {
            if (caller != page.requester) violation = "someone else resubmitted";
            if (page.granted || page.ended) violation = "a decided request was resubmitted";
            ++page.revision;
            page.until = until;
            page.votes = 0;
        } catch {}
    }

    function approve(uint256 who, uint64 id, bool stale, bool withCapsule) public {
        id = someRequest(id);
        Page storage page = _pages[id];
        address caller = usually(who, custodian(who % 3));
        uint32 revision = stale ? page.revision - 1 : page.revision;
        uint16 keyVersion = identity.memberOf(page.requester).keyVersion;
        bytes memory capsule = withCapsule ? CAPSULE : bytes("");
        bytes32 digest = withCapsule ? capsuleDigest : bytes32(0);
        vm.prank(caller);
        try grants.approve(id, revision, keyVersion, capsule, digest) {
            noteApproval(id, page, caller, stale, withCapsule);
        } catch {}
    }

    function decide(uint256 who, uint64 id, uint8 kind) public {
        id = someRequest(id);
        Page storage page = _pages[id];
        kind %= 4;
        address caller = usually(who, kind == 0 ? page.requester : custodian(who % 3));
        bytes memory call = abi.encodeCall(grants.cancel, (id));
        if (kind == 1) call = abi.encodeCall(grants.deny, (id, 0));
        else if (kind == 2) call = abi.encodeCall(grants.returnForChanges, (id, 0));
        else if (kind == 3) call = abi.encodeCall(grants.revoke, (id));
        vm.prank(caller);
        (bool done,) = address(grants).call(call);
        if (!done) return;

        bool right = kind == 0 ? caller == page.requester : _custodian[page.dataset][caller];
        if (!right) violation = "a stranger decided";
        if (page.granted != (kind == 3)) violation = "decided in the wrong state";
        if (kind == 3) ++revocations;
        page.ended = kind != 2;
    }

    /// @notice Whether, by the book, the request gives access now.
    function entitled(uint64 id) external view returns (bool) {
        Page storage page = _pages[id];
        return page.granted && !page.ended && vm.getBlockTimestamp() < page.until && !_withdrawn[page.dataset]
            && !_suspended[page.requester];
    }

    function allowed(uint64 id) external view returns (bool) {
        return grants.isAllowed(id);
    }

    function requests() external view returns (uint64) {
        return grants.count();
    }

    /// @notice Two pending requests of one requester for the same dataset and purpose.
    function sameAndOpen(uint64 left, uint64 right) external view returns (bool) {
        IAccessGrants.Request memory a = grants.requestOf(left);
        IAccessGrants.Request memory b = grants.requestOf(right);
        return a.requester == b.requester && a.dataset == b.dataset && a.purpose == b.purpose
            && pending(a.state) && pending(b.state);
    }

    function noteApproval(uint64 id, Page storage page, address caller, bool stale, bool withCapsule)
        private
    {
        if (!_custodian[page.dataset][caller]) violation = "a stranger approved";
        if (_voted[id][page.revision][caller]) violation = "someone voted twice";
        if (stale) violation = "another revision was approved";
        if (page.granted || page.ended) violation = "a decided request was approved";
        if (_withdrawn[page.dataset]) violation = "a withdrawn dataset was approved";
        if (_suspended[page.requester]) violation = "a suspended member was approved";
        _voted[id][page.revision][caller] = true;
        ++page.votes;
        bool decisive = page.votes == _threshold[page.dataset];
        if (decisive != withCapsule) violation = "the capsule came with the wrong vote";
        page.granted = decisive;
        if (decisive) ++approvals;
    }

    function pending(IAccessGrants.State state) private pure returns (bool) {
        return state == IAccessGrants.State.Requested || state == IAccessGrants.State.Returned;
    }

    /// @dev Anybody in one case of four; else the one who is entitled, or the walk would hardly get anywhere.
    function usually(uint256 seed, address entitledOne) private view returns (address) {
        return seed % 4 == 3 ? someone(seed / 4) : entitledOne;
    }

    function someone(uint256 seed) private view returns (address) {
        return _actors[seed % _actors.length];
    }

    function someDataset(uint64 seed) private view returns (uint64) {
        return seed % datasets.count() + 1;
    }

    function someRequest(uint64 seed) private view returns (uint64) {
        uint64 number = grants.count();
        vm.assume(number != 0);
        return seed % number + 1;
    }
}
