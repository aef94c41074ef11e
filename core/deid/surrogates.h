// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace amana::deid {

/// Random replacements of one dataset: the same original of the same patient gets the same replacement in
/// every file. Nothing is derived from an identifier: the map itself is the only link back, and belongs into
/// the vault. Thread-safe. `subject` is records::Subject::key; an empty one stands for values that belong to
/// no patient.
class SurrogateMap {
public:
    SurrogateMap();
    SurrogateMap(SurrogateMap &&) noexcept;
    SurrogateMap &operator=(SurrogateMap &&) noexcept;
    ~SurrogateMap();

    /// For tests only: replacements follow from the seed. A real dataset uses the default constructor.
    [[nodiscard]] static SurrogateMap seeded(std::uint64_t seed);

    /// JSON for the vault, and back. StoreCorrupt when it cannot be read.
    [[nodiscard]] SecretBytes toSecret() const;
    [[nodiscard]] static Result<SurrogateMap> fromSecret(const SecretBytes &json);

    /// "P-" and 10 characters of Crockford base 32: the subject's name in the released dataset.
    [[nodiscard]] std::string pseudonym(std::string_view subject);

    /// Whole days, never 0, within ±maxDays; fixed at the first call for a subject. 0 when maxDays is 0.
    [[nodiscard]] int dateShift(std::string_view subject, int maxDays = 365);

    /// Random id, consistent in the whole dataset. `original` keeps its outer shape: "Patient/abc" →
    /// "Patient/<id>", "urn:uuid:…" → "urn:uuid:<random uuid>", "Practitioner?identifier=system|value" → same
    /// system, new value, "https://host/Patient/abc" → "Patient/<id>", "#x" and a trailing "/_history/n"
    /// stay. A bare id that ends such a reference gets the same new id.
    [[nodiscard]] std::string link(std::string_view original);

    /// Random identifier of the same length class, consistent in the whole dataset ("system|value" keeps the
    /// system).
    [[nodiscard]] std::string identifier(std::string_view original);

    /// Plausible text for `type` (NAME LOCATION HOSPITAL ORG PROFESSION ID PHONE EMAIL URL OTHER), consistent
    /// per subject: parts of a name keep their replacement alone and together, casing and script are kept,
    /// digits become digits.
    [[nodiscard]] std::string surrogate(std::string_view subject, std::string_view type,
                                        std::string_view original);

    /// What is known of the subject: words that no surrogate of it may contain (`names`, so that a
    /// replacement never tells the original) and `sex` (FHIR administrative gender code, or empty), which its
    /// own first names keep.
    void describe(std::string_view subject, const std::vector<std::string> &names, std::string_view sex);

private:
    struct Impl;
    explicit SurrogateMap(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace amana::deid
