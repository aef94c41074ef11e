// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

namespace amana {

/// How a long, blocking function tells how far it is and learns that it is no longer wanted. Cheap to copy.
/// A default-made Progress reports nowhere and is never cancelled.
class Progress {
public:
    using Report = std::function<void(std::uint64_t done, std::uint64_t total)>;

    Progress() = default;
    Progress(Report report, const std::atomic<bool> *cancelled) : m_report(std::move(report)), m_cancelled(cancelled) {}

    /// `total` 0: not known. Units are the caller's: bytes, records, steps.
    void report(std::uint64_t done, std::uint64_t total) const
    {
        if (m_report)
            m_report(done, total);
    }
    /// When true, stop soon and return ErrorCode::Cancelled, leaving nothing half-made behind.
    [[nodiscard]] bool cancelled() const { return m_cancelled != nullptr && m_cancelled->load(); }

    /// For one step of a larger work: its reports are counted on from `before`, out of `total`.
    [[nodiscard]] Progress part(std::uint64_t before, std::uint64_t total) const
    {
        if (!m_report)
            return {nullptr, m_cancelled};
        return {[report = m_report, before, total](std::uint64_t done, std::uint64_t) { report(before + done, total); },
                m_cancelled};
    }

    /// For a step whose own reports mean nothing to the caller: it can still be cancelled.
    [[nodiscard]] Progress quiet() const { return {nullptr, m_cancelled}; }

private:
    Report m_report;
    const std::atomic<bool> *m_cancelled = nullptr;
};

} // namespace amana
