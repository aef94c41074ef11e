// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/fhir_format.h"
#include "core/formats/fhir/source_lines.h"

#include <charconv>

namespace amana::formats::fhir {

using records::Observation;

namespace {

constexpr std::string_view kLoinc = "http://loinc.org";
constexpr std::string_view kUcum = "http://unitsofmeasure.org";

std::optional<double> numberOf(const std::string &text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

class Collector {
public:
    Collector(const JsonTree &tree, std::string pseudonym, std::vector<Observation> &out)
        : m_tree(tree), m_pseudonym(std::move(pseudonym)), m_out(out)
    {
    }

    void run()
    {
        for (std::uint32_t i = 0; i < m_tree.nodes().size(); ++i)
            if (m_tree.node(i).type == JsonType::Object && m_tree.memberText(i, "resourceType") == "Observation")
                readObservation(i);
    }

private:
    std::string timeOf(std::uint32_t observation) const
    {
        for (const char *name : {"effectiveDateTime", "effectiveInstant"})
            if (std::string time = m_tree.memberText(observation, name); !time.empty())
                return time;
        const std::uint32_t period = m_tree.member(observation, "effectivePeriod");
        if (std::string time = m_tree.memberText(period, "start"); !time.empty())
            return time;
        return m_tree.memberText(observation, "issued");
    }

    void readObservation(std::uint32_t node)
    {
        const std::string time = timeOf(node);
        readValue(node, time);
        for (const std::uint32_t component : m_tree.items(m_tree.member(node, "component")))
            readValue(component, time);
    }

    void readValue(std::uint32_t node, const std::string &time)
    {
        Observation seen;
        seen.subject = m_pseudonym;
        seen.time = time;
        const std::uint32_t code = m_tree.member(node, "code");
        seen.label = m_tree.memberText(code, "text");
        for (const std::uint32_t coding : m_tree.items(m_tree.member(code, "coding"))) {
            if (m_tree.memberText(coding, "system") == kLoinc && seen.loinc.empty())
                seen.loinc = m_tree.memberText(coding, "code");
            if (seen.label.empty())
                seen.label = m_tree.memberText(coding, "display");
        }
        if (readQuantity(node, seen) || readOther(node, seen))
            m_out.push_back(std::move(seen));
    }

    bool readQuantity(std::uint32_t node, Observation &seen) const
    {
        const std::uint32_t quantity = m_tree.member(node, "valueQuantity");
        const std::uint32_t value = m_tree.member(quantity, "value");
        if (value == kNoNode)
            return false;
        seen.valueText = m_tree.value(value);
        seen.value = numberOf(seen.valueText);
        seen.unitText = m_tree.memberText(quantity, "unit");
        if (m_tree.memberText(quantity, "system") == kUcum)
            seen.ucum = m_tree.memberText(quantity, "code");
        return true;
    }

    bool readOther(std::uint32_t node, Observation &seen) const
    {
        if (const std::uint32_t value = m_tree.member(node, "valueInteger"); value != kNoNode) {
            seen.valueText = m_tree.value(value);
            seen.value = numberOf(seen.valueText);
            return true;
        }
        const std::uint32_t coded = m_tree.member(node, "valueCodeableConcept");
        seen.valueText = m_tree.memberText(coded, "text");
        for (const std::uint32_t coding : m_tree.items(m_tree.member(coded, "coding")))
            if (seen.valueText.empty())
                seen.valueText = m_tree.memberText(coding, "display");
        if (seen.valueText.empty())
            seen.valueText = m_tree.memberText(node, "valueString");
        return !seen.valueText.empty();
    }

    const JsonTree &m_tree;
    std::string m_pseudonym;
    std::vector<Observation> &m_out;
};

} // namespace

Result<std::vector<Observation>> FhirFormat::observations(const records::Document &released,
                                                          const std::string &pseudonym) const
{
    std::vector<Observation> found;
    const std::string_view body = bodyOf(released.bytes);
    if (released.format != "fhir.ndjson") {
        AMANA_TRY(const JsonTree tree, parseResource(body, Limits{}));
        Collector(tree, pseudonym, found).run();
        return found;
    }
    for (const SourceLine &line : linesOf(body)) {
        AMANA_TRY(const JsonTree tree, parseResource(line.text, Limits{}, line.number));
        Collector(tree, pseudonym, found).run();
    }
    return found;
}

} // namespace amana::formats::fhir
