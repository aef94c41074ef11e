// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "../interfaces/IAccessGrants.sol";
import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {IMarket} from "../interfaces/IMarket.sol";
import {AccessStore} from "./AccessStore.sol";
import {Approvals} from "./Approvals.sol";
import {Emergencies} from "./Emergencies.sol";
import {Governed} from "../common/Governed.sol";
import {Policy, PolicyWord} from "../common/Policy.sol";
import {Refusals} from "./Refusals.sol";
import {RequestSlot} from "./RequestSlot.sol";
import {Requests} from "./Requests.sol";

/// @title Who may open what; the promises stand in `IAccessGrants`
contract AccessGrants is Requests, Approvals, Refusals, Emergencies {
    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IIdentityRegistry identity_, IDatasetRegistry datasets_, IMarket market_)
        Governed(identity_)
        AccessStore(datasets_, market_)
    {}

    /// @inheritdoc IAccessGrants
    function identity() external view override returns (IIdentityRegistry) {
        return _identity;
    }

    /// @inheritdoc IAccessGrants
    function datasets() external view override returns (IDatasetRegistry) {
        return _datasets;
    }

    /// @inheritdoc IAccessGrants
    function market() external view override returns (IMarket) {
        return _market;
    }

    /// @inheritdoc IAccessGrants
    function count() external view override returns (uint64) {
        return _count;
    }

    /// @inheritdoc IAccessGrants
    function stateOf(uint64 id) external view override returns (State) {
        return _stateNow(_requests[id]);
    }

    /// @inheritdoc IAccessGrants
    function requestOf(uint64 id) external view override returns (Request memory) {
        RequestSlot slot = _load(id);
        // A pending request is voted on in the present generation of the dataset, an approved one was in its own.
        uint16 generation =
            _isPending(slot.state()) ? _datasets.policyOf(slot.dataset()).generation() : slot.generation();
        return Request({
            requester: slot.requester(),
            dataset: slot.dataset(),
            purpose: slot.purpose(),
            state: _stateNow(slot),
            revision: slot.revision(),
            generation: slot.generation(),
            votes: _ones(_votes[id][_round(slot, generation)]),
            until: slot.until()
        });
    }

    /// @inheritdoc IAccessGrants
    function partiesOf(uint64 id)
        external
        view
        override
        returns (address requester, uint64 dataset, State state)
    {
        RequestSlot slot = _load(id);
        return (slot.requester(), slot.dataset(), _stateNow(slot));
    }

    /// @inheritdoc IAccessGrants
    function isAllowed(uint64 id) external view override returns (bool) {
        RequestSlot slot = _requests[id];
        if (_stateNow(slot) != State.Approved) return false;
        Policy policy = _datasets.policyOf(slot.dataset());
        if (policy.status() == PolicyWord.WITHDRAWN) return false;
        if (policy.price() != 0 && !_market.isDelivered(id)) return false;
        try _identity.requireRole(slot.requester(), _roleFor(slot.purpose())) returns (uint32, uint16) {
            return true;
        } catch {
            return false;
        }
    }
}
