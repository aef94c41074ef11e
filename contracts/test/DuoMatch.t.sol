// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {DuoMatch} from "../src/DuoMatch.sol";
import {vm} from "./support/Vm.sol";

/// @title The matching of purposes, against the same rule written out as words
contract DuoMatchTest {
    function testFuzz_FollowsTheOntology(uint64 mask, uint8 purpose) public pure {
        purpose %= 8;
        bool gru = mask & 1 != 0;
        bool hmb = mask & 2 != 0;
        bool ds = mask & 4 != 0;
        bool poa = mask & 8 != 0;
        bool cc = mask & 16 != 0;
        bool expected;
        if (purpose == 0) expected = gru;
        else if (purpose == 1) expected = gru || hmb;
        else if (purpose == 2) expected = gru || hmb || ds;
        else if (purpose == 3) expected = gru || poa;
        else if (purpose == 4) expected = cc;
        vm.assertTrue(DuoMatch.permits(mask, purpose) == expected);
    }

    function test_EveryCombinationOfUses() public pure {
        for (uint64 mask = 0; mask < 32; ++mask) {
            for (uint8 purpose = 0; purpose < 8; ++purpose) {
                testFuzz_FollowsTheOntology(mask, purpose);
            }
        }
    }

    function testFuzz_OtherNumbersAreNoPurpose(uint64 mask, uint8 purpose) public pure {
        vm.assume(purpose > 4);
        vm.assertFalse(DuoMatch.isPurpose(purpose));
        vm.assertFalse(DuoMatch.permits(mask, purpose));
    }

    function testFuzz_ConditionsPermitNothing(uint64 mask, uint8 purpose) public pure {
        mask &= ~uint64(0x1f);
        vm.assertFalse(DuoMatch.permits(mask, purpose));
    }

    function test_TheBitsAreTheOnesTheClientUses() public pure {
        vm.assertEq(DuoMatch.GRU, 0);
        vm.assertEq(DuoMatch.HMB, 1);
        vm.assertEq(DuoMatch.DS, 2);
        vm.assertEq(DuoMatch.POA, 3);
        vm.assertEq(DuoMatch.CC, 4);
        vm.assertEq(DuoMatch.KNOWN, 0x7001f);
    }
}
