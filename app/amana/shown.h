// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

/// How values are printed.
namespace amana::cli {

/// "0x" and hexadecimal digits.
[[nodiscard]] std::string hexOf(const Digest &digest);
/// ISO 8601 in UTC; empty for 0 and for the contracts' "no end".
[[nodiscard]] std::string timeOf(std::uint64_t seconds);
/// "1.4 MB": powers of 1,000.
[[nodiscard]] QString sizeOf(std::uint64_t bytes);
/// Joined by ", ".
[[nodiscard]] QString listOf(const std::vector<std::string> &words);
[[nodiscard]] QString toQ(std::string_view text);

/// A new file that only its owner may read: FileExists, FileUnwritable.
[[nodiscard]] Status writeNewSecretFile(const QString &path, const SecretBytes &content);

} // namespace amana::cli
