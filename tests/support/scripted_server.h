// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QUrl>

#include <atomic>
#include <functional>
#include <memory>

/// An HTTP server that says what a test wants, well or badly.
namespace amana::test {

/// Answers each connection by `talk`, in a thread of its own; the request has been read by then.
class ScriptedServer : public QThread {
public:
    using Talk = std::function<void(QTcpSocket &, const QByteArray &request)>;
    explicit ScriptedServer(Talk talk) : m_talk(std::move(talk))
    {
        start();
        while (m_port == 0)
            QThread::msleep(1);
    }
    ~ScriptedServer() override
    {
        m_over = true;
        wait();
    }
    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(int(m_port)).arg(path));
    }

protected:
    void run() override
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        m_port = server.serverPort();
        while (!m_over) {
            if (!server.waitForNewConnection(20))
                continue;
            const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
            QByteArray request;
            while (!request.contains("\r\n\r\n") && socket->waitForReadyRead(2000))
                request += socket->readAll();
            const qsizetype body = bodySize(request);
            while (request.size() < request.indexOf("\r\n\r\n") + 4 + body && socket->waitForReadyRead(2000))
                request += socket->readAll();
            m_talk(*socket, request);
            socket->disconnectFromHost();
            if (socket->state() != QAbstractSocket::UnconnectedState)
                socket->waitForDisconnected(1000);
        }
    }

private:
    static qsizetype bodySize(const QByteArray &request)
    {
        const qsizetype at = request.toLower().indexOf("content-length:");
        return at < 0 ? 0 : request.mid(at + 15, request.indexOf("\r\n", at) - at - 15).trimmed().toLongLong();
    }

    const Talk m_talk;
    std::atomic<quint16> m_port = 0;
    std::atomic<bool> m_over = false;
};

inline void write(QTcpSocket &socket, const QByteArray &bytes)
{
    socket.write(bytes);
    while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(5000)) {
    }
}

inline QByteArray ok(const QByteArray &body, const QByteArray &status = "200 OK")
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + QByteArray::number(body.size())
           + "\r\nConnection: close\r\n\r\n" + body;
}

} // namespace amana::test
