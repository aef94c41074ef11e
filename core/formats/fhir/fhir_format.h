// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace amana::formats::fhir {

/// FHIR R4 JSON: one resource ("fhir.resource"), a Bundle of any kind ("fhir.bundle"), or newline-delimited resources
/// as in bulk export ("fhir.ndjson"). Source: HL7 FHIR 4.0.1, sections 2.6 (JSON), 2.36 (Bundle), Bulk Data 2.0.
class FhirFormat final : public Format {
public:
    [[nodiscard]] std::string_view id() const override { return "fhir"; }
    [[nodiscard]] bool recognise(const QByteArray &head, const QString &name) const override;
    [[nodiscard]] Result<ReadOutcome> read(const QByteArray &bytes, const QString &name, const Limits &limits,
                                           const Progress &progress) const override;
    [[nodiscard]] Result<records::Document> open(const QByteArray &bytes, std::string_view documentFormat,
                                                 const Limits &limits) const override;
    [[nodiscard]] Result<QByteArray> write(const records::Document &document,
                                           std::span<const records::Edit> edits) const override;
    [[nodiscard]] Result<std::vector<records::Observation>> observations(const records::Document &released,
                                                                         const std::string &pseudonym) const override;
};

} // namespace amana::formats::fhir
