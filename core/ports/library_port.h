// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"
#include "core/records/document.h"

#include <QDateTime>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace amana::ports {

enum class Phase { Imported, InReview, Reviewed, Sealed, Published, Shared };

struct DocumentRow {
    QString id;
    QString name;       ///< source file name: patient text, never in titles or notifications
    QString format;     ///< format id, e.g. "fhir.bundle"
    QString subject;    ///< a name for the list, from the vault; empty: belongs to no one
    QString subjectKey;
    qint64 bytes = 0;
    int fields = 0;
    QDateTime imported;
    Phase phase = Phase::Imported;
    QString dataset;    ///< title of the draft or dataset it is in; empty: none
};

struct QuarantineRow {
    QString id;
    QString file;
    QString place;      ///< line, JSON path, byte; empty: the whole file
    Error reason;
    QDateTime when;
};

struct ImportSummary {
    int found = 0;      ///< imported + duplicates + quarantined, always
    int imported = 0;
    int duplicates = 0;
    int quarantined = 0;
    std::vector<QuarantineRow> problems;
};

struct PolicyInfo {
    QString id;             ///< "longitudinal", "safe-harbor" …, or the name of a user's own; NewDraft::policy
    int sampleSize = 0;     ///< unmarked sentences to look at; 0: not sampled
    QString base{};         ///< of a user's own: the bundled policy that it stands on; empty: bundled
    QStringList weaker{};   ///< places where an own policy lets more stand than its base: "fields.phone"
    std::optional<Error> problem{}; ///< an own file that cannot be used, and why
};

struct NewDraft {
    QString title;
    QString policy;
    QStringList documents;
};

/// What was imported and may become a dataset.
class LibraryPort {
public:
    virtual ~LibraryPort() = default;

    virtual Future<std::vector<DocumentRow>> documents() = 0;
    virtual Future<std::vector<QuarantineRow>> quarantined() = 0;
    /// The fields as the format reads them, for a look inside. store.notFound, vault.*.
    virtual Future<std::vector<records::Field>> fields(const QString &document) = 0;
    virtual Future<JobId> startImport(const QStringList &paths) = 0;
    virtual Future<JobId> startSampleImport() = 0; ///< the bundled synthetic sample
    /// Of a finished import; store.notFound for other jobs.
    virtual Future<ImportSummary> importSummary(const JobId &job) = 0;
    virtual Future<std::vector<PolicyInfo>> policies() = 0;
    /// De-identifies the documents into a draft for review; the job's result names the draft (JobRow::result).
    virtual Future<JobId> startDraft(const NewDraft &spec) = 0;
};

} // namespace amana::ports
