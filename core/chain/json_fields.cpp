// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/json_fields.h"

#include <algorithm>

namespace amana::chain {

namespace {

tl::unexpected<Error> bad(const char *name)
{
    return fail(ErrorCode::ChainBadReply, {{"what", name}});
}

} // namespace

Result<std::string> jsonText(const nlohmann::json &value, const char *name)
{
    const nlohmann::json *text = &value;
    if (*name != '\0') {
        if (!value.is_object())
            return bad(name);
        const auto found = value.find(name);
        if (found == value.end())
            return bad(name);
        text = &*found;
    }
    if (!text->is_string())
        return bad(name);
    return text->get<std::string>();
}

Result<std::uint64_t> jsonNumber(const nlohmann::json &value, const char *name)
{
    AMANA_TRY(const std::string text, jsonText(value, name));
    AMANA_TRY(const Uint256 number, Uint256::fromQuantity(text));
    const auto small = number.toUint64();
    if (!small)
        return bad(name);
    return *small;
}

Result<QByteArray> jsonBytes(const nlohmann::json &value, const char *name)
{
    AMANA_TRY(const std::string text, jsonText(value, name));
    auto bytes = fromHex(text);
    if (!text.starts_with("0x") || !bytes)
        return bad(name);
    return std::move(*bytes);
}

Result<Digest> jsonDigest(const nlohmann::json &value, const char *name)
{
    AMANA_TRY(const QByteArray bytes, jsonBytes(value, name));
    Digest digest{};
    if (bytes.size() != static_cast<qsizetype>(digest.size()))
        return bad(name);
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

Result<Address> jsonAddress(const nlohmann::json &value, const char *name)
{
    AMANA_TRY(const QByteArray bytes, jsonBytes(value, name));
    Address address{};
    if (bytes.size() != static_cast<qsizetype>(address.size()))
        return bad(name);
    std::copy(bytes.begin(), bytes.end(), address.begin());
    return address;
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
