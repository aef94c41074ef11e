// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";
import {DatasetStore} from "./DatasetStore.sol";
import {Policy, PolicyWord} from "../common/Policy.sol";
import {Signatures} from "../common/Signatures.sol";

/// @title Seats of custodians: what every one of them may do alone, and how a seat moves
abstract contract Custody is DatasetStore, Signatures {
    bytes32 private constant REVOKE_ALL =
        keccak256("RevokeAll(uint64 dataset,uint16 generation,uint256 deadline)");
    bytes32 private constant ACCEPT_CUSTODY = keccak256(
        "AcceptCustody(uint64 dataset,address from,uint64 offer,bytes32 ownersCapsuleDigest,uint256 deadline)"
    );

    /// @inheritdoc IDatasetRegistry
    function revokeAll(uint64 id) external override {
        _revokeAll(id, msg.sender);
    }

    /// @inheritdoc IDatasetRegistry
    function revokeAllBySig(uint64 id, Signed calldata signed) external override {
        uint16 generation = _entries[id].policy.generation();
        _checkSignature(keccak256(abi.encode(REVOKE_ALL, id, generation, signed.deadline)), signed);
        _revokeAll(id, signed.signer);
    }

    /// @inheritdoc IDatasetRegistry
    function offerCustody(uint64 id, address to) external override {
        _requireSeat(id, msg.sender);
        require(_seats[id][to] == 0, BadCustodian(to));
        Offer storage offer = _offers[id][msg.sender];
        uint64 number = ++offer.number;
        offer.to = to;
        emit CustodyOffered(id, msg.sender, to, number);
    }

    /// @inheritdoc IDatasetRegistry
    function acceptCustody(uint64 id, address from, bytes32 ownersCapsuleDigest) external override {
        _moveSeat(id, from, msg.sender, ownersCapsuleDigest);
    }

    /// @inheritdoc IDatasetRegistry
    function acceptCustodyBySig(uint64 id, address from, bytes32 ownersCapsuleDigest, Signed calldata signed)
        external
        override
    {
        uint64 number = _offers[id][from].number;
        bytes32 structHash =
            keccak256(abi.encode(ACCEPT_CUSTODY, id, from, number, ownersCapsuleDigest, signed.deadline));
        _checkSignature(structHash, signed);
        _moveSeat(id, from, signed.signer, ownersCapsuleDigest);
    }

    /// @inheritdoc IDatasetRegistry
    function seatOf(uint64 id, address who) external view override returns (uint8) {
        return _seats[id][who];
    }

    /// @inheritdoc IDatasetRegistry
    function offerOf(uint64 id, address from) external view override returns (Offer memory) {
        return _offers[id][from];
    }

    function _revokeAll(uint64 id, address by) private {
        _requireSeat(id, by);
        Policy policy = _entries[id].policy;
        require(policy.generation() < PolicyWord.MAX_GENERATION, GenerationLimit(id));
        policy = policy.nextGeneration();
        _entries[id].policy = policy;
        emit AllRevoked(id, by, policy.generation());
    }

    function _moveSeat(uint64 id, address from, address to, bytes32 ownersCapsuleDigest) private {
        Offer storage offer = _offers[id][from];
        require(to != address(0) && offer.to == to, NoOffer(id, from, to));
        require(_seats[id][to] == 0, BadCustodian(to));
        require(ownersCapsuleDigest != 0, InvalidArgument("ownersCapsuleDigest"));

        offer.to = address(0);
        _seats[id][to] = _seats[id][from];
        _seats[id][from] = 0;
        emit CustodyMoved(id, from, to, ownersCapsuleDigest);
    }

    function _requireSeat(uint64 id, address who) private view {
        require(_seats[id][who] != 0, NotCustodian(id, who));
    }
}
