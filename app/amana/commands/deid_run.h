// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/output.h"
#include "app/amana/streams.h"
#include "core/base/clock.h"
#include "core/deid/report.h"
#include "core/sources/scan.h"

#include <map>
#include <optional>

namespace amana::cli {

/// What became of one record of one input file.
struct DeidFile {
    QString input;
    QString output;
    std::string format;
    std::string subject; ///< pseudonym
    std::size_t edits = 0;
    std::size_t inDoubt = 0; ///< removed although no detector was sure
    std::optional<Error> error;
};

/// De-identifies files without a library and without a person: one map of surrogates for the whole run, so
/// that the same patient is the same pseudonym in every file. Whatever is in doubt goes.
class DeidRun {
public:
    DeidRun(const deid::Deidentifier &engine, OutputFile target, const Output &out)
        : m_engine(engine), m_target(std::move(target)), m_out(out)
    {}

    /// FileExists, FileUnwritable, Cancelled; what is wrong with one file is in files().
    [[nodiscard]] Status run(const QStringList &paths);
    [[nodiscard]] const std::vector<DeidFile> &files() const { return m_files; }
    /// What a person should know about records that were de-identified all the same.
    [[nodiscard]] const std::vector<Error> &notices() const { return m_notices; }
    [[nodiscard]] std::string report(const Clock &clock) const;

private:
    [[nodiscard]] Status readSubjects(const sources::ScanOutcome &scan);
    [[nodiscard]] records::Subject known(const records::Subject &subject, const QString &path) const;
    [[nodiscard]] Status deidentifyFile(const sources::FoundFile &found);
    [[nodiscard]] Result<DeidFile> deidentify(records::Document document, const sources::FoundFile &found,
                                              const QString &suffix);
    [[nodiscard]] Result<QString> outputFor(const sources::FoundFile &found,
                                            const records::Document &document, const std::string &pseudonym,
                                            const QString &suffix);

    const deid::Deidentifier &m_engine;
    OutputFile m_target;
    const Output &m_out;
    bool m_toFolder = false;
    deid::SurrogateMap m_map;
    std::map<std::string, std::size_t> m_groupOf; // link → group
    std::vector<records::Subject> m_groups;       // all that is known of one person
    std::map<QString, int> m_names;               // output names given, to keep them apart
    std::vector<DeidFile> m_files;
    std::vector<Error> m_notices;
    std::vector<deid::DocumentOutcome> m_outcomes;
    std::map<std::string, deid::risk::Person> m_people; // by pseudonym
};

} // namespace amana::cli
