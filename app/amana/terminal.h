// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <QString>

namespace amana::cli {

/// Questions are asked only when a person can answer: standard input and standard error are a terminal.
[[nodiscard]] bool canAsk();

/// Asks on standard error; true for y or yes. Call only when canAsk().
[[nodiscard]] bool askYes(const QString &question);

/// One line from the terminal without echo. PassphraseNeeded at the end of input. Call only when canAsk().
[[nodiscard]] Result<SecretBytes> askSecret(const QString &question);

/// Everything on standard input, for secrets that are piped in: at most 64 KiB (FileTooLarge).
[[nodiscard]] Result<SecretBytes> readSecretFromInput();

} // namespace amana::cli
