// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job.h"

#include <chrono>
#include <map>
#include <mutex>

namespace amana::app {

/// How fast jobs go, and how often the window is told: at most ten times a second for each job, but of every
/// change of state or stage. Thread-safe.
class JobMeter {
public:
    struct Verdict {
        bool tell = false;
        bool moved = false; ///< another state or stage
    };

    [[nodiscard]] Verdict note(const jobs::JobInfo &info);
    /// Units a second of the running stage, over the last seconds; 0: not known.
    [[nodiscard]] double rate(const jobs::JobId &id) const;

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Entry {
        jobs::JobState state = jobs::JobState::Queued;
        int stage = -1;
        Time told{};
        Time sampled{};
        std::uint64_t done = 0;
        double rate = 0;
    };

    mutable std::mutex m_mutex;
    std::map<jobs::JobId, Entry> m_entries;
};

} // namespace amana::app
