// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/library.h"

#include "core/base/files.h"
#include "core/sources/scan.h"
#include "core/store/database.h"
#include "core/store/importer.h"
#include "core/store/sealed_values.h"
#include "core/store/subject_index.h"

#include <QDateTime>

#include <algorithm>

namespace amana::store {

namespace {

QString text(const std::string &value)
{
    return value.empty() ? QStringLiteral("") : QString::fromStdString(value); // not a null value
}

std::string textOf(const QVariant &value)
{
    return value.toString().toStdString();
}

QDateTime timeOf(const QVariant &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

constexpr const char *kDocumentColumns = "SELECT id, item, format, subject, bytes, fields, imported_at, sealed FROM documents ";

} // namespace

struct Library::Parts {
    QString folder;
    std::unique_ptr<Vault> vault;

    [[nodiscard]] Result<std::unique_ptr<Connection>> connect() const
    {
        return Connection::open(folder + QStringLiteral("/library.sqlite"));
    }
    [[nodiscard]] Result<std::vector<DocumentEntry>> documents(const QString &where, const QVariantList &values) const;
};

const char *itemStateName(ItemState state)
{
    switch (state) {
    case ItemState::Imported: return "imported";
    case ItemState::Duplicate: return "duplicate";
    case ItemState::Quarantined: break;
    }
    return "quarantined";
}

Library::Library(std::unique_ptr<Parts> parts) : m(std::move(parts)) {}
Library::~Library() = default;

Result<std::unique_ptr<Library>> Library::open(const QString &folder, const SecretBytes &vaultKey)
{
    AMANA_CHECK(makeFolder(folder));
    auto parts = std::make_unique<Parts>();
    parts->folder = folder;
    AMANA_TRY(parts->vault, Vault::open(folder + QStringLiteral("/vault"), vaultKey));
    AMANA_TRY(auto connection, parts->connect());
    AMANA_CHECK(prepareSchema(*connection));
    return std::unique_ptr<Library>(new Library(std::move(parts)));
}

Vault &Library::vault()
{
    return *m->vault;
}

Result<ImportSummary> Library::import(const QStringList &paths, const ImportOptions &options, const Progress &progress)
{
    AMANA_TRY(const sources::ScanOutcome scan, sources::scanPaths(paths, {}, Progress()));
    AMANA_TRY(auto connection, m->connect());
    Importer importer(*connection, *m->vault, options);
    ImportSummary summary;
    summary.ignored = scan.ignored;
    for (const sources::ScanProblem &problem : scan.problems) {
        ImportedItem item;
        item.path = problem.path;
        item.error = problem.error;
        summary.items.push_back(std::move(item));
    }
    std::uint64_t done = 0;
    for (const sources::FoundFile &file : scan.files) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        progress.report(done++, scan.files.size());
        AMANA_TRY(ImportedItem item, importer.importFile(file.path, file.name, progress.quiet()));
        summary.items.push_back(std::move(item));
    }
    progress.report(done, scan.files.size());
    std::stable_sort(summary.items.begin(), summary.items.end(),
                     [](const ImportedItem &a, const ImportedItem &b) { return a.path < b.path; });
    summary.found = summary.items.size();
    for (const ImportedItem &item : summary.items) {
        summary.imported += item.state == ItemState::Imported ? 1 : 0;
        summary.duplicates += item.state == ItemState::Duplicate ? 1 : 0;
        summary.quarantined += item.state == ItemState::Quarantined ? 1 : 0;
    }
    return summary;
}

Result<ImportedItem> Library::importBytes(const QByteArray &bytes, const QString &name, const ImportOptions &options)
{
    AMANA_TRY(auto connection, m->connect());
    return Importer(*connection, *m->vault, options).importBytes(bytes, name, {}, {});
}

Result<std::vector<ItemEntry>> Library::items() const
{
    AMANA_TRY(auto connection, m->connect());
    AMANA_TRY(QSqlQuery query, connection->run(QStringLiteral(
                                   "SELECT id, state, format, bytes, imported_at, problems, sealed FROM items"
                                   " ORDER BY imported_at, id")));
    std::vector<ItemEntry> entries;
    while (query.next()) {
        ItemEntry entry;
        entry.id = textOf(query.value(0));
        entry.state = static_cast<ItemState>(query.value(1).toInt());
        entry.format = textOf(query.value(2));
        entry.bytes = static_cast<std::size_t>(query.value(3).toLongLong());
        entry.importedAt = timeOf(query.value(4));
        entry.problemCount = static_cast<std::size_t>(query.value(5).toLongLong());
        AMANA_TRY(const SourceNote note, openSource(*m->vault, "items/" + entry.id, query.value(6).toByteArray()));
        entry.sourceName = note.name;
        entry.errorId = note.error ? std::string(errorId(note.error->code)) : std::string();
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<std::vector<DocumentEntry>> Library::Parts::documents(const QString &where, const QVariantList &values) const
{
    AMANA_TRY(auto connection, connect());
    AMANA_TRY(QSqlQuery query, connection->run(QString::fromLatin1(kDocumentColumns) + where, values));
    std::vector<DocumentEntry> entries;
    while (query.next()) {
        DocumentEntry entry;
        entry.id = textOf(query.value(0));
        entry.item = textOf(query.value(1));
        entry.format = textOf(query.value(2));
        entry.subject = textOf(query.value(3));
        entry.bytes = static_cast<std::size_t>(query.value(4).toLongLong());
        entry.fields = static_cast<std::size_t>(query.value(5).toLongLong());
        entry.importedAt = timeOf(query.value(6));
        AMANA_TRY(const SourceNote note, openSource(*vault, "documents/" + entry.id, query.value(7).toByteArray()));
        entry.sourceName = note.name;
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<std::vector<DocumentEntry>> Library::documents() const
{
    return m->documents(QStringLiteral("ORDER BY imported_at, item, ordinal"), {});
}

Result<std::vector<DocumentEntry>> Library::documentsOf(const std::string &subject) const
{
    return m->documents(QStringLiteral("WHERE subject = ? ORDER BY imported_at, item, ordinal"), {text(subject)});
}

Result<records::Document> Library::document(const std::string &id) const
{
    AMANA_TRY(const auto entries, m->documents(QStringLiteral("WHERE id = ?"), {text(id)}));
    if (entries.empty())
        return fail(ErrorCode::StoreNotFound, {{"document", id}});
    AMANA_TRY(auto connection, m->connect());
    AMANA_TRY(QSqlQuery query, connection->run(QStringLiteral("SELECT blob FROM documents WHERE id = ?"), {text(id)}));
    if (!query.next())
        return fail(ErrorCode::StoreNotFound, {{"document", id}});
    AMANA_TRY(const SecretBytes bytes, m->vault->get(textOf(query.value(0))));
    const DocumentEntry &entry = entries.front();
    AMANA_TRY(records::Document document, formats::openDocument(toByteArray(bytes.view()), entry.format));
    document.id = id;
    document.sourceName = entry.sourceName;
    if (entry.subject.empty()) {
        document.subject.key.clear();
        return document;
    }
    AMANA_TRY(document.subject, SubjectIndex(*connection, *m->vault).load(entry.subject));
    return document;
}

Result<QByteArray> Library::original(const std::string &item) const
{
    AMANA_TRY(auto connection, m->connect());
    AMANA_TRY(QSqlQuery query, connection->run(QStringLiteral("SELECT 1 FROM items WHERE id = ?"), {text(item)}));
    if (!query.next())
        return fail(ErrorCode::StoreNotFound, {{"item", item}});
    AMANA_TRY(const SecretBytes bytes, m->vault->get(item));
    return toByteArray(bytes.view());
}

Result<std::vector<SubjectEntry>> Library::subjects() const
{
    AMANA_TRY(auto connection, m->connect());
    AMANA_TRY(QSqlQuery query,
              connection->run(QStringLiteral("SELECT key, sealed, (SELECT COUNT(*) FROM documents WHERE subject = key)"
                                             " FROM subjects ORDER BY created")));
    std::vector<SubjectEntry> entries;
    while (query.next()) {
        SubjectEntry entry;
        AMANA_TRY(entry.subject, openSubject(*m->vault, textOf(query.value(0)), query.value(1).toByteArray()));
        entry.documents = static_cast<std::size_t>(query.value(2).toLongLong());
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<records::Subject> Library::subject(const std::string &key) const
{
    AMANA_TRY(auto connection, m->connect());
    return SubjectIndex(*connection, *m->vault).load(key);
}

Status Library::assignSubject(const std::string &id, const std::string &key)
{
    AMANA_TRY(const records::Document facts, document(id));
    AMANA_TRY(auto connection, m->connect());
    AMANA_TRY(auto transaction, Transaction::begin(*connection));
    SubjectIndex index(*connection, *m->vault);
    const std::string before = facts.subject.key;
    if (before == key)
        return {};
    AMANA_CHECK(index.add(key, facts.subject));
    AMANA_CHECK(connection->run(QStringLiteral("UPDATE documents SET subject = ? WHERE id = ?"), {text(key), text(id)}));
    // A subject that was made for this document alone goes with its links.
    AMANA_TRY(QSqlQuery left,
              connection->run(QStringLiteral("SELECT COUNT(*) FROM documents WHERE subject = ?"), {text(before)}));
    if (!before.empty() && left.next() && left.value(0).toInt() == 0) {
        AMANA_CHECK(connection->run(QStringLiteral("UPDATE subject_links SET subject = ? WHERE subject = ?"),
                                    {text(key), text(before)}));
        AMANA_CHECK(connection->run(QStringLiteral("DELETE FROM subjects WHERE key = ?"), {text(before)}));
    }
    return transaction->commit();
}

Status Library::putDraft(const std::string &id, ByteView bytes)
{
    AMANA_CHECK(m->vault->put("draft-" + id, bytes));
    AMANA_TRY(auto connection, m->connect());
    AMANA_CHECK(connection->run(QStringLiteral("INSERT INTO drafts (id, updated) VALUES (?, ?)"
                                               " ON CONFLICT(id) DO UPDATE SET updated = excluded.updated"),
                                {text(id), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}));
    return {};
}

Result<SecretBytes> Library::draft(const std::string &id) const
{
    return m->vault->get("draft-" + id);
}

Result<std::vector<std::string>> Library::drafts() const
{
    AMANA_TRY(auto connection, m->connect());
    AMANA_TRY(QSqlQuery query, connection->run(QStringLiteral("SELECT id FROM drafts ORDER BY updated DESC, rowid DESC")));
    std::vector<std::string> ids;
    while (query.next())
        ids.push_back(textOf(query.value(0)));
    return ids;
}

Status Library::removeDraft(const std::string &id)
{
    AMANA_TRY(auto connection, m->connect());
    AMANA_CHECK(connection->run(QStringLiteral("DELETE FROM drafts WHERE id = ?"), {text(id)}));
    return m->vault->remove("draft-" + id);
}

Status Library::putJob(const JobEntry &job)
{
    AMANA_TRY(auto connection, m->connect());
    const QByteArray sealed = m->vault->sealSmall(bytesOf(job.payload), "jobs/" + job.id);
    AMANA_CHECK(connection->run(
        QStringLiteral("INSERT INTO jobs (id, kind, state, updated, sealed) VALUES (?, ?, ?, ?, ?) ON CONFLICT(id)"
                       " DO UPDATE SET kind = excluded.kind, state = excluded.state, updated = excluded.updated,"
                       " sealed = excluded.sealed"),
        {text(job.id), text(job.kind), text(job.state),
         QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs), sealed}));
    return {};
}

Result<std::vector<JobEntry>> Library::jobs() const
{
    AMANA_TRY(auto connection, m->connect());
    AMANA_TRY(QSqlQuery query, connection->run(QStringLiteral(
                                   "SELECT id, kind, state, updated, sealed FROM jobs ORDER BY updated DESC, rowid DESC")));
    std::vector<JobEntry> entries;
    while (query.next()) {
        JobEntry entry{textOf(query.value(0)), textOf(query.value(1)), textOf(query.value(2)), timeOf(query.value(3)), {}};
        AMANA_TRY(const SecretBytes payload,
                  m->vault->openSmall(bytesOf(query.value(4).toByteArray()), "jobs/" + entry.id));
        entry.payload = toByteArray(payload.view());
        entries.push_back(std::move(entry));
    }
    return entries;
}

Status Library::removeJob(const std::string &id)
{
    AMANA_TRY(auto connection, m->connect());
    AMANA_CHECK(connection->run(QStringLiteral("DELETE FROM jobs WHERE id = ?"), {text(id)}));
    return {};
}

} // namespace amana::store
