// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";
import {Governed} from "../common/Governed.sol";
import {Policy} from "../common/Policy.sol";

/// @title All that `DatasetRegistry` keeps
/// @dev The digests of an entry stand in its event and, hashed together, in its commitment: one slot in place of four.
abstract contract DatasetStore is IDatasetRegistry, Governed {
    /// @dev One slot each: what decisions read and change, whose it is, and what it says.
    struct Entry {
        Policy policy;
        address owner;
        uint32 institution;
        uint64 previous;
        bytes32 commitment;
    }

    /// @dev 32 bits, because `AccessGrants` keeps ids so.
    uint32 internal _count;
    uint64 internal _batches;
    mapping(uint64 id => Entry) internal _entries;
    mapping(bytes32 cidDigest => uint64 id) internal _byCid;
    /// @dev Counted from 1.
    mapping(uint64 id => mapping(address custodian => uint8)) internal _seats;
    mapping(uint64 id => mapping(address from => Offer)) internal _offers;
    mapping(uint64 id => BitMaps.BitMap) internal _withdrawn;
    mapping(uint64 batch => bytes32 root) internal _roots;

    /// @dev Status 0 is what no entry has.
    function _policyOf(uint64 id) internal view returns (Policy policy) {
        policy = _entries[id].policy;
        require(policy.status() != 0, UnknownDataset(id));
    }

    function _commitment(Details calldata details) internal pure returns (bytes32) {
        return keccak256(abi.encode(details));
    }
}
