// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {AccessStore} from "./AccessStore.sol";
import {Policy, PolicyWord} from "../common/Policy.sol";
import {Roles} from "../common/Roles.sol";

/// @title Breaking the glass: access in an emergency, for a day, and reviewed afterwards
abstract contract Emergencies is AccessStore {
    uint256 private constant TERM = 24 hours;
    uint256 private constant PLACES = 4;
    uint256 private constant WIDTH = 64;

    /// @inheritdoc IAccessGrants
    function breakGlass(uint64 dataset, bytes32 reasonDigest) external override {
        _identity.requireRole(msg.sender, Roles.BREAK_GLASS);
        Policy policy = _datasets.policyOf(dataset);
        require(policy.status() != PolicyWord.WITHDRAWN, DatasetIsWithdrawn(dataset));
        require(policy.breakGlass(), BreakGlassNotPermitted(dataset));

        uint32 until = SafeCast.toUint32(block.timestamp + TERM);
        uint256 places = _emergencies[msg.sender];
        uint256 place = _find(places, 0);
        require(place < PLACES, ReviewPending(msg.sender));
        _emergencies[msg.sender] = places | uint256(dataset << 32 | until) << (place * WIDTH);
        emit GlassBroken(dataset, msg.sender, until, reasonDigest);
    }

    /// @inheritdoc IAccessGrants
    function reviewBreakGlass(address who, uint64 dataset, bool justified, bytes32 noteDigest)
        external
        override
    {
        _identity.requireMember(msg.sender, Roles.AUDITOR);
        require(who != msg.sender, OwnEmergency(who));
        uint256 places = _emergencies[who];
        uint256 place = dataset == 0 ? PLACES : _find(places, dataset);
        require(place < PLACES, NoEmergency(who, dataset));

        _emergencies[who] = places & ~(uint256(type(uint64).max) << (place * WIDTH));
        emit EmergencyReviewed(dataset, who, msg.sender, justified, noteDigest);
    }

    /// @inheritdoc IAccessGrants
    function isAllowedInEmergency(uint64 dataset, address who) external view override returns (bool) {
        if (!_isInEmergency(dataset, who)) return false;
        if (_datasets.policyOf(dataset).status() == PolicyWord.WITHDRAWN) return false;
        try _identity.requireRole(who, Roles.BREAK_GLASS) returns (uint32, uint16) {
            return true;
        } catch {
            return false;
        }
    }

    /// @inheritdoc IAccessGrants
    function emergenciesOf(address who) external view override returns (Emergency[4] memory list) {
        uint256 places = _emergencies[who];
        for (uint256 i = 0; i < PLACES; ++i) {
            (list[i].dataset, list[i].until) = _read(places, i);
        }
    }

    function _isInEmergency(uint64 dataset, address who) private view returns (bool) {
        uint256 places = _emergencies[who];
        for (uint256 i = 0; i < PLACES; ++i) {
            (uint64 other, uint40 until) = _read(places, i);
            if (other == dataset && block.timestamp < until) return true;
        }
        return false;
    }

    /// @dev The first place of this dataset, or the first free one for dataset 0; PLACES when there is none.
    function _find(uint256 places, uint64 wanted) private pure returns (uint256 place) {
        for (; place < PLACES; ++place) {
            (uint64 dataset,) = _read(places, place);
            if (dataset == wanted) return place;
        }
    }

    function _read(uint256 places, uint256 place) private pure returns (uint64 dataset, uint40 until) {
        uint256 value = places >> (place * WIDTH);
        // forge-lint: disable-next-line(unsafe-typecast) the two halves of the lowest 64 bits
        return (uint32(value >> 32), uint32(value));
    }
}
