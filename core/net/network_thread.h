// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <functional>
#include <mutex>

namespace amana::net {

/// The process's one thread for sockets, and its event loop: callers wait on a future instead of running an
/// event loop of their own, so nothing re-enters them. Ends with the application object.
class NetworkThread {
public:
    static NetworkThread &instance();

    /// Runs `work` in the thread, later. False once the application object is gone: it will not run.
    bool run(std::function<void()> work);
    /// Gives an object without parent to the thread; it is deleted with it at the latest.
    bool adopt(QObject *object);

private:
    NetworkThread();
    ~NetworkThread() { stop(); }
    void stop();

    QThread m_thread;
    std::mutex m_mutex; // guards m_root
    QObject *m_root = nullptr;
};

} // namespace amana::net
