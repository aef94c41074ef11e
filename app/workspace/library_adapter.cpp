// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/library_adapter.h"

#include "app/workspace/job_kinds.h"
#include "app/workspace/paths.h"
#include "app/workspace/policies.h"
#include "app/workspace/seat.h"
#include "app/workspace/subject_names.h"
#include "app/workspace/values.h"

#include <QDir>

#include <algorithm>

namespace amana::app {

namespace {

/// How far a document has come with the draft that it is in.
struct Place {
    ports::Phase phase = ports::Phase::Imported;
    QString dataset;
};

bool isShared(const chain::EventIndex &index, std::uint64_t dataset)
{
    const auto requests = index.requests({dataset, {}, {}, 0});
    return requests && std::any_of(requests->begin(), requests->end(), [](const chain::IndexedRequest &request) {
        return request.request.state == chain::RequestState::Approved;
    });
}

ports::Phase phaseOf(Seat &seat, const sharing::Draft &draft)
{
    switch (draft.state) {
    case sharing::DraftState::Open:
        return ports::Phase::InReview;
    case sharing::DraftState::Finished:
        return seat.library().draft(draft.id + ".staged") ? ports::Phase::Sealed : ports::Phase::Reviewed;
    case sharing::DraftState::Published:
        return isShared(seat.index(), draft.dataset) ? ports::Phase::Shared : ports::Phase::Published;
    }
    return ports::Phase::Imported;
}

/// Of several drafts the one that came furthest counts.
Result<std::map<std::string, Place>> placesOf(Seat &seat)
{
    AMANA_TRY(const auto drafts, seat.session().drafts().list());
    std::map<std::string, Place> places;
    for (const sharing::Draft &draft : drafts) {
        const ports::Phase phase = phaseOf(seat, draft);
        for (const std::string &document : draft.documents) {
            Place &place = places[document];
            if (place.dataset.isEmpty() || phase > place.phase)
                place = {phase, QString::fromStdString(draft.title)};
        }
    }
    return places;
}

Result<std::vector<ports::DocumentRow>> documentRows(Seat &seat)
{
    AMANA_TRY(const auto entries, seat.library().documents());
    AMANA_TRY(const auto names, subjectNames(seat.library()));
    AMANA_TRY(const auto places, placesOf(seat));
    std::vector<ports::DocumentRow> rows;
    rows.reserve(entries.size());
    for (const store::DocumentEntry &entry : entries) {
        ports::DocumentRow row;
        row.id = QString::fromStdString(entry.id);
        row.name = QString::fromStdString(entry.sourceName);
        row.format = QString::fromStdString(entry.format);
        row.subjectKey = QString::fromStdString(entry.subject);
        if (const auto it = names.find(entry.subject); it != names.end())
            row.subject = it->second;
        row.bytes = static_cast<qint64>(entry.bytes);
        row.fields = static_cast<int>(entry.fields);
        row.imported = entry.importedAt;
        if (const auto it = places.find(entry.id); it != places.end()) {
            row.phase = it->second.phase;
            row.dataset = it->second.dataset;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<ports::QuarantineRow>> quarantineRows(Seat &seat)
{
    AMANA_TRY(const auto items, seat.library().items());
    std::vector<ports::QuarantineRow> rows;
    for (const store::ItemEntry &item : items)
        if (item.state == store::ItemState::Quarantined)
            rows.push_back({QString::fromStdString(item.id), QString::fromStdString(item.sourceName), {},
                            Error(codeFromId(item.errorId), {{"path", item.sourceName}}), item.importedAt});
    return rows;
}

/// The records of the sample; what describes them (licence, list of planted identifiers) is no record.
QStringList sampleFiles()
{
    const QDir folder(resourcesFolder() + QStringLiteral("/sample"));
    QStringList paths;
    for (const QString &name : folder.entryList(QDir::Files, QDir::Name)) {
        const bool describes = name == QLatin1String("planted.json") || name.endsWith(QLatin1String(".license"))
            || name.endsWith(QLatin1String(".md")) || name.startsWith(QLatin1String("LICENSE"));
        if (!describes)
            paths << folder.filePath(name);
    }
    return paths;
}

} // namespace

ports::Future<std::vector<ports::DocumentRow>> LibraryAdapter::documents()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return documentRows(seat); });
}

ports::Future<std::vector<ports::QuarantineRow>> LibraryAdapter::quarantined()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return quarantineRows(seat); });
}

ports::Future<std::vector<records::Field>> LibraryAdapter::fields(const QString &document)
{
    return m_hub.onSeat(m_hub.reading(),
                        [id = document.toStdString()](Seat &seat) -> Result<std::vector<records::Field>> {
                            AMANA_TRY(records::Document opened, seat.library().document(id));
                            return std::move(opened.fields);
                        });
}

ports::Future<ports::JobId> LibraryAdapter::startImport(const QStringList &paths)
{
    return m_hub.onSeat(m_hub.reading(), [params = importParams(paths)](Seat &seat) -> Result<ports::JobId> {
        AMANA_TRY(jobs::JobSpec job, importJob(seat, params));
        return seat.start(std::move(job));
    });
}

ports::Future<ports::JobId> LibraryAdapter::startSampleImport()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) -> Result<ports::JobId> {
        const QStringList files = sampleFiles();
        if (files.isEmpty())
            return fail(ErrorCode::FileNotFound, {{"path", "sample"}});
        AMANA_TRY(jobs::JobSpec job, importJob(seat, importParams(files)));
        return seat.start(std::move(job));
    });
}

ports::Future<ports::ImportSummary> LibraryAdapter::importSummary(const ports::JobId &job)
{
    return m_hub.onSeat(m_hub.reading(), [job = job.toStdString()](Seat &seat) -> Result<ports::ImportSummary> {
        const auto info = seat.jobs().job(job);
        if (!info || info->kind != kImportJob || info->state != jobs::JobState::Done)
            return fail(ErrorCode::StoreNotFound, {{"id", job}});
        return importSummaryOf(info->result);
    });
}

ports::Future<std::vector<ports::PolicyInfo>> LibraryAdapter::policies()
{
    return m_hub.reading().run(
        [home = m_hub.options().home]() -> Result<std::vector<ports::PolicyInfo>> { return policyInfos(home); });
}

ports::Future<ports::JobId> LibraryAdapter::startDraft(const ports::NewDraft &spec)
{
    return m_hub.onSeat(m_hub.reading(), [spec](Seat &seat) -> Result<ports::JobId> {
        const DraftOrder order{sharing::Drafts::newId(), spec.title.toStdString(), spec.policy.toStdString(),
                               toStrings(spec.documents)};
        AMANA_TRY(jobs::JobSpec job, draftJob(seat, draftParams(order)));
        return seat.start(std::move(job));
    });
}

} // namespace amana::app
