// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/ipfs_http.h"

#include "core/base/utf8.h"
#include "core/net/access_tls.h"

#include <QUuid>

namespace amana::content {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxLine = 1u << 20;
constexpr std::size_t kMaxDetail = 300;

QUrl urlOf(const IpfsEndpoint &endpoint, const IpfsCall &call)
{
    QUrl url(QString::fromStdString(endpoint.url));
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    url.setPath(path + QString::fromStdString(call.path), QUrl::StrictMode);
    QByteArray query;
    for (const auto &[name, value] : call.query)
        query += (query.isEmpty() ? "" : "&") + QByteArray::fromStdString(name) + '='
                 + QByteArray::fromStdString(value).toPercentEncoding();
    if (!query.isEmpty())
        url.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
    return url;
}

/// Kubo: {"Message"}; IPFS Cluster: {"message"}; Pinning Service API: {"error": {"reason", "details"}}.
std::string detailOf(const QByteArray &body)
{
    const json text = json::parse(body.begin(), body.end(), nullptr, false);
    if (!text.is_object())
        return {};
    for (const char *name : {"Message", "message"})
        if (const std::string detail = textAt(text, name); !detail.empty())
            return detail;
    const auto error = text.find("error");
    if (error == text.end() || !error->is_object())
        return {};
    const std::string details = textAt(*error, "details");
    return textAt(*error, "reason") + (details.empty() ? "" : ": " + details);
}

/// Cuts a stream into lines of JSON.
class LineCutter {
public:
    explicit LineCutter(const IpfsHttp::OnLine &onLine) : m_onLine(onLine) {}

    Status take(ByteView piece)
    {
        for (const std::uint8_t byte : piece) {
            if (byte == '\n')
                AMANA_CHECK(line());
            else if (m_line.size() >= kMaxLine)
                return fail(ErrorCode::IpfsBadReply, {{"what", "line"}});
            else
                m_line.push_back(static_cast<char>(byte));
        }
        return {};
    }
    /// What is left: a last line need not end.
    Status line()
    {
        const std::string text = std::exchange(m_line, {});
        if (text.find_first_not_of(" \t\r") == std::string::npos)
            return {};
        const json value = json::parse(text, nullptr, false);
        if (!value.is_object())
            return fail(ErrorCode::IpfsBadReply, {{"what", "JSON"}});
        return m_onLine(value);
    }

private:
    const IpfsHttp::OnLine &m_onLine;
    std::string m_line;
};

} // namespace

tl::unexpected<Error> ipfsFailure(const net::HttpFailure &failure)
{
    const auto coded = [&failure](ErrorCode code) { return fail(code, {{"url", failure.url}}); };
    switch (failure.problem) {
    case net::HttpProblem::Insecure: return coded(ErrorCode::IpfsInsecure);
    case net::HttpProblem::Timeout: return coded(ErrorCode::IpfsTimeout);
    case net::HttpProblem::Untrusted: return coded(ErrorCode::IpfsUntrusted);
    case net::HttpProblem::TooLarge: return fail(ErrorCode::IpfsBadReply, {{"url", failure.url}, {"what", "size"}});
    case net::HttpProblem::Cancelled: return fail(ErrorCode::Cancelled);
    case net::HttpProblem::Unreachable: break;
    }
    return coded(ErrorCode::IpfsUnreachable);
}

tl::unexpected<Error> IpfsHttp::badReply(const std::string &what) const
{
    return fail(ErrorCode::IpfsBadReply, {{"url", net::shownUrl(QUrl(QString::fromStdString(m_endpoint.url)))}, {"what", what}});
}

Result<std::shared_ptr<net::HttpClient>> IpfsHttp::client() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_client) {
        AMANA_TRY(auto tls, net::tlsOf(m_endpoint.access, m_endpoint.secrets, ErrorCode::IpfsUntrusted));
        m_client = std::make_shared<net::HttpClient>(std::move(tls));
    }
    return m_client;
}

Result<QByteArray> IpfsHttp::authorization() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_authorization)
        m_authorization = net::authorizationOf(m_endpoint.access, m_endpoint.secrets);
    if (!m_authorization)
        return fail(ErrorCode::IpfsUnauthorized, {{"url", net::shownUrl(QUrl(QString::fromStdString(m_endpoint.url)))}});
    return *m_authorization;
}

Result<net::HttpRequest> IpfsHttp::requestOf(const IpfsCall &call) const
{
    net::HttpRequest request{.url = urlOf(m_endpoint, call),
                             .method = call.method,
                             .body = call.body,
                             .contentType = call.contentType,
                             .idle = call.idle,
                             .maxReply = call.maxReply};
    if (!net::isSecure(request.url)) // before any secret is read
        return fail(ErrorCode::IpfsInsecure, {{"url", net::shownUrl(request.url)}});
    AMANA_TRY(request.authorization, authorization());
    return request;
}

Status IpfsHttp::check(const net::HttpReply &reply) const
{
    if (reply.status / 100 == 2)
        return {};
    const std::string url = net::shownUrl(QUrl(QString::fromStdString(m_endpoint.url)));
    const std::string status = std::to_string(reply.status);
    if (reply.status == 401 || reply.status == 403) {
        const std::lock_guard lock(m_mutex);
        m_authorization.reset();
        return fail(ErrorCode::IpfsUnauthorized, {{"url", url}, {"status", status}});
    }
    if (const std::string detail = detailOf(reply.body); !detail.empty())
        return fail(ErrorCode::IpfsRefused, {{"url", url}, {"status", status}, {"detail", shortened(detail)}});
    return badReply("HTTP " + status);
}

Result<net::HttpReply> IpfsHttp::send(const IpfsCall &call, const Progress &progress) const
{
    AMANA_TRY(const net::HttpRequest request, requestOf(call));
    AMANA_TRY(const auto http, client());
    auto reply = http->send(request, progress);
    if (!reply)
        return ipfsFailure(reply.error());
    AMANA_CHECK(check(*reply));
    return std::move(*reply);
}

Result<json> IpfsHttp::json(const IpfsCall &call, const Progress &progress) const
{
    AMANA_TRY(const net::HttpReply reply, send(call, progress));
    if (reply.body.trimmed().isEmpty())
        return nlohmann::json();
    auto value = nlohmann::json::parse(reply.body.begin(), reply.body.end(), nullptr, false);
    if (value.is_discarded())
        return badReply("JSON");
    return value;
}

Status IpfsHttp::lines(const IpfsCall &call, const OnLine &onLine, const Progress &progress) const
{
    AMANA_TRY(const net::HttpRequest request, requestOf(call));
    AMANA_TRY(const auto http, client());
    LineCutter cutter(onLine);
    Status seen;
    const auto reply = http->receive(
        request,
        [&](ByteView piece) {
            seen = cutter.take(piece);
            return seen.has_value();
        },
        progress);
    if (seen && reply && reply->status / 100 == 2)
        seen = cutter.line();
    if (!seen)
        return seen.error().code == ErrorCode::IpfsBadReply ? Status(badReply(seen.error().param("what"))) : seen;
    if (!reply)
        return ipfsFailure(reply.error());
    return check(*reply);
}

Multipart multipartOf(const QByteArray &file)
{
    const QByteArray boundary = "amana" + QUuid::createUuid().toRfc4122().toHex();
    const QByteArray head = "--" + boundary
                            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.car\"\r\n"
                              "Content-Type: application/octet-stream\r\n\r\n";
    const QByteArray tail = "\r\n--" + boundary + "--\r\n";
    QByteArray body;
    body.reserve(head.size() + file.size() + tail.size());
    return {body.append(head).append(file).append(tail), "multipart/form-data; boundary=" + boundary};
}

std::string textAt(const json &object, const char *name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::uint64_t> numberAt(const json &object, const char *name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found != object.end() && found->is_number_unsigned() ? std::optional(found->get<std::uint64_t>()) : std::nullopt;
}

std::vector<std::string> textsAt(const json &object, const char *name)
{
    std::vector<std::string> texts;
    const auto found = object.is_object() ? object.find(name) : object.end();
    if (found != object.end() && found->is_array())
        for (const json &entry : *found)
            if (entry.is_string())
                texts.push_back(entry.get<std::string>());
    return texts;
}

std::string shortened(const std::string &text)
{
    std::string line = text.substr(0, kMaxDetail);
    for (char &c : line)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
            c = ' ';
    while (!line.empty() && !isValidUtf8(line)) // a character was cut
        line.pop_back();
    return line;
}

} // namespace amana::content
