// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http_transfer.h"

#include "core/net/network_thread.h"

#include <QNetworkAccessManager>

#include <algorithm>

namespace amana::net {

namespace {

constexpr qint64 kWindow = qint64(1) << 20;    // what may wait between the two threads, and as much again in each layer below
constexpr qint64 kErrorBody = qint64(64) << 10; // of a status that is not 2xx
constexpr std::chrono::milliseconds kLook(100); // how often it is asked whether the caller still wants it

bool isGood(int status)
{
    return status / 100 == 2;
}

HttpProblem problemOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::OperationCanceledError: // how Qt ends a transfer that takes too long; we say so before we end one
    case QNetworkReply::TimeoutError: return HttpProblem::Timeout;
    case QNetworkReply::SslHandshakeFailedError: return HttpProblem::Untrusted;
    default: return HttpProblem::Unreachable;
    }
}

} // namespace

void HttpTransfer::start(QNetworkAccessManager &manager, const QNetworkRequest &made)
{
    const auto self = shared_from_this();
    m_reply = manager.sendCustomRequest(made, m_request.method, m_request.body);
    // Qt hears of it only once the request has left this thread, which is queued before this.
    const auto limit = [reply = m_reply.data()] { reply->setReadBufferSize(kWindow); };
    QMetaObject::invokeMethod(m_reply, limit, Qt::QueuedConnection);
    QObject::connect(m_reply, &QNetworkReply::metaDataChanged, m_reply, limit);
    QObject::connect(m_reply, &QNetworkReply::readyRead, m_reply, [self] { self->pump(); });
    QObject::connect(m_reply, &QNetworkReply::uploadProgress, m_reply, [self](qint64 sent, qint64) {
        const Lock lock(self->m_mutex);
        self->m_sent = std::max(self->m_sent, sent); // Qt starts anew at the end
    });
    QObject::connect(m_reply, &QNetworkReply::finished, m_reply, [self] { self->finish(); });
}

void HttpTransfer::pump()
{
    if (!m_reply)
        return;
    const Lock lock(m_mutex);
    m_stalled = m_waiting >= kWindow;
    if (m_stalled)
        return;
    QByteArray piece = m_reply->readAll();
    if (piece.isEmpty())
        return;
    m_answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_waiting += piece.size();
    m_pieces.push_back(std::move(piece));
    m_changed.notify_one();
}

void HttpTransfer::finish()
{
    QNetworkReply &reply = *m_reply;
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    const QNetworkReply::NetworkError error = reply.error();
    // Qt reports a status of 400 and more as an error too, from 201 on; below are those of connection and proxy.
    const bool brokeOff = error != QNetworkReply::NoError && error < QNetworkReply::ContentAccessDenied;
    const QByteArray rest = reply.isOpen() ? reply.readAll() : QByteArray(); // closed when it was aborted
    {
        const Lock lock(m_mutex);
        m_answer.status = status.toInt();
        m_answer.contentType = reply.header(QNetworkRequest::ContentTypeHeader).toByteArray();
        if (const QVariant length = reply.header(QNetworkRequest::ContentLengthHeader); length.isValid())
            m_answer.length = length.toULongLong();
        if (!rest.isEmpty()) {
            m_waiting += rest.size();
            m_pieces.push_back(rest);
        }
        if (!m_failure && (!status.isValid() || brokeOff))
            m_failure = HttpFailure{problemOf(error), shownUrl(reply.url()), error};
        m_done = true;
        m_changed.notify_one();
    }
    reply.deleteLater(); // its connections hold the last reference but the caller's
}

/// False: the caller wants no more.
bool HttpTransfer::hand(const QByteArray &piece, const HttpClient::Sink &sink)
{
    m_received += piece.size();
    if (m_received > m_request.maxReply) {
        stop(HttpProblem::TooLarge);
        return false;
    }
    const int status = [this] {
        const Lock lock(m_mutex);
        return m_answer.status;
    }();
    if (!isGood(status)) {
        const Lock lock(m_mutex);
        m_answer.body += piece.left(std::max<qint64>(0, kErrorBody - m_answer.body.size()));
        return true;
    }
    if (!sink(bytesOf(piece))) {
        stop(HttpProblem::Cancelled);
        return false;
    }
    return true;
}

void HttpTransfer::stop(HttpProblem why)
{
    const Lock lock(m_mutex);
    m_failure = HttpFailure{why, shownUrl(m_request.url), 0};
}

HttpResult<HttpReply> HttpTransfer::result()
{
    const Lock lock(m_mutex);
    if (m_failure)
        return tl::unexpected(*m_failure);
    // Qt does not always notice that the other side closed before the end.
    if (m_answer.length && static_cast<std::uint64_t>(m_received) != *m_answer.length)
        return tl::unexpected(HttpFailure{HttpProblem::Unreachable, shownUrl(m_request.url), 0});
    return m_answer;
}

HttpResult<HttpReply> HttpTransfer::take(const HttpClient::Sink &sink, const Progress &progress)
{
    // The transfer has its own time limit; this one is for the end of the program, when nothing answers any more.
    const auto silence = m_request.idle * 4;
    auto heard = std::chrono::steady_clock::now();
    Lock lock(m_mutex);
    for (qint64 told = -1;;) {
        m_changed.wait_for(lock, kLook, [this] { return m_done || !m_pieces.empty(); });
        std::deque<QByteArray> pieces = std::exchange(m_pieces, {});
        m_waiting = 0;
        const bool done = m_done && pieces.empty();
        const bool stalled = std::exchange(m_stalled, false);
        const qint64 sent = m_sent;
        const qint64 moved = m_received + sent;
        lock.unlock();
        if (done)
            return result();
        bool wanted = true;
        for (const QByteArray &piece : pieces)
            wanted = wanted && hand(piece, sink);
        if (wanted && progress.cancelled()) {
            stop(HttpProblem::Cancelled);
            wanted = false;
        }
        if (moved != told || !pieces.empty())
            heard = std::chrono::steady_clock::now();
        else if (std::chrono::steady_clock::now() - heard > silence) {
            stop(HttpProblem::Timeout);
            wanted = false;
        }
        if (!wanted) {
            // The network thread ends it when it comes to it; its last reference goes with the reply.
            NetworkThread::instance().run([self = shared_from_this()] {
                if (self->m_reply)
                    self->m_reply->abort();
            });
            return result();
        }
        told = moved;
        progress.report(static_cast<std::uint64_t>(m_request.body.isEmpty() ? m_received : sent), 0);
        if (stalled)
            NetworkThread::instance().run([self = shared_from_this()] { self->pump(); });
        lock.lock();
    }
}

} // namespace amana::net
