// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSslConfiguration>
#include <QThread>

#include <atomic>
#include <optional>
#include <string>

class QTcpSocket;

/// A real HTTP server before a real node, in a thread of its own: it asks for what Besu and TLS proxies ask
/// for, and hands on what it lets in.
class Gate : public QThread {
public:
    struct Options {
        quint16 node = 0;                     ///< port of the node behind; 0: it answers "0x1" to everything
        QByteArray user{};                    ///< with a password: POST /login is needed first
        QByteArray password{};
        QByteArray bearer{};                  ///< this token is needed
        int tokenUses = 1'000'000;            ///< a token of /login lasts so many requests
        std::uint64_t maxRange = 0; ///< of eth_getLogs, in blocks; 0: no limit
        std::optional<QSslConfiguration> tls{};
        quint16 port = 0;                     ///< 0: any
    };

    explicit Gate(Options options);
    ~Gate() override { close(); }
    void close();

    [[nodiscard]] std::string url() const;
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] int logins() const { return m_logins; }
    [[nodiscard]] int refused() const { return m_refused; }
    [[nodiscard]] int answered() const { return m_answered; } ///< of those that were let in

protected:
    void run() override;

private:
    void read(QTcpSocket &socket);
    [[nodiscard]] QByteArray answer(const QByteArray &head, const QByteArray &body);
    [[nodiscard]] QByteArray logIn(const QByteArray &body);
    [[nodiscard]] bool letsIn(const QByteArray &head);
    [[nodiscard]] bool asksForTooMuch(const QByteArray &body) const;
    [[nodiscard]] QByteArray askNode(const QByteArray &body) const;

    Options m_options;
    std::atomic<quint16> m_port = 0;
    std::atomic<int> m_logins = 0;
    std::atomic<int> m_refused = 0;
    std::atomic<int> m_answered = 0;
    int m_usesLeft = 0;
};
