// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @title Merkle trees written out a second time, with their proofs
/// @dev A node without a partner rises to the next level as it is.
library Trees {
    function root(bytes32[] memory level) internal pure returns (bytes32) {
        while (level.length > 1) {
            level = above(level);
        }
        return level[0];
    }

    function proof(bytes32[] memory level, uint256 index) internal pure returns (bytes32[] memory path) {
        path = new bytes32[](0);
        while (level.length > 1) {
            uint256 partner = index ^ 1;
            if (partner < level.length) path = push(path, level[partner]);
            level = above(level);
            index /= 2;
        }
    }

    function subject(uint32 index, address who, bytes32 salt) internal pure returns (bytes32) {
        return keccak256(bytes.concat(hex"00", bytes4(index), bytes20(who), salt));
    }

    function above(bytes32[] memory level) private pure returns (bytes32[] memory next) {
        next = new bytes32[]((level.length + 1) / 2);
        for (uint256 i = 0; i < next.length; ++i) {
            bool alone = 2 * i + 1 == level.length;
            next[i] = alone ? level[2 * i] : node(level[2 * i], level[2 * i + 1]);
        }
    }

    function node(bytes32 left, bytes32 right) private pure returns (bytes32) {
        if (uint256(left) > uint256(right)) (left, right) = (right, left);
        return keccak256(bytes.concat(hex"01", left, right));
    }

    function push(bytes32[] memory list, bytes32 value) private pure returns (bytes32[] memory longer) {
        longer = new bytes32[](list.length + 1);
        for (uint256 i = 0; i < list.length; ++i) {
            longer[i] = list[i];
        }
        longer[list.length] = value;
    }
}
