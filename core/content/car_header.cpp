// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/car_header.h"

#include "core/content/varint.h"

namespace amana::content {

namespace {

/// Just enough CBOR for the header of an archive: RFC 8949, definite lengths below 2^32 in shortest form.
class HeaderParser {
public:
    explicit HeaderParser(ByteView bytes) : m_in(bytes) {}

    Result<std::optional<CarHeader>> parse()
    {
        CarHeader header;
        const auto entries = take(5);
        if (!entries || *entries > 2)
            return std::optional<CarHeader>();
        for (std::uint64_t i = 0; i < *entries; ++i) {
            const auto key = bytes(3);
            if (!key)
                return std::optional<CarHeader>();
            const std::string_view name(reinterpret_cast<const char *>(key->data()), key->size());
            if (name == "version") {
                const auto version = take(0);
                if (!version)
                    return std::optional<CarHeader>();
                header.version = *version;
            } else if (name == "roots") {
                AMANA_TRY(const bool good, roots(header.roots));
                if (!good)
                    return std::optional<CarHeader>();
            } else {
                return std::optional<CarHeader>();
            }
        }
        return m_in.empty() ? std::optional(std::move(header)) : std::nullopt;
    }

private:
    /// The argument of an item of the major type.
    std::optional<std::uint64_t> take(std::uint8_t major)
    {
        if (m_in.empty() || m_in.front() >> 5 != major)
            return std::nullopt;
        const std::uint8_t info = m_in.front() & 31;
        m_in = m_in.subspan(1);
        if (info < 24)
            return info;
        const std::size_t size = info == 24 ? 1 : info == 25 ? 2 : info == 26 ? 4 : 0;
        if (size == 0 || m_in.size() < size)
            return std::nullopt;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8 | m_in[i];
        m_in = m_in.subspan(size);
        return value;
    }

    std::optional<ByteView> bytes(std::uint8_t major)
    {
        const auto size = take(major);
        if (!size || *size > m_in.size())
            return std::nullopt;
        const ByteView view = m_in.first(static_cast<std::size_t>(*size));
        m_in = m_in.subspan(view.size());
        return view;
    }

    Result<bool> roots(std::vector<Cid> &list)
    {
        const auto count = take(4);
        if (!count)
            return false;
        for (std::uint64_t i = 0; i < *count; ++i) {
            if (take(6) != 42)
                return false;
            const auto cid = bytes(2);
            if (!cid || cid->empty() || cid->front() != 0)
                return false;
            AMANA_TRY(const Cid root, Cid::fromBytes(cid->subspan(1)));
            list.push_back(root);
        }
        return true;
    }

    ByteView m_in;
};

} // namespace

/// {"roots": [42(h'00' ‖ cid)], "version": 1} in DAG-CBOR.
QByteArray carStart(const Cid &root)
{
    static constexpr char identityPrefix = 0; // multibase "identity", which DAG-CBOR puts before a binary Cid
    const QByteArray header = QByteArray::fromHex("a265726f6f747381d82a5825") + QByteArray(1, identityPrefix)
                              + root.bytes() + QByteArray::fromHex("6776657273696f6e01");
    QByteArray bytes;
    putVarint(bytes, static_cast<std::uint64_t>(header.size()));
    return bytes + header;
}

QByteArray carSectionStart(const Cid &cid, std::size_t blockSize)
{
    QByteArray bytes;
    putVarint(bytes, kCidSize + blockSize);
    return bytes + cid.bytes();
}

Result<std::optional<CarHeader>> parseCarHeader(ByteView bytes)
{
    return HeaderParser(bytes).parse();
}

} // namespace amana::content
