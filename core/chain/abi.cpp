// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/abi.h"

#include "core/crypto/keccak.h"

#include <algorithm>

namespace amana::chain {

namespace {

constexpr std::size_t kWord = 32;
constexpr std::size_t kMaxBytes = std::size_t(1) << 20;
constexpr std::size_t kMaxElements = 65536;
constexpr int kMaxDepth = 8;

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

/// Bytes that a value takes in the head.
std::size_t headSize(const AbiType &type)
{
    if (type.isDynamic())
        return kWord;
    if (type.kind == Kind::Array)
        return type.size * headSize(type.parts.front());
    if (type.kind != Kind::Tuple)
        return kWord;
    std::size_t size = 0;
    for (const AbiType &part : type.parts)
        size += headSize(part);
    return size;
}

/// Reads what a contract, or whoever pretends to be one, sent. Every offset is checked against the data; the
/// number of elements over the whole value is bounded, so that offsets that point back cannot multiply.
class Decoder {
public:
    Result<AbiValue> value(const AbiType &type, ByteView data, std::size_t at, int depth)
    {
        if (depth > kMaxDepth)
            return malformed("depth");
        if (++m_elements > kMaxElements)
            return malformed("count");
        switch (type.kind) {
        case Kind::Uint:
        case Kind::Address:
        case Kind::Bool:
        case Kind::FixedBytes:
            return elementary(type, data, at);
        case Kind::Bytes:
        case Kind::String:
            return bytes(type, data, at);
        case Kind::Array:
        case Kind::Tuple:
            break;
        }
        std::size_t count = type.kind == Kind::Tuple ? type.parts.size() : type.size;
        if (type.kind == Kind::Array && type.size == 0) {
            AMANA_TRY(count, length(data, at));
            at += kWord;
            if (count > (data.size() - at) / std::max(headSize(type.parts.front()), std::size_t(1)))
                return malformed("bounds");
        }
        return list(partsOf(type, count), data.subspan(at), depth);
    }

    /// Members one after another in the heads; a dynamic one is found by its offset from the start of `data`.
    Result<AbiValue> list(const std::vector<const AbiType *> &types, ByteView data, int depth)
    {
        AbiList values;
        std::size_t at = 0;
        for (const AbiType *type : types) {
            std::size_t place = at;
            if (type->isDynamic()) {
                AMANA_TRY(place, length(data, at));
                if (place > data.size())
                    return malformed("bounds");
            }
            AMANA_TRY(AbiValue item, value(*type, data, place, depth + 1));
            values.push_back(std::move(item));
            at += headSize(*type);
        }
        return AbiValue(std::move(values));
    }

private:
    static Result<Uint256> wordAt(ByteView data, std::size_t at)
    {
        if (at > data.size() || data.size() - at < kWord)
            return malformed("bounds");
        Uint256 number;
        std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(at), kWord, number.bytes.begin());
        return number;
    }

    static Result<std::size_t> length(ByteView data, std::size_t at)
    {
        AMANA_TRY(const Uint256 number, wordAt(data, at));
        const auto small = number.toUint64();
        if (!small || *small > kMaxBytes)
            return malformed("length");
        return static_cast<std::size_t>(*small);
    }

    static Result<AbiValue> elementary(const AbiType &type, ByteView data, std::size_t at)
    {
        AMANA_TRY(const Uint256 number, wordAt(data, at));
        if (type.kind == Kind::FixedBytes) {
            const auto rest = number.bytes.begin() + type.size;
            if (std::any_of(rest, number.bytes.end(), [](std::uint8_t byte) { return byte != 0; }))
                return malformed("padding");
            return AbiValue(toByteArray(ByteView(number.bytes).first(type.size)));
        }
        const unsigned bits = type.kind == Kind::Uint ? type.size : type.kind == Kind::Address ? 160 : 1;
        if (number.bitLength() > bits)
            return malformed("padding");
        if (type.kind == Kind::Uint)
            return AbiValue(number);
        if (type.kind == Kind::Bool)
            return AbiValue(!number.isZero());
        Address address{};
        std::copy(number.bytes.begin() + 12, number.bytes.end(), address.begin());
        return AbiValue(address);
    }

    static Result<AbiValue> bytes(const AbiType &type, ByteView data, std::size_t at)
    {
        AMANA_TRY(const std::size_t size, length(data, at));
        const std::size_t whole = (size + kWord - 1) / kWord * kWord;
        at += kWord;
        if (data.size() - at < whole)
            return malformed("bounds");
        const ByteView padding = data.subspan(at + size, whole - size);
        if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte != 0; }))
            return malformed("padding");
        const QByteArray content = toByteArray(data.subspan(at, size));
        if (type.kind == Kind::String)
            return AbiValue(content.toStdString());
        return AbiValue(content);
    }

    std::size_t m_elements = 0;
};

} // namespace

Result<QByteArray> abiEncode(const AbiType &type, const AbiValue &value)
{
    return encodeValue(type, value);
}

Result<AbiValue> abiDecode(const AbiType &type, ByteView data)
{
    if (data.size() > kMaxBytes)
        return malformed("length");
    return Decoder().value(type, data, 0, 0);
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
