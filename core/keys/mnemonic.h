// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <string_view>
#include <vector>

/// Recovery phrases by BIP-39, English word list.
namespace amana::keys {

/// The 2048 words in their order.
[[nodiscard]] const std::vector<std::string_view> &wordList();

/// 16, 20, 24, 28 or 32 bytes become 12 to 24 words, separated by one space; MnemonicInvalid for another
/// length.
[[nodiscard]] Result<SecretBytes> mnemonicFromEntropy(ByteView entropy);

/// Reads a phrase as people type it (any white space, any case). MnemonicInvalid with
/// reason=length|word|checksum and, for a word, its place from 1 (never the word itself).
[[nodiscard]] Result<SecretBytes> entropyFromMnemonic(std::string_view phrase);

/// The 64-byte seed of a valid phrase: PBKDF2-HMAC-SHA512, 2048 rounds, salt "mnemonic" + passphrase.
/// Amana uses no passphrase; it is here for the published vectors and must be ASCII. MnemonicInvalid.
[[nodiscard]] Result<SecretBytes> seedFromMnemonic(std::string_view phrase, std::string_view passphrase = {});

} // namespace amana::keys
