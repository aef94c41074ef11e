// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/records/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace amana::deid {

/// One stretch of text that a detector holds for an identifier.
struct Detection {
    records::Span span; ///< code points of the text that was given
    std::string type;   ///< NAME DATE AGE LOCATION HOSPITAL ORG PROFESSION ID PHONE EMAIL URL OTHER
    double score = 1;   ///< 0…1; 1: cannot be in doubt (a checksum fits, the record itself says so)
    std::string by;     ///< rule id ("rule.phone.us", "known.name", "spread.name") or "model"
    std::string role = {}; ///< of a NAME: "patient", "staff", "relative"; empty where the text does not tell

    bool operator==(const Detection &) const = default;
};

using Detections = std::vector<Detection>;

/// Finds identifiers in text. Detectors are independent of each other and never change text.
class Detector {
public:
    virtual ~Detector() = default;

    /// One list per text, in order; spans of a list are sorted and do not overlap. Same input, same output.
    /// May be called from one thread at a time. Fails with DeidModelInvalid when the model cannot run.
    [[nodiscard]] virtual Result<std::vector<Detections>>
    detect(const std::vector<std::u32string_view> &texts) const = 0;
};

} // namespace amana::deid
