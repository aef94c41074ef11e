// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/release.h"

#include "core/base/utf8.h"
#include "core/deid/kept_values.h"
#include "core/formats/format.h"

#include <algorithm>
#include <map>
#include <set>

namespace amana::sharing {

namespace {

/// Released → true, for the names that a whole-field edit or a marked span replaced.
void collectNames(Linkage &linkage, const records::Document &document, const std::vector<records::Edit> &edits)
{
    std::map<std::string_view, const records::Field *> fieldOf;
    for (const records::Field &field : document.fields)
        fieldOf.emplace(field.path, &field);
    std::set<std::pair<std::string, std::string>> known(linkage.nameReplacements.begin(),
                                                        linkage.nameReplacements.end());
    for (const records::Edit &edit : edits) {
        const auto it = fieldOf.find(edit.path);
        if (it == fieldOf.end() || edit.action != records::EditAction::Replace || edit.replacement.empty())
            continue;
        const bool ownName = it->second->kind == records::FieldKind::PatientName
            || (edit.type == "NAME" && edit.reason.starts_with("known."));
        const std::string_view text = it->second->text;
        const std::size_t begin = byteOffset(text, edit.span.begin);
        const std::string original(text.substr(begin, byteOffset(text, edit.span.end) - begin));
        if (ownName && known.emplace(edit.replacement, original).second)
            linkage.nameReplacements.emplace_back(edit.replacement, original);
    }
}

Linkage linkageOf(const records::Subject &subject, const std::string &pseudonym, int shift)
{
    Linkage linkage;
    linkage.pseudonym = pseudonym;
    linkage.names = subject.names;
    linkage.identifiers = subject.identifiers;
    linkage.birthDate = subject.birthDate;
    linkage.sex = subject.sex;
    linkage.dateShiftDays = shift;
    return linkage;
}

/// Figures only: what cannot be read as values has none.
deid::Observed observed(const records::Document &original, const QByteArray &released)
{
    return {formats::observationsOf(original.bytes, original.format, {}).value_or(std::vector<records::Observation>{}),
            formats::observationsOf(released, original.format, {}).value_or(std::vector<records::Observation>{})};
}

class Releaser {
public:
    Releaser(Drafts &drafts, const store::Library &library, const Draft &draft, const deid::Policy &policy,
             deid::SurrogateMap &map)
        : m_drafts(drafts), m_library(library), m_draft(draft), m_policy(policy), m_map(map)
    {
    }

    Status add(const std::string &documentId)
    {
        AMANA_TRY(const records::Document document, m_library.document(documentId));
        AMANA_TRY(deid::Plan plan, m_drafts.plan(m_draft.id, documentId));
        AMANA_TRY(const std::vector<records::Edit> edits, deid::releasedEdits(plan));
        AMANA_TRY(QByteArray bytes, formats::writeDocument(document, edits));
        AMANA_TRY(const records::Document readBack, formats::openDocument(bytes, document.format));

        const std::string &key = document.subject.key;
        const std::string pseudonym = key.empty() ? std::string() : m_map.pseudonym(key);
        deid::DocumentOutcome outcome{nameFor(pseudonym, document.format), pseudonym, document.format,
                                      std::move(plan), {}, true};
        outcome.residues = deid::scanDocument(bytesOf(bytes), document, m_policy, outcome.plan);
        if (!outcome.residues.empty())
            return fail(ErrorCode::DeidResidue, {{"document", documentId},
                                                 {"count", std::to_string(outcome.residues.size())},
                                                 {"kind", outcome.residues.front().kind},
                                                 {"view", outcome.residues.front().view}});
        AMANA_TRY(outcome.figures, deid::measure(document, readBack, outcome.plan, observed(document, bytes)));
        if (!key.empty()) {
            addLinkage(document, pseudonym, edits);
            deid::risk::describe(m_people[pseudonym], readBack);
        }
        m_formats.insert(document.format);
        m_release.documents.push_back({outcome.name, document.format, pseudonym, std::move(bytes)});
        m_release.outcomes.push_back(std::move(outcome));
        return {};
    }

    Release take()
    {
        for (auto &[key, linkage] : m_linkages)
            m_release.linkages.push_back(std::move(linkage));
        m_release.formats.assign(m_formats.begin(), m_formats.end());
        for (auto &[pseudonym, person] : m_people)
            m_release.people.push_back(std::move(person));
        return std::move(m_release);
    }

private:
    /// "P-7Q2…-1.ndjson": says whose (by pseudonym), which of them, and the format. Never the original's name.
    std::string nameFor(const std::string &pseudonym, const std::string &format)
    {
        const std::string stem = pseudonym.empty() ? "shared" : pseudonym;
        return stem + "-" + std::to_string(++m_counts[stem]) + "." + std::string(formats::fileSuffix(format));
    }

    void addLinkage(const records::Document &document, const std::string &pseudonym,
                    const std::vector<records::Edit> &edits)
    {
        const std::string &key = document.subject.key;
        auto it = m_linkages.find(key);
        if (it == m_linkages.end()) {
            const int shift = m_draft.dateShifted ? m_map.dateShift(key) : 0;
            it = m_linkages.emplace(key, linkageOf(document.subject, pseudonym, shift)).first;
        }
        collectNames(it->second, document, edits);
    }

    Drafts &m_drafts;
    const store::Library &m_library;
    const Draft &m_draft;
    const deid::Policy &m_policy;
    deid::SurrogateMap &m_map;
    Release m_release;
    std::map<std::string, Linkage> m_linkages; // by subject key
    std::map<std::string, deid::risk::Person> m_people; // by pseudonym
    std::map<std::string, int> m_counts;
    std::set<std::string> m_formats;
};

} // namespace

Result<Release> releaseDraft(Drafts &drafts, const store::Library &library, const Draft &draft,
                             const deid::Policy &policy, const Progress &progress)
{
    AMANA_TRY(deid::SurrogateMap map, drafts.surrogates(draft.id));
    Releaser releaser(drafts, library, draft, policy, map);
    for (std::size_t i = 0; i < draft.documents.size(); ++i) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_CHECK(releaser.add(draft.documents[i]));
        progress.report(i + 1, draft.documents.size());
    }
    AMANA_CHECK(drafts.saveSurrogates(draft.id, map));
    return releaser.take();
}

std::string reportOf(const Draft &draft, const Release &release, const std::string &reviewer)
{
    deid::ReportContext context;
    context.engine = draft.engine;
    context.createdAt = draft.created.toString(Qt::ISODate).toStdString();
    context.dateShifted = draft.dateShifted;
    context.sampleWanted = draft.sampleWanted;
    context.reviewer = reviewer;
    context.people = release.people;
    return deid::makeReportText(context, release.outcomes);
}

} // namespace amana::sharing
