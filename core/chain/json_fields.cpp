// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/json_fields.h"

#include <algorithm>

namespace amana::chain {

namespace {

tl::unexpected<Error> bad(const char *name)
{
    return fail(ErrorCode::ChainBadReply, {{"what", name}});
}

/// In place; nothing when it is not there or no text. An empty name is the value itself.
const std::string *textIn(const nlohmann::json &value, const char *name)
{
    const nlohmann::json *text = &value;
    if (*name != '\0') {
        if (!value.is_object())
            return nullptr;
        const auto found = value.find(name);
        if (found == value.end())
            return nullptr;
        text = &*found;
    }
    return text->is_string() ? &text->get_ref<const std::string &>() : nullptr;
}

template <class Array>
Result<Array> jsonArray(const nlohmann::json &value, const char *name)
{
    AMANA_TRY(const QByteArray bytes, jsonBytes(value, name));
    Array array{};
    if (bytes.size() != static_cast<qsizetype>(array.size()))
        return bad(name);
    std::copy(bytes.begin(), bytes.end(), array.begin());
    return array;
}

} // namespace

Result<std::string> jsonText(const nlohmann::json &value, const char *name)
{
    const std::string *const text = textIn(value, name);
    return text == nullptr ? Result<std::string>(bad(name)) : Result<std::string>(*text);
}

Result<std::uint64_t> jsonNumber(const nlohmann::json &value, const char *name)
{
    const std::string *const text = textIn(value, name);
    if (text == nullptr)
        return bad(name);
    AMANA_TRY(const Uint256 number, Uint256::fromQuantity(*text));
    const auto small = number.toUint64();
    if (!small)
        return bad(name);
    return *small;
}

Result<QByteArray> jsonBytes(const nlohmann::json &value, const char *name)
{
    const std::string *const text = textIn(value, name);
    if (text == nullptr || !text->starts_with("0x"))
        return bad(name);
    auto bytes = fromHex(*text);
    if (!bytes)
        return bad(name);
    return std::move(*bytes);
}

Result<Digest> jsonDigest(const nlohmann::json &value, const char *name)
{
    return jsonArray<Digest>(value, name);
}

Result<Address> jsonAddress(const nlohmann::json &value, const char *name)
{
    return jsonArray<Address>(value, name);
}

std::string hexText(ByteView bytes)
{
    return "0x" + toHex(bytes);
}

std::string quantity(std::uint64_t number)
{
    return Uint256(number).toQuantity();
}

} // namespace amana::chain
