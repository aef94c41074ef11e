// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <QString>

#include <memory>
#include <string_view>

class QIODevice;

namespace amana::store {

/// A folder of encrypted blobs: originals, linkage maps, drafts. Each is a standard age file to the vault's own
/// identity, which is derived from the vault key; inside, the blob's name stands in front of its bytes, so that
/// one blob cannot be passed off as another. Thread-safe; any number of processes may use one folder.
class Vault {
public:
    /// Opens, or makes, the vault in `folder`. `key`: 32 bytes. VaultWrongKey when the folder was made with
    /// another key, VaultCorrupt, FileUnwritable.
    [[nodiscard]] static Result<std::unique_ptr<Vault>> open(const QString &folder, const SecretBytes &key);
    ~Vault();

    /// Whole or not at all, replacing an older blob of the name: temporary file, fsync, rename.
    /// `name`: 1 to 100 characters of [a-z0-9.-], chosen by the program, never from a file or a person.
    [[nodiscard]] Status put(std::string_view name, ByteView bytes);
    [[nodiscard]] Status putStream(std::string_view name, QIODevice &in, const Progress &progress = {});

    /// StoreNotFound, VaultWrongKey, VaultCorrupt.
    [[nodiscard]] Result<SecretBytes> get(std::string_view name) const;
    [[nodiscard]] Status getStream(std::string_view name, QIODevice &out, const Progress &progress = {}) const;

    [[nodiscard]] bool has(std::string_view name) const;
    /// Removing what is not there is no error.
    [[nodiscard]] Status remove(std::string_view name);

    /// Small values for a database row: ChaCha20-Poly1305, `context` (table, column, row id) is authenticated.
    [[nodiscard]] QByteArray sealSmall(ByteView plain, std::string_view context) const;
    [[nodiscard]] Result<SecretBytes> openSmall(ByteView sealed, std::string_view context) const;

    /// HMAC-SHA256 with a key of its own: equal bytes have equal fingerprints, and without the key nobody can
    /// test a guess. `domain` keeps fingerprints of different uses apart.
    [[nodiscard]] Digest fingerprint(std::string_view domain, ByteView bytes) const;

private:
    struct Parts;
    explicit Vault(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m;
};

} // namespace amana::store
