// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http_client.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

/// Internal to core/net: one request under way. The network thread fills it, the caller's thread empties it.
namespace amana::net {

class HttpTransfer : public std::enable_shared_from_this<HttpTransfer> {
public:
    explicit HttpTransfer(const HttpRequest &request) : m_request(request) {}

    /// In the network thread; the reply keeps this alive until it is done.
    void start(QNetworkAccessManager &manager, const QNetworkRequest &made);
    /// In the caller's thread, once.
    [[nodiscard]] HttpResult<HttpReply> take(const HttpClient::Sink &sink, const Progress &progress);

private:
    using Lock = std::unique_lock<std::mutex>;

    // in the network thread
    void pump();
    void finish();
    // in the caller's thread
    [[nodiscard]] bool hand(const QByteArray &piece, const HttpClient::Sink &sink);
    void stop(HttpProblem why);
    [[nodiscard]] HttpResult<HttpReply> result();

    const HttpRequest m_request;
    QPointer<QNetworkReply> m_reply; // of the network thread only

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::deque<QByteArray> m_pieces;
    qint64 m_waiting = 0; ///< bytes in m_pieces
    qint64 m_sent = 0;
    bool m_stalled = false; ///< bytes wait in the reply, for m_pieces are many
    bool m_done = false;
    HttpReply m_answer;
    std::optional<HttpFailure> m_failure;
    qint64 m_received = 0; // of the caller's thread only
};

} // namespace amana::net
