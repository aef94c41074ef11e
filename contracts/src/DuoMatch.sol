// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @title Which purposes a dataset permits, after the GA4GH Data Use Ontology
/// @dev A mask has one bit per permitted use (0…4) and one per condition (16…18). Conditions are shown and agreed
///      to by people; a contract cannot see whether they hold, so they take no part in matching.
library DuoMatch {
    /// @dev General research use, DUO:0000042.
    uint8 internal constant GRU = 0;
    /// @dev Health, medical or biomedical research, DUO:0000006.
    uint8 internal constant HMB = 1;
    /// @dev Disease-specific research, DUO:0000007.
    uint8 internal constant DS = 2;
    /// @dev Population origins or ancestry research, DUO:0000011.
    uint8 internal constant POA = 3;
    /// @dev Clinical care, DUO:0000043.
    uint8 internal constant CC = 4;

    /// @dev Non-profit use only, DUO:0000018.
    uint8 internal constant NPUNCU = 16;
    /// @dev Ethics approval required, DUO:0000021.
    uint8 internal constant IRB = 17;
    /// @dev Publication required, DUO:0000019.
    uint8 internal constant PUB = 18;

    /// @dev Every bit that has a meaning.
    uint64 internal constant KNOWN =
        uint64(0x1f) | (uint64(1) << NPUNCU) | (uint64(1) << IRB) | (uint64(1) << PUB);

    /// @dev Byte i holds the uses that permit purpose i:
    ///      GRU ← GRU · HMB ← GRU HMB · DS ← GRU HMB DS · POA ← GRU POA · CC ← CC.
    bytes5 private constant PERMITTED_BY = 0x0103070910;

    /// @notice Whether `purpose` is one of the uses 0…4.
    function isPurpose(uint8 purpose) internal pure returns (bool) {
        return purpose < PERMITTED_BY.length;
    }

    /// @notice Whether a dataset with this mask permits the purpose; false for what is no purpose.
    function permits(uint64 mask, uint8 purpose) internal pure returns (bool) {
        return isPurpose(purpose) && uint8(PERMITTED_BY[purpose]) & mask != 0;
    }
}
