// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/content/blocks.h"

#include <QSslConfiguration>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

/// Blocks from anybody over HTTP (IPFS trustless gateway specification): nothing is believed that is not hashed.
/// A request tells the gateway which ciphertext is wanted, so who is asked is the caller's choice.
namespace amana::content {

struct Gateway {
    QUrl url;                                ///< "https://gateway.example": what "/ipfs/<cid>" follows
    QByteArray authorization{};              ///< whole header; empty: none
    std::optional<QSslConfiguration> tls{};  ///< none: the system's
    std::chrono::milliseconds idle = std::chrono::seconds(15); ///< silence after which it is given up
};

/// Asks for one block at a time. IpfsNotFound (param cid; also 504), IpfsUnreachable, IpfsTimeout, IpfsUntrusted,
/// IpfsInsecure, IpfsUnauthorized, IpfsRefused, IpfsBadReply (param url), and those of get(). Thread-safe.
class GatewayBlocks final : public BlockSource {
public:
    explicit GatewayBlocks(const Gateway &gateway);
    ~GatewayBlocks() override;

    /// As get(), and can be cancelled. Progress counts bytes.
    [[nodiscard]] Result<QByteArray> get(const Cid &cid, const Progress &progress) const;
    using BlockSource::get;

    /// The archive of a whole graph (CARv1, depth first, no block twice), piece by piece as it comes: bytes to be
    /// verified by the caller. Ends with the failure that `take` ends with.
    using Take = std::function<Status(ByteView)>;
    [[nodiscard]] Status archive(const Cid &root, const Take &take, const Progress &progress = {}) const;

    /// Without user and query: what may stand in an error.
    [[nodiscard]] std::string url() const;

protected:
    [[nodiscard]] Result<QByteArray> fetch(const Cid &cid) const override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace amana::content
