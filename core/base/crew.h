// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace amana {

/// The threads of one stage of a stream. Tasks begin in the order in which they were given, so a crew of one also ends
/// them in that order. Who gives bounds how many wait.
class Crew {
public:
    explicit Crew(std::size_t threads);
    /// Does first what was given and not yet begun.
    ~Crew();
    Crew(const Crew &) = delete;
    Crew &operator=(const Crew &) = delete;

    /// Where the system gives no threads, the task is done before this returns.
    template <class Task>
    [[nodiscard]] std::future<std::invoke_result_t<Task>> start(Task task)
    {
        const auto work = std::make_shared<std::packaged_task<std::invoke_result_t<Task>()>>(std::move(task));
        auto result = work->get_future();
        give([work] { (*work)(); });
        return result;
    }

    /// Processors of this machine, but at most 16: more would take memory and bring nothing, for something else is
    /// slower by then.
    [[nodiscard]] static std::size_t processors();

private:
    void give(std::function<void()> task);
    void work();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_tasks; ///< guarded by m_mutex
    bool m_closing = false;                    ///< guarded by m_mutex
    std::vector<std::thread> m_threads;
};

} // namespace amana
