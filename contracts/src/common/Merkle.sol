// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/// @title The one form of Merkle trees here: subjects of a dataset, readings of a batch
/// @dev A leaf is hashed with 0x00 before it and an inner node with 0x01, as RFC 6962 section 2.1 does, so that none
///      passes for the other; the two halves of a node are sorted, so that a proof needs no directions.
library Merkle {
    /// @notice The leaf of one subject.
    function subject(uint32 index, address who, bytes32 salt) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x00), index, who, salt));
    }

    /// @notice Whether the proof leads from the leaf to the root.
    function proves(bytes32[] calldata proof, bytes32 root, bytes32 leaf) internal view returns (bool) {
        return MerkleProof.verifyCalldata(proof, root, leaf, _node);
    }

    function _node(bytes32 left, bytes32 right) private pure returns (bytes32) {
        (bytes32 low, bytes32 high) = left < right ? (left, right) : (right, left);
        return keccak256(abi.encodePacked(bytes1(0x01), low, high));
    }
}
