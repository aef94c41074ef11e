// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace amana {

std::string_view errorId(ErrorCode code)
{
    switch (code) {
#define AMANA_ERROR(name, id)                                                                                 \
    case ErrorCode::name:                                                                                     \
        return id;
#include "core/base/error_codes.def"
#undef AMANA_ERROR
    }
    return "internal.unknownCode";
}

const std::vector<ErrorCode> &allErrorCodes()
{
    static const std::vector<ErrorCode> codes{
#define AMANA_ERROR(name, id) ErrorCode::name,
#include "core/base/error_codes.def"
#undef AMANA_ERROR
    };
    return codes;
}

Error Error::because(Error inner) &&
{
    cause = std::make_shared<const Error>(std::move(inner));
    return std::move(*this);
}

std::string Error::param(std::string_view key) const
{
    for (const auto &[name, value] : params)
        if (name == key)
            return value;
    return {};
}

std::string Error::debugString() const
{
    std::string text(errorId(code));
    for (const auto &[name, value] : params)
        text += " " + name + "=" + value;
    if (cause)
        text += " <- " + cause->debugString();
    return text;
}

} // namespace amana
