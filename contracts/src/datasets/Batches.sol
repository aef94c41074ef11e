// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";
import {DatasetStore} from "./DatasetStore.sol";
import {Merkle} from "../common/Merkle.sol";
import {Roles} from "../common/Roles.sol";

/// @title Readings in batches: one transaction for any number of them
abstract contract Batches is DatasetStore {
    /// @inheritdoc IDatasetRegistry
    function anchorBatch(bytes32 root, uint64 leaves, bytes32 manifestDigest)
        external
        override
        returns (uint64 batch)
    {
        _identity.requireRole(msg.sender, Roles.UPLOADER);
        require(root != 0, InvalidArgument("root"));
        require(leaves != 0, InvalidArgument("leaves"));

        batch = ++_batches;
        _roots[batch] = root;
        emit BatchAnchored(batch, msg.sender, root, leaves, manifestDigest);
    }

    /// @inheritdoc IDatasetRegistry
    function verifyLeaf(uint64 batch, bytes32 leaf, bytes32[] calldata proof)
        external
        view
        override
        returns (bool)
    {
        bytes32 root = _roots[batch];
        require(root != 0, UnknownBatch(batch));
        return Merkle.proves(proof, root, leaf);
    }

    /// @inheritdoc IDatasetRegistry
    function batches() external view override returns (uint64) {
        return _batches;
    }
}
