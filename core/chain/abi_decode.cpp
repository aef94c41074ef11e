// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/abi.h"

#include <algorithm>

namespace amana::chain {

namespace {

constexpr std::size_t kWord = 32;

using Kind = AbiType::Kind;

tl::unexpected<Error> malformed(const char *what)
{
    return fail(ErrorCode::ChainAbiMalformed, {{"what", what}});
}

bool isZero(ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

/// Reads what a contract, or whoever pretends to be one, sent. In the strict encoding every tail begins where the one
/// before it ended: one cursor walks over the data, and an offset is only compared with it.
class Decoder {
public:
    explicit Decoder(ByteView data) : m_data(data) {}

    Result<AbiValue> decode(const AbiType &type)
    {
        if (type.isDynamic()) {
            AMANA_TRY(AbiValue found, dynamicValue(type));
            return finished(std::move(found));
        }
        AMANA_TRY(AbiValue found, staticValue(type, 0));
        m_tail = type.headBytes();
        return finished(std::move(found));
    }

private:
    Result<AbiValue> finished(AbiValue found) const
    {
        if (m_tail != m_data.size())
            return malformed("trailing");
        return found;
    }

    [[nodiscard]] Result<ByteView> wordAt(std::size_t at) const
    {
        if (at > m_data.size() || m_data.size() - at < kWord)
            return malformed("bounds");
        return m_data.subspan(at, kWord);
    }

    /// An offset or a length: at most kMaxAbiBytes, so that sums with it cannot overflow.
    [[nodiscard]] Result<std::size_t> sizeAt(std::size_t at) const
    {
        AMANA_TRY(const ByteView word, wordAt(at));
        Uint256 number;
        std::copy(word.begin(), word.end(), number.bytes.begin());
        const auto small = number.toUint64();
        if (!small || *small > kMaxAbiBytes)
            return malformed("length");
        return static_cast<std::size_t>(*small);
    }

    /// A value whose encoding stands at `at`, with nothing of it elsewhere.
    Result<AbiValue> staticValue(const AbiType &type, std::size_t at) const
    {
        if (type.kind != Kind::Array && type.kind != Kind::Tuple)
            return elementary(type, at);
        const bool isTuple = type.kind == Kind::Tuple;
        AbiList values;
        for (std::size_t i = 0; i < (isTuple ? type.parts.size() : type.size); ++i) {
            const AbiType &part = type.parts[isTuple ? i : 0];
            AMANA_TRY(AbiValue item, staticValue(part, at));
            values.push_back(std::move(item));
            at += part.headBytes();
        }
        return AbiValue(std::move(values));
    }

    /// A value whose encoding begins at the cursor, which moves to its end.
    Result<AbiValue> dynamicValue(const AbiType &type)
    {
        if (type.kind == Kind::Bytes || type.kind == Kind::String)
            return bytes(type);
        if (type.kind == Kind::Tuple)
            return list(type, type.parts.size());
        std::size_t count = type.size;
        if (count == 0) {
            AMANA_TRY(count, sizeAt(m_tail));
            m_tail += kWord;
        }
        return list(type, count);
    }

    /// Heads at the cursor, then the tails of the dynamic members in their order.
    Result<AbiValue> list(const AbiType &type, std::size_t count)
    {
        const bool isTuple = type.kind == Kind::Tuple;
        const std::size_t frame = m_tail;
        std::size_t heads = 0;
        if (isTuple)
            for (const AbiType &part : type.parts)
                heads += part.headBytes();
        else
            heads = count * type.parts.front().headBytes();
        if (heads > m_data.size() - frame)
            return malformed("bounds"); // before anything is reserved for `count` members
        m_tail = frame + heads;
        AbiList values;
        std::size_t at = frame;
        for (std::size_t i = 0; i < count; ++i) {
            const AbiType &part = type.parts[isTuple ? i : 0];
            AMANA_TRY(AbiValue item, part.isDynamic() ? behindOffset(part, frame, at) : staticValue(part, at));
            values.push_back(std::move(item));
            at += part.headBytes();
        }
        return AbiValue(std::move(values));
    }

    Result<AbiValue> behindOffset(const AbiType &type, std::size_t frame, std::size_t at)
    {
        AMANA_TRY(const std::size_t offset, sizeAt(at));
        if (frame + offset != m_tail)
            return malformed("offset");
        return dynamicValue(type);
    }

    Result<AbiValue> elementary(const AbiType &type, std::size_t at) const
    {
        AMANA_TRY(const ByteView word, wordAt(at));
        if (type.kind == Kind::FixedBytes) {
            if (!isZero(word.subspan(type.size)))
                return malformed("padding");
            return AbiValue(toByteArray(word.first(type.size)));
        }
        if (type.kind == Kind::Int) {
            Int256 number;
            std::copy(word.begin(), word.end(), number.bytes.begin());
            return number.fits(type.size) ? Result<AbiValue>(AbiValue(number)) : malformed("padding");
        }
        Uint256 number;
        std::copy(word.begin(), word.end(), number.bytes.begin());
        const unsigned bits = type.kind == Kind::Uint ? type.size : type.kind == Kind::Address ? 160 : 1;
        if (number.bitLength() > bits)
            return malformed("padding");
        if (type.kind == Kind::Uint)
            return AbiValue(number);
        if (type.kind == Kind::Bool)
            return AbiValue(!number.isZero());
        Address address{};
        std::copy(word.begin() + 12, word.end(), address.begin());
        return AbiValue(address);
    }

    Result<AbiValue> bytes(const AbiType &type)
    {
        AMANA_TRY(const std::size_t size, sizeAt(m_tail));
        const std::size_t whole = (size + kWord - 1) / kWord * kWord;
        const std::size_t begin = m_tail + kWord;
        if (m_data.size() - begin < whole)
            return malformed("bounds");
        if (!isZero(m_data.subspan(begin + size, whole - size)))
            return malformed("padding");
        m_tail = begin + whole;
        const QByteArray content = toByteArray(m_data.subspan(begin, size));
        if (type.kind == Kind::String)
            return AbiValue(content.toStdString());
        return AbiValue(content);
    }

    ByteView m_data;
    std::size_t m_tail = 0; ///< never past the end of the data
};

} // namespace

Result<AbiValue> abiDecode(const AbiType &type, ByteView data)
{
    if (data.size() > kMaxAbiBytes)
        return malformed("length");
    return Decoder(data).decode(type);
}

} // namespace amana::chain
