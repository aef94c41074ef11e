// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/contacts.h"

#include "core/crypto/secp256k1.h"
#include "core/keys/profile.h"

#include <nlohmann/json.hpp>

namespace amana::app {

namespace {

using nlohmann::json;

constexpr std::string_view kBlob = "workspace.contacts";

QString nameIn(const std::map<Address, QString> &names, const Address &who)
{
    const auto it = names.find(who);
    return it == names.end() ? QString() : it->second;
}

} // namespace

Result<std::unique_ptr<Contacts>> Contacts::open(store::Library &library, const QString &home)
{
    std::unique_ptr<Contacts> contacts(new Contacts(library, home));
    AMANA_CHECK(contacts->load());
    contacts->readProfiles();
    return contacts;
}

Status Contacts::load()
{
    const auto bytes = m_library.vault().get(kBlob);
    if (!bytes)
        return bytes.error().code == ErrorCode::StoreNotFound ? Status() : Status(fail(bytes.error()));
    try {
        const json object = json::parse(bytes->text());
        for (const auto &[address, name] : object.at("people").items()) {
            AMANA_TRY(const Address who, crypto::parseAddress(address));
            m_people.emplace(who, QString::fromStdString(name.get<std::string>()));
        }
        for (const auto &[id, name] : object.at("institutions").items())
            m_institutions.emplace(QString::fromStdString(id).toUInt(), QString::fromStdString(name.get<std::string>()));
    } catch (const json::exception &) {
        return fail(ErrorCode::StoreCorrupt, {{"place", "contacts"}});
    }
    return {};
}

Status Contacts::save() const
{
    json people = json::object();
    for (const auto &[who, name] : m_people)
        people[crypto::checksumAddress(who)] = name.toStdString();
    json institutions = json::object();
    for (const auto &[id, name] : m_institutions)
        institutions[std::to_string(id)] = name.toStdString();
    const SecretBytes text =
        SecretBytes::fromText(json{{"people", people}, {"institutions", institutions}}.dump());
    return m_library.vault().put(kBlob, text.view());
}

void Contacts::readProfiles()
{
    const auto profiles = keys::listProfiles(m_home);
    const std::lock_guard lock(m_mutex);
    if (!profiles)
        return;
    m_profiles.clear();
    for (const keys::ProfileInfo &profile : *profiles)
        m_profiles.emplace(profile.address, QString::fromStdString(profile.name));
}

ports::Party Contacts::party(const Address &who, std::uint32_t institution) const
{
    ports::Party party;
    party.name = personName(who);
    if (who != Address{})
        party.address = QString::fromStdString(crypto::checksumAddress(who));
    if (institution != 0)
        party.institution = institutionName(institution);
    return party;
}

QString Contacts::personName(const Address &who) const
{
    const std::lock_guard lock(m_mutex);
    const QString chosen = nameIn(m_people, who);
    return chosen.isEmpty() ? nameIn(m_profiles, who) : chosen;
}

QString Contacts::institutionName(std::uint32_t id) const
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_institutions.find(id);
    return it == m_institutions.end() ? QString::number(id) : it->second;
}

std::vector<Address> Contacts::peopleCalled(const QString &part) const
{
    const std::lock_guard lock(m_mutex);
    std::map<Address, QString> names = m_profiles;
    for (const auto &[who, name] : m_people)
        names[who] = name;
    std::vector<Address> found;
    for (const auto &[who, name] : names)
        if (name.contains(part, Qt::CaseInsensitive))
            found.push_back(who);
    return found;
}

std::vector<std::uint32_t> Contacts::institutionsCalled(const QString &part) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::uint32_t> found;
    for (const auto &[id, name] : m_institutions)
        if (name.contains(part, Qt::CaseInsensitive))
            found.push_back(id);
    return found;
}

Status Contacts::namePerson(const Address &who, const QString &name)
{
    const std::lock_guard lock(m_mutex);
    if (name.trimmed().isEmpty() || nameIn(m_people, who) == name.trimmed())
        return {};
    m_people[who] = name.trimmed();
    return save();
}

Status Contacts::nameInstitution(std::uint32_t id, const QString &name)
{
    const std::lock_guard lock(m_mutex);
    if (name.trimmed().isEmpty())
        return {};
    m_institutions[id] = name.trimmed();
    return save();
}

} // namespace amana::app
