// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/crew.h"

#include <algorithm>
#include <system_error>

namespace amana {

Crew::Crew(std::size_t threads)
{
    m_threads.reserve(threads);
    try {
        for (std::size_t i = 0; i < threads; ++i)
            m_threads.emplace_back([this] { work(); });
    } catch (const std::system_error &) { // no more threads: those that there are do it, or give() itself
    }
}

Crew::~Crew()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

std::size_t Crew::processors()
{
    return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
}

void Crew::give(std::function<void()> task)
{
    if (m_threads.empty())
        return task();
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void Crew::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_closing || !m_tasks.empty(); });
        if (m_tasks.empty())
            return;
        const auto task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
}

} // namespace amana
