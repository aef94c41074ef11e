// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {MemberSlot} from "./MemberSlot.sol";
import {Members} from "./Members.sol";

/// @title The encryption keys of members
abstract contract Keys is Members {
    uint8 private constant X25519 = 1;
    /// @dev X25519 with ML-KEM-768 (FIPS 203): 32 + 1,184 bytes.
    uint8 private constant HYBRID = 2;
    uint256 private constant HYBRID_SIZE = 1216;

    /// @inheritdoc IIdentityRegistry
    function setKey(uint8 keyType, bytes calldata key) external override returns (uint16 version) {
        requireRole(msg.sender, 0);
        MemberSlot member = _members[msg.sender];
        version = member.keyVersion();
        require(version != type(uint16).max, InvalidArgument("keyVersion"));

        _members[msg.sender] = member.withKey(++version);
        _store(version, keyType, key);
        emit KeySet(msg.sender, version, keyType, key);
    }

    /// @inheritdoc IIdentityRegistry
    function revokeKey(address who, uint16 version) external override {
        MemberSlot member = who == msg.sender ? _members[who] : _requireAdminOf(who);
        uint16 newest = member.keyVersion();
        require(version != 0 && version <= newest, UnknownKey(who, version));
        require(!_revokedKeys[who][version], KeyRevokedAlready(who, version));

        _revokedKeys[who][version] = true;
        if (version == newest) _members[who] = member.withKeyRevoked();
        emit KeyRevoked(who, version, msg.sender);
    }

    /// @inheritdoc IIdentityRegistry
    function keyOf(address who, uint16 version)
        external
        view
        override
        returns (uint8 keyType, bytes32 key, bool revoked)
    {
        revoked = _revokedKeys[who][version];
        key = _keys[who][version];
        if (key != 0) return (X25519, key, revoked);
        key = _hybridKeys[who][version];
        keyType = key == 0 ? 0 : HYBRID;
    }

    function _store(uint16 version, uint8 keyType, bytes calldata key) private {
        require(keyType == X25519 || keyType == HYBRID, InvalidArgument("keyType"));
        if (keyType == HYBRID) {
            require(key.length == HYBRID_SIZE, InvalidArgument("key"));
            _hybridKeys[msg.sender][version] = keccak256(key);
            return;
        }
        require(key.length == 32, InvalidArgument("key"));
        bytes32 value = abi.decode(key, (bytes32));
        require(value != 0, InvalidArgument("key"));
        _keys[msg.sender][version] = value;
    }
}
