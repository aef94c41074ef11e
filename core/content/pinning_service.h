// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/cid.h"
#include "core/content/ipfs_endpoint.h"

#include "core/base/progress.h"

#include <chrono>
#include <memory>

namespace amana::content {

class IpfsHttp;

enum class PinState { Queued, Pinning, Pinned, Failed };

/// What is asked for. The service fetches the blocks itself, from `origins` or from whoever it finds.
struct PinRequest {
    Cid cid;
    std::string name;                   ///< at most 255 bytes; empty: none
    std::vector<std::string> origins{}; ///< multiaddresses with /p2p/, at most 20
};

/// What the service says of a request.
struct PinReceipt {
    std::string id;
    PinState state = PinState::Queued;
    Cid cid;
    std::string name;
    std::string created;                ///< RFC 3339
    std::vector<std::string> delegates; ///< multiaddresses that fetch it: connect the origins to them
    std::string detail;                 ///< "status_details" of the service's info; may be empty
};

/// The Pinning Service API 1.0 (https://ipfs.github.io/pinning-services-api-spec/). Every call may fail as those of
/// KuboNode. Thread-safe; blocks.
class PinningService {
public:
    explicit PinningService(IpfsEndpoint endpoint);
    ~PinningService();

    [[nodiscard]] Result<PinReceipt> add(const PinRequest &request) const;
    [[nodiscard]] Result<PinReceipt> get(const std::string &id) const;
    /// Newest first, whatever their state. With a Cid only the requests for it.
    [[nodiscard]] Result<std::vector<PinReceipt>> list(const std::optional<Cid> &cid = {}) const;
    /// The new request takes the place of the old one; its id is another.
    [[nodiscard]] Result<PinReceipt> replace(const std::string &id, const PinRequest &request) const;
    /// Nothing happens when there is no such request.
    [[nodiscard]] Status remove(const std::string &id) const;

    /// Asks again and again, after 1 s and then ever more seldom, up to every 30 s. IpfsPinFailed{cid, detail} when it
    /// failed there; the last receipt, not yet pinned, when `patience` ends. One answer that does not come (IpfsTimeout,
    /// IpfsUnreachable) is no end.
    [[nodiscard]] Result<PinReceipt> awaitPinned(const std::string &id, std::chrono::seconds patience,
                                                 const Progress &progress = {}) const;

private:
    Result<PinReceipt> receiptOf(const char *method, const std::string &path, const PinRequest *request) const;
    std::unique_ptr<IpfsHttp> m_http;
};

} // namespace amana::content
