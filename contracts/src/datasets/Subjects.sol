// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";
import {DatasetStore} from "./DatasetStore.sol";
import {Merkle} from "../common/Merkle.sol";
import {Policy} from "../common/Policy.sol";
import {Signatures} from "../common/Signatures.sol";

/// @title How one subject of a dataset withdraws its part
abstract contract Subjects is DatasetStore, Signatures {
    using BitMaps for BitMaps.BitMap;

    bytes32 private constant WITHDRAW_SUBJECT =
        keccak256("WithdrawSubject(uint64 dataset,uint32 index,uint256 deadline)");

    /// @inheritdoc IDatasetRegistry
    function withdrawSubject(
        uint64 id,
        Details calldata details,
        uint32 index,
        bytes32 salt,
        bytes32[] calldata proof
    ) external override {
        _withdrawSubject(id, details, index, Merkle.subject(index, msg.sender, salt), proof);
    }

    /// @inheritdoc IDatasetRegistry
    function withdrawSubjectBySig(
        uint64 id,
        Details calldata details,
        uint32 index,
        bytes32 salt,
        bytes32[] calldata proof,
        Signed calldata signed
    ) external override {
        _checkSignature(keccak256(abi.encode(WITHDRAW_SUBJECT, id, index, signed.deadline)), signed);
        _withdrawSubject(id, details, index, Merkle.subject(index, signed.signer, salt), proof);
    }

    /// @inheritdoc IDatasetRegistry
    function isSubjectWithdrawn(uint64 id, uint32 index) external view override returns (bool) {
        return _withdrawn[id].get(index);
    }

    function _withdrawSubject(
        uint64 id,
        Details calldata details,
        uint32 index,
        bytes32 leaf,
        bytes32[] calldata proof
    ) private {
        Policy policy = _policyOf(id);
        require(_commitment(details) == _entries[id].commitment, DetailsMismatch(id));
        require(Merkle.proves(proof, details.subjectsRoot, leaf), BadProof());
        require(!_withdrawn[id].get(index), AlreadyWithdrawn(id, index));

        _withdrawn[id].set(index);
        policy = policy.nextWithdrawal();
        _entries[id].policy = policy;
        emit SubjectWithdrawn(id, index, policy.withdrawals());
    }
}
