// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/jsonl.h"

#include "core/base/utf8.h"

#include <nlohmann/json.hpp>

#include <string>

namespace amana::deid {
namespace {

using nlohmann::ordered_json;

constexpr qint64 kMaxLine = qint64(64) << 20;
constexpr std::size_t kBatchLines = 64;
constexpr std::size_t kBatchSigns = 400'000; ///< code points: bounds memory, whatever the lines are like

struct Line {
    ordered_json id;
    std::string text;
    std::u32string decoded;
};

tl::unexpected<Error> badLine(std::size_t number, const char *reason)
{
    return fail(ErrorCode::FormatMalformed, {{"line", std::to_string(number)}, {"reason", reason}});
}

Result<Line> readLine(const QByteArray &bytes, std::size_t number)
{
    try {
        const auto row = ordered_json::parse(bytes.constData(), bytes.constData() + bytes.size());
        if (!row.is_object() || !row.contains("id") || !row.contains("text") || !row.at("text").is_string())
            return badLine(number, "no id or text");
        Line line{row.at("id"), row.at("text").get<std::string>(), {}};
        line.decoded = decodeUtf8(line.text);
        return line;
    } catch (const ordered_json::exception &) {
        return badLine(number, "no JSON");
    }
}

class Annotator {
public:
    Annotator(const Deidentifier &engine, QIODevice &out) : m_engine(engine), m_out(out) {}

    Status add(Line line)
    {
        m_signs += line.decoded.size();
        m_lines.push_back(std::move(line));
        return m_lines.size() >= kBatchLines || m_signs >= kBatchSigns ? flush() : Status{};
    }

    Status flush()
    {
        std::vector<std::u32string_view> texts;
        for (const Line &line : m_lines)
            texts.emplace_back(line.decoded);
        AMANA_TRY(const auto found, m_engine.detect(texts));
        for (std::size_t i = 0; i < m_lines.size(); ++i)
            AMANA_CHECK(write(m_lines[i], found[i]));
        m_lines.clear();
        m_signs = 0;
        return {};
    }

    JsonlSummary summary;

private:
    Status write(const Line &line, const Detections &found)
    {
        ordered_json row{{"id", line.id}, {"text", line.text}, {"spans", ordered_json::array()}};
        for (const Detection &d : found) {
            const TextRule &rule = m_engine.policy().ruleFor(d.type);
            if (d.score < rule.threshold || rule.action == TextAction::Keep)
                continue;
            ordered_json span{{"start", d.span.begin}, {"end", d.span.end}, {"type", d.type}, {"score", d.score}, {"by", d.by}};
            if (!d.role.empty())
                span["role"] = d.role;
            row["spans"].push_back(std::move(span));
            ++summary.spans;
        }
        ++summary.lines;
        const auto text = row.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
        if (m_out.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()))
            return fail(ErrorCode::FileUnwritable);
        return {};
    }

    const Deidentifier &m_engine;
    QIODevice &m_out;
    std::vector<Line> m_lines;
    std::size_t m_signs = 0;
};

} // namespace

Result<JsonlSummary> annotateJsonLines(const Deidentifier &engine, QIODevice &in, QIODevice &out,
                                       const Progress &progress)
{
    Annotator annotator(engine, out);
    const auto total = static_cast<std::uint64_t>(in.isSequential() ? 0 : in.size());
    std::uint64_t done = 0;
    for (std::size_t number = 1;; ++number) {
        const QByteArray bytes = in.readLine(kMaxLine);
        if (bytes.isEmpty())
            break;
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        done += static_cast<std::uint64_t>(bytes.size());
        if (bytes.trimmed().isEmpty())
            continue;
        if (bytes.size() >= kMaxLine - 1 && !bytes.endsWith('\n'))
            return fail(ErrorCode::FormatTooLarge, {{"line", std::to_string(number)}});
        auto line = readLine(bytes, number);
        if (line)
            AMANA_CHECK(annotator.add(*std::move(line)));
        else
            annotator.summary.problems.push_back(line.error());
        progress.report(done, total);
    }
    AMANA_CHECK(annotator.flush());
    return std::move(annotator.summary);
}

} // namespace amana::deid
