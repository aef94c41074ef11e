// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/importer.h"

#include "core/base/files.h"
#include "core/crypto/random.h"
#include "core/store/sealed_values.h"
#include "core/store/subject_index.h"

#include <QDateTime>
#include <QFileInfo>

namespace amana::store {

namespace {

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

QString now()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
}

std::string newDocumentId()
{
    const Digest random = crypto::randomDigest();
    return "d-" + toHex(ByteView(random).first(16));
}

std::string itemId(const Vault &vault, const QByteArray &fingerprint)
{
    const Digest id = vault.fingerprint("item", bytesOf(fingerprint));
    return "i-" + toHex(ByteView(id).first(16));
}

} // namespace

Result<std::optional<ImportedItem>> Importer::known(const QByteArray &fingerprint, const QString &path)
{
    AMANA_TRY(QSqlQuery query, m_connection.run(QStringLiteral("SELECT id, format, records FROM items"
                                                               " WHERE fingerprint = ? AND state = 1"),
                                                {fingerprint}));
    if (!query.next())
        return std::optional<ImportedItem>();
    ImportedItem item;
    item.path = path;
    item.state = ItemState::Duplicate;
    item.item = query.value(0).toString().toStdString();
    item.format = query.value(1).toString().toStdString();
    item.records = static_cast<std::size_t>(query.value(2).toLongLong());
    AMANA_TRY(QSqlQuery rows, m_connection.run(QStringLiteral("SELECT id FROM documents WHERE item = ? ORDER BY ordinal"),
                                               {text(item.item)}));
    while (rows.next())
        item.documents.push_back(rows.value(0).toString().toStdString());
    return std::optional(std::move(item));
}

Result<ImportedItem> Importer::importFile(const QString &path, const QString &name, const Progress &progress)
{
    auto bytes = readFile(path, m_options.limits.fileBytes);
    if (bytes)
        return importBytes(*bytes, name, path, progress);
    ImportedItem item; // never read, so nothing can be kept
    item.path = path;
    item.error = std::move(bytes).error();
    return item;
}

Result<ImportedItem> Importer::importBytes(const QByteArray &bytes, const QString &name, const QString &path,
                                           const Progress &progress)
{
    const QByteArray fingerprint = toByteArray(m_vault.fingerprint("original", bytesOf(bytes)));
    AMANA_TRY(auto duplicate, known(fingerprint, path));
    if (duplicate)
        return *duplicate;
    ImportedItem item;
    item.path = path;
    item.item = itemId(m_vault, fingerprint);
    auto outcome = formats::readSource(bytes, name, m_options.limits, progress);
    if (!outcome && outcome.error().code == ErrorCode::Cancelled)
        return fail(std::move(outcome).error());
    if (!outcome) {
        item.error = std::move(outcome).error();
        AMANA_CHECK(quarantine(item, bytes, fingerprint, name));
        return item;
    }
    AMANA_CHECK(keep(item, bytes, fingerprint, name, *outcome));
    return item;
}

Status Importer::quarantine(ImportedItem &item, const QByteArray &bytes, const QByteArray &fingerprint,
                            const QString &name)
{
    AMANA_CHECK(m_vault.put(item.item, bytesOf(bytes)));
    AMANA_TRY(auto transaction, Transaction::begin(m_connection));
    AMANA_CHECK(writeItemRow(item, fingerprint, bytes.size(), name, 1));
    return transaction->commit();
}

Status Importer::keep(ImportedItem &item, const QByteArray &bytes, const QByteArray &fingerprint, const QString &name,
                      const formats::ReadOutcome &outcome)
{
    item.state = ItemState::Imported;
    item.records = outcome.records;
    item.problems = outcome.problems;
    item.format = outcome.documents.empty() ? std::string() : outcome.documents.front().format;
    AMANA_CHECK(m_vault.put(item.item, bytesOf(bytes)));
    std::vector<std::string> blobs;
    for (std::size_t i = 0; i < outcome.documents.size(); ++i) {
        const bool whole = outcome.documents[i].bytes == bytes;
        blobs.push_back(whole ? item.item : item.item + "-" + std::to_string(i));
        if (!whole)
            AMANA_CHECK(m_vault.put(blobs.back(), bytesOf(outcome.documents[i].bytes)));
    }
    AMANA_TRY(auto transaction, Transaction::begin(m_connection));
    // Another process may have brought the same file in since the first look.
    AMANA_TRY(auto duplicate, known(fingerprint, item.path));
    if (duplicate) {
        item = std::move(*duplicate);
        return {};
    }
    AMANA_CHECK(writeItemRow(item, fingerprint, bytes.size(), name, outcome.problemCount));
    AMANA_CHECK(writeDocuments(item, outcome, blobs));
    return transaction->commit();
}

Status Importer::writeItemRow(const ImportedItem &item, const QByteArray &fingerprint, qsizetype bytes,
                              const QString &name, std::size_t problems)
{
    const SourceNote note{name.toStdString(), item.path.toStdString(), item.problems, item.error};
    // A file that was quarantined before may be readable to a later version of the program.
    AMANA_CHECK(m_connection.run(
        QStringLiteral("INSERT INTO items (id, fingerprint, state, format, bytes, records, problems, imported_at, sealed)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET state = excluded.state,"
                       " format = excluded.format, records = excluded.records, problems = excluded.problems,"
                       " imported_at = excluded.imported_at, sealed = excluded.sealed"),
        {text(item.item), fingerprint, static_cast<int>(item.state), text(item.format.empty() ? "" : item.format),
         static_cast<qlonglong>(bytes), static_cast<qlonglong>(item.records), static_cast<qlonglong>(problems), now(),
         sealSource(m_vault, "items/" + item.item, note)}));
    return {};
}

Result<std::string> Importer::subjectOf(const records::Document &document, const QString &path)
{
    SubjectIndex subjects(m_connection, m_vault);
    const bool nameless = document.subject.links.empty()
                          || (document.subject.links.size() == 1 && document.subject.links.front() == "local:");
    // Organisations and the like belong to no one; a device file or a note always belongs to a patient.
    const bool shared = document.subject.links.empty() && document.format.starts_with("fhir.");
    if (shared)
        return std::string();
    if (nameless && !m_options.subject.empty()) {
        AMANA_CHECK(subjects.add(m_options.subject, document.subject));
        return m_options.subject;
    }
    return subjects.resolve(document.subject, QFileInfo(path).path().toStdString());
}

Status Importer::writeDocuments(ImportedItem &item, const formats::ReadOutcome &outcome,
                                const std::vector<std::string> &blobs)
{
    for (std::size_t i = 0; i < outcome.documents.size(); ++i) {
        const records::Document &document = outcome.documents[i];
        AMANA_TRY(const std::string subject, subjectOf(document, item.path));
        const std::string id = newDocumentId();
        const SourceNote note{document.sourceName, item.path.toStdString(), {}, {}};
        AMANA_CHECK(m_connection.run(
            QStringLiteral("INSERT INTO documents (id, item, ordinal, blob, format, subject, bytes, fields, imported_at,"
                           " sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
            {text(id), text(item.item), static_cast<qlonglong>(i), text(blobs[i]), text(document.format),
             subject.empty() ? QStringLiteral("") : text(subject), static_cast<qlonglong>(document.bytes.size()),
             static_cast<qlonglong>(document.fields.size()), now(), sealSource(m_vault, "documents/" + id, note)}));
        item.documents.push_back(id);
    }
    return {};
}

} // namespace amana::store
