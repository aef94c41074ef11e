// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/ipfs_endpoint.h"
#include "core/net/http_client.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <mutex>

/// Internal to core/content: requests of IPFS nodes and services, and what their failures are called.
namespace amana::content {

using IpfsQuery = std::vector<std::pair<std::string, std::string>>;

struct IpfsCall {
    QByteArray method = "GET";
    std::string path; ///< after the endpoint's own, percent-encoded: "/api/v0/id"
    IpfsQuery query{};
    QByteArray body{};
    QByteArray contentType{};
    std::chrono::milliseconds idle = std::chrono::seconds(30);
    qint64 maxReply = qint64(16) << 20;
};

/// IpfsInsecure, IpfsUnreachable, IpfsTimeout, IpfsUntrusted, IpfsBadReply{what} (all with url), Cancelled.
[[nodiscard]] tl::unexpected<Error> ipfsFailure(const net::HttpFailure &failure);

/// An endpoint. Thread-safe; reads its secrets at first use, and again after they were refused. Every call may fail as
/// ipfsFailure; IpfsUnauthorized; IpfsRefused{url, status, detail} when the other side says why in its own JSON; for
/// another status than 2xx IpfsBadReply.
class IpfsHttp {
public:
    explicit IpfsHttp(IpfsEndpoint endpoint) : m_endpoint(std::move(endpoint)) {}

    [[nodiscard]] Result<net::HttpReply> send(const IpfsCall &call, const Progress &progress = {}) const;
    /// The one JSON value of the reply; null when it is empty.
    [[nodiscard]] Result<nlohmann::json> json(const IpfsCall &call, const Progress &progress = {}) const;
    /// Each line of the reply as it comes. A status of 2xx says nothing of the end: such streams report late errors where
    /// Qt does not look, so the caller must have seen the object that is the result.
    using OnLine = std::function<Status(const nlohmann::json &)>;
    [[nodiscard]] Status lines(const IpfsCall &call, const OnLine &onLine, const Progress &progress = {}) const;

    [[nodiscard]] tl::unexpected<Error> badReply(const std::string &what) const;

private:
    Result<std::shared_ptr<net::HttpClient>> client() const;
    Result<QByteArray> authorization() const;
    Result<net::HttpRequest> requestOf(const IpfsCall &call) const;
    Status check(const net::HttpReply &reply) const;

    const IpfsEndpoint m_endpoint;
    mutable std::mutex m_mutex;                        // guards what follows
    mutable std::shared_ptr<net::HttpClient> m_client; // shared with the calls under way
    mutable std::optional<QByteArray> m_authorization;
};

/// One file as multipart/form-data (RFC 7578), as Kubo and IPFS Cluster take them.
struct Multipart {
    QByteArray body;
    QByteArray contentType;
};
[[nodiscard]] Multipart multipartOf(const QByteArray &file);

/// "" and nothing when it is absent or of another type.
[[nodiscard]] std::string textAt(const nlohmann::json &object, const char *name);
[[nodiscard]] std::optional<std::uint64_t> numberAt(const nlohmann::json &object, const char *name);
/// The texts of a list; other entries are passed over.
[[nodiscard]] std::vector<std::string> textsAt(const nlohmann::json &object, const char *name);
/// For a text of others in an error: one line, at most 300 bytes.
[[nodiscard]] std::string shortened(const std::string &text);

} // namespace amana::content
