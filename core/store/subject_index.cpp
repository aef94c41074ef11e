// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/subject_index.h"

#include "core/crypto/random.h"
#include "core/store/sealed_values.h"

#include <algorithm>

namespace amana::store {

namespace {

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

/// Unique by itself: a UUID is never given twice, "Patient/1" is in every export.
bool isGlobal(const std::string &link)
{
    if (!link.starts_with("ref:"))
        return true;
    const std::string id = link.substr(link.rfind('/') + 1);
    return id.size() == 36 && std::count(id.begin(), id.end(), '-') == 4;
}

std::string newKey()
{
    const Digest random = crypto::randomDigest();
    return "s-" + toHex(ByteView(random).first(16));
}

} // namespace

QByteArray SubjectIndex::linkHash(const std::string &link, const std::string &folder) const
{
    const std::string scoped = isGlobal(link) ? link : folder + "\n" + link;
    return toByteArray(m_vault.fingerprint("link", bytesOf(scoped)));
}

Result<std::vector<std::string>> SubjectIndex::found(const std::vector<QByteArray> &hashes) const
{
    std::vector<std::pair<qint64, std::string>> keys;
    for (const QByteArray &hash : hashes) {
        AMANA_TRY(QSqlQuery query,
                  m_connection.run(QStringLiteral("SELECT s.created, s.key FROM subject_links l"
                                                  " JOIN subjects s ON s.key = l.subject WHERE l.link = ?"),
                                   {hash}));
        if (query.next())
            keys.emplace_back(query.value(0).toLongLong(), query.value(1).toString().toStdString());
    }
    std::sort(keys.begin(), keys.end());
    std::vector<std::string> result;
    for (auto &[created, key] : keys)
        if (std::find(result.begin(), result.end(), key) == result.end())
            result.push_back(std::move(key));
    return result;
}

Result<records::Subject> SubjectIndex::load(const std::string &key) const
{
    AMANA_TRY(QSqlQuery query,
              m_connection.run(QStringLiteral("SELECT sealed FROM subjects WHERE key = ?"), {text(key)}));
    if (!query.next())
        return fail(ErrorCode::StoreNotFound, {{"subject", key}});
    return openSubject(m_vault, key, query.value(0).toByteArray());
}

Status SubjectIndex::save(const records::Subject &subject, bool isNew)
{
    const QByteArray sealed = sealSubject(m_vault, subject);
    if (!isNew) {
        AMANA_CHECK(m_connection.run(QStringLiteral("UPDATE subjects SET sealed = ? WHERE key = ?"),
                                     {sealed, text(subject.key)}));
        return {};
    }
    AMANA_CHECK(m_connection.run(
        QStringLiteral("INSERT INTO subjects (key, created, sealed)"
                       " VALUES (?, (SELECT COALESCE(MAX(created), 0) + 1 FROM subjects), ?)"),
        {text(subject.key), sealed}));
    return {};
}

Status SubjectIndex::join(const std::string &into, const std::string &from)
{
    AMANA_TRY(const records::Subject other, load(from));
    AMANA_CHECK(add(into, other));
    for (const char *sql : {"UPDATE documents SET subject = ? WHERE subject = ?",
                            "UPDATE subject_links SET subject = ? WHERE subject = ?"})
        AMANA_CHECK(m_connection.run(QString::fromLatin1(sql), {text(into), text(from)}));
    AMANA_CHECK(m_connection.run(QStringLiteral("DELETE FROM subjects WHERE key = ?"), {text(from)}));
    return {};
}

Status SubjectIndex::add(const std::string &key, const records::Subject &facts)
{
    AMANA_TRY(records::Subject subject, load(key));
    const records::Subject before = subject;
    mergeSubject(subject, facts);
    return subject == before ? Status{} : save(subject, false);
}

Result<std::string> SubjectIndex::resolve(const records::Subject &facts, const std::string &folder)
{
    std::vector<QByteArray> hashes;
    for (const std::string &link : facts.links)
        if (!link.starts_with("local:"))
            hashes.push_back(linkHash(link, folder));
    AMANA_TRY(std::vector<std::string> known, found(hashes));
    std::string key;
    if (known.empty()) {
        records::Subject subject = facts;
        subject.key = key = newKey();
        AMANA_CHECK(save(subject, true));
    } else {
        key = known.front();
        AMANA_CHECK(add(key, facts));
        for (std::size_t i = 1; i < known.size(); ++i)
            AMANA_CHECK(join(key, known[i]));
    }
    for (const QByteArray &hash : hashes)
        AMANA_CHECK(m_connection.run(QStringLiteral("INSERT OR IGNORE INTO subject_links (link, subject) VALUES (?, ?)"),
                                     {hash, text(key)}));
    return key;
}

} // namespace amana::store
