// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/job_meter.h"

namespace amana::app {

namespace {

constexpr auto kTellInterval = std::chrono::milliseconds(100);
constexpr auto kSampleInterval = std::chrono::milliseconds(500);
constexpr double kNewest = 0.4; // weight of the newest sample: about the last two seconds count

} // namespace

JobMeter::Verdict JobMeter::note(const jobs::JobInfo &info)
{
    const Time now = std::chrono::steady_clock::now();
    const std::lock_guard lock(m_mutex);
    const auto [it, first] = m_entries.try_emplace(info.id);
    Entry &entry = it->second;
    const bool moved = first || entry.state != info.state || entry.stage != info.stageIndex;
    if (moved) {
        entry = {info.state, info.stageIndex, now, now, info.done, 0};
        return {true, true};
    }
    if (now - entry.sampled >= kSampleInterval && info.done >= entry.done) {
        const double seconds = std::chrono::duration<double>(now - entry.sampled).count();
        const double newest = static_cast<double>(info.done - entry.done) / seconds;
        entry.rate = entry.rate > 0 ? kNewest * newest + (1 - kNewest) * entry.rate : newest;
        entry.sampled = now;
        entry.done = info.done;
    }
    if (now - entry.told < kTellInterval)
        return {};
    entry.told = now;
    return {true, false};
}

double JobMeter::rate(const jobs::JobId &id) const
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_entries.find(id);
    return it == m_entries.end() ? 0 : it->second.rate;
}

} // namespace amana::app
