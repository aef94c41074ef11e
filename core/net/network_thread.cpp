// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/network_thread.h"

#include <QCoreApplication>

namespace amana::net {

NetworkThread &NetworkThread::instance()
{
    static NetworkThread thread;
    return thread;
}

NetworkThread::NetworkThread() : m_root(new QObject)
{
    m_thread.setObjectName(QStringLiteral("network"));
    m_root->moveToThread(&m_thread);
    m_thread.start();
    qAddPostRoutine([] { instance().stop(); });
}

void NetworkThread::stop()
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_root == nullptr)
            return;
        m_root->deleteLater(); // and all that was adopted, in its own thread
        m_root = nullptr;
    }
    m_thread.quit();
    m_thread.wait();
}

bool NetworkThread::run(std::function<void()> work)
{
    const std::lock_guard guard(m_mutex);
    return m_root != nullptr && QMetaObject::invokeMethod(m_root, std::move(work), Qt::QueuedConnection);
}

bool NetworkThread::adopt(QObject *object)
{
    const std::lock_guard guard(m_mutex);
    if (m_root == nullptr)
        return false;
    object->moveToThread(&m_thread);
    return QMetaObject::invokeMethod(
        m_root, [root = m_root, object] { object->setParent(root); }, Qt::QueuedConnection);
}

} // namespace amana::net
