// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QPromise>
#include <QThreadPool>

#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace amana::app {

/// Threads for one sort of blocking work, and the only way in which the adapters of this folder leave the
/// caller's thread. With one thread the work is done in the order in which it was asked for.
class TaskPool {
public:
    explicit TaskPool(int threads) { m_pool.setMaxThreadCount(threads); }
    ~TaskPool() { shutDown(); }
    TaskPool(const TaskPool &) = delete;
    TaskPool &operator=(const TaskPool &) = delete;

    /// `work` returns a Result. Its future ends without a result, so that no continuation runs, when the pool
    /// is shut down before its turn comes.
    template <class Work>
    [[nodiscard]] auto run(Work work) -> QFuture<std::invoke_result_t<Work &>>
    {
        using Outcome = std::invoke_result_t<Work &>;
        auto promise = std::make_shared<QPromise<Outcome>>(); // shared: the pool takes copyable functions only
        promise->start();
        auto future = promise->future();
        m_pool.start([promise = std::move(promise), work = std::move(work)]() mutable {
            promise->addResult(guarded<Outcome>(work));
            promise->finish();
        });
        return future;
    }

    /// Drops what has not begun and waits for the rest.
    void shutDown()
    {
        m_pool.clear();
        m_pool.waitForDone();
    }

private:
    template <class Outcome, class Work>
    static Outcome guarded(Work &work)
    {
        try {
            return work();
        } catch (const std::exception &) { // std::bad_alloc; all else is a Result already
            return fail(ErrorCode::InternalUnexpected);
        }
    }

    QThreadPool m_pool;
};

} // namespace amana::app
