// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/records/document.h"

#include <cstddef>
#include <string>
#include <vector>

namespace amana::deid {

/// One place in released bytes where something known of the patient can still be read. Never holds the value
/// itself.
struct Residue {
    std::string view; ///< "plain", "base64", "utf16"
    std::size_t offset =
        0;            ///< byte offset in the released bytes (of the start of the base64 run for that view)
    std::string kind; ///< "name" "identifier" "contact" "birthDate"
    bool operator==(const Residue &) const = default;
};

/// Searches *released* bytes (of whatever format) for what the record's own subject is known by: names in any
/// order and case, with and without accents, identifiers with and without separators, contacts, the birth
/// date in common written forms. Read as plain text, as base64 runs decoded (nested twice) and as UTF-16 of
/// either byte order. `allowed`: texts that a person rejected as not identifying; a match inside one of them
/// does not count.
[[nodiscard]] std::vector<Residue> scanReleased(ByteView released, const records::Subject &subject,
                                                const std::vector<std::string> &allowed = {});

} // namespace amana::deid
