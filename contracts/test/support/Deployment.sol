// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {AccessGrants} from "../../src/access/AccessGrants.sol";
import {ConsortiumCredit} from "../../src/market/ConsortiumCredit.sol";
import {DatasetRegistry} from "../../src/datasets/DatasetRegistry.sol";
import {Governed} from "../../src/common/Governed.sol";
import {IMarket} from "../../src/interfaces/IMarket.sol";
import {IdentityRegistry} from "../../src/identity/IdentityRegistry.sol";
import {Market} from "../../src/market/Market.sol";
import {vm} from "./Vm.sol";

/// @title The whole set, deployed as README.md says: ten transactions of one account
abstract contract Deployment {
    uint256 internal constant UPGRADE_DELAY = 48 hours;

    TimelockController internal timelock;
    IdentityRegistry internal identity;
    ConsortiumCredit internal credit;
    DatasetRegistry internal datasets;
    AccessGrants internal grants;
    Market internal market;

    function deploy(address governor, address guardian) internal {
        uint256 first = vm.getNonce(address(this));
        timelock = new TimelockController(UPGRADE_DELAY, only(governor), only(governor), address(0));
        bytes memory start =
            abi.encodeCall(IdentityRegistry.initialize, (governor, guardian, address(timelock)));
        identity = IdentityRegistry(proxy(address(new IdentityRegistry()), start));
        credit = new ConsortiumCredit(governor);

        start = abi.encodeCall(Governed.initialize, ());
        datasets = DatasetRegistry(proxy(address(new DatasetRegistry(identity)), start));
        IMarket later = IMarket(vm.computeCreateAddress(address(this), first + 9));
        grants = AccessGrants(proxy(address(new AccessGrants(identity, datasets, later)), start));
        market = Market(proxy(address(new Market(identity, datasets, grants, address(credit))), start));
        vm.assertEq(address(market), address(later));
    }

    function proxy(address implementation, bytes memory start) internal returns (address) {
        return address(new ERC1967Proxy(implementation, start));
    }

    function only(address who) internal pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = who;
    }
}
