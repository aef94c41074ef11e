// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

// Deployed as they come from OpenZeppelin: named here, so that they are compiled with the settings of the others.
// forge-lint: disable-start(unused-import)
/* solhint-disable no-unused-import */
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
/* solhint-enable no-unused-import */
// forge-lint: disable-end(unused-import)
