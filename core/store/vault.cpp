// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/vault.h"

#include "core/base/files.h"
#include "core/crypto/aead.h"
#include "core/crypto/age.h"
#include "core/crypto/hash.h"
#include "core/store/framed_device.h"

#include <QBuffer>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace amana::store {

namespace {

constexpr std::string_view kCheckName = "vault-check";
constexpr std::string_view kCheckText = "amana vault";

std::string frameOf(std::string_view name)
{
    return "amana-vault/1 " + std::string(name) + "\n";
}

bool isName(std::string_view name)
{
    const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
    return !name.empty() && name.size() <= 100 && name.front() != '.' && std::all_of(name.begin(), name.end(), good);
}

Error::Params blob(std::string_view name)
{
    return {{"blob", std::string(name)}};
}

/// A blob that no key of ours opens was made with another key, or its header was damaged.
Error openFailure(std::string_view name, Error inner)
{
    switch (inner.code) {
    case ErrorCode::AgeNoMatch: return Error(ErrorCode::VaultWrongKey, blob(name)).because(std::move(inner));
    case ErrorCode::Cancelled:
    case ErrorCode::FileDiskFull:
    case ErrorCode::FileUnwritable:
    case ErrorCode::FileUnreadable: return inner;
    default: return Error(ErrorCode::VaultCorrupt, blob(name)).because(std::move(inner));
    }
}

/// What a killed process left: QSaveFile's temporary names. A day old, so that no other process still writes it.
void removeLeftovers(const QString &folder)
{
    const QDateTime old = QDateTime::currentDateTimeUtc().addDays(-1);
    for (const QFileInfo &file : QDir(folder).entryInfoList({QStringLiteral("*.age.*")}, QDir::Files))
        if (file.lastModified() < old)
            QFile::remove(file.filePath());
}

} // namespace

struct Vault::Parts {
    QString folder;
    std::vector<crypto::AgeIdentity> identity; ///< exactly one; a vector because it is what age takes
    SecretBytes smallKey;
    SecretBytes fingerprintKey;

    [[nodiscard]] QString pathOf(std::string_view name) const
    {
        return folder + QLatin1Char('/') + QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))
               + QStringLiteral(".age");
    }
};

Vault::Vault(std::unique_ptr<Parts> parts) : m(std::move(parts)) {}
Vault::~Vault() = default;

Result<std::unique_ptr<Vault>> Vault::open(const QString &folder, const SecretBytes &key)
{
    if (key.size() != 32)
        return fail(ErrorCode::VaultWrongKey, {{"reason", "size"}});
    AMANA_CHECK(makeFolder(folder));
    removeLeftovers(folder);
    auto parts = std::make_unique<Parts>();
    parts->folder = folder;
    AMANA_TRY(auto identity,
              crypto::AgeIdentity::fromSecret(crypto::hkdfSha256(key.view(), {}, "amana/vault/age/v1", 32)));
    parts->identity.push_back(std::move(identity));
    parts->smallKey = crypto::hkdfSha256(key.view(), {}, "amana/vault/small/v1", 32);
    parts->fingerprintKey = crypto::hkdfSha256(key.view(), {}, "amana/vault/fingerprint/v1", 32);
    std::unique_ptr<Vault> vault(new Vault(std::move(parts)));
    if (!vault->has(kCheckName)) {
        AMANA_CHECK(vault->put(kCheckName, bytesOf(kCheckText)));
        return vault;
    }
    AMANA_CHECK(vault->get(kCheckName));
    return vault;
}

Status Vault::put(std::string_view name, ByteView bytes)
{
    QByteArray plain = QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()),
                                               static_cast<qsizetype>(bytes.size()));
    QBuffer in(&plain);
    in.open(QIODevice::ReadOnly);
    return putStream(name, in);
}

Status Vault::putStream(std::string_view name, QIODevice &in, const Progress &progress)
{
    if (!isName(name))
        return fail(ErrorCode::InternalUnexpected, {{"what", "vaultName"}});
    const QString path = m->pathOf(name);
    QSaveFile file(path);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return fail(errno == ENOSPC ? ErrorCode::FileDiskFull : ErrorCode::FileUnwritable,
                    {{"path", path.toStdString()}});
    FrameReader framed(frameOf(name), in);
    framed.open(QIODevice::ReadOnly);
    const crypto::AgeRecipient recipient = m->identity.front().recipient();
    AMANA_CHECK(crypto::ageEncrypt(framed, file, std::span(&recipient, 1), progress));
    errno = 0;
    if (!file.commit())
        return fail(errno == ENOSPC ? ErrorCode::FileDiskFull : ErrorCode::FileUnwritable,
                    {{"path", path.toStdString()}});
    return {};
}

Result<SecretBytes> Vault::get(std::string_view name) const
{
    if (!has(name))
        return fail(ErrorCode::StoreNotFound, blob(name));
    AMANA_TRY(const QByteArray sealed, readFile(m->pathOf(name)));
    auto plain = crypto::ageOpen(bytesOf(sealed), m->identity);
    if (!plain)
        return fail(openFailure(name, std::move(plain).error()));
    const std::string frame = frameOf(name);
    if (!plain->text().starts_with(frame))
        return fail(ErrorCode::VaultCorrupt, blob(name));
    return SecretBytes(plain->view().subspan(frame.size()));
}

Status Vault::getStream(std::string_view name, QIODevice &out, const Progress &progress) const
{
    QFile in(m->pathOf(name));
    if (!has(name))
        return fail(ErrorCode::StoreNotFound, blob(name));
    if (!in.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, {{"path", in.fileName().toStdString()}});
    FrameWriter stripped(frameOf(name), out);
    stripped.open(QIODevice::WriteOnly);
    auto done = crypto::ageDecrypt(in, stripped, m->identity, progress);
    if (stripped.isWrongFrame())
        return fail(ErrorCode::VaultCorrupt, blob(name));
    if (!done)
        return fail(openFailure(name, std::move(done).error()));
    if (!stripped.isComplete())
        return fail(ErrorCode::VaultCorrupt, blob(name));
    return {};
}

bool Vault::has(std::string_view name) const
{
    return isName(name) && QFileInfo::exists(m->pathOf(name));
}

Status Vault::remove(std::string_view name)
{
    if (has(name) && !QFile::remove(m->pathOf(name)))
        return fail(ErrorCode::FileUnwritable, {{"path", m->pathOf(name).toStdString()}});
    return {};
}

QByteArray Vault::sealSmall(ByteView plain, std::string_view context) const
{
    return crypto::seal(m->smallKey.view(), plain, bytesOf(context));
}

Result<SecretBytes> Vault::openSmall(ByteView sealed, std::string_view context) const
{
    auto plain = crypto::open(m->smallKey.view(), sealed, bytesOf(context));
    if (!plain)
        return fail(Error(ErrorCode::VaultCorrupt, {{"row", std::string(context)}}).because(std::move(plain).error()));
    return plain;
}

Digest Vault::fingerprint(std::string_view domain, ByteView bytes) const
{
    // A key for each domain, so that no choice of bytes can imitate another domain.
    const SecretBytes key = crypto::hkdfSha256(m->fingerprintKey.view(), {}, domain, 32);
    return crypto::hmacSha256(key.view(), bytes);
}

} // namespace amana::store
