// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/abi.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace amana::chain {

namespace {

constexpr std::size_t kWord = 32;
constexpr std::size_t kMaxElements = 65536;
constexpr int kMaxDepth = 8;

using Kind = AbiType::Kind;

tl::unexpected<Error> malformed(const char *what)
{
    return fail(ErrorCode::ChainAbiMalformed, {{"what", what}});
}

/// A number at the end of a type name; `text` is advanced past it. Nothing when there is none.
std::optional<unsigned> takeNumber(std::string_view &text)
{
    unsigned value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc())
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    return value;
}

int nestingOf(const AbiType &type)
{
    int inside = 0;
    for (const AbiType &part : type.parts)
        inside = std::max(inside, 1 + nestingOf(part));
    return inside;
}

bool take(std::string_view &text, std::string_view word)
{
    if (!text.starts_with(word))
        return false;
    text.remove_prefix(word.size());
    return true;
}

/// Recursive descent over "type", "(type,type)" and their array suffixes.
class TypeParser {
public:
    explicit TypeParser(std::string_view text) : m_text(text) {}

    Result<AbiType> parse()
    {
        AMANA_TRY(AbiType type, one(0));
        if (!m_text.empty())
            return malformed("type");
        if (nestingOf(type) > kMaxDepth) // each branch kept within its own limit below; arrays of tuples add up
            return malformed("type depth");
        return type;
    }

private:
    Result<AbiType> one(int depth)
    {
        if (depth > kMaxDepth)
            return malformed("type depth");
        AMANA_TRY(AbiType type, m_text.starts_with('(') ? tuple(depth) : elementary());
        // Solidity has no empty structs: "()" is a list without arguments. Anywhere else it would be a value
        // that takes no room, and an array of them would have any length.
        if (type.kind == Kind::Tuple && type.parts.empty() && (depth > 0 || !m_text.empty()))
            return malformed("type");
        while (take(m_text, "[")) {
            AbiType array{Kind::Array, 0, {}};
            if (const auto length = takeNumber(m_text)) {
                if (*length == 0 || *length > kMaxElements)
                    return malformed("type");
                array.size = *length;
            }
            if (!take(m_text, "]") || ++depth > kMaxDepth)
                return malformed("type");
            // No more than 2^20 bytes an element and 2^16 elements: the product cannot overflow.
            const std::size_t element = type.headBytes();
            if (element == 0 || element * array.size > kMaxAbiBytes)
                return malformed("type size");
            array.parts.push_back(std::move(type));
            type = std::move(array);
        }
        return type;
    }

    Result<AbiType> tuple(int depth)
    {
        AbiType type{Kind::Tuple, 0, {}};
        take(m_text, "(");
        if (take(m_text, ")"))
            return type;
        while (true) {
            AMANA_TRY(AbiType part, one(depth + 1));
            type.parts.push_back(std::move(part));
            if (type.headBytes() > kMaxAbiBytes)
                return malformed("type size");
            if (take(m_text, ")"))
                return type;
            if (!take(m_text, ","))
                return malformed("type");
        }
    }

    Result<AbiType> elementary()
    {
        if (take(m_text, "address"))
            return AbiType{Kind::Address, 0, {}};
        if (take(m_text, "bool"))
            return AbiType{Kind::Bool, 0, {}};
        if (take(m_text, "string"))
            return AbiType{Kind::String, 0, {}};
        if (take(m_text, "bytes")) {
            const auto size = takeNumber(m_text);
            if (size && (*size < 1 || *size > kWord))
                return malformed("type");
            return size ? AbiType{Kind::FixedBytes, *size, {}} : AbiType{Kind::Bytes, 0, {}};
        }
        if (take(m_text, "uint"))
            return number(Kind::Uint);
        if (take(m_text, "int"))
            return number(Kind::Int);
        return malformed("type");
    }

    Result<AbiType> number(Kind kind)
    {
        const unsigned bits = takeNumber(m_text).value_or(0); // "uint" alone is no canonical name
        if (bits < 8 || bits > 256 || bits % 8 != 0)
            return malformed("type");
        return AbiType{kind, bits, {}};
    }

    std::string_view m_text;
};

} // namespace

Result<AbiType> AbiType::parse(std::string_view text)
{
    return TypeParser(text).parse();
}

bool AbiType::isDynamic() const
{
    switch (kind) {
    case Kind::Bytes:
    case Kind::String:
        return true;
    case Kind::Array:
        return size == 0 || parts.front().isDynamic();
    case Kind::Tuple:
        return std::any_of(parts.begin(), parts.end(), [](const AbiType &part) { return part.isDynamic(); });
    case Kind::Uint:
    case Kind::Int:
    case Kind::Address:
    case Kind::Bool:
    case Kind::FixedBytes:
        break;
    }
    return false;
}

std::size_t AbiType::headBytes() const
{
    if (isDynamic() || (kind != Kind::Array && kind != Kind::Tuple))
        return kWord;
    if (kind == Kind::Array)
        return size * parts.front().headBytes();
    std::size_t sum = 0;
    for (const AbiType &part : parts)
        sum += part.headBytes();
    return sum;
}

} // namespace amana::chain
