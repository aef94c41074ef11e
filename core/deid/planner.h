// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/known_values.h"
#include "core/deid/plan.h"
#include "core/deid/rules/dates.h"

#include <vector>

namespace amana::deid {

/// Turns what was found in one document into edits, by the policy. Made for one document.
class Planner {
public:
    Planner(const Policy &policy, const records::Document &document, SurrogateMap &map, QDate today,
            double sampleShare);

    /// Fields whose text the detectors are to read (by index), in order.
    [[nodiscard]] const std::vector<std::size_t> &cleanFields() const { return m_clean; }
    [[nodiscard]] const std::vector<std::u32string> &cleanTexts() const { return m_texts; }

    /// `found`: one list per clean text.
    [[nodiscard]] Plan build(const std::vector<Detections> &found);

private:
    void wholeField(std::size_t index, Plan &plan) const;
    void keptField(std::size_t index, Plan &plan) const;
    void inText(std::size_t clean, const Detections &found, Plan &plan) const;
    void sampleUnmarked(const std::vector<Detections> &found, Plan &plan) const;
    [[nodiscard]] std::optional<std::string> dateField(const std::string &text, bool yearsOnly) const;
    [[nodiscard]] std::optional<std::string> birthField(const std::string &text) const;
    [[nodiscard]] std::optional<std::string> postalField(const std::string &text) const;

    const Policy &m_policy;
    const records::Document &m_document;
    SurrogateMap &m_map;
    KnownValues m_known;  ///< of the subject, without what the policy keeps
    KnownValues m_direct; ///< its own names and numbers alone
    QDate m_today;
    double m_sampleShare;
    DayOrder m_order = DayOrder::MonthFirst;
    std::vector<std::size_t> m_clean;
    std::vector<std::u32string> m_texts;
};

/// What stands in place of a span found in text: nothing when the policy keeps it.
struct Replacement {
    std::string text;
    bool keep = false;
};
[[nodiscard]] Replacement replacementFor(const Policy &policy, const std::string &subject, SurrogateMap &map,
                                         std::u32string_view text, const Detection &detection,
                                         DayOrder order);

/// Sorts edits by field order and span.
void sortEdits(Plan &plan, const records::Document &document);

} // namespace amana::deid
