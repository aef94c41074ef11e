// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/document_parts.h"

#include "core/formats/fhir/json_edit.h"
#include "core/formats/fhir/source_lines.h"
#include "core/formats/person_names.h"

#include <algorithm>

namespace amana::formats::fhir {

using records::Document;

namespace {

void addFields(const JsonTree &tree, const std::string &prefix, Document &document, SubjectCollector &subject)
{
    std::vector<BoundField> fields = readFields(tree, 0, prefix, fullUrlTypes(tree));
    subject.add(tree, 0, fields);
    for (BoundField &bound : fields)
        document.fields.push_back(std::move(bound.field));
}

/// Says that the document is about one person whom nothing in it identifies.
constexpr const char *kUnknownPerson = "local:";

/// The links of the person a document is about; a document that mentions several, or none, has none.
void setLinks(Document &document, const std::vector<std::string> &links)
{
    if (links.empty())
        addOnce(document.subject.links, kUnknownPerson);
    for (const std::string &link : links) {
        addOnce(document.subject.links, link);
        if (link.starts_with("ref:"))
            addOnce(document.subject.identifiers, link.substr(4));
        if (link.starts_with("id:"))
            addOnce(document.subject.identifiers, link.substr(3));
    }
}

std::string placeOf(const RecordInfo &record, std::size_t index)
{
    return record.entry == kNoNode ? std::string("resource") : "entry " + std::to_string(index + 1);
}

/// Tells of records that are about a patient without saying which one, and of those about several.
void reportUnclear(const std::vector<RecordInfo> &records, const Grouping &grouping, Problems &problems)
{
    for (std::size_t i = 0; i < records.size(); ++i) {
        const int group = grouping.groupOf[i];
        if (group == Grouping::kUnassigned)
            problems.add(placeOf(records[i], i), Error(ErrorCode::FormatNoSubject, {{"type", records[i].type}}));
        if (group == Grouping::kSeveral)
            problems.add(placeOf(records[i], i), Error(ErrorCode::FormatSeveralSubjects, {{"type", records[i].type}}));
    }
}

QByteArray withBom(const QByteArray &source, std::string_view body, QByteArray rest)
{
    const auto bom = source.size() - static_cast<qsizetype>(body.size());
    return source.left(bom) + rest;
}

/// The bundle without the entries of other groups.
Result<QByteArray> bundlePart(const QByteArray &bytes, const JsonTree &tree, const std::vector<RecordInfo> &records,
                              const Grouping &grouping, int group)
{
    std::vector<std::uint32_t> others;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const int of = grouping.groupOf[i];
        const bool unclear = of == Grouping::kUnassigned || of == Grouping::kSeveral;
        const bool mine = of == Grouping::kShared || of == group || (unclear && group == Grouping::kShared);
        if (!mine && records[i].entry != kNoNode)
            others.push_back(records[i].entry);
    }
    AMANA_TRY(QByteArray rest, applyPatches(tree.text(), removalPatches(tree, others)));
    return withBom(bytes, tree.text(), std::move(rest));
}

} // namespace

Result<Document> wholeDocument(const QByteArray &bytes, std::string_view format, const Limits &limits)
{
    Document document;
    document.format = format;
    document.bytes = bytes;
    SubjectCollector subject(document.subject);
    std::vector<RecordInfo> records;
    const std::string_view body = bodyOf(bytes);
    if (format == "fhir.ndjson") {
        std::size_t index = 0;
        for (const SourceLine &line : linesOf(body)) {
            AMANA_TRY(const JsonTree tree, parseResource(line.text, limits, line.number));
            addFields(tree, "line[" + std::to_string(index) + "]", document, subject);
            for (RecordInfo &record : recordsOf(tree, 0, fullUrlTypes(tree), std::to_string(index)))
                records.push_back(std::move(record));
            ++index;
        }
    } else {
        AMANA_TRY(const JsonTree tree, parseResource(body, limits));
        addFields(tree, {}, document, subject);
        records = recordsOf(tree, 0, fullUrlTypes(tree), {});
    }
    const Grouping grouping = groupBySubject(records);
    if (grouping.groups() == 1)
        setLinks(document, grouping.links.front());
    return document;
}

Status readSingle(const QByteArray &bytes, const Limits &limits, const Progress &progress, ReadOutcome &outcome)
{
    AMANA_TRY(const JsonTree tree, parseResource(bodyOf(bytes), limits));
    const bool bundle = tree.memberText(0, "resourceType") == "Bundle";
    const std::string format = bundle ? "fhir.bundle" : "fhir.resource";
    const std::vector<RecordInfo> records = recordsOf(tree, 0, fullUrlTypes(tree), {});
    const Grouping grouping = groupBySubject(records);
    Problems problems(outcome, limits);
    outcome.records = records.size();
    if (static_cast<std::size_t>(grouping.groups()) > limits.subjects)
        return fail(ErrorCode::FormatTooLarge, {{"what", "subjects"}, {"limit", std::to_string(limits.subjects)}});
    const bool unclear = std::any_of(grouping.groupOf.begin(), grouping.groupOf.end(),
                                     [](int g) { return g == Grouping::kUnassigned || g == Grouping::kSeveral; });
    if (grouping.groups() != 1)
        reportUnclear(records, grouping, problems);
    if (grouping.groups() <= 1) {
        AMANA_TRY(Document document, wholeDocument(bytes, format, limits));
        const auto &groups = grouping.groupOf;
        if (grouping.groups() == 0 && std::count(groups.begin(), groups.end(), Grouping::kUnassigned) > 0)
            setLinks(document, {});
        outcome.documents.push_back(std::move(document));
        return {};
    }
    for (int group = unclear ? Grouping::kShared : 0; group < grouping.groups(); ++group) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        progress.report(static_cast<std::uint64_t>(group + 1), static_cast<std::uint64_t>(grouping.groups()));
        AMANA_TRY(QByteArray part, bundlePart(bytes, tree, records, grouping, group));
        AMANA_TRY(Document document, wholeDocument(part, format, limits));
        if (group >= 0)
            setLinks(document, grouping.links[static_cast<std::size_t>(group)]);
        else
            document.subject.links.clear();
        outcome.documents.push_back(std::move(document));
    }
    return {};
}

namespace {

/// First pass over the lines: which are good, and whose they are.
struct LineIndex {
    std::vector<SourceLine> good;
    std::vector<RecordInfo> records;
    std::vector<std::size_t> lineOf; ///< for each record: index into `good`
    std::optional<Error> firstError;
    bool dropped = false;
};

Result<LineIndex> indexLines(std::string_view body, const Limits &limits, const Progress &progress, Problems &problems)
{
    LineIndex index;
    for (const SourceLine &line : linesOf(body)) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        progress.report(line.begin, body.size());
        auto tree = parseResource(line.text, limits, line.number);
        if (!tree) {
            index.dropped = true;
            if (!index.firstError)
                index.firstError = tree.error();
            problems.add("line " + std::to_string(line.number), std::move(tree).error());
            continue;
        }
        for (RecordInfo &record : recordsOf(*tree, 0, fullUrlTypes(*tree), std::to_string(index.good.size()))) {
            index.records.push_back(std::move(record));
            index.lineOf.push_back(index.good.size());
        }
        index.good.push_back(line);
    }
    return index;
}

/// The group of each line; a line that is about several subjects belongs to none.
std::vector<int> groupsOfLines(const LineIndex &index, const Grouping &grouping, Problems &problems)
{
    std::vector<int> groups(index.good.size(), Grouping::kShared);
    for (std::size_t i = 0; i < index.records.size(); ++i) {
        int &group = groups[index.lineOf[i]];
        const int next = grouping.groupOf[i];
        if (next == Grouping::kShared || group == Grouping::kSeveral)
            continue;
        group = group == Grouping::kShared || group == next ? next : Grouping::kSeveral;
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::string place = "line " + std::to_string(index.good[i].number);
        if (groups[i] == Grouping::kUnassigned)
            problems.add(place, Error(ErrorCode::FormatNoSubject));
        if (groups[i] == Grouping::kSeveral)
            problems.add(place, Error(ErrorCode::FormatSeveralSubjects));
        if (groups[i] < 0)
            groups[i] = Grouping::kShared;
    }
    return groups;
}

} // namespace

Status readLines(const QByteArray &bytes, const Limits &limits, const Progress &progress, ReadOutcome &outcome)
{
    const std::string_view body = bodyOf(bytes);
    Problems problems(outcome, limits);
    AMANA_TRY(const LineIndex index, indexLines(body, limits, progress, problems));
    if (index.good.empty())
        return fail(index.firstError.value_or(Error(ErrorCode::FormatEmpty)));
    outcome.records = index.records.size();
    const Grouping grouping = groupBySubject(index.records);
    if (static_cast<std::size_t>(grouping.groups()) > limits.subjects)
        return fail(ErrorCode::FormatTooLarge, {{"what", "subjects"}, {"limit", std::to_string(limits.subjects)}});
    const std::vector<int> groups = groupsOfLines(index, grouping, problems);
    std::map<int, QByteArray> parts; // the shared part, if any, comes first
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const SourceLine &line = index.good[i];
        parts[groups[i]].append(body.data() + line.begin, static_cast<qsizetype>(line.end - line.begin));
    }
    for (auto &[group, part] : parts) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        const bool whole = parts.size() == 1 && !index.dropped;
        AMANA_TRY(Document document, wholeDocument(whole ? bytes : part, "fhir.ndjson", limits));
        if (group >= 0)
            setLinks(document, grouping.links[static_cast<std::size_t>(group)]);
        else
            document.subject.links.clear();
        outcome.documents.push_back(std::move(document));
    }
    return {};
}

} // namespace amana::formats::fhir
