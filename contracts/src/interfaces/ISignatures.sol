// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @title Acting by a signature that somebody else sends
/// @notice EIP-712, domain (name "Amana", version "1", chain id, contract). Whoever sends it pays for it and decides
///         nothing: each typed struct names all that is decided, and `signer` must have the right to it.
interface ISignatures {
    /// @param signer in whose name
    /// @param deadline Unix seconds; the signature holds while block time ≤ deadline
    /// @param signature 65 bytes r ‖ s ‖ v with the lower s, or what the contract at `signer` accepts (ERC-1271)
    struct Signed {
        address signer;
        uint256 deadline;
        bytes signature;
    }

    /// @notice The signature is not of `signer`, or not over this.
    error BadSignature(address signer);
    /// @notice The signature held until `deadline`.
    error SignatureExpired(uint256 deadline);

    /// @notice The domain of signatures, after ERC-5267.
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        );
}
