// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/policy_fit.h"

namespace amana::deid {

using records::FieldKind;

namespace {

bool isIdentifier(FieldKind kind)
{
    return kind == FieldKind::SocialNumber || kind == FieldKind::RecordId || kind == FieldKind::ResourceId
           || kind == FieldKind::DeviceId || kind == FieldKind::LicenceId || kind == FieldKind::AccountId;
}

bool hasSurrogate(FieldKind kind)
{
    switch (kind) {
    case FieldKind::PatientName:
    case FieldKind::StaffName:
    case FieldKind::Organisation:
    case FieldKind::Address:
    case FieldKind::City:
    case FieldKind::Phone:
    case FieldKind::Email:
    case FieldKind::Url: return true;
    default: return isIdentifier(kind);
    }
}

} // namespace

const std::vector<FieldKind> &allKinds()
{
    static const std::vector<FieldKind> kAll = [] {
        std::vector<FieldKind> all;
        for (int k = 0; k <= static_cast<int>(FieldKind::Unknown); ++k)
            all.push_back(static_cast<FieldKind>(k));
        return all;
    }();
    return kAll;
}

bool fits(FieldKind kind, FieldAction action)
{
    switch (action) {
    case FieldAction::Keep:
    case FieldAction::Remove:
    case FieldAction::RemoveListed: return true;
    case FieldAction::Pseudonym: return isIdentifier(kind);
    case FieldAction::Link: return kind == FieldKind::ResourceId || kind == FieldKind::RecordId;
    case FieldAction::Surrogate: return hasSurrogate(kind);
    case FieldAction::Shift:
    case FieldAction::Year: return kind == FieldKind::Date || kind == FieldKind::BirthDate;
    case FieldAction::BirthYear: return kind == FieldKind::BirthDate;
    case FieldAction::Cap: return kind == FieldKind::Age;
    case FieldAction::Generalise: return kind == FieldKind::PostalCode;
    case FieldAction::Clean:
    case FieldAction::CleanListed: return kind == FieldKind::FreeText || kind == FieldKind::Label;
    case FieldAction::Rebuild: return kind == FieldKind::Narrative;
    }
    return false;
}

bool fits(const std::string &type, TextAction action)
{
    switch (action) {
    case TextAction::Keep:
    case TextAction::Tag: return true;
    case TextAction::Surrogate: return type != "DATE" && type != "AGE";
    case TextAction::Shift:
    case TextAction::Year: return type == "DATE";
    case TextAction::Cap: return type == "AGE";
    case TextAction::Generalise: return type == "LOCATION";
    }
    return false;
}

int strength(FieldAction action)
{
    switch (action) {
    case FieldAction::Keep: return 0;
    case FieldAction::CleanListed: return 1;
    case FieldAction::Clean:
    case FieldAction::Shift:
    case FieldAction::Cap: return 2;
    case FieldAction::Generalise:
    case FieldAction::Year: return 3;
    case FieldAction::BirthYear:
    case FieldAction::Pseudonym:
    case FieldAction::Link: return 4;
    case FieldAction::Surrogate:
    case FieldAction::Rebuild:
    case FieldAction::Remove:
    case FieldAction::RemoveListed: return 5;
    }
    return 0;
}

int strength(TextAction action)
{
    switch (action) {
    case TextAction::Keep: return 0;
    case TextAction::Shift:
    case TextAction::Cap: return 1;
    case TextAction::Year: return 2;
    case TextAction::Surrogate:
    case TextAction::Generalise:
    case TextAction::Tag: return 3;
    }
    return 0;
}

} // namespace amana::deid
