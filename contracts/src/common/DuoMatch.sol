// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @title Which purposes a dataset permits, after the GA4GH Data Use Ontology (DUO)
/// @dev A mask has one bit per permitted use (0…6), per exclusion (14, 15) and per condition (16…31). Uses and
///      exclusions are matched by the rules of DUOS version 4. A condition binds the requester: it says that it meets
///      it, custodians judge whether it does. Which disease, country or date is meant stands in the public card.
library DuoMatch {
    /// @dev General research use, DUO:0000042.
    uint8 internal constant GRU = 0;
    /// @dev Health, medical or biomedical research, DUO:0000006.
    uint8 internal constant HMB = 1;
    /// @dev Disease-specific research, DUO:0000007. Custodians compare the diseases.
    uint8 internal constant DS = 2;
    /// @dev Population origins or ancestry research, DUO:0000011.
    uint8 internal constant POA = 3;
    /// @dev Clinical care, DUO:0000043.
    uint8 internal constant CC = 4;
    /// @dev Development of methods: a purpose only, there is no such permission.
    uint8 internal constant METHODS = 5;
    /// @dev No restriction, DUO:0000004: a permission only. It permits all research; care reveals who the subject is,
    ///      so that it is always named by CC.
    uint8 internal constant NRES = 6;

    /// @dev No population origins or ancestry research, DUO:0000044.
    uint8 internal constant NPOA = 14;
    /// @dev No general methods research, DUO:0000015.
    uint8 internal constant NMDS = 15;

    /// @dev Not-for-profit, non-commercial use only, DUO:0000018.
    uint8 internal constant NPUNCU = 16;
    /// @dev Ethics approval required, DUO:0000021.
    uint8 internal constant IRB = 17;
    /// @dev Publication required, DUO:0000019.
    uint8 internal constant PUB = 18;
    /// @dev Collaboration required, DUO:0000020.
    uint8 internal constant COL = 19;
    /// @dev Return of results to the database, DUO:0000029.
    uint8 internal constant RTN = 20;
    /// @dev Genetic studies only, DUO:0000016.
    uint8 internal constant GSO = 21;
    /// @dev Research of a specific type only, DUO:0000012.
    uint8 internal constant RS = 22;
    /// @dev Geographical restriction, DUO:0000022.
    uint8 internal constant GS = 23;
    /// @dev Publication moratorium, DUO:0000024.
    uint8 internal constant MOR = 24;
    /// @dev Time limit on use, DUO:0000025.
    uint8 internal constant TS = 25;
    /// @dev User-specific restriction, DUO:0000026.
    uint8 internal constant US = 26;
    /// @dev Project-specific restriction, DUO:0000027.
    uint8 internal constant PS = 27;
    /// @dev Institution-specific restriction, DUO:0000028.
    uint8 internal constant IS = 28;
    /// @dev Not-for-profit organisations only, DUO:0000045.
    uint8 internal constant NPU = 29;
    /// @dev Non-commercial use only, DUO:0000046.
    uint8 internal constant NCU = 30;

    /// @dev Bits 16…30.
    uint64 internal constant CONDITIONS = 0x7fff0000;
    /// @dev Every bit that has a meaning in the mask of a dataset.
    uint64 internal constant KNOWN =
        CONDITIONS | (uint64(1) << NMDS) | (uint64(1) << NPOA) | (uint64(1) << NRES) | uint64(0x1f);

    /// @dev Byte i holds the uses that permit purpose i:
    ///      GRU ← GRU · HMB ← GRU HMB · DS ← GRU HMB DS · POA ← GRU POA · CC ← CC · METHODS ← GRU HMB DS POA; and
    ///      NRES permits all but CC.
    bytes6 private constant PERMITTED_BY = 0x41434749104f;

    /// @notice Whether `purpose` is one of 0…5.
    function isPurpose(uint8 purpose) internal pure returns (bool) {
        return purpose < PERMITTED_BY.length;
    }

    /// @notice Whether a dataset with this mask permits the purpose; false for what is no purpose.
    function permits(uint64 mask, uint8 purpose) internal pure returns (bool) {
        if (!isPurpose(purpose) || uint8(PERMITTED_BY[purpose]) & mask == 0) return false;
        if (purpose == POA) return mask & (uint64(1) << NPOA) == 0;
        if (purpose == METHODS) return mask & (uint64(1) << NMDS) == 0;
        return true;
    }

    /// @notice The conditions of a dataset with this mask that are not among `met`.
    function missing(uint64 mask, uint64 met) internal pure returns (uint64) {
        return mask & CONDITIONS & ~met;
    }
}
