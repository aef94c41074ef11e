// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {ISignatures} from "../../src/interfaces/ISignatures.sol";
import {vm} from "./Vm.sol";

/// @title EIP-712 written out a second time, so that the contracts are not checked against themselves
abstract contract Signing {
    bytes32 private constant DOMAIN_TYPE =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    function signerOf(string memory name) internal pure returns (address signer, uint256 key) {
        key = uint256(keccak256(bytes(name)));
        signer = vm.addr(key);
    }

    function sign(uint256 key, address verifier, bytes32 structHash, uint256 deadline)
        internal
        view
        returns (ISignatures.Signed memory)
    {
        return signOn(block.chainid, key, verifier, structHash, deadline);
    }

    function signOn(uint256 chain, uint256 key, address verifier, bytes32 structHash, uint256 deadline)
        internal
        pure
        returns (ISignatures.Signed memory)
    {
        bytes32 domain =
            keccak256(abi.encode(DOMAIN_TYPE, keccak256("Amana"), keccak256("1"), chain, verifier));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return ISignatures.Signed(vm.addr(key), deadline, abi.encodePacked(r, s, v));
    }

    /// @dev For a dataset that nobody withdrew from, and whose grants were never revoked.
    function approveStruct(
        uint64 id,
        uint32 revision,
        uint16 keyVersion,
        bytes32 capsuleDigest,
        uint256 deadline
    ) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Approve(uint64 request,uint32 revision,uint16 keyVersion,uint32 withdrawals,uint16 generation,bytes32 capsuleDigest,uint256 deadline)"
        );
        return keccak256(
            abi.encode(
                typeHash,
                uint256(id),
                uint256(revision),
                uint256(keyVersion),
                uint256(0),
                uint256(0),
                capsuleDigest,
                deadline
            )
        );
    }

    function returnStruct(uint64 id, uint32 revision, bytes32 digest, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        bytes32 typeHash =
            keccak256("Return(uint64 request,uint32 revision,bytes32 commentDigest,uint256 deadline)");
        return keccak256(abi.encode(typeHash, uint256(id), uint256(revision), digest, deadline));
    }

    function denyStruct(uint64 id, uint32 revision, bytes32 digest, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        bytes32 typeHash =
            keccak256("Deny(uint64 request,uint32 revision,bytes32 reasonDigest,uint256 deadline)");
        return keccak256(abi.encode(typeHash, uint256(id), uint256(revision), digest, deadline));
    }

    function revokeStruct(uint64 id, uint256 deadline) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256("Revoke(uint64 request,uint256 deadline)");
        return keccak256(abi.encode(typeHash, uint256(id), deadline));
    }

    function revokeAllStruct(uint64 dataset, uint16 generation, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        bytes32 typeHash = keccak256("RevokeAll(uint64 dataset,uint16 generation,uint256 deadline)");
        return keccak256(abi.encode(typeHash, uint256(dataset), uint256(generation), deadline));
    }

    function acceptStruct(uint64 dataset, address from, uint64 offer, bytes32 digest, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        bytes32 typeHash = keccak256(
            "AcceptCustody(uint64 dataset,address from,uint64 offer,bytes32 ownersCapsuleDigest,uint256 deadline)"
        );
        return keccak256(abi.encode(typeHash, uint256(dataset), from, uint256(offer), digest, deadline));
    }

    function withdrawStruct(uint64 dataset, uint32 index, uint256 deadline) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256("WithdrawSubject(uint64 dataset,uint32 index,uint256 deadline)");
        return keccak256(abi.encode(typeHash, uint256(dataset), uint256(index), deadline));
    }
}
