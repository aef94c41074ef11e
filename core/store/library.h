// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/formats/format.h"
#include "core/records/document.h"
#include "core/store/vault.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace amana::store {

enum class ItemState { Imported = 1, Duplicate = 2, Quarantined = 3 };
[[nodiscard]] const char *itemStateName(ItemState state); ///< "imported" "duplicate" "quarantined"

/// What became of one file of an import.
struct ImportedItem {
    QString path;                            ///< as found on disk
    ItemState state = ItemState::Quarantined;
    std::string item;                        ///< id of the library's item; empty when nothing could be kept
    std::string format;                      ///< format of the first document
    std::size_t records = 0;
    std::vector<std::string> documents;      ///< ids, also of a duplicate
    std::vector<formats::Problem> problems;  ///< records of the file that were not read
    std::optional<Error> error;              ///< why it is quarantined
};

/// found == imported + duplicates + quarantined, always.
struct ImportSummary {
    std::size_t found = 0;
    std::size_t imported = 0;
    std::size_t duplicates = 0;
    std::size_t quarantined = 0;
    std::vector<ImportedItem> items; ///< one per found file, in the order of their paths
    QStringList ignored;             ///< system litter
};

struct ImportOptions {
    std::string subject;     ///< key of a subject: for files that do not say whose they are; empty: a new one a file
    formats::Limits limits;
};

/// A document in lists; nothing here was read from the file again.
struct DocumentEntry {
    std::string id;
    std::string item;
    std::string format;
    std::string subject;      ///< key; empty: belongs to no one
    std::string sourceName;   ///< may hold patient text
    std::size_t bytes = 0;
    std::size_t fields = 0;
    QDateTime importedAt;     ///< UTC
};

struct SubjectEntry {
    records::Subject subject;
    std::size_t documents = 0;
};

/// A file kept, or refused, by an earlier import.
struct ItemEntry {
    std::string id;
    ItemState state = ItemState::Imported;
    std::string format;
    std::string sourceName;
    std::size_t bytes = 0;
    QDateTime importedAt;
    std::size_t problemCount = 0;
    std::string errorId;      ///< of a quarantined item, e.g. "format.truncated"
};

/// A job's row in the journal. `state` is the job's own word; `payload` is encrypted at rest.
struct JobEntry {
    std::string id;
    std::string kind;
    std::string state;
    QDateTime updatedAt;
    QByteArray payload;
};

/// The library of one profile: `<folder>/library.sqlite` (WAL) and `<folder>/vault/`. No patient text and no hash of
/// patient data is in the database in clear: names, sources and problems are sealed, fingerprints are keyed.
/// Thread-safe; any number of processes may have it open (they wait up to 15 s for each other: StoreLocked).
class Library {
public:
    /// `vaultKey`: 32 bytes. VaultWrongKey, StoreTooNew, StoreCorrupt, StoreUnavailable.
    [[nodiscard]] static Result<std::unique_ptr<Library>> open(const QString &folder, const SecretBytes &vaultKey);
    ~Library();

    /// Imports files and folders. Progress counts files. Killed or cancelled at any point, a second call with the
    /// same paths completes the work: no duplicates, nothing lost. Cancelled is an error; what was imported stays.
    [[nodiscard]] Result<ImportSummary> import(const QStringList &paths, const ImportOptions &options = {},
                                               const Progress &progress = {});
    /// Bytes that are not in a file: a live feed, a message, a test.
    [[nodiscard]] Result<ImportedItem> importBytes(const QByteArray &bytes, const QString &name,
                                                   const ImportOptions &options = {});

    [[nodiscard]] Result<std::vector<ItemEntry>> items() const;
    [[nodiscard]] Result<std::vector<DocumentEntry>> documents() const;
    [[nodiscard]] Result<std::vector<DocumentEntry>> documentsOf(const std::string &subject) const;
    /// Read again from the vault, with the subject as the whole library knows it. StoreNotFound.
    [[nodiscard]] Result<records::Document> document(const std::string &id) const;
    /// The untouched file of an item.
    [[nodiscard]] Result<QByteArray> original(const std::string &item) const;

    [[nodiscard]] Result<std::vector<SubjectEntry>> subjects() const;
    [[nodiscard]] Result<records::Subject> subject(const std::string &key) const;
    /// Says whose document it is, where the file does not. StoreNotFound.
    [[nodiscard]] Status assignSubject(const std::string &document, const std::string &subject);

    // Drafts of datasets, linkage maps and the like: opaque to the library, encrypted.
    // `id`: 1 to 80 characters of [a-z0-9.-].
    [[nodiscard]] Status putDraft(const std::string &id, ByteView bytes);
    [[nodiscard]] Result<SecretBytes> draft(const std::string &id) const; ///< StoreNotFound
    [[nodiscard]] Result<std::vector<std::string>> drafts() const;        ///< ids, newest first
    [[nodiscard]] Status removeDraft(const std::string &id);

    // Journal of jobs.
    [[nodiscard]] Status putJob(const JobEntry &job);
    [[nodiscard]] Result<std::vector<JobEntry>> jobs() const; ///< newest first
    [[nodiscard]] Status removeJob(const std::string &id);

    [[nodiscard]] Vault &vault();

private:
    struct Parts;
    explicit Library(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m;
};

} // namespace amana::store
