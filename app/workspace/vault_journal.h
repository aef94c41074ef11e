// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/jobs/job.h"
#include "core/store/library.h"

namespace amana::app {

/// The journal of jobs in a profile's library: parameters can name files, so they are encrypted there.
class VaultJournal final : public jobs::JobJournal {
public:
    VaultJournal(store::Library &library, const Clock &clock) : m_library(library), m_clock(clock) {}

    [[nodiscard]] Status put(const Row &row) override;
    [[nodiscard]] Status remove(const jobs::JobId &id) override;
    [[nodiscard]] Result<std::vector<Row>> unfinished() const override; ///< oldest first

private:
    store::Library &m_library;
    const Clock &m_clock;
};

} // namespace amana::app
