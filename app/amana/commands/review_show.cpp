// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/review_show.h"

#include "app/amana/shown.h"
#include "core/base/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace amana::cli {

using nlohmann::json;

namespace {

constexpr std::size_t kAround = 40; // code points shown before and behind a span

/// The text of a span, and what stands around it, in one line.
struct Quoted {
    std::string text;
    std::string before;
    std::string behind;
};

Quoted quote(const std::string &field, const records::Span &span)
{
    const std::u32string text = decodeUtf8(field);
    const std::size_t begin = std::min(span.begin, text.size());
    const std::size_t end = std::clamp(span.end, begin, text.size());
    const std::size_t from = begin > kAround ? begin - kAround : 0;
    return {encodeUtf8(text.substr(begin, end - begin)), encodeUtf8(text.substr(from, begin - from)),
            encodeUtf8(text.substr(end, kAround))};
}

json editToJson(const records::Edit &edit, const Quoted &quoted)
{
    return {{"id", edit.id},
            {"path", edit.path},
            {"start", edit.span.begin},
            {"end", edit.span.end},
            {"type", edit.type},
            {"action", edit.action == records::EditAction::Remove ? "remove" : "replace"},
            {"original", quoted.text},
            {"replacement", edit.replacement},
            {"reason", edit.reason},
            {"confidence", edit.confidence},
            {"decision", records::decisionName(edit.decision)}};
}

} // namespace

json countToJson(const sharing::ReviewCount &count)
{
    return {{"edits", count.edits},
            {"undecided", count.undecided},
            {"sample", count.sample},
            {"sampleLeft", count.sampleLeft}};
}

Status showDocument(const Output &out, app::Session &session, const sharing::Draft &draft,
                    const std::string &id, bool everything)
{
    AMANA_TRY(const records::Document document, session.library().document(id));
    AMANA_TRY(const deid::Plan plan, session.drafts().plan(draft.id, id));
    std::map<std::string_view, const std::string *> textOf;
    for (const records::Field &field : document.fields)
        textOf.emplace(field.path, &field.text);
    const auto textAt = [&](const std::string &path) {
        return textOf.contains(path) ? *textOf[path] : std::string();
    };
    json edits = json::array();
    for (const records::Edit &edit : plan.edits) {
        if (!everything && edit.decision != records::Decision::Proposed)
            continue;
        const Quoted quoted = quote(textAt(edit.path), edit.span);
        edits.push_back(editToJson(edit, quoted));
        out.line(QStringLiteral("%1  %2  %3 (%4, %5)\n    %6[%7]%8 → %9")
                     .arg(toQ(edit.id), toQ(records::decisionName(edit.decision)), toQ(edit.type),
                          toQ(edit.reason), QString::number(edit.confidence, 'f', 2),
                          toQ(quoted.before).simplified() + QLatin1Char(' '), toQ(quoted.text),
                          QLatin1Char(' ') + toQ(quoted.behind).simplified(), toQ(edit.replacement)));
    }
    json sample = json::array();
    for (const deid::SampleSentence &sentence : plan.sample) {
        const Quoted quoted = quote(textAt(sentence.path), sentence.span);
        sample.push_back({{"path", sentence.path},
                          {"start", sentence.span.begin},
                          {"end", sentence.span.end},
                          {"text", quoted.text},
                          {"seen", sentence.seen}});
        out.line(QStringLiteral("sample %1: %2")
                     .arg(sentence.seen ? QStringLiteral("seen") : QStringLiteral("to look at"),
                          toQ(quoted.text)));
    }
    json dropped = json::array();
    for (const deid::Dropped &field : plan.dropped)
        dropped.push_back({{"path", field.path}, {"element", field.element}, {"kind", field.kind}});
    out.json({{"dataset", draft.id},
              {"document", id},
              {"counts", countToJson(sharing::countOf(plan))},
              {"edits", edits},
              {"sample", sample},
              {"dropped", dropped}});
    return {};
}

} // namespace amana::cli
