// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/archive.h"

#include <QIODevice>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <bit>
#include <memory>

namespace amana::sharing {

namespace {

constexpr std::uint32_t kSkippableMagic = 0x184D2A50; // RFC 8878, section 3.1.2
constexpr std::uint64_t kSkippableHeader = 8;
constexpr std::uint64_t kLargestFrame = std::uint64_t(1) << 30;
constexpr qsizetype kZeros = 64 << 10;

using Writer = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Reader = std::unique_ptr<archive, decltype(&archive_read_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

tl::unexpected<Error> invalid(const char *reason)
{
    return fail(ErrorCode::SharingPackageInvalid, {{"reason", reason}});
}

struct Target {
    const ByteWriter &out;
    std::uint64_t length = 0; ///< written
    Status status{};

    Status write(ByteView bytes)
    {
        if (!status) // libarchive tries again when it is closed
            return status;
        length += bytes.size();
        return status = out(bytes);
    }
};

la_ssize_t appendTo(archive *, void *target, const void *buffer, size_t length)
{
    const ByteView bytes(static_cast<const std::uint8_t *>(buffer), length);
    return static_cast<Target *>(target)->write(bytes) ? static_cast<la_ssize_t>(length) : -1;
}

void appendLittleEndian(QByteArray &out, std::uint32_t value)
{
    for (int i = 0; i < 4; ++i)
        out.append(static_cast<char>(value >> (8 * i) & 0xFF));
}

/// Frames of at most 1 GiB: Padmé adds up to 12 %, and the length of a frame has 32 bits.
Status pad(Target &target)
{
    const std::uint64_t least = target.length + kSkippableHeader;
    std::uint64_t left = padmeLength(least) - target.length;
    const QByteArray zeros(kZeros, '\0');
    while (left > 0) {
        std::uint64_t frame = std::min(left, kLargestFrame);
        if (left - frame > 0 && left - frame < kSkippableHeader) // a frame cannot be shorter than its header
            frame -= kSkippableHeader;
        left -= frame;
        QByteArray header;
        appendLittleEndian(header, kSkippableMagic);
        appendLittleEndian(header, static_cast<std::uint32_t>(frame - kSkippableHeader));
        AMANA_CHECK(target.write(bytesOf(header)));
        for (std::uint64_t fill = frame - kSkippableHeader; fill > 0;) {
            const std::uint64_t some = std::min<std::uint64_t>(fill, kZeros);
            AMANA_CHECK(target.write(bytesOf(zeros).first(some)));
            fill -= some;
        }
    }
    return {};
}

struct Source {
    QIODevice *device;
    std::array<char, 65536> buffer;
};

la_ssize_t readFrom(archive *reader, void *source, const void **buffer)
{
    auto *from = static_cast<Source *>(source);
    const qint64 count = from->device->read(from->buffer.data(), from->buffer.size());
    *buffer = from->buffer.data();
    if (count < 0)
        archive_set_error(reader, EIO, "read");
    return count;
}

bool isPlainName(const std::string &name)
{
    return !name.empty() && name.size() <= 255 && name.front() != '.' && name.find('/') == std::string::npos
        && name.find('\\') == std::string::npos && name.find('\0') == std::string::npos;
}

Result<QByteArray> readEntry(archive *reader, std::uint64_t limit)
{
    QByteArray bytes;
    std::array<char, 65536> buffer;
    for (;;) {
        const la_ssize_t count = archive_read_data(reader, buffer.data(), buffer.size());
        if (count < 0)
            return invalid("damaged");
        if (count == 0)
            return bytes;
        if (static_cast<std::uint64_t>(bytes.size()) + static_cast<std::uint64_t>(count) > limit)
            return invalid("entryTooLarge");
        bytes.append(buffer.data(), count);
    }
}

} // namespace

std::uint64_t padmeLength(std::uint64_t length)
{
    if (length < 2)
        return length;
    const int exponent = std::bit_width(length) - 1;
    const int significant = std::bit_width(static_cast<unsigned>(exponent));
    const std::uint64_t mask = (std::uint64_t(1) << (exponent - significant)) - 1;
    return (length + mask) & ~mask;
}

Status packArchive(const std::vector<ArchiveEntry> &entries, const ByteWriter &out)
{
    Target target{out};
    const auto failed = [&target] { return target.status ? Status(invalid("write")) : target.status; };
    const Writer writer(archive_write_new(), archive_write_free);
    const bool ready = archive_write_set_format_pax_restricted(writer.get()) == ARCHIVE_OK
        && archive_write_add_filter_zstd(writer.get()) == ARCHIVE_OK
        && archive_write_set_bytes_per_block(writer.get(), 0) == ARCHIVE_OK
        && archive_write_open(writer.get(), &target, nullptr, appendTo, nullptr) == ARCHIVE_OK;
    if (!ready)
        return invalid("writer");
    for (const ArchiveEntry &entry : entries) {
        const Entry header(archive_entry_new(), archive_entry_free);
        archive_entry_set_pathname(header.get(), entry.name.c_str());
        archive_entry_set_filetype(header.get(), AE_IFREG);
        archive_entry_set_perm(header.get(), 0644);
        archive_entry_set_size(header.get(), entry.bytes.size());
        archive_entry_set_mtime(header.get(), 0, 0);
        const auto size = static_cast<size_t>(entry.bytes.size());
        if (archive_write_header(writer.get(), header.get()) != ARCHIVE_OK
            || archive_write_data(writer.get(), entry.bytes.constData(), size) != static_cast<la_ssize_t>(size))
            return failed();
    }
    if (archive_write_close(writer.get()) != ARCHIVE_OK)
        return failed();
    return pad(target);
}

Status unpackArchive(QIODevice &packed, const std::function<Status(const ArchiveEntry &)> &take,
                     const ArchiveLimits &limits)
{
    Source source{&packed, {}};
    const Reader reader(archive_read_new(), archive_read_free);
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_format_tar(reader.get());
    if (archive_read_open(reader.get(), &source, nullptr, readFrom, nullptr) != ARCHIVE_OK)
        return invalid("damaged");
    std::uint64_t total = 0;
    for (std::size_t count = 0;; ++count) {
        archive_entry *header = nullptr;
        const int state = archive_read_next_header(reader.get(), &header);
        if (state == ARCHIVE_EOF)
            return {};
        if (state != ARCHIVE_OK)
            return invalid("damaged");
        const char *name = archive_entry_pathname(header);
        if (archive_entry_filetype(header) != AE_IFREG || name == nullptr || !isPlainName(name))
            return invalid("entryName");
        if (count >= limits.entries)
            return invalid("tooManyEntries");
        AMANA_TRY(QByteArray bytes, readEntry(reader.get(), limits.entryBytes));
        total += static_cast<std::uint64_t>(bytes.size());
        if (total > limits.totalBytes)
            return invalid("tooLarge");
        AMANA_CHECK(take({name, std::move(bytes)}));
    }
}

} // namespace amana::sharing
