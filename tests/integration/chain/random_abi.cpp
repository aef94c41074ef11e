// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_abi.h"

#include "core/crypto/secp256k1.h"

#include <nlohmann/json.hpp>

namespace amana::chain::test {

namespace {

using Kind = AbiType::Kind;

QByteArray randomBytes(QRandomGenerator &random, unsigned size)
{
    QByteArray bytes;
    for (unsigned i = 0; i < size; ++i)
        bytes += static_cast<char>(random.bounded(256));
    return bytes;
}

/// Extremes as often as anything else: they are where codecs go wrong.
Digest randomWord(QRandomGenerator &random, unsigned bits, bool isSigned)
{
    Digest word{};
    const unsigned first = 32 - bits / 8;
    const std::uint32_t shape = random.bounded(4);
    for (unsigned i = first; i < 32; ++i)
        word[i] = static_cast<std::uint8_t>(shape == 0 ? 0 : shape == 1 ? 0xff : random.bounded(256));
    if (shape == 2)
        word[first] = 0x80; // the least of a signed type, together with zeros below
    if (isSigned && (word[first] & 0x80) != 0)
        std::fill(word.begin(), word.begin() + first, std::uint8_t(0xff));
    return word;
}

std::string randomText(QRandomGenerator &random)
{
    // Nothing that cast's own argument syntax would take for more than a letter.
    static const std::vector<std::string> kLetters{"a", "Z", "0", " x", "é", "양", "😀", "-", "_", "~"};
    std::string text;
    for (std::uint32_t i = random.bounded(40); i > 0; --i)
        text += kLetters[random.bounded(static_cast<std::uint32_t>(kLetters.size()))];
    return text;
}

std::string decimalOf(const AbiValue &value)
{
    if (const auto *number = std::get_if<Uint256>(&value))
        return number->toDecimal();
    return std::get<Int256>(value).toDecimal();
}

const AbiType &partOf(const AbiType &type, std::size_t index)
{
    return type.parts[type.kind == Kind::Tuple ? index : 0];
}

} // namespace

AbiType randomType(QRandomGenerator &random, int depth)
{
    switch (random.bounded(depth == 0 ? 7 : 11)) {
    case 0:
        return {Kind::Uint, 8 * (1 + random.bounded(32U)), {}};
    case 1:
        return {Kind::Int, 8 * (1 + random.bounded(32U)), {}};
    case 2:
        return {Kind::Address, 0, {}};
    case 3:
        return {Kind::Bool, 0, {}};
    case 4:
        return {Kind::FixedBytes, 1 + random.bounded(32U), {}};
    case 5:
        return {Kind::Bytes, 0, {}};
    case 6:
        return {Kind::String, 0, {}};
    case 7:
    case 8:
        return {Kind::Array, random.bounded(4U), {randomType(random, depth - 1)}}; // 0: any length
    default:
        break;
    }
    AbiType tuple{Kind::Tuple, 0, {}};
    for (std::uint32_t i = 1 + random.bounded(3U); i > 0; --i)
        tuple.parts.push_back(randomType(random, depth - 1));
    return tuple;
}

AbiValue randomValue(QRandomGenerator &random, const AbiType &type)
{
    switch (type.kind) {
    case Kind::Uint: {
        Uint256 number;
        number.bytes = randomWord(random, type.size, false);
        return number;
    }
    case Kind::Int: {
        Int256 number;
        number.bytes = randomWord(random, type.size, true);
        return number;
    }
    case Kind::Address: {
        Address address{};
        for (std::uint8_t &byte : address)
            byte = static_cast<std::uint8_t>(random.bounded(256));
        return address;
    }
    case Kind::Bool:
        return random.bounded(2) == 1;
    case Kind::FixedBytes:
        return randomBytes(random, type.size);
    case Kind::Bytes:
        return randomBytes(random, random.bounded(70U));
    case Kind::String:
        return randomText(random);
    case Kind::Array:
    case Kind::Tuple:
        break;
    }
    AbiList list;
    const std::size_t count = type.kind == Kind::Tuple ? type.parts.size() : type.size != 0 ? type.size : random.bounded(4U);
    for (std::size_t i = 0; i < count; ++i)
        list.push_back(randomValue(random, partOf(type, i)));
    return list;
}

std::string nameOf(const AbiType &type)
{
    switch (type.kind) {
    case Kind::Uint:
        return "uint" + std::to_string(type.size);
    case Kind::Int:
        return "int" + std::to_string(type.size);
    case Kind::Address:
        return "address";
    case Kind::Bool:
        return "bool";
    case Kind::FixedBytes:
        return "bytes" + std::to_string(type.size);
    case Kind::Bytes:
        return "bytes";
    case Kind::String:
        return "string";
    case Kind::Array:
        return nameOf(type.parts.front()) + "[" + (type.size != 0 ? std::to_string(type.size) : "") + "]";
    case Kind::Tuple:
        break;
    }
    std::string name;
    for (const AbiType &part : type.parts)
        name += (name.empty() ? "(" : ",") + nameOf(part);
    return name + ")";
}

std::string textOf(const AbiType &type, const AbiValue &value)
{
    if (const auto *list = std::get_if<AbiList>(&value)) {
        std::string text;
        for (std::size_t i = 0; i < list->size(); ++i)
            text += (i == 0 ? "" : ",") + textOf(partOf(type, i), (*list)[i]);
        return type.kind == Kind::Tuple ? "(" + text + ")" : "[" + text + "]";
    }
    if (const auto *bytes = std::get_if<QByteArray>(&value))
        return "0x" + toHex(bytesOf(*bytes));
    if (const auto *text = std::get_if<std::string>(&value))
        return "\"" + *text + "\"";
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? "true" : "false";
    if (const auto *address = std::get_if<Address>(&value))
        return crypto::checksumAddress(*address);
    return decimalOf(value);
}

bool matches(const AbiType &type, const AbiValue &value, const nlohmann::json &seen)
{
    if (const auto *list = std::get_if<AbiList>(&value)) {
        bool same = seen.is_array() && seen.size() == list->size();
        for (std::size_t i = 0; same && i < list->size(); ++i)
            same = matches(partOf(type, i), (*list)[i], seen[i]);
        return same;
    }
    if (const auto *flag = std::get_if<bool>(&value))
        return seen == *flag;
    if (const auto *text = std::get_if<std::string>(&value))
        return seen == *text;
    if (std::holds_alternative<Uint256>(value) || std::holds_alternative<Int256>(value)) // great numbers are texts
        return (seen.is_string() ? seen.get<std::string>() : seen.dump()) == decimalOf(value);
    return seen == textOf(type, value);
}

} // namespace amana::chain::test
