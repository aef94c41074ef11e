// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {AccessStore} from "./AccessStore.sol";
import {Roles} from "../common/Roles.sol";

/// @title Breaking the glass: access in an emergency, for a day, and reviewed afterwards
abstract contract Emergencies is AccessStore {
    uint256 private constant TERM = 24 hours;
    uint256 private constant PLACES = 4;

    /// @inheritdoc IAccessGrants
    function breakGlass(uint64 dataset, bytes32 reasonDigest) external override {
        _identity.requireRole(msg.sender, Roles.BREAK_GLASS);
        (uint8 status, bool permitted,) = _datasets.policy(dataset);
        require(status != WITHDRAWN, DatasetIsWithdrawn(dataset));
        require(permitted, BreakGlassNotPermitted(dataset));

        uint32 until = SafeCast.toUint32(block.timestamp + TERM);
        uint256 place = _find(msg.sender, 0);
        require(place < PLACES, ReviewPending(msg.sender));
        _emergencies[msg.sender][place] = dataset << 32 | until;
        emit GlassBroken(dataset, msg.sender, until, reasonDigest);
    }

    /// @inheritdoc IAccessGrants
    function reviewBreakGlass(address who, uint64 dataset, bool justified, bytes32 noteDigest)
        external
        override
    {
        _identity.requireMember(msg.sender, Roles.AUDITOR);
        require(who != msg.sender, OwnEmergency(who));
        uint256 place = dataset == 0 ? PLACES : _find(who, dataset);
        require(place < PLACES, NoEmergency(who, dataset));

        _emergencies[who][place] = 0;
        emit EmergencyReviewed(dataset, who, msg.sender, justified, noteDigest);
    }

    /// @inheritdoc IAccessGrants
    function isAllowedInEmergency(uint64 dataset, address who) external view override returns (bool) {
        if (!_isInEmergency(dataset, who)) return false;
        (uint8 status,,) = _datasets.policy(dataset);
        if (status == WITHDRAWN) return false;
        try _identity.requireRole(who, Roles.BREAK_GLASS) returns (uint32, uint16) {
            return true;
        } catch {
            return false;
        }
    }

    /// @inheritdoc IAccessGrants
    function emergenciesOf(address who) external view override returns (Emergency[4] memory list) {
        uint64[4] memory places = _emergencies[who];
        for (uint256 i = 0; i < PLACES; ++i) {
            (list[i].dataset, list[i].until) = _read(places[i]);
        }
    }

    function _isInEmergency(uint64 dataset, address who) private view returns (bool) {
        uint64[4] memory places = _emergencies[who];
        for (uint256 i = 0; i < PLACES; ++i) {
            (uint64 other, uint40 until) = _read(places[i]);
            if (other == dataset && block.timestamp < until) return true;
        }
        return false;
    }

    /// @dev The first place of this dataset, or the first free one for dataset 0; PLACES when there is none.
    function _find(address who, uint64 dataset) private view returns (uint256 place) {
        uint64[4] memory places = _emergencies[who];
        while (place < PLACES && places[place] >> 32 != dataset) ++place;
    }

    function _read(uint64 value) private pure returns (uint64 dataset, uint40 until) {
        // forge-lint: disable-next-line(unsafe-typecast) the low half
        return (value >> 32, uint32(value));
    }
}
