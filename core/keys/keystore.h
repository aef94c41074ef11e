// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/secp256k1.h"
#include "core/crypto/wallet_hashes.h"

#include <QByteArray>

/// Key files of Ethereum wallets: one account's key under a password. Source: "Web3 Secret Storage Definition",
/// version 3, ethereum.org.
namespace amana::keys {

/// What geth and others use: 256 MiB and about a second.
inline constexpr crypto::ScryptCost kKeystoreCost{std::uint64_t(1) << 18, 8, 1};

/// AES-128-CTR under scrypt, and the address, which the page leaves out and geth looks accounts up by.
/// CryptoFailed when there is not the memory for `cost`.
[[nodiscard]] Result<QByteArray> writeKeystore(const crypto::SigningKey &key, const SecretBytes &password,
                                               crypto::ScryptCost cost = kKeystoreCost);

/// scrypt or PBKDF2-HMAC-SHA-256. A file may ask for any work, so more than 512 MiB, or several seconds, is refused
/// before it is begun. KeystoreMalformed{place}, KeystoreUnsupported{place}, KeystoreTooCostly,
/// KeystoreWrongPassword (or a file that was changed: its authentication code cannot tell), CryptoFailed.
[[nodiscard]] Result<crypto::SigningKey> readKeystore(const QByteArray &file, const SecretBytes &password);

} // namespace amana::keys
