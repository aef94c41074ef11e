// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/hub.h"
#include "core/jobs/job.h"
#include "core/ports/jobs_port.h"

namespace amana::app {

/// The jobs of the open profile, for the window.
class JobsAdapter final : public ports::JobsPort {
public:
    explicit JobsAdapter(Hub &hub) : m_hub(hub) {}

    [[nodiscard]] std::vector<ports::JobRow> rows() const override;
    ports::FutureStatus pause(const ports::JobId &job) override;
    ports::FutureStatus resume(const ports::JobId &job) override;
    ports::FutureStatus cancel(const ports::JobId &job) override;
    ports::FutureStatus retry(const ports::JobId &job) override;

private:
    Hub &m_hub;
};

} // namespace amana::app
