// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job.h"
#include "core/ports/library_port.h"
#include "core/ports/publish_port.h"

#include <cstdint>
#include <string>
#include <vector>

/// The long work that the window can start, each made again from its parameters after a restart.
namespace amana::app {

class Seat;

inline constexpr const char *kImportJob = "import";
inline constexpr const char *kDraftJob = "draft";
inline constexpr const char *kPublishJob = "publish";
inline constexpr const char *kDownloadJob = "download";
inline constexpr const char *kKeepJob = "keep";

struct DraftOrder {
    std::string draft; ///< id of the draft to be made, so that a repeated job makes one
    std::string title;
    std::string policy;
    std::vector<std::string> documents;
};

struct DownloadOrder {
    std::uint64_t request = 0;
    QString folder;
    std::string title; ///< of the dataset
    std::string token; ///< random: tells this start from another one into the same folder
};

struct KeepOrder {
    std::uint64_t dataset = 0;
    std::string title; ///< of the dataset
};

[[nodiscard]] QByteArray importParams(const QStringList &paths);
[[nodiscard]] QByteArray draftParams(const DraftOrder &order);
[[nodiscard]] QByteArray publishParams(const ports::PublishSpec &spec);
[[nodiscard]] QByteArray downloadParams(const DownloadOrder &order);
[[nodiscard]] QByteArray keepParams(const KeepOrder &order);

/// JobNotResumable for a kind or parameters that this program does not know.
[[nodiscard]] Result<jobs::JobSpec> makeJob(Seat &seat, const std::string &kind, const QByteArray &params);
[[nodiscard]] Result<jobs::JobSpec> importJob(Seat &seat, const QByteArray &params);
[[nodiscard]] Result<jobs::JobSpec> draftJob(Seat &seat, const QByteArray &params);
[[nodiscard]] Result<jobs::JobSpec> publishJob(Seat &seat, const QByteArray &params);
[[nodiscard]] Result<jobs::JobSpec> downloadJob(Seat &seat, const QByteArray &params);
[[nodiscard]] Result<jobs::JobSpec> keepJob(Seat &seat, const QByteArray &params);

/// The name of what a job is about, from its parameters; empty when that would be patient text (import).
[[nodiscard]] QString jobTitle(const QByteArray &params);
/// The id of what a finished job made: draft, dataset, folder.
[[nodiscard]] QString jobMade(const QByteArray &result);
/// The request that a download job is about; 0 when the parameters are of another kind.
[[nodiscard]] std::uint64_t downloadRequestOf(const QByteArray &params);
/// StoreNotFound when it is the result of another kind of job.
[[nodiscard]] Result<ports::ImportSummary> importSummaryOf(const QByteArray &result);

} // namespace amana::app
