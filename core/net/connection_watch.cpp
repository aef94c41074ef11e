// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/connection_watch.h"

#include <algorithm>

#include <sys/socket.h>

namespace amana::net {

using Clock = std::chrono::steady_clock;

ConnectionWatch::ConnectionWatch(std::chrono::milliseconds limit) : m_limit(limit), m_thread([this] { watch(); }) {}

ConnectionWatch::~ConnectionWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void ConnectionWatch::opened(Connection connection, int socket)
{
    const std::lock_guard lock(m_mutex);
    m_connections[connection] = {socket, Clock::now() + m_limit};
}

void ConnectionWatch::setDeadline(Connection connection, Time deadline)
{
    const std::lock_guard lock(m_mutex);
    if (const auto it = m_connections.find(connection); it != m_connections.end())
        it->second.deadline = deadline;
}

void ConnectionWatch::requestIsHere(Connection connection)
{
    setDeadline(connection, Time::max());
}

void ConnectionWatch::requestIsDone(Connection connection)
{
    setDeadline(connection, Clock::now() + m_limit);
}

void ConnectionWatch::closing(Connection connection)
{
    const std::lock_guard lock(m_mutex);
    m_connections.erase(connection);
}

int ConnectionWatch::answering() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(std::count_if(m_connections.begin(), m_connections.end(),
                                          [](const auto &entry) { return entry.second.deadline == Time::max(); }));
}

void ConnectionWatch::watch()
{
    std::unique_lock lock(m_mutex);
    const auto pause = std::clamp<std::chrono::milliseconds>(m_limit / 4, std::chrono::milliseconds(20),
                                                             std::chrono::seconds(1));
    while (!m_over) {
        m_wake.wait_for(lock, pause);
        const Time now = Clock::now();
        for (auto &[connection, watched] : m_connections) {
            if (watched.deadline > now)
                continue;
            ::shutdown(watched.socket, SHUT_RDWR); // not closed: its owner does that, and tells closing() before
            watched.deadline = now + m_limit;
        }
    }
}

} // namespace amana::net
