// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Decision, DecisionWord} from "../../src/common/Decision.sol";
import {DuoMatch} from "../../src/common/DuoMatch.sol";
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
        bool granted;
        bool ended;
        uint16 generation;
        IAccessGrants.State last;
    }

    mapping(uint64 dataset => uint8) private _threshold;
    mapping(uint64 dataset => bool) private _withdrawn;
    mapping(uint64 dataset => uint16) private _generation;
    mapping(uint64 dataset => mapping(address => bool)) private _custodian;
    mapping(uint64 id => Page) private _pages;
    mapping(uint64 id => mapping(bytes32 round => mapping(address => bool))) private _voted;
    mapping(uint64 id => mapping(bytes32 round => uint256)) private _votes;
    bool private _paused;
    mapping(address => bool) private _suspended;
    address[] private _actors;

    /// @notice What went through though it must not; empty while all is well.
    string public violation;
    /// @notice How often each kind of event was reached, so that a test can see that the walk gets anywhere.
    uint256 public approvals;
    uint256 public revocations;

    modifier followed() {
        _;
        followStates();
    }

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

    function makeDataset(uint256 custodians, uint8 threshold) public followed {
        custodians = custodians % 3 + 1;
        // forge-lint: disable-next-line(unsafe-typecast) at most 2
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

    function withdraw(uint256 who, uint64 dataset) public followed {
        dataset = someDataset(dataset);
        vm.prank(someone(who));
        try datasets.withdraw(dataset) {
            _withdrawn[dataset] = true;
        } catch {}
    }

    function revokeAll(uint256 who, uint64 dataset) public followed {
        dataset = someDataset(dataset);
        address caller = usually(who, custodian(who % 3));
        vm.prank(caller);
        try datasets.revokeAll(dataset) {
            if (!_custodian[dataset][caller]) violation = "a stranger revoked all";
            ++_generation[dataset];
        } catch {}
    }

    /// @dev Rarely, or the walk would stand still half of the time.
    function togglePause(uint8 seed) public followed {
        if (!_paused && seed % 4 != 0) return;
        vm.prank(_paused ? governor : guardian);
        if (_paused) identity.unpause();
        else identity.pause();
        _paused = !_paused;
    }

    function toggleSuspension(bool ofDoctor) public followed {
        address who = ofDoctor ? doctor : researcher;
        bool suspended = !_suspended[who];
        vm.prank(instituteAdmin);
        identity.suspend(who, suspended);
        _suspended[who] = suspended;
    }

    function newKey(bool ofDoctor, bytes32 key) public followed {
        vm.prank(ofDoctor ? doctor : researcher);
        try identity.setKey(1, abi.encode(key)) {} catch {}
    }

    function pass(uint16 time) public followed {
        vm.warp(vm.getBlockTimestamp() + time);
    }

    function makeRequest(uint256 who, uint64 dataset, uint8 purpose, uint16 term) public followed {
        address requester = usually(who, who % 2 == 0 ? researcher : doctor);
        purpose = requester == doctor ? DuoMatch.CC : purpose % 7;
        dataset = someDataset(dataset);
        uint40 until = uint40(vm.getBlockTimestamp()) + uint40(term);
        vm.prank(requester);
        try grants.request(dataset, purpose, 0, until, MESSAGE) returns (uint64 id) {
            if (_suspended[requester] || _paused) violation = "asked by a suspended member, or in a pause";
            _pages[id] = Page(requester, dataset, 1, until, false, false, 0, IAccessGrants.State.Requested);
        } catch {}
    }

    function resubmit(uint256 who, uint64 id, uint8 purpose, uint16 term) public followed {
        id = someRequest(id);
        Page storage page = _pages[id];
        address caller = usually(who, page.requester);
        uint40 until = uint40(vm.getBlockTimestamp()) + uint40(term);
        purpose = page.requester == doctor ? DuoMatch.CC : purpose % 7;
        vm.prank(caller);
        try grants.resubmit(id, purpose, 0, until, MESSAGE) {
            if (caller != page.requester) violation = "someone else resubmitted";
            if (page.granted || page.ended) violation = "a decided request was resubmitted";
            ++page.revision;
            page.until = until;
        } catch {}
    }

    function approve(uint256 who, uint64 id, bool stale, bool withCapsule) public followed {
        id = someRequest(id);
        Page storage page = _pages[id];
        address caller = usually(who, custodian(who % 3));
        Decision decision = DecisionWord.make(
            id,
            stale ? page.revision - 1 : page.revision,
            identity.memberOf(page.requester).keyVersion,
            0,
            _generation[page.dataset]
        );
        vm.prank(caller);
        try grants.approve(decision, withCapsule ? CAPSULE : bytes("")) {
            noteApproval(id, page, caller, stale, withCapsule);
        } catch {}
    }

    function decide(uint256 who, uint64 id, uint8 kind) public followed {
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
            && !_suspended[page.requester] && !_paused && page.generation == _generation[page.dataset];
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

    /// @dev Compares the state of each request with the one before.
    function followStates() private {
        uint64 number = grants.count();
        for (uint64 id = 1; id <= number; ++id) {
            IAccessGrants.State state = grants.stateOf(id);
            if (!isStep(_pages[id].last, state)) violation = "a state moved against the table";
            _pages[id].last = state;
        }
    }

    /// @dev Between two looks several steps may have been taken; none leads out of an end.
    function isStep(IAccessGrants.State from, IAccessGrants.State to) private pure returns (bool) {
        if (from == to) return true;
        if (from == IAccessGrants.State.Requested || from == IAccessGrants.State.Returned) return true;
        // Revoked with all others, until the end date comes.
        if (from == IAccessGrants.State.Revoked) return to == IAccessGrants.State.Expired;
        return from == IAccessGrants.State.Approved
            && (to == IAccessGrants.State.Revoked || to == IAccessGrants.State.Expired);
    }

    function noteApproval(uint64 id, Page storage page, address caller, bool stale, bool withCapsule)
        private
    {
        bytes32 round = keccak256(abi.encode(page.revision, _generation[page.dataset]));
        if (!_custodian[page.dataset][caller]) violation = "a stranger approved";
        if (_voted[id][round][caller]) violation = "someone voted twice";
        if (stale) violation = "another revision was approved";
        if (page.granted || page.ended) violation = "a decided request was approved";
        if (_withdrawn[page.dataset]) violation = "a withdrawn dataset was approved";
        if (_suspended[page.requester]) violation = "a suspended member was approved";
        _voted[id][round][caller] = true;
        bool decided = ++_votes[id][round] == _threshold[page.dataset];
        if (decided != withCapsule) violation = "a capsule too early, or none at the end";
        if (!decided) return;
        page.granted = true;
        page.generation = _generation[page.dataset];
        ++approvals;
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
