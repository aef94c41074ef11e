// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/secret_store.h"
#include "core/ports/common.h"

namespace amana::app {

/// Where the secrets of a profile are: `kind` is what the profile recorded, so that it is never looked for in a
/// weaker place. `typed` may be null; then the passphrase file (the argument, else $AMANA_PASSPHRASE_FILE) is
/// read where one is needed. PassphraseNeeded, passphrase.*, UsageInvalid for a kind that lives in memory only.
[[nodiscard]] Result<std::unique_ptr<keys::SecretStore>> secretStoreFor(const QString &home, const std::string &kind,
                                                                        const ports::Secret &typed,
                                                                        const QString &passphraseFile);

/// The store for a new profile: a passphrase, typed or from a file, else the keychain.
[[nodiscard]] Result<std::unique_ptr<keys::SecretStore>> secretStoreForNew(const QString &home,
                                                                           const ports::Secret &typed,
                                                                           const QString &passphraseFile);

} // namespace amana::app
