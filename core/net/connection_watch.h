// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

/// Internal to core/net: cuts connections whose request does not arrive in time.
namespace amana::net {

/// libmicrohttpd gives up a connection on which nothing moves; one that sends a byte now and then would stay for hours.
/// Here the whole request has to be there by a deadline. Thread-safe.
class ConnectionWatch {
public:
    using Connection = const void *;

    explicit ConnectionWatch(std::chrono::milliseconds limit);
    ~ConnectionWatch();
    ConnectionWatch(const ConnectionWatch &) = delete;
    ConnectionWatch &operator=(const ConnectionWatch &) = delete;

    void opened(Connection connection, int socket);
    void requestIsHere(Connection connection);  ///< now it waits for us
    void requestIsDone(Connection connection);  ///< the next one may come
    void closing(Connection connection);        ///< before its socket is closed
    [[nodiscard]] int answering() const;        ///< requests that wait for us

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Watched {
        int socket = -1;
        Time deadline;
    };
    void watch();
    void setDeadline(Connection connection, Time deadline);

    const std::chrono::milliseconds m_limit;
    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable m_wake;
    std::map<Connection, Watched> m_connections;
    bool m_over = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace amana::net
