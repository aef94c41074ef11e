// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/risk/people.h"

namespace amana::deid::risk {
namespace {

using records::FieldKind;

const char *nameOf(FieldKind kind)
{
    switch (kind) {
    case FieldKind::BirthDate: return "birth";
    case FieldKind::PostalCode: return "postalCode";
    case FieldKind::State: return "state";
    case FieldKind::Country: return "country";
    default: return nullptr;
    }
}

/// A FHIR element says whose it is (a contact's address is "Patient.contact.address…"); notes and tables are of one person.
bool isSubjects(const records::Document &document, const records::Field &field)
{
    return !document.format.starts_with("fhir.") || field.element == "Patient.birthDate"
           || field.element.starts_with("Patient.address.");
}

std::string cellOf(const Person &person, const std::string &name)
{
    std::string out;
    if (const auto it = person.told.find(name); it != person.told.end())
        for (const std::string &value : it->second)
            out += (out.empty() ? "" : "|") + value;
    return out;
}

} // namespace

void describe(Person &person, const records::Document &document)
{
    if (!document.subject.sex.empty())
        person.told["sex"].insert(document.subject.sex);
    for (const records::Field &field : document.fields)
        if (const char *name = nameOf(field.kind); name != nullptr && !field.text.empty() && isSubjects(document, field))
            person.told[name].insert(field.text);
}

Result<PeopleRisk> riskOf(const std::vector<Person> &people)
{
    PeopleRisk out;
    out.people = people.size();
    std::set<std::string> names;
    for (const Person &person : people)
        for (const auto &[name, values] : person.told)
            names.insert(name);
    out.told.assign(names.begin(), names.end());
    if (people.size() < 2)
        return out;
    std::vector<std::pair<std::string, Role>> roles;
    for (const std::string &name : out.told)
        roles.emplace_back(name, Role::Quasi);
    std::vector<std::vector<std::string>> rows;
    for (const Person &person : people) {
        std::vector<std::string> &row = rows.emplace_back();
        for (const std::string &name : out.told)
            row.push_back(cellOf(person, name));
    }
    AMANA_TRY(const Table table, makeTable(out.told, roles, rows));
    Hierarchies hierarchies;
    for (const std::size_t column : table.columnsOf(Role::Quasi))
        hierarchies.push_back(Hierarchy::none(table.columns[column]));
    const Levels asTold(hierarchies.size(), 0);
    out.measures = measure(table, classesOf(table, hierarchies, asTold), {}, {});
    return out;
}

} // namespace amana::deid::risk
