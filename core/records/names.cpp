// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/records/document.h"

#include <array>
#include <string_view>
#include <utility>

namespace amana::records {

namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, const char *>, N>;

constexpr Names<FieldKind, 31> kKinds{{
    {FieldKind::PatientName, "patientName"},
    {FieldKind::StaffName, "staffName"},
    {FieldKind::Organisation, "organisation"},
    {FieldKind::Address, "address"},
    {FieldKind::City, "city"},
    {FieldKind::State, "state"},
    {FieldKind::Country, "country"},
    {FieldKind::PostalCode, "postalCode"},
    {FieldKind::GeoPosition, "geoPosition"},
    {FieldKind::Phone, "phone"},
    {FieldKind::Email, "email"},
    {FieldKind::Url, "url"},
    {FieldKind::IpAddress, "ipAddress"},
    {FieldKind::SocialNumber, "socialNumber"},
    {FieldKind::RecordId, "recordId"},
    {FieldKind::ResourceId, "resourceId"},
    {FieldKind::DeviceId, "deviceId"},
    {FieldKind::LicenceId, "licenceId"},
    {FieldKind::AccountId, "accountId"},
    {FieldKind::BirthDate, "birthDate"},
    {FieldKind::Date, "date"},
    {FieldKind::Age, "age"},
    {FieldKind::FreeText, "freeText"},
    {FieldKind::Narrative, "narrative"},
    {FieldKind::Label, "label"},
    {FieldKind::Code, "code"},
    {FieldKind::Number, "number"},
    {FieldKind::Flag, "flag"},
    {FieldKind::Image, "image"},
    {FieldKind::Binary, "binary"},
    {FieldKind::Unknown, "unknown"},
}};

constexpr Names<Decision, 4> kDecisions{{
    {Decision::Proposed, "proposed"},
    {Decision::Accepted, "accepted"},
    {Decision::Rejected, "rejected"},
    {Decision::Added, "added"},
}};

template <class Table, class Enum>
const char *nameIn(const Table &table, Enum value)
{
    for (const auto &[known, name] : table)
        if (known == value)
            return name;
    return "";
}

template <class Enum, class Table>
std::optional<Enum> valueIn(const Table &table, std::string_view name)
{
    for (const auto &[value, known] : table)
        if (name == known)
            return value;
    return std::nullopt;
}

} // namespace

const char *kindName(FieldKind kind)
{
    return nameIn(kKinds, kind);
}

std::optional<FieldKind> kindFromName(std::string_view name)
{
    return valueIn<FieldKind>(kKinds, name);
}

const char *decisionName(Decision decision)
{
    return nameIn(kDecisions, decision);
}

std::optional<Decision> decisionFromName(std::string_view name)
{
    return valueIn<Decision>(kDecisions, name);
}

} // namespace amana::records
