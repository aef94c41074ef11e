// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/jobs_port.h"
#include "ui/widgets/format_text.h"

namespace amana::ui {

[[nodiscard]] bool isActive(const ports::JobRow &job);       ///< queued, running or paused
[[nodiscard]] QString jobName(const ports::JobRow &job);     ///< "Import: sample"
[[nodiscard]] QString jobStage(const ports::JobRow &job);    ///< "2 of 4: Reading"
[[nodiscard]] QString jobProgress(const ports::JobRow &job); ///< "120 of 400 files"
[[nodiscard]] QString jobRate(const ports::JobRow &job);     ///< "12.3 MB/s", "30 files/s", with time left after 5 s
[[nodiscard]] int jobPercent(const ports::JobRow &job);      ///< 0…100; -1: not known
[[nodiscard]] StateWords jobStateWords(ports::JobState state);

} // namespace amana::ui
