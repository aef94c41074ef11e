// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/commands/commands.h"
#include "core/base/secret_bytes.h"

/// Keys that leave for other programs, and those that come from them.
namespace amana::cli {

/// `identity export`: age keys, or the account as a key file.
[[nodiscard]] Status exportIdentity(Context &context, const QStringList &arguments);

/// From --keystore-password-file, or asked for on a terminal, twice when it is a new one. UsageInvalid
/// (missingOption) when neither can be; PassphraseWrong when the two differ.
[[nodiscard]] Result<SecretBytes> keystorePassword(const Arguments &arguments, bool isNew);

} // namespace amana::cli
