// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/plan.h"

#include <QDate>

#include <string>
#include <utility>

/// A document of one person with a field of many kinds, and what a plan does to it by rules alone.
namespace amana::deid {

inline DeidOptions rulesOnly(const char *policy = "longitudinal")
{
    DeidOptions options;
    options.resources = QStringLiteral(AMANA_SOURCE_DIR "/resources");
    options.policy = policy;
    options.useModel = false;
    options.today = QDate(2026, 6, 1);
    return options;
}

inline records::Document document()
{
    records::Document d;
    d.id = "doc-1";
    d.subject.key = "subject-1";
    d.subject.names = {"Maria Delgado"};
    d.subject.identifiers = {"urn:mrn|00-4711-A"};
    d.subject.otherKnown = {"(555) 201-3344"};
    d.subject.birthDate = "1950-04-01";
    d.subject.sex = "female";
    const auto add = [&](const char *path, records::FieldKind kind, const char *text) {
        d.fields.push_back({path, kind, text, path});
    };
    add("id", records::FieldKind::ResourceId, "pat1");
    add("subject", records::FieldKind::ResourceId, "Patient/pat1");
    add("name", records::FieldKind::PatientName, "Delgado");
    add("mrn", records::FieldKind::RecordId, "00-4711-A");
    add("birth", records::FieldKind::BirthDate, "1950-04-01");
    add("date", records::FieldKind::Date, "2020-02-28T10:30:00Z");
    add("year", records::FieldKind::Date, "2020");
    add("badDate", records::FieldKind::Date, "sometime last spring");
    add("zip", records::FieldKind::PostalCode, "62704");
    add("zipSmall", records::FieldKind::PostalCode, "03601");
    add("age", records::FieldKind::Age, "94");
    add("phone", records::FieldKind::Phone, "(555) 201-3344");
    add("value", records::FieldKind::Number, "5.60");
    add("code", records::FieldKind::Code, "2339-0");
    add("label", records::FieldKind::Label, "Glucose");
    add("extra", records::FieldKind::Unknown, "whatever");
    add("div", records::FieldKind::Narrative, "<div>Maria</div>");
    add("note", records::FieldKind::FreeText,
        "Maria Delgado seen on 03/01/2020 by Dr. Okonkwo, MRN 004711A. Glucose 5.6, BP 120/80. A "
        "94-year-old. She slept well all night long.");
    return d;
}

inline std::string replacementOf(const Plan &plan, const std::string &path)
{
    for (const auto &e : plan.edits)
        if (e.path == path)
            return e.action == records::EditAction::Remove ? "(removed)" : e.replacement;
    return "(kept)";
}

inline Plan planned(const records::Document &document, const char *policy, SurrogateMap &map)
{
    const auto engine = Deidentifier::create(rulesOnly(policy));
    if (!engine)
        qFatal("no engine");
    auto plan = (*engine)->plan(document, map, Progress());
    if (!plan)
        qFatal("no plan");
    return *std::move(plan);
}

inline Plan planned(const char *policy, SurrogateMap &map) { return planned(document(), policy, map); }

} // namespace amana::deid
