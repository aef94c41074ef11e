// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <QString>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace amana::keys {

/// Where the few secrets of a profile rest. Names are our own identifiers, never a person's text.
/// Thread-safe. Every method blocks (the keychain may show its own unlock window).
class SecretStore {
public:
    virtual ~SecretStore() = default;
    /// "keychain", "passphrase" or "memory": recorded in a profile, so that it is never opened from a weaker
    /// place.
    [[nodiscard]] virtual std::string kind() const = 0;
    /// KeychainNoEntry when there is no such secret. The caller must then fail, never make a new key for a
    /// profile that exists: a locked keyring may say "no entry" too.
    [[nodiscard]] virtual Result<SecretBytes> read(const std::string &name) = 0;
    [[nodiscard]] virtual Status write(const std::string &name, ByteView secret) = 0;
    /// Removing what is not there succeeds.
    [[nodiscard]] virtual Status remove(const std::string &name) = 0;
};

/// The desktop's keychain (Secret Service or KWallet by QtKeychain), one entry a secret under service
/// "Amana". KeychainLocked: reachable, not unlocked. KeychainAbsent: no service. KeychainNoEntry.
/// KeychainFailed.
class KeychainStore final : public SecretStore {
public:
    [[nodiscard]] std::string kind() const override { return "keychain"; }
    [[nodiscard]] Result<SecretBytes> read(const std::string &name) override;
    [[nodiscard]] Status write(const std::string &name, ByteView secret) override;
    [[nodiscard]] Status remove(const std::string &name) override;
};

/// One age file, encrypted with a passphrase (scrypt), that holds all secrets of a home.
/// PassphraseWrong, FileUnreadable, AgeMalformed, StoreCorrupt; on writing also FileUnwritable, FileDiskFull.
class PassphraseStore final : public SecretStore {
public:
    /// `file` need not exist yet. PassphraseNeeded when the passphrase is empty.
    [[nodiscard]] static Result<std::unique_ptr<PassphraseStore>> open(const QString &file,
                                                                       SecretBytes passphrase);

    [[nodiscard]] std::string kind() const override { return "passphrase"; }
    [[nodiscard]] Result<SecretBytes> read(const std::string &name) override;
    [[nodiscard]] Status write(const std::string &name, ByteView secret) override;
    [[nodiscard]] Status remove(const std::string &name) override;

private:
    using Secrets = std::map<std::string, SecretBytes>;
    PassphraseStore(QString file, SecretBytes passphrase)
        : m_file(std::move(file)), m_passphrase(std::move(passphrase))
    {
    }
    /// Opens the file anew only when it is another one than before: scrypt takes a second.
    [[nodiscard]] Status load();
    [[nodiscard]] Status save();

    QString m_file;
    SecretBytes m_passphrase;
    std::mutex m_mutex;
    Secrets m_secrets;
    std::string m_stamp; ///< which file m_secrets was read from
};

/// In this process only: for the demonstration and tests.
class MemoryStore final : public SecretStore {
public:
    [[nodiscard]] std::string kind() const override { return "memory"; }
    [[nodiscard]] Result<SecretBytes> read(const std::string &name) override;
    [[nodiscard]] Status write(const std::string &name, ByteView secret) override;
    [[nodiscard]] Status remove(const std::string &name) override;

private:
    std::map<std::string, SecretBytes> m_secrets;
    std::mutex m_mutex;
};

/// A passphrase from a file that only its owner may read: PassphraseFileMode for any group or other
/// permission or another owner; FileNotFound, FileUnreadable; PassphraseNeeded when empty. One line end at
/// the end is not part of it.
[[nodiscard]] Result<SecretBytes> readPassphraseFile(const QString &path);

/// The store of `home`. With a passphrase file (the argument, else AMANA_PASSPHRASE_FILE): PassphraseStore on
/// <home>/secrets.age. Without: the keychain, unless secrets.age exists (PassphraseNeeded). Never silently
/// weaker.
[[nodiscard]] Result<std::unique_ptr<SecretStore>> openSecretStore(const QString &home,
                                                                   const QString &passphraseFile = {});

} // namespace amana::keys
