// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/abi.h"

#include "core/crypto/keccak.h"

namespace amana::chain {

namespace {

constexpr std::size_t kWord = 32;

using Kind = AbiType::Kind;

tl::unexpected<Error> malformed(const char *what)
{
    return fail(ErrorCode::ChainAbiMalformed, {{"what", what}});
}

QByteArray word(const Uint256 &number)
{
    return toByteArray(number.bytes);
}

QByteArray padded(const QByteArray &bytes)
{
    const auto rest = bytes.size() % static_cast<qsizetype>(kWord);
    return rest == 0 ? bytes : bytes + QByteArray(static_cast<qsizetype>(kWord) - rest, '\0');
}

Result<QByteArray> encodeValue(const AbiType &type, const AbiValue &value);

/// Heads, then the tails they point to.
Result<QByteArray> encodeList(const AbiList &values, const std::vector<const AbiType *> &types)
{
    if (values.size() != types.size())
        return malformed("count");
    std::vector<QByteArray> encoded;
    std::size_t heads = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        AMANA_TRY(QByteArray bytes, encodeValue(*types[i], values[i]));
        heads += types[i]->isDynamic() ? kWord : static_cast<std::size_t>(bytes.size());
        encoded.push_back(std::move(bytes));
    }
    QByteArray head;
    QByteArray tail;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!types[i]->isDynamic()) {
            head += encoded[i];
            continue;
        }
        head += word(heads + static_cast<std::size_t>(tail.size()));
        tail += encoded[i];
    }
    return head + tail;
}

std::vector<const AbiType *> partsOf(const AbiType &type, std::size_t count)
{
    std::vector<const AbiType *> types;
    if (type.kind == Kind::Tuple)
        for (const AbiType &part : type.parts)
            types.push_back(&part);
    else
        types.assign(count, &type.parts.front());
    return types;
}

Result<QByteArray> encodeBytes(const AbiType &type, const AbiValue &value)
{
    if (const auto *text = std::get_if<std::string>(&value); text && type.kind == Kind::String)
        return word(text->size()) + padded(QByteArray::fromStdString(*text));
    const auto *bytes = std::get_if<QByteArray>(&value);
    if (bytes == nullptr || type.kind == Kind::String)
        return malformed("value");
    if (type.kind == Kind::Bytes)
        return word(static_cast<std::size_t>(bytes->size())) + padded(*bytes);
    if (bytes->size() != static_cast<qsizetype>(type.size))
        return malformed("value size");
    return padded(*bytes);
}

Result<QByteArray> encodeValue(const AbiType &type, const AbiValue &value)
{
    switch (type.kind) {
    case Kind::Uint: {
        const auto *number = std::get_if<Uint256>(&value);
        if (number == nullptr || number->bitLength() > type.size)
            return malformed("number");
        return word(*number);
    }
    case Kind::Int: {
        const auto *number = std::get_if<Int256>(&value);
        if (number == nullptr || !number->fits(type.size))
            return malformed("number");
        return toByteArray(number->bytes);
    }
    case Kind::Address: {
        const auto *address = std::get_if<Address>(&value);
        if (address == nullptr)
            return malformed("value");
        return QByteArray(12, '\0') + toByteArray(*address);
    }
    case Kind::Bool: {
        const auto *flag = std::get_if<bool>(&value);
        if (flag == nullptr)
            return malformed("value");
        return word(*flag ? 1 : 0);
    }
    case Kind::FixedBytes:
    case Kind::Bytes:
    case Kind::String:
        return encodeBytes(type, value);
    case Kind::Array:
    case Kind::Tuple:
        break;
    }
    const auto *list = std::get_if<AbiList>(&value);
    if (list == nullptr || (type.kind == Kind::Array && type.size != 0 && list->size() != type.size))
        return malformed("value");
    AMANA_TRY(QByteArray bytes, encodeList(*list, partsOf(type, list->size())));
    return type.kind == Kind::Array && type.size == 0 ? word(list->size()) + bytes : bytes;
}

} // namespace

Result<QByteArray> abiEncode(const AbiType &type, const AbiValue &value)
{
    AMANA_TRY(QByteArray bytes, encodeValue(type, value));
    if (static_cast<std::size_t>(bytes.size()) > kMaxAbiBytes)
        return malformed("length");
    return bytes;
}

QByteArray abiSelector(std::string_view signature)
{
    return toByteArray(crypto::keccak256(bytesOf(signature))).left(4);
}

Digest abiTopic(std::string_view signature)
{
    return crypto::keccak256(bytesOf(signature));
}

Result<QByteArray> abiCall(std::string_view signature, const AbiList &arguments)
{
    const std::size_t open = signature.find('(');
    if (open == std::string_view::npos)
        return malformed("signature");
    AMANA_TRY(const AbiType type, AbiType::parse(signature.substr(open)));
    AMANA_TRY(const QByteArray encoded, abiEncode(type, arguments));
    return abiSelector(signature) + encoded;
}

} // namespace amana::chain
