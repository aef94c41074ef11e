// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/common/DuoMatch.sol";
import {vm} from "./support/Vm.sol";

/// @title The matching of purposes, against the same rule written out as words
contract DuoMatchTest {
    function testFuzz_FollowsTheOntology(uint64 mask, uint8 purpose) public pure {
        purpose %= 8;
        bool nres = mask & 0x40 != 0;
        bool gru = nres || mask & 1 != 0;
        bool hmb = mask & 2 != 0;
        bool ds = mask & 4 != 0;
        bool poa = mask & 8 != 0;
        bool cc = mask & 16 != 0;
        bool expected;
        if (purpose == 0) expected = gru;
        else if (purpose == 1) expected = gru || hmb;
        else if (purpose == 2) expected = gru || hmb || ds;
        else if (purpose == 3) expected = (gru || poa) && mask & 0x4000 == 0;
        else if (purpose == 4) expected = cc;
        else if (purpose == 5) expected = (gru || hmb || ds || poa) && mask & 0x8000 == 0;
        vm.assertTrue(DuoMatch.permits(mask, purpose) == expected);
    }

    function test_EveryCombinationOfUsesAndExclusions() public pure {
        for (uint64 uses = 0; uses < 128; ++uses) {
            for (uint8 purpose = 0; purpose < 8; ++purpose) {
                testFuzz_FollowsTheOntology(uses, purpose);
                testFuzz_FollowsTheOntology(uses | 0x4000, purpose);
                testFuzz_FollowsTheOntology(uses | 0x8000, purpose);
            }
        }
    }

    function testFuzz_OtherNumbersAreNoPurpose(uint64 mask, uint8 purpose) public pure {
        vm.assume(purpose > 5);
        vm.assertFalse(DuoMatch.isPurpose(purpose));
        vm.assertFalse(DuoMatch.permits(mask, purpose));
    }

    function testFuzz_ConditionsAndExclusionsPermitNothing(uint64 mask, uint8 purpose) public pure {
        mask &= ~uint64(0x7f);
        vm.assertFalse(DuoMatch.permits(mask, purpose));
    }

    function testFuzz_EveryConditionOfTheMaskIsAsked(uint64 mask, uint64 met) public pure {
        uint64 missing = DuoMatch.missing(mask, met);
        for (uint8 bit = 0; bit < 64; ++bit) {
            bool asked = bit >= 16 && bit <= 30 && mask >> bit & 1 == 1 && met >> bit & 1 == 0;
            vm.assertTrue((missing >> bit & 1 == 1) == asked);
        }
    }

    function test_TheBitsAreTheOnesTheClientUses() public pure {
        vm.assertEq(DuoMatch.GRU, 0);
        vm.assertEq(DuoMatch.HMB, 1);
        vm.assertEq(DuoMatch.DS, 2);
        vm.assertEq(DuoMatch.POA, 3);
        vm.assertEq(DuoMatch.CC, 4);
        vm.assertEq(DuoMatch.METHODS, 5);
        vm.assertEq(DuoMatch.NRES, 6);
        vm.assertEq(DuoMatch.KNOWN, 0x7fffc05f);
        uint8[15] memory conditions = [
            DuoMatch.NPUNCU,
            DuoMatch.IRB,
            DuoMatch.PUB,
            DuoMatch.COL,
            DuoMatch.RTN,
            DuoMatch.GSO,
            DuoMatch.RS,
            DuoMatch.GS,
            DuoMatch.MOR,
            DuoMatch.TS,
            DuoMatch.US,
            DuoMatch.PS,
            DuoMatch.IS,
            DuoMatch.NPU,
            DuoMatch.NCU
        ];
        for (uint256 i = 0; i < conditions.length; ++i) {
            vm.assertEq(conditions[i], 16 + i);
        }
    }
}
