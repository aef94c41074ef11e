// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @title The bits of `IIdentityRegistry.Member.roles`
library Roles {
    uint32 internal constant UPLOADER = 1;
    uint32 internal constant PATIENT = 2;
    uint32 internal constant RESEARCHER = 4;
    /// @dev A deputy of the institution's administrator.
    uint32 internal constant ADMINISTRATOR = 8;
    uint32 internal constant BREAK_GLASS = 16;
    uint32 internal constant AUDITOR = 32;
    uint32 internal constant ALL = 63;
}
