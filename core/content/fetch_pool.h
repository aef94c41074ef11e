// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/dag_fetch.h"
#include "core/content/expected_dag.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <unordered_set>

/// Internal to core/content: what the threads of one fetchDag() share, one thread a source.
namespace amana::content {

class FetchPool {
public:
    FetchPool(const Cid &root, std::vector<SourceCounts> sources, const ReadLimits &limits);

    // what a source's thread does
    /// Waits for a wish that this source can be asked; none when it is all over, or the source was dropped.
    [[nodiscard]] std::optional<Wish> next(std::size_t source);
    /// Each wish that next() gave, when it was dealt with; `left` are wished for from now on.
    void done(std::vector<Wish> left);
    void drop(std::size_t source, const Error &why);
    /// Ours, not a source's: ends it all.
    void fail(const Error &why);
    /// Waits a little, after a failure.
    void pause(std::chrono::milliseconds time);
    /// What hangs below a block that is in the store now; it is counted. `source`: who brought it, or none.
    /// DagMalformed, DagUnsupported, DagTooLarge.
    [[nodiscard]] Result<std::vector<Wish>> below(const Wish &wish, std::uint64_t size, const QByteArray &block,
                                                  std::optional<std::size_t> source);
    /// False when somebody has followed this node's links before.
    [[nodiscard]] bool isNews(const Cid &node);
    void countRequest(std::size_t source);
    /// There are fewer wishes than sources: rather one node at a time than all of it from one source.
    [[nodiscard]] bool shouldSplit();
    [[nodiscard]] bool othersAreLeft();
    [[nodiscard]] const std::atomic<bool> &stopped() const { return m_stopped; }

    // what the caller's thread does
    /// False when it is all over.
    [[nodiscard]] bool waitFor(std::chrono::milliseconds time);
    struct Standing {
        FetchReport report;
        std::uint64_t done = 0;
        std::uint64_t total = 0;
        std::optional<Error> failure;
    };
    [[nodiscard]] Standing standing();

private:
    void failLocked(const Error &why);
    void giveUpOnTheHopeless();
    [[nodiscard]] std::uint64_t live() const;

    const Cid m_root;
    const ReadLimits m_limits;
    std::atomic<bool> m_stopped = false;
    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::vector<Wish> m_wishes; ///< the last is dealt with first: depth first
    std::unordered_set<Cid> m_followed; ///< inner nodes only
    int m_busy = 0;
    bool m_over = false;
    std::uint64_t m_blocks = 0;
    Standing m_standing;
    std::optional<Error> m_lastProblem;
};

} // namespace amana::content
