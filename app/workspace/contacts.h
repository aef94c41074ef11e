// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/ports/common.h"
#include "core/store/library.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace amana::app {

/// What this profile calls people and institutions: the chain knows addresses and numbers only. One encrypted
/// blob in the vault, for names are personal data. Addresses of profiles on this computer are known by those
/// names. Thread-safe.
class Contacts {
public:
    /// VaultCorrupt, StoreCorrupt.
    [[nodiscard]] static Result<std::unique_ptr<Contacts>> open(store::Library &library, const QString &home);

    /// `institution` 0: not a member.
    [[nodiscard]] ports::Party party(const Address &who, std::uint32_t institution = 0) const;
    [[nodiscard]] QString personName(const Address &who) const; ///< empty: not known
    [[nodiscard]] QString institutionName(std::uint32_t id) const; ///< the number when there is no name

    /// Whose name has `part` in it, in any case.
    [[nodiscard]] std::vector<Address> peopleCalled(const QString &part) const;
    [[nodiscard]] std::vector<std::uint32_t> institutionsCalled(const QString &part) const;

    [[nodiscard]] Status namePerson(const Address &who, const QString &name);
    [[nodiscard]] Status nameInstitution(std::uint32_t id, const QString &name);
    /// Reads the profiles of this computer again.
    void readProfiles();

private:
    Contacts(store::Library &library, QString home) : m_library(library), m_home(std::move(home)) {}
    [[nodiscard]] Status load();
    [[nodiscard]] Status save() const;

    store::Library &m_library;
    QString m_home;
    mutable std::mutex m_mutex; // guards all below
    std::map<Address, QString> m_people;
    std::map<Address, QString> m_profiles;
    std::map<std::uint32_t, QString> m_institutions;
};

} // namespace amana::app
