// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace amana {

/// Every way in which Amana can fail, one enumerator a line of error_codes.def.
enum class ErrorCode {
#define AMANA_ERROR(name, id) name,
#include "core/base/error_codes.def"
#undef AMANA_ERROR
};

/// The stable identifier of a code, e.g. "review.undecided": what --json prints and tests match.
[[nodiscard]] std::string_view errorId(ErrorCode code);

/// All codes, in the order of error_codes.def. The text catalogue is tested against this list.
[[nodiscard]] const std::vector<ErrorCode> &allErrorCodes();

/// What failed and where. It holds no prose (ui/text makes the sentence in the reader's language) and never
/// patient text: parameters name files by the user's own path, places, limits, identifiers of our own.
struct Error {
    using Params = std::vector<std::pair<std::string, std::string>>;

    ErrorCode code;
    Params params;
    std::shared_ptr<const Error> cause; // shared: errors are copied across threads and never changed

    explicit Error(ErrorCode c, Params p = {}) : code(c), params(std::move(p)) {}

    /// The same error, caused by `inner`.
    [[nodiscard]] Error because(Error inner) &&;

    /// The value of a parameter, or an empty string.
    [[nodiscard]] std::string param(std::string_view key) const;

    /// For logs and test output: "code key=value … <- cause". Not for people.
    [[nodiscard]] std::string debugString() const;
};

} // namespace amana
