// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/dag_pb.h"

#include "core/base/utf8.h"
#include "core/content/varint.h"

namespace amana::content {

namespace {

constexpr std::size_t kMaxName = 255;
enum WireType : std::uint64_t { Number = 0, Bytes = 2 };

tl::unexpected<Error> malformed(const char *reason)
{
    return fail(ErrorCode::DagMalformed, {{"reason", reason}});
}

void putNumber(QByteArray &out, char tag, std::uint64_t value)
{
    out.append(tag);
    putVarint(out, value);
}

void putBytes(QByteArray &out, char tag, const QByteArray &bytes)
{
    putNumber(out, tag, static_cast<std::uint64_t>(bytes.size()));
    out.append(bytes);
}

/// One field of a protobuf message: a number or a view of bytes.
struct Field {
    std::uint64_t number = 0;
    std::uint64_t wireType = 0;
    std::uint64_t value = 0;
    ByteView bytes;

    [[nodiscard]] bool is(std::uint64_t n, WireType type) const { return number == n && wireType == type; }
};

Result<Field> takeField(ByteView &in)
{
    Field field;
    const auto tag = takeVarint(in);
    if (!tag)
        return malformed("tag");
    field.number = *tag >> 3;
    field.wireType = *tag & 7;
    const auto value = takeVarint(in);
    if (!value || (field.wireType != Number && field.wireType != Bytes))
        return malformed("field");
    field.value = *value;
    if (field.wireType == Bytes) {
        if (*value > in.size())
            return malformed("length");
        field.bytes = in.first(static_cast<std::size_t>(*value));
        in = in.subspan(static_cast<std::size_t>(*value));
    }
    return field;
}

/// Hash, Name, Tsize: in this order, each once at most, the first always.
Result<PbLink> decodeLink(ByteView in)
{
    PbLink link;
    std::uint64_t last = 0;
    while (!in.empty()) {
        AMANA_TRY(const Field field, takeField(in));
        if (field.number <= last || (last == 0 && field.number != 1))
            return malformed("linkOrder");
        last = field.number;
        if (field.is(1, Bytes)) {
            auto cid = Cid::fromBytes(field.bytes);
            if (!cid)
                return fail(Error(cid.error().code == ErrorCode::CidUnsupported ? ErrorCode::DagUnsupported
                                                                                : ErrorCode::DagMalformed)
                                .because(cid.error()));
            link.cid = *cid;
        } else if (field.is(2, Bytes)) {
            link.name.assign(reinterpret_cast<const char *>(field.bytes.data()), field.bytes.size());
        } else if (field.is(3, Number)) {
            link.totalSize = field.value;
        } else {
            return malformed("linkField");
        }
    }
    if (last == 0)
        return malformed("linkHash");
    return link;
}

} // namespace

QByteArray encodeNode(const PbNode &node)
{
    QByteArray block;
    for (const PbLink &link : node.links) {
        QByteArray bytes;
        putBytes(bytes, 0x0a, link.cid.bytes());
        putBytes(bytes, 0x12, QByteArray::fromStdString(link.name));
        putNumber(bytes, 0x18, link.totalSize);
        putBytes(block, 0x12, bytes);
    }
    if (node.data)
        putBytes(block, 0x0a, *node.data);
    return block;
}

Result<PbNode> decodeNode(ByteView block)
{
    PbNode node;
    while (!block.empty()) {
        AMANA_TRY(const Field field, takeField(block));
        if (node.data)
            return malformed("afterData");
        if (field.is(2, Bytes)) {
            AMANA_TRY(PbLink link, decodeLink(field.bytes));
            node.links.push_back(std::move(link));
        } else if (field.is(1, Bytes)) {
            node.data = toByteArray(field.bytes);
        } else {
            return malformed("nodeField");
        }
    }
    return node;
}

QByteArray encodeUnixFs(const UnixFs &message)
{
    QByteArray bytes;
    putNumber(bytes, 0x08, static_cast<std::uint64_t>(message.type));
    if (!message.data.isEmpty())
        putBytes(bytes, 0x12, message.data);
    if (message.fileSize)
        putNumber(bytes, 0x18, *message.fileSize);
    for (const std::uint64_t size : message.blockSizes)
        putNumber(bytes, 0x20, size);
    return bytes;
}

Result<UnixFs> decodeUnixFs(ByteView bytes)
{
    UnixFs message;
    bool hasType = false;
    bool hasData = false;
    while (!bytes.empty()) {
        AMANA_TRY(const Field field, takeField(bytes));
        if (field.is(1, Number)) {
            if (hasType || field.value > static_cast<std::uint64_t>(UnixFs::Type::Shard))
                return malformed("type");
            hasType = true;
            message.type = static_cast<UnixFs::Type>(field.value);
        } else if (field.is(2, Bytes)) {
            if (hasData)
                return malformed("data");
            hasData = true;
            message.data = toByteArray(field.bytes);
        } else if (field.is(3, Number)) {
            if (message.fileSize)
                return malformed("fileSize");
            message.fileSize = field.value;
        } else if (field.is(4, Number)) {
            message.blockSizes.push_back(field.value);
        } else if (field.number < 5 || field.number > 8) {
            return malformed("unixfsField"); // 5 … 8: hash type, fan-out, mode, time
        }
    }
    if (!hasType)
        return malformed("type");
    return message;
}

bool isSafeName(std::string_view name)
{
    return !name.empty() && name.size() <= kMaxName && name != "." && name != ".."
           && name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos
           && isValidUtf8(name);
}

} // namespace amana::content
