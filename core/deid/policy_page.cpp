// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/policy_page.h"

#include "core/deid/policy_fit.h"

#include <algorithm>
#include <cstdio>

namespace amana::deid {
namespace {

using records::FieldKind;

const char *meaningOf(FieldKind kind)
{
    switch (kind) {
    case FieldKind::PatientName: return "any part of the name of the patient or a relative";
    case FieldKind::StaffName: return "name of who treats, writes or signs";
    case FieldKind::Organisation: return "hospital, payer, employer";
    case FieldKind::Address: return "street, district, free address line";
    case FieldKind::City: return "town or city, where the format has it apart from the street";
    case FieldKind::State: return "state, province";
    case FieldKind::Country: return "country";
    case FieldKind::PostalCode: return "ZIP or postal code";
    case FieldKind::GeoPosition: return "latitude, longitude";
    case FieldKind::Phone: return "phone, fax, pager";
    case FieldKind::Email: return "e-mail address";
    case FieldKind::Url: return "web address";
    case FieldKind::IpAddress: return "internet address of a machine";
    case FieldKind::SocialNumber: return "social security or resident registration number";
    case FieldKind::RecordId: return "patient identifier, medical record number, business identifier";
    case FieldKind::ResourceId: return "identifier or reference inside the data";
    case FieldKind::DeviceId: return "serial number, UDI, transmitter";
    case FieldKind::LicenceId: return "licence or certificate of a practitioner";
    case FieldKind::AccountId: return "account, plan or policy number";
    case FieldKind::BirthDate: return "date of birth";
    case FieldKind::Date: return "any other date or time";
    case FieldKind::Age: return "age";
    case FieldKind::FreeText: return "clinical prose";
    case FieldKind::Narrative: return "text that a program wrote from the other fields";
    case FieldKind::Label: return "short controlled text, as the words of a code";
    case FieldKind::Code: return "code of a terminology";
    case FieldKind::Number: return "measured value, amount";
    case FieldKind::Flag: return "yes or no";
    case FieldKind::Image: return "photograph, picture";
    case FieldKind::Binary: return "attachment that is not text";
    case FieldKind::Unknown: return "whatever the format's table does not know";
    }
    return "";
}

const char *meaningOf(FieldAction action)
{
    switch (action) {
    case FieldAction::Keep: return "kept";
    case FieldAction::Remove: return "removed";
    case FieldAction::RemoveListed: return "removed, and named in the report";
    case FieldAction::Pseudonym: return "random identifier, the same wherever the value stands";
    case FieldAction::Link: return "random identifier that still links";
    case FieldAction::Surrogate: return "invented value of the same kind, the same for the same patient";
    case FieldAction::Shift: return "moved by the patient's own number of days";
    case FieldAction::Year: return "the year stays";
    case FieldAction::BirthYear: return "the year stays; removed where it tells an age over 89";
    case FieldAction::Cap: return "kept; over 89 it becomes 90";
    case FieldAction::Generalise: return "first three digits of a ZIP code, 000 where few people live; others removed";
    case FieldAction::Clean: return "searched by rules, model and known values; what is found is treated as below";
    case FieldAction::CleanListed: return "searched; only what is sure is treated";
    case FieldAction::Rebuild: return "replaced by a constant sentence";
    }
    return "";
}

const char *meaningOf(TextAction action)
{
    switch (action) {
    case TextAction::Surrogate: return "invented text of the same kind";
    case TextAction::Generalise:
    case TextAction::Tag: return "replaced by its type in brackets";
    case TextAction::Shift: return "moved by the patient's own number of days";
    case TextAction::Year: return "the year stays";
    case TextAction::Cap: return "kept; over 89 it becomes 90+";
    case TextAction::Keep: return "kept";
    }
    return "";
}

const char *meaningOf(Voice voice)
{
    switch (voice) {
    case Voice::Law: return "law, word for word";
    case Voice::Paraphrase: return "law, in other words";
    case Voice::Guideline: return "guideline, in other words";
    case Voice::Choice: return "Amana, not the law";
    }
    return "";
}

std::string cell(std::string text) // a bar would end the cell
{
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
        text.replace(at, 1, "\\|");
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string row(const std::vector<std::string> &cells)
{
    std::string out = "|";
    for (const std::string &text : cells)
        out += " " + cell(text) + " |";
    return out + "\n";
}

std::string head(const std::vector<std::string> &titles)
{
    return row(titles) + row(std::vector<std::string>(titles.size(), "---"));
}

std::string joined(const std::vector<std::string> &list, const char *between)
{
    std::string out;
    for (const std::string &text : list)
        out += (out.empty() ? "" : between) + text;
    return out;
}

std::string decimal(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

/// Where the items that speak of something stand, for the last column.
template <class List, class What>
std::string citesOf(const Policy &policy, List list, const What &what)
{
    std::vector<std::string> cites;
    for (const LawItem &item : policy.law)
        if (std::find((item.*list).begin(), (item.*list).end(), what) != (item.*list).end())
            cites.push_back(item.cite);
    return joined(cites, "; ");
}

std::string lawPart(const Policy &policy)
{
    std::string out = "## The law, item by item\n\n"
                      + head({"Where", "Whose words", "Words", "Fields", "Marks in text"});
    for (const LawItem &item : policy.law) {
        std::vector<std::string> kinds, types;
        for (const FieldKind kind : item.fields)
            kinds.push_back(std::string("`") + records::kindName(kind) + "`");
        for (const std::string &type : item.text)
            types.push_back("`" + type + "`");
        const std::string words = item.voice == Voice::Law ? "“" + item.words + "”" : item.words;
        out += row({item.cite, meaningOf(item.voice), words, joined(kinds, ", "), joined(types, ", ")});
    }
    return out;
}

std::string fieldsPart(const Policy &policy)
{
    std::string out = "## What happens to every kind of field\n\n" + head({"Kind", "Is", "Action", "Means", "By"});
    for (const FieldKind kind : allKinds()) {
        const FieldAction action = policy.actionFor(kind);
        out += row({std::string("`") + records::kindName(kind) + "`", meaningOf(kind),
                    std::string("`") + actionName(action) + "`", meaningOf(action),
                    citesOf(policy, &LawItem::fields, kind)});
    }
    return out;
}

std::string textPart(const Policy &policy)
{
    std::string out = "## What happens to every type of mark in text\n\n"
                      + head({"Type", "Action", "Means", "From", "In doubt from", "By"});
    for (const char *type : kTextTypes) {
        const TextRule &rule = policy.ruleFor(type);
        out += row({std::string("`") + type + "`", std::string("`") + actionName(rule.action) + "`",
                    meaningOf(rule.action), decimal(rule.threshold), decimal(rule.doubt),
                    citesOf(policy, &LawItem::text, std::string(type))});
    }
    return out;
}

std::string restPart(const Policy &policy)
{
    std::string out = "## The rest\n\n";
    out += policy.redactInDoubt ? "- What is in doubt is treated like what is sure.\n"
                                : "- What is in doubt waits for a person.\n";
    out += policy.sampleSentences > 0 ? "- " + std::to_string(policy.sampleSentences)
                                            + " sentences without a mark, drawn at random from a dataset, are shown to a"
                                              " person.\n"
                                      : std::string("- No unmarked text is sampled.\n");
    out += policy.maxShiftDays > 0 ? "- Dates move by one random number of days per patient, at most "
                                         + std::to_string(policy.maxShiftDays) + " either way, never by none.\n"
                                   : std::string("- No date is moved.\n");
    const bool zips = policy.actionFor(FieldKind::PostalCode) == FieldAction::Generalise;
    if (zips)
        out += "- ZIP codes that become 000: " + joined(policy.restrictedZip3, " ") + ".\n";
    return out;
}

std::string ownPart(const Policy &policy)
{
    const OwnPolicy &own = *policy.own;
    const auto weaker = own.weaker();
    std::string out = "A user's own policy: `" + own.base + "` (SHA-256 `" + own.baseSha256
                      + "`) and what differs from it. The words of the law below are those of `" + own.base + "`.\n\n";
    if (!weaker.empty())
        out += "**This policy is weaker than `" + own.base + "` at: " + joined(weaker, ", ") + ". It is not `" + own.base
               + "`, and nothing that the law says of `" + own.base + "` can be claimed for it.**\n\n";
    out += "## What differs\n\n" + head({"Place", own.base, policy.name, ""});
    for (const Deviation &d : own.deviations)
        out += row({"`" + d.place + "`", d.base, d.own, d.weaker ? "**weaker**" : ""});
    return out + "\n";
}

} // namespace

std::string policyPage(const Policy &policy)
{
    std::string out = "# " + policy.title + "\n\n`" + policy.name + "`, version " + policy.version + ", SHA-256 `"
                      + policy.sha256 + "`. Made by `amana deid --explain " + policy.name + "`.\n\n";
    if (!policy.description.empty())
        out += policy.description + "\n\n";
    if (policy.own)
        out += ownPart(policy);
    return out + lawPart(policy) + "\n" + fieldsPart(policy) + "\n" + textPart(policy) + "\n" + restPart(policy);
}

} // namespace amana::deid
