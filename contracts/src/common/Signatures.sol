// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {ISignatures} from "../interfaces/ISignatures.sol";

/// @title Checks EIP-712 signatures; keeps nothing
/// @dev The domain is made anew each time: behind a proxy nothing of it could be kept in the code, and reading it from
///      storage costs more than hashing.
abstract contract Signatures is ISignatures {
    bytes1 private constant FIELDS = 0x0f; // name, version, chain id, contract
    string private constant NAME = "Amana";
    string private constant VERSION = "1";

    /// @inheritdoc ISignatures
    function eip712Domain()
        external
        view
        override
        returns (bytes1, string memory, string memory, uint256, address, bytes32, uint256[] memory)
    {
        return (FIELDS, NAME, VERSION, block.chainid, address(this), 0, new uint256[](0));
    }

    /// @dev Reverts: SignatureExpired, BadSignature.
    function _checkSignature(bytes32 structHash, Signed calldata signed) internal view {
        require(block.timestamp <= signed.deadline, SignatureExpired(signed.deadline));
        bytes32 domain = MessageHashUtils.toDomainSeparator(
            FIELDS, keccak256(bytes(NAME)), keccak256(bytes(VERSION)), block.chainid, address(this), 0
        );
        bytes32 digest = MessageHashUtils.toTypedDataHash(domain, structHash);
        require(
            SignatureChecker.isValidSignatureNowCalldata(signed.signer, digest, signed.signature),
            BadSignature(signed.signer)
        );
    }
}
