// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace amana::formats::csv {

/// Exports of glucose meters, blood pressure apps and the like ("csv.device"): Dexcom Clarity, LibreView, Levels,
/// Nightscout, CareLink, and any table whose titles resources/formats/csv-columns.json knows. Source: RFC 4180.
class CsvFormat final : public Format {
public:
    [[nodiscard]] std::string_view id() const override { return "csv"; }
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

} // namespace amana::formats::csv
