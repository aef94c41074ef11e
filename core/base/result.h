// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace amana {

/// A value or a coded Error. std::expected does not compile as C++20 with GCC 12, hence tl::expected.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
    Result(tl::expected<T, Error> base) : tl::expected<T, Error>(std::move(base)) {} // of transform() and and_then()
};

using Status = Result<void>;

/// `return fail(ErrorCode::FileNotFound, {{"path", path}});`
inline tl::unexpected<Error> fail(ErrorCode code, Error::Params params = {})
{
    return tl::unexpected<Error>(Error(code, std::move(params)));
}

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace amana

#define AMANA_CONCAT_INNER(a, b) a##b
#define AMANA_CONCAT(a, b) AMANA_CONCAT_INNER(a, b)

/// `AMANA_TRY(auto bytes, readFile(path));` declares or assigns, or returns the error to the caller.
#define AMANA_TRY(target, ...)                                                                                \
    auto AMANA_CONCAT(amanaTry, __LINE__) = (__VA_ARGS__);                                                    \
    if (!AMANA_CONCAT(amanaTry, __LINE__))                                                                    \
        return ::amana::fail(std::move(AMANA_CONCAT(amanaTry, __LINE__)).error());                            \
    target = std::move(*AMANA_CONCAT(amanaTry, __LINE__))

/// `AMANA_CHECK(writeFile(path, bytes));` for a Status, or a value that is not needed.
#define AMANA_CHECK(...)                                                                                      \
    do {                                                                                                      \
        if (auto amanaCheck = (__VA_ARGS__); !amanaCheck)                                                     \
            return ::amana::fail(std::move(amanaCheck).error());                                              \
    } while (false)
