// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"
#include "core/records/document.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace amana::sharing {

/// How the part can be withdrawn from later grants (IDatasetRegistry.withdrawSubject), but for the key of `address`.
struct Withdrawal {
    std::uint32_t index = 0; ///< of the part, from 1; 0: not told
    Address address{};       ///< who may
    Digest salt{};
    std::vector<Digest> siblings; ///< from the leaf up to `subjectsRoot`

    bool operator==(const Withdrawal &) const = default;
};

/// Who a pseudonym is and by how many days the dates were moved: what a care grant carries and a research grant never.
struct Linkage {
    std::string pseudonym;
    std::vector<std::string> names;
    std::vector<std::string> identifiers; ///< "system|value"
    std::string birthDate;                ///< ISO 8601
    std::string sex;
    int dateShiftDays = 0;                ///< released date = true date + shift
    std::vector<std::pair<std::string, std::string>> nameReplacements; ///< released → true
    Withdrawal withdrawal{};

    bool operator==(const Linkage &) const = default;
};

/// Every linkage file has this plain length, so that its size tells nothing.
inline constexpr std::size_t kLinkageBytes = 8192;

/// JSON, padded with spaces. What does not fit (very many identifiers) is left out from the end of the lists.
[[nodiscard]] SecretBytes linkageToSecret(Linkage linkage);
/// SharingPackageInvalid (reason).
[[nodiscard]] Result<Linkage> linkageFromSecret(std::string_view json);

} // namespace amana::sharing
