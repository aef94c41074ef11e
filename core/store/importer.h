// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/database.h"
#include "core/store/library.h"

namespace amana::store {

/// Brings one source at a time into the library: the original and its parts into the vault first, then all rows in
/// one transaction. Names of blobs follow from the keyed fingerprint, so an import that was killed in between and
/// is made again writes the same blobs and leaves nothing behind.
class Importer {
public:
    Importer(Connection &connection, Vault &vault, const ImportOptions &options)
        : m_connection(connection), m_vault(vault), m_options(options)
    {
    }

    /// `path`: where it was found, or empty; its folder bounds references between files. An Error only for what
    /// concerns the library itself (full disk, locked): what is wrong with the file is in the item.
    [[nodiscard]] Result<ImportedItem> importBytes(const QByteArray &bytes, const QString &name, const QString &path,
                                                   const Progress &progress);
    [[nodiscard]] Result<ImportedItem> importFile(const QString &path, const QString &name, const Progress &progress);

private:
    [[nodiscard]] Result<std::optional<ImportedItem>> known(const QByteArray &fingerprint, const QString &path);
    [[nodiscard]] Status quarantine(ImportedItem &item, const QByteArray &bytes, const QByteArray &fingerprint,
                                    const QString &name);
    [[nodiscard]] Status keep(ImportedItem &item, const QByteArray &bytes, const QByteArray &fingerprint,
                              const QString &name, const formats::ReadOutcome &outcome);
    [[nodiscard]] Status writeItemRow(const ImportedItem &item, const QByteArray &fingerprint, qsizetype bytes,
                                      const QString &name, std::size_t problems);
    [[nodiscard]] Status writeDocuments(ImportedItem &item, const formats::ReadOutcome &outcome,
                                        const std::vector<std::string> &blobs);
    [[nodiscard]] Result<std::string> subjectOf(const records::Document &document, const QString &path);

    Connection &m_connection;
    Vault &m_vault;
    const ImportOptions &m_options;
};

} // namespace amana::store
