// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"
#include "core/store/database.h"
#include "core/store/vault.h"

#include <string>

namespace amana::store {

/// Which subject of the library a document belongs to. Used inside a write transaction.
class SubjectIndex {
public:
    SubjectIndex(Connection &connection, const Vault &vault) : m_connection(connection), m_vault(vault) {}

    /// The key of the person with these facts: found by a shared link, or new. Several found ones turn out to be one
    /// person and are joined under the oldest key. `folder` bounds references such as "Patient/1", which mean the
    /// same person only within one export; identifiers that are unique by themselves hold everywhere.
    [[nodiscard]] Result<std::string> resolve(const records::Subject &facts, const std::string &folder);

    /// Adds facts to a known subject. StoreNotFound.
    [[nodiscard]] Status add(const std::string &key, const records::Subject &facts);
    [[nodiscard]] Result<records::Subject> load(const std::string &key) const;

private:
    [[nodiscard]] QByteArray linkHash(const std::string &link, const std::string &folder) const;
    [[nodiscard]] Result<std::vector<std::string>> found(const std::vector<QByteArray> &hashes) const;
    [[nodiscard]] Status join(const std::string &into, const std::string &from);
    [[nodiscard]] Status save(const records::Subject &subject, bool isNew);

    Connection &m_connection;
    const Vault &m_vault;
};

} // namespace amana::store
