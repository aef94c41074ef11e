// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/rule_scan.h"

#include "core/base/utf8.h"
#include "core/deid/rules/pattern_table.h"
#include "core/deid/rules/rules.h"
#include "core/deid/rules/text_index.h"

#include <algorithm>
#include <string_view>

namespace amana::deid {
namespace {

using records::FieldKind;

constexpr double kSurePattern = 0.9;

bool isText(FieldKind kind)
{
    return kind == FieldKind::FreeText || kind == FieldKind::Narrative || kind == FieldKind::Label;
}

/// Shapes that stand for themselves wherever they stand. What needs a label before it is left to the text.
bool holdsAnywhere(const Pattern &pattern)
{
    const std::string_view type = pattern.type;
    if (pattern.score < kSurePattern || pattern.expression.namedCaptureGroups().contains(QStringLiteral("v")))
        return false;
    return type == "EMAIL" || type == "PHONE" || (type == "ID" && pattern.check != nullptr);
}

void scanBytes(RuleScan &out, std::string_view bytes)
{
    const std::u32string text = decodeUtf8(bytes);
    const TextIndex index(text);
    for (const Pattern &pattern : patternTable()) {
        if (!holdsAnywhere(pattern))
            continue;
        auto matches = pattern.expression.globalMatch(index.text());
        while (matches.hasNext()) {
            const auto match = matches.next();
            const auto span = index.span(match.capturedStart(), match.capturedEnd());
            if (pattern.check == nullptr
                || pattern.check(encodeUtf8(std::u32string_view(text).substr(span.begin, span.length()))))
                ++out.bytes[pattern.id];
        }
    }
}

bool overlapsAny(const records::Span &span, const std::vector<records::Span> &spans)
{
    return std::any_of(spans.begin(), spans.end(), [&](const records::Span &other) { return other.overlaps(span); });
}

} // namespace

MarksByText marksOf(const records::Document &original, const Plan &plan)
{
    std::map<std::string_view, std::vector<const records::Edit *>> edits;
    for (const records::Edit &edit : plan.edits)
        edits[edit.path].push_back(&edit);
    MarksByText out;
    for (const records::Field &field : original.fields) {
        const auto it = edits.find(field.path);
        if (!isText(field.kind) || it == edits.end())
            continue;
        std::vector<records::Edit> own;
        for (const records::Edit *edit : it->second)
            own.push_back(*edit);
        std::sort(own.begin(), own.end(), [](const auto &a, const auto &b) { return a.span < b.span; });
        Marks &marks = out[applyToText(field.text, own, field.path)];
        std::ptrdiff_t moved = 0; // by how much the released text runs ahead of the original
        for (const records::Edit &edit : own) {
            const auto begin = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(edit.span.begin) + moved);
            if (edit.decision == records::Decision::Rejected)
                marks.byPerson.push_back({begin, begin + edit.span.length()});
            if (edit.decision != records::Decision::Accepted && edit.decision != records::Decision::Added)
                continue;
            const std::size_t length = codePointCount(edit.replacement);
            marks.replaced.push_back({begin, begin + length});
            moved += static_cast<std::ptrdiff_t>(length) - static_cast<std::ptrdiff_t>(edit.span.length());
        }
    }
    return out;
}

Result<RuleScan> scanByRules(const records::Document &released, const MarksByText &marks)
{
    std::map<std::string_view, std::size_t> times; // labels recur thousands of times
    for (const records::Field &field : released.fields)
        if (isText(field.kind))
            ++times[field.text];
    std::vector<std::u32string> decoded;
    for (const auto &[text, count] : times)
        decoded.push_back(decodeUtf8(text));
    AMANA_TRY(const auto found, RuleDetector().detect({decoded.begin(), decoded.end()}));

    RuleScan out;
    std::size_t at = 0;
    for (const auto &[text, count] : times) {
        const auto it = marks.find(std::string(text));
        for (const Detection &detection : found[at]) {
            RuleScan::Finds &finds = out.text[detection.by];
            finds.found += count;
            if (it == marks.end())
                continue;
            if (overlapsAny(detection.span, it->second.replaced))
                finds.replaced += count;
            else if (overlapsAny(detection.span, it->second.byPerson))
                finds.byPerson += count;
        }
        ++at;
    }
    scanBytes(out, {released.bytes.constData(), static_cast<std::size_t>(released.bytes.size())});
    return out;
}

void add(RuleScan &sum, const RuleScan &other)
{
    for (const auto &[rule, finds] : other.text) {
        RuleScan::Finds &into = sum.text[rule];
        into.found += finds.found;
        into.replaced += finds.replaced;
        into.byPerson += finds.byPerson;
    }
    for (const auto &[rule, count] : other.bytes)
        sum.bytes[rule] += count;
}

} // namespace amana::deid
