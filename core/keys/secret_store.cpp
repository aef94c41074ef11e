// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/secret_store.h"

#include "core/base/files.h"
#include "core/crypto/age.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace amana::keys {

namespace {

constexpr char kSecretsFile[] = "secrets.age";
constexpr char kPassphraseVariable[] = "AMANA_PASSPHRASE_FILE";
constexpr qint64 kMaxSecretsFile = qint64(1) << 20;
constexpr qint64 kMaxPassphrase = 4096;
constexpr int kLockWaitMs = 30000; // another process may be in its scrypt, which takes a second or two

/// Tells one content of a file from another: every write is a rename, so the inode changes. Empty: no file.
std::string stampOf(const QString &path)
{
    struct stat info {};
    if (::stat(QFile::encodeName(path).constData(), &info) != 0)
        return {};
    return std::to_string(info.st_ino) + ":" + std::to_string(info.st_size) + ":"
           + std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec);
}

tl::unexpected<Error> noEntry()
{
    return fail(ErrorCode::KeychainNoEntry);
}

} // namespace

Result<std::unique_ptr<PassphraseStore>> PassphraseStore::open(const QString &file, SecretBytes passphrase)
{
    if (passphrase.empty())
        return fail(ErrorCode::PassphraseNeeded);
    std::unique_ptr<PassphraseStore> store(new PassphraseStore(file, std::move(passphrase)));
    if (QFileInfo::exists(file))
        AMANA_CHECK(store->load()); // a wrong passphrase is told now, not in the middle of some work
    return store;
}

/// Content of the file: lines "name base64", in the order of names.
Status PassphraseStore::load()
{
    const std::string stamp = stampOf(m_file);
    if (stamp == m_stamp)
        return {};
    Secrets secrets;
    if (stamp.empty()) {
        m_secrets.clear();
        m_stamp.clear();
        return {};
    }
    AMANA_TRY(const QByteArray sealed, readFile(m_file, kMaxSecretsFile));
    auto plain = crypto::ageOpenWithPassphrase(bytesOf(sealed), m_passphrase);
    if (!plain && plain.error().code == ErrorCode::AgeNoMatch)
        return fail(ErrorCode::PassphraseWrong, {{"path", m_file.toStdString()}});
    if (!plain)
        return fail(std::move(plain).error());
    std::string_view rest = plain->text();
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const std::size_t space = line.find(' ');
        if (space == std::string_view::npos)
            return fail(ErrorCode::StoreCorrupt, {{"path", m_file.toStdString()}});
        const std::string_view text = line.substr(space + 1);
        auto value = QByteArray::fromBase64Encoding(
            QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())),
            QByteArray::AbortOnBase64DecodingErrors);
        if (!value)
            return fail(ErrorCode::StoreCorrupt, {{"path", m_file.toStdString()}});
        secrets.emplace(line.substr(0, space), SecretBytes(bytesOf(*value)));
        secureWipe(value.decoded.data(), static_cast<std::size_t>(value.decoded.size()));
    }
    m_secrets = std::move(secrets);
    m_stamp = stamp;
    return {};
}

Status PassphraseStore::save()
{
    std::size_t size = 0;
    for (const auto &[name, secret] : m_secrets)
        size += name.size() + secret.size() * 4 / 3 + 8;
    std::string text;
    text.reserve(size); // never moves, so one wipe covers it
    for (const auto &[name, secret] : m_secrets) {
        QByteArray base64 = toByteArray(secret.view()).toBase64();
        text.append(name)
            .append(" ")
            .append(base64.constData(), static_cast<std::size_t>(base64.size()))
            .append("\n");
        secureWipe(base64.data(), static_cast<std::size_t>(base64.size()));
    }
    auto sealed = crypto::ageSealWithPassphrase(bytesOf(std::string_view(text)), m_passphrase);
    secureWipe(text.data(), text.size());
    if (!sealed)
        return fail(std::move(sealed).error());
    m_stamp = "unsaved"; // what is on disk is not what is in memory, should the writing fail
    AMANA_CHECK(writeFileAtomic(m_file, *sealed, true));
    m_stamp = stampOf(m_file);
    return {};
}

Result<SecretBytes> PassphraseStore::read(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    AMANA_CHECK(load());
    const auto found = m_secrets.find(name);
    if (found == m_secrets.end())
        return noEntry();
    return found->second.clone();
}

Status PassphraseStore::write(const std::string &name, ByteView secret)
{
    if (name.empty() || name.find_first_of(" \n") != std::string::npos)
        return fail(ErrorCode::InternalUnexpected, {{"what", "name of a secret"}});
    const std::lock_guard lock(m_mutex);
    AMANA_CHECK(makeFolder(QFileInfo(m_file).absolutePath()));
    QLockFile file(m_file + QStringLiteral(".lock"));
    if (!file.tryLock(kLockWaitMs))
        return fail(ErrorCode::FileUnwritable, {{"path", m_file.toStdString()}});
    AMANA_CHECK(load()); // what another process may have added
    m_secrets.insert_or_assign(name, SecretBytes(secret));
    return save();
}

Status PassphraseStore::remove(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    if (!QFileInfo::exists(m_file))
        return {};
    QLockFile file(m_file + QStringLiteral(".lock"));
    if (!file.tryLock(kLockWaitMs))
        return fail(ErrorCode::FileUnwritable, {{"path", m_file.toStdString()}});
    AMANA_CHECK(load());
    if (m_secrets.erase(name) == 0)
        return {};
    return save();
}

Result<SecretBytes> MemoryStore::read(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_secrets.find(name);
    if (found == m_secrets.end())
        return noEntry();
    return found->second.clone();
}

Status MemoryStore::write(const std::string &name, ByteView secret)
{
    const std::lock_guard lock(m_mutex);
    m_secrets.insert_or_assign(name, SecretBytes(secret));
    return {};
}

Status MemoryStore::remove(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    m_secrets.erase(name);
    return {};
}

Result<SecretBytes> readPassphraseFile(const QString &path)
{
    const Error::Params at{{"path", path.toStdString()}};
    // The descriptor is judged, not the name: what was checked is what is read.
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail(errno == ENOENT ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable, at);
    struct stat info {};
    const bool known = ::fstat(file, &info) == 0;
    SecretBytes bytes(static_cast<std::size_t>(kMaxPassphrase));
    const ssize_t size =
        known && S_ISREG(info.st_mode) ? ::read(file, bytes.writable().data(), bytes.size()) : -1;
    ::close(file);
    if (size < 0)
        return fail(ErrorCode::FileUnreadable, at);
    if ((info.st_mode & 077) != 0 || info.st_uid != ::geteuid())
        return fail(ErrorCode::PassphraseFileMode, at);
    std::string_view text = bytes.text().substr(0, static_cast<std::size_t>(size));
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    if (text.empty())
        return fail(ErrorCode::PassphraseNeeded, at);
    return SecretBytes::fromText(text);
}

Result<std::unique_ptr<SecretStore>> openSecretStore(const QString &home, const QString &passphraseFile)
{
    const QString file = QDir(home).filePath(QLatin1String(kSecretsFile));
    const QString passphrase =
        passphraseFile.isEmpty() ? qEnvironmentVariable(kPassphraseVariable) : passphraseFile;
    if (!passphrase.isEmpty()) {
        AMANA_TRY(SecretBytes secret, readPassphraseFile(passphrase));
        AMANA_TRY(std::unique_ptr<SecretStore> store, PassphraseStore::open(file, std::move(secret)));
        return store;
    }
    if (QFileInfo::exists(file))
        return fail(ErrorCode::PassphraseNeeded, {{"path", file.toStdString()}});
    return std::unique_ptr<SecretStore>(std::make_unique<KeychainStore>());
}

} // namespace amana::keys
