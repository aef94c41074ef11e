// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {vm} from "./Vm.sol";

/// @title Reads test/data/*-states.json: operation → state → role → outcome
/// @dev "other" stands for every state or role that is not named. An outcome is a state, "same", or the name of a
///      refusal; "A; B" is A within the term of the state and B after it.
abstract contract StateTable {
    string internal table;

    function read(string memory path) internal {
        table = vm.readFile(path);
    }

    function list(string memory key) internal view returns (string[] memory) {
        return vm.parseJsonStringArray(table, string.concat(".", key));
    }

    /// @dev What stands in the table, of the two halves the one that was asked for.
    function outcome(string memory operation, string memory state, string memory role, bool late)
        internal
        view
        returns (string memory)
    {
        string memory path = named(string.concat(".", operation), state);
        (string memory within, string memory afterwards) = split(vm.parseJsonString(table, named(path, role)));
        return late ? afterwards : within;
    }

    /// @dev The position of a name in a list of the table, counted from 0; its length when it is not there.
    function positionIn(string memory key, string memory name) internal view returns (uint256 position) {
        string[] memory names = list(key);
        while (position < names.length && !same(names[position], name)) {
            ++position;
        }
    }

    function same(string memory left, string memory right) internal pure returns (bool) {
        return keccak256(bytes(left)) == keccak256(bytes(right));
    }

    function named(string memory path, string memory name) private view returns (string memory) {
        string memory own = string.concat(path, ".", name);
        return vm.keyExistsJson(table, own) ? own : string.concat(path, ".other");
    }

    function split(string memory text) private pure returns (string memory first, string memory second) {
        bytes memory all = bytes(text);
        for (uint256 i = 0; i < all.length; ++i) {
            if (all[i] == ";") return (slice(all, 0, i), slice(all, i + 2, all.length));
        }
        return (text, text);
    }

    function slice(bytes memory all, uint256 from, uint256 to) private pure returns (string memory) {
        bytes memory part = new bytes(to - from);
        for (uint256 i = from; i < to; ++i) {
            part[i - from] = all[i];
        }
        return string(part);
    }
}
