// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age.h"

#include "core/crypto/age_armor.h"
#include "core/crypto/age_file.h"
#include "core/crypto/age_keys.h"
#include "core/crypto/age_payload.h"
#include "core/crypto/age_stream.h"

#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace amana::crypto {

namespace {

std::uint64_t sizeOf(const QIODevice &in)
{
    return in.isSequential() ? 0 : static_cast<std::uint64_t>(std::max<qint64>(0, in.size() - in.pos()));
}

Status sealTo(ByteSource &in, const ByteWriter &out, const MakeStanzas &stanzasFor, const Progress &progress,
              std::uint64_t total)
{
    AMANA_TRY(const SecretBytes key, writeHead(out, stanzasFor));
    return sealStream(key.view(), in, out, progress, total);
}

std::uint64_t chunksOf(std::uint64_t size, std::size_t chunk)
{
    return std::max<std::uint64_t>(1, (size + chunk - 1) / chunk);
}

std::uint64_t sealedPayload(std::uint64_t plain)
{
    return plain + chunksOf(plain, kStreamChunk) * kAeadTagSize;
}

std::uint64_t plainPayload(std::uint64_t sealed)
{
    return sealed - chunksOf(sealed, kSealedChunk) * kAeadTagSize;
}

/// Whoever uses the descriptor next goes on behind what was done.
Status stepOver(QIODevice &device, std::uint64_t end)
{
    return device.seek(static_cast<qint64>(end)) ? Status() : Status(fail(ErrorCode::FileUnwritable));
}

/// Between two long files, both of which all processors may read and write: then true.
Result<bool> sealFiles(QIODevice &in, QIODevice &out, const MakeStanzas &stanzas, const Progress &progress)
{
    const auto from = filePlaceOf(in);
    if (!from || !isLongPayload(sizeOf(in)) || !filePlaceOf(out))
        return false;
    AMANA_TRY(const SecretBytes key, writeHead([&out](ByteView bytes) { return writeAll(out, bytes); }, stanzas));
    const auto to = filePlaceOf(out);
    if (!to)
        return fail(ErrorCode::FileUnwritable);
    const std::uint64_t size = sizeOf(in);
    AMANA_CHECK(sealFile(key.view(), *from, size, *to, progress));
    AMANA_CHECK(stepOver(in, from->offset + size));
    AMANA_CHECK(stepOver(out, to->offset + sealedPayload(size)));
    return true;
}

/// The same for opening. False, and nothing of it counts, where the stream has to do it, or to tell what is wrong.
Result<bool> openFiles(QIODevice &in, QIODevice &out, const AgeUnwrap &unwrap, const Progress &progress)
{
    const auto from = filePlaceOf(in), to = filePlaceOf(out);
    const std::uint64_t size = sizeOf(in);
    if (!from || !to || !isLongPayload(size))
        return false;
    DeviceSource device(in);
    BufferedSource source(device);
    AMANA_TRY(const bool armored, looksArmored(source));
    if (armored)
        return false;
    AMANA_TRY(const AgePayload payload, openPayload(source, unwrap));
    const std::uint64_t sealed = size - payload.offset;
    AMANA_TRY(const bool authentic, openFile(payload.key.view(), {from->descriptor, from->offset + payload.offset}, sealed,
                                             *to, progress));
    if (!authentic)
        return false;
    AMANA_CHECK(stepOver(in, from->offset + size));
    AMANA_CHECK(stepOver(out, to->offset + plainPayload(sealed)));
    return true;
}

Status openBinary(BufferedSource &in, const ByteWriter &out, const AgeUnwrap &unwrap, const Progress &progress,
                  std::uint64_t total)
{
    AMANA_TRY(const AgePayload payload, openPayload(in, unwrap));
    return openStream(payload.key.view(), in, out, progress, total);
}

Status openFrom(ByteSource &in, const ByteWriter &out, const AgeUnwrap &unwrap, const Progress &progress,
                std::uint64_t total)
{
    BufferedSource source(in);
    AMANA_TRY(const bool armored, looksArmored(source));
    if (!armored)
        return openBinary(source, out, unwrap, progress, total);
    ArmorSource armor(source);
    BufferedSource decoded(armor);
    return openBinary(decoded, out, unwrap, progress, total);
}

MakeStanzas stanzasFor(const SecretBytes &passphrase, int logN)
{
    return [&passphrase, logN](ByteView fileKey) -> Result<std::vector<AgeStanza>> {
        AMANA_TRY(AgeStanza stanza, wrapWithPassphrase(passphrase, logN, fileKey));
        return std::vector<AgeStanza>{std::move(stanza)};
    };
}

AgeUnwrap unwrapBy(std::span<const AgeIdentity> identities)
{
    return [identities](const AgeHeader &header) { return unwrapWithIdentities(header, identities); };
}

AgeUnwrap unwrapBy(const SecretBytes &passphrase)
{
    return [&passphrase](const AgeHeader &header) { return unwrapWithPassphrase(header, passphrase); };
}

Status sealDevice(QIODevice &in, QIODevice &out, const MakeStanzas &stanzas, const Progress &progress,
                  AgeForm form = AgeForm::Binary)
{
    DeviceSource source(in);
    const ByteWriter binary = [&out](ByteView bytes) { return writeAll(out, bytes); };
    if (form == AgeForm::Binary) {
        AMANA_TRY(const bool done, sealFiles(in, out, stanzas, progress));
        if (done)
            return {};
        AMANA_CHECK(sealTo(source, binary, stanzas, progress, sizeOf(in)));
        return finishWriting(out);
    }
    ArmorWriter armor(binary);
    AMANA_CHECK(sealTo(source, [&armor](ByteView bytes) { return armor.write(bytes); }, stanzas, progress, sizeOf(in)));
    AMANA_CHECK(armor.finish());
    return finishWriting(out);
}

Status openDevice(QIODevice &in, QIODevice &out, const AgeUnwrap &unwrap, const Progress &progress)
{
    const qint64 begin = in.pos();
    AMANA_TRY(const bool done, openFiles(in, out, unwrap, progress));
    if (done)
        return {};
    if (!in.isSequential() && !in.seek(begin))
        return fail(ErrorCode::FileUnreadable);
    DeviceSource source(in);
    AMANA_CHECK(openFrom(
        source, [&out](ByteView bytes) { return writeAll(out, bytes); }, unwrap, progress, sizeOf(in)));
    return finishWriting(out);
}

Result<QByteArray> sealMemory(ByteView plain, const MakeStanzas &stanzas)
{
    MemorySource source(plain);
    QByteArray sealed;
    const ByteWriter append = [&sealed](ByteView bytes) -> Status {
        sealed.append(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
        return {};
    };
    AMANA_CHECK(sealTo(source, append, stanzas, {}, plain.size()));
    return sealed;
}

Result<SecretBytes> openMemory(ByteView sealed, const AgeUnwrap &unwrap)
{
    MemorySource source(sealed);
    SecretBytes room(sealed.size()); // the plaintext is always shorter
    std::size_t used = 0;
    const ByteWriter append = [&](ByteView bytes) -> Status {
        if (!bytes.empty())
            std::memcpy(room.writable().data() + used, bytes.data(), bytes.size());
        used += bytes.size();
        return {};
    };
    AMANA_CHECK(openFrom(source, append, unwrap, {}, sealed.size()));
    return SecretBytes(room.view().first(used));
}

Error atPath(Error error, const QString &path)
{
    error.params.emplace_back("path", path.toStdString());
    return error;
}

/// Opens both ends, runs, and keeps the result only when all went well.
Status fileToFile(const QString &from, const QString &to, QFileDevice::Permissions permissions,
                  const std::function<Status(QIODevice &, QIODevice &)> &run)
{
    QFile in(from);
    if (!in.exists())
        return fail(ErrorCode::FileNotFound, {{"path", from.toStdString()}});
    if (!in.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(ErrorCode::FileUnreadable, {{"path", from.toStdString()}});
    QSaveFile out(to);
    if (!out.open(QIODevice::WriteOnly)
        || (permissions != QFileDevice::Permissions() && !out.setPermissions(permissions)))
        return fail(ErrorCode::FileUnwritable, {{"path", to.toStdString()}});
    if (Status status = run(in, out); !status) {
        out.cancelWriting();
        return fail(atPath(status.error(), status.error().code == ErrorCode::FileUnwritable
                                                   || status.error().code == ErrorCode::FileDiskFull
                                               ? to
                                               : from));
    }
    errno = 0;
    if (!out.commit())
        return fail(errno == ENOSPC || errno == EDQUOT ? ErrorCode::FileDiskFull : ErrorCode::FileUnwritable,
                    {{"path", to.toStdString()}});
    return {};
}

} // namespace

Status ageEncrypt(QIODevice &in, QIODevice &out, std::span<const AgeRecipient> recipients,
                  const Progress &progress, AgeForm form)
{
    return sealDevice(in, out, stanzasFor(recipients), progress, form);
}

Status ageEncrypt(QIODevice &in, const ByteWriter &out, std::span<const AgeRecipient> recipients,
                  const Progress &progress)
{
    DeviceSource source(in);
    return sealTo(source, out, stanzasFor(recipients), progress, sizeOf(in));
}

Status ageDecrypt(QIODevice &in, QIODevice &out, std::span<const AgeIdentity> identities,
                  const Progress &progress)
{
    return openDevice(in, out, unwrapBy(identities), progress);
}

Status ageEncryptFile(const QString &in, const QString &out, std::span<const AgeRecipient> recipients,
                      const Progress &progress)
{
    return fileToFile(in, out, {}, [&](QIODevice &from, QIODevice &to) {
        return ageEncrypt(from, to, recipients, progress);
    });
}

Status ageDecryptFile(const QString &in, const QString &out, std::span<const AgeIdentity> identities,
                      const Progress &progress)
{
    return fileToFile(
        in, out, QFileDevice::ReadOwner | QFileDevice::WriteOwner,
        [&](QIODevice &from, QIODevice &to) { return ageDecrypt(from, to, identities, progress); });
}

Result<QByteArray> ageSeal(ByteView plain, std::span<const AgeRecipient> recipients)
{
    return sealMemory(plain, stanzasFor(recipients));
}

Result<SecretBytes> ageOpen(ByteView sealed, std::span<const AgeIdentity> identities)
{
    return openMemory(sealed, unwrapBy(identities));
}

Status ageEncryptWithPassphrase(QIODevice &in, QIODevice &out, const SecretBytes &passphrase,
                                const Progress &progress, int logN)
{
    return sealDevice(in, out, stanzasFor(passphrase, logN), progress);
}

Status ageDecryptWithPassphrase(QIODevice &in, QIODevice &out, const SecretBytes &passphrase,
                                const Progress &progress)
{
    return openDevice(in, out, unwrapBy(passphrase), progress);
}

Result<QByteArray> ageSealWithPassphrase(ByteView plain, const SecretBytes &passphrase, int logN)
{
    return sealMemory(plain, stanzasFor(passphrase, logN));
}

Result<SecretBytes> ageOpenWithPassphrase(ByteView sealed, const SecretBytes &passphrase)
{
    return openMemory(sealed, unwrapBy(passphrase));
}

std::uint64_t ageSealedSize(std::uint64_t plainSize, std::size_t recipients, bool hybrid)
{
    constexpr std::uint64_t x25519 = 3 + 6 + 1 + 43 + 1 + 43 + 1;   // "-> X25519 share\nbody\n"
    constexpr std::uint64_t mlKem = 3 + 14 + 1 + 1494 + 1 + 43 + 1; // "-> mlkem768x25519 share\nbody\n"
    const std::uint64_t perRecipient = hybrid ? mlKem : x25519;
    constexpr std::uint64_t fixed = 22 + 3 + 1 + 43 + 1 + kPayloadNonceSize;
    return fixed + perRecipient * recipients + sealedPayload(plainSize);
}

} // namespace amana::crypto
