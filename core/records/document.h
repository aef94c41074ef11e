// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <compare>
#include <cstddef>
#include <optional>
#include <string_view>
#include <string>
#include <vector>

namespace amana::records {

/// Half-open range of Unicode code points.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] std::size_t length() const { return end - begin; }
    [[nodiscard]] bool empty() const { return begin >= end; }
    [[nodiscard]] bool overlaps(const Span &o) const { return begin < o.end && o.begin < end; }
    auto operator<=>(const Span &) const = default;
};

/// What a field is by its standard. Formats assign it, policies act on it (resources/policies/*.json maps kind → action).
enum class FieldKind {
    PatientName,   ///< any part of the patient's or a relative's name
    StaffName,     ///< practitioner, author, performer
    Organisation,  ///< hospital, payer, employer
    Address,       ///< street, district, free address line
    City,          ///< town or city, where the format has it apart from the street
    State,         ///< state, province
    Country,
    PostalCode,
    GeoPosition,   ///< latitude, longitude
    Phone,         ///< phone, fax, pager
    Email,
    Url,
    IpAddress,
    SocialNumber,  ///< SSN, resident registration number
    RecordId,      ///< patient identifier, MRN, business identifier
    ResourceId,    ///< id, reference, fullUrl: must stay linked inside a dataset
    DeviceId,      ///< serial number, UDI, transmitter id
    LicenceId,     ///< practitioner identifiers, certificates
    AccountId,     ///< account, plan, policy numbers
    BirthDate,
    Date,          ///< any other date or time, in the format's own notation
    Age,
    FreeText,      ///< clinical prose: note, comment, conclusion, valueString
    Narrative,     ///< generated summary (FHIR text.div): rebuilt, never cleaned
    Label,         ///< short controlled text: coding display, column title
    Code,
    Number,
    Flag,
    Image,         ///< photo, pixels
    Binary,        ///< attachment that is not text
    Unknown,       ///< not in the field table: dropped and listed (design: fail closed)
};

[[nodiscard]] const char *kindName(FieldKind kind); ///< "patientName", "date", …: as in policies and reports
[[nodiscard]] std::optional<FieldKind> kindFromName(std::string_view name);

/// One value of a document, in reading order.
struct Field {
    std::string path;    ///< the format's own address, e.g. "Patient[0].name[0].family", "row[3].Notes", "text"
    FieldKind kind = FieldKind::Unknown;
    std::string text;    ///< decoded value, UTF-8 (base64 notes decoded, JSON escapes resolved)
    std::string element; ///< element by its standard, e.g. "Patient.name.family": what the report names

    bool operator==(const Field &) const = default;
};

enum class Decision { Proposed, Accepted, Rejected, Added };
enum class EditAction { Replace, Remove }; ///< Remove drops the whole field (JSON member, CSV cell)

/// One change to one field. A whole-field edit covers the span [0, length of text).
struct Edit {
    std::string id;          ///< unique within the document, stable across runs on the same input
    std::string path;
    Span span;               ///< code points in Field::text
    EditAction action = EditAction::Replace;
    std::string replacement; ///< UTF-8; empty when removed
    std::string type;        ///< NAME DATE AGE LOCATION HOSPITAL ORG PROFESSION ID PHONE EMAIL URL OTHER FIELD
    std::string reason;      ///< rule id ("rule.date.iso", "field.patientName") or "model"
    double confidence = 1;   ///< 0…1; 1 for rules that cannot be in doubt
    Decision decision = Decision::Proposed;
    std::string role = {};   ///< whose NAME: "patient", "staff", "relative"; empty where that is not told

    bool operator==(const Edit &) const = default;
};

[[nodiscard]] const char *decisionName(Decision decision); ///< "proposed" "accepted" "rejected" "added"
[[nodiscard]] std::optional<Decision> decisionFromName(std::string_view name);

/// Whose record this is, as the source says it. Lives in the vault only.
struct Subject {
    std::string key;                      ///< stable within the library: same person in every file (identifier based)
    std::vector<std::string> names;       ///< every written form found
    std::vector<std::string> identifiers; ///< "system|value"
    std::vector<std::string> otherKnown;  ///< phones, addresses, relatives, staff: searched in the notes too
    std::string birthDate;                ///< ISO 8601, as far as known
    std::string sex;                      ///< FHIR administrative gender code, or empty
    /// What makes two mentions one person: "id:system|value", "ref:Patient/1", "url:urn:uuid:…", "born:date|names";
    /// "local:" alone: one person, whom nothing identifies. Set by formats; the library joins subjects that share one.
    std::vector<std::string> links;

    bool operator==(const Subject &) const = default;
};

/// A patient record in its own format, seen as an ordered list of fields.
struct Document {
    std::string id;         ///< random, of the library
    std::string format;     ///< "fhir.bundle" "fhir.ndjson" "fhir.resource" "text.note" "csv.device"
    QByteArray bytes;       ///< the original, untouched
    std::vector<Field> fields;
    Subject subject;        ///< key empty: belongs to no one (organisations, locations)
    std::string sourceName; ///< file name as the user gave it: may hold patient text, vault only
};

} // namespace amana::records
