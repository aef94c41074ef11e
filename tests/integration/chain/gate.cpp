// SPDX-License-Identifier: GPL-3.0-or-later
#include "gate.h"

#include <nlohmann/json.hpp>

#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>
#include <string>

Gate::Gate(Options options) : m_options(std::move(options))
{
    start();
    while (m_port == 0)
        usleep(100);
}

void Gate::close()
{
    quit();
    wait();
}

std::string Gate::url() const
{
    return (m_options.tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(m_port);
}

void Gate::run()
{
    std::unique_ptr<QTcpServer> server;
    if (m_options.tls) {
        auto secure = std::make_unique<QSslServer>();
        secure->setSslConfiguration(*m_options.tls);
        server = std::move(secure);
    } else {
        server = std::make_unique<QTcpServer>();
    }
    QObject::connect(server.get(), &QTcpServer::pendingConnectionAvailable, server.get(), [this, &server] {
        while (QTcpSocket *const socket = server->nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(*socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    if (!server->listen(QHostAddress::LocalHost, m_options.port))
        qFatal("the gate has no port");
    m_port = server->serverPort();
    exec();
}

namespace {

struct Message {
    QByteArray head;
    QByteArray body;
};

/// Nothing while it is not all there.
std::optional<Message> wholeMessage(const QByteArray &all)
{
    const qsizetype end = all.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    const QByteArray head = all.left(end + 2);
    const qsizetype at = head.toLower().indexOf("content-length:");
    const qsizetype length = head.mid(at + 15, head.indexOf("\r\n", at) - at - 15).trimmed().toLongLong();
    if (all.size() < end + 4 + length)
        return std::nullopt;
    return Message{head, all.mid(end + 4, length)};
}

QByteArray reply(const char *status, const QByteArray &body)
{
    return QByteArray("HTTP/1.1 ") + status + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
           + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

void Gate::read(QTcpSocket &socket)
{
    const QByteArray all = socket.property("read").toByteArray() + socket.readAll();
    socket.setProperty("read", all);
    const auto message = wholeMessage(all);
    if (!message)
        return;
    socket.write(answer(message->head, message->body));
    socket.disconnectFromHost();
}

QByteArray Gate::answer(const QByteArray &head, const QByteArray &body)
{
    if (head.startsWith("POST /login "))
        return logIn(body);
    if (!letsIn(head)) {
        ++m_refused;
        return reply("401 Unauthorized", "");
    }
    if (asksForTooMuch(body)) {
        ++m_refused;
        return reply("200 OK", "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32005,\"message\":"
                               "\"Requested range exceeds maximum RPC range limit\"}}"); // Besu's words
    }
    ++m_answered;
    return reply("200 OK", m_options.node == 0 ? QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}")
                                               : askNode(body));
}

bool Gate::asksForTooMuch(const QByteArray &body) const
{
    const auto said = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    if (m_options.maxRange == 0 || !said.is_object() || said.value("method", "") != "eth_getLogs")
        return false;
    const auto number = [&](const char *key) {
        return std::stoull(said["params"][0][key].get<std::string>(), nullptr, 16);
    };
    return number("toBlock") - number("fromBlock") >= m_options.maxRange;
}

QByteArray Gate::logIn(const QByteArray &body)
{
    ++m_logins;
    const auto said = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    if (m_options.user.isEmpty() || said.value("username", "") != m_options.user.toStdString()
        || said.value("password", "") != m_options.password.toStdString())
        return reply("401 Unauthorized", "");
    m_usesLeft = m_options.tokenUses;
    return reply("200 OK", "{\"token\":\"token-" + QByteArray::number(m_logins.load()) + "\"}");
}

bool Gate::letsIn(const QByteArray &head)
{
    if (!m_options.bearer.isEmpty())
        return head.contains("\r\nAuthorization: Bearer " + m_options.bearer + "\r\n");
    if (m_options.user.isEmpty())
        return true;
    const QByteArray header = "\r\nAuthorization: Bearer token-" + QByteArray::number(m_logins.load()) + "\r\n";
    return head.contains(header) && m_usesLeft-- > 0;
}

QByteArray Gate::askNode(const QByteArray &body) const
{
    QTcpSocket node;
    node.connectToHost(QHostAddress(QHostAddress::LocalHost), m_options.node);
    node.waitForConnected();
    // Version 1.0: the answer comes in one piece.
    node.write("POST / HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
               + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray all;
    while (!wholeMessage(all) && node.waitForReadyRead(20000))
        all += node.readAll();
    const auto message = wholeMessage(all);
    return message ? message->body : QByteArray();
}
