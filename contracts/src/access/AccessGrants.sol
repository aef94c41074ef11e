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
        return _stateNow(RequestSlot.unpack(_requests[id]));
    }

    /// @inheritdoc IAccessGrants
    function requestOf(uint64 id) external view override returns (Request memory) {
        RequestSlot.Fields memory fields = _load(id);
        uint16 generation = fields.state == State.Requested
            ? _datasets.decision(fields.dataset, address(0)).generation
            : fields.generation;
        return Request({
            requester: fields.requester,
            dataset: fields.dataset,
            purpose: fields.purpose,
            state: _stateNow(fields),
            revision: fields.revision,
            generation: fields.generation,
            votes: _ones(_votes[id][_round(fields, generation)]),
            until: fields.until
        });
    }

    /// @inheritdoc IAccessGrants
    function isAllowed(uint64 id) external view override returns (bool) {
        RequestSlot.Fields memory fields = RequestSlot.unpack(_requests[id]);
        if (_stateNow(fields) != State.Approved) return false;
        IDatasetRegistry.Decision memory dataset = _datasets.decision(fields.dataset, address(0));
        if (dataset.status == WITHDRAWN) return false;
        if (dataset.price != 0 && !_market.isDelivered(id)) return false;
        try _identity.requireRole(fields.requester, _roleFor(fields.purpose)) returns (uint32, uint16) {
            return true;
        } catch {
            return false;
        }
    }
}
