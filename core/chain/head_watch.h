// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/access.h"

#include <chrono>
#include <memory>
#include <string>

namespace amana::chain {

/// Learns of new blocks from a node's WebSocket (eth_subscribe newHeads), to ask sooner than the next poll
/// would. Only a wake-up: what it is told is not believed, and nothing depends on its being told. It
/// connects by itself, and again after 1 s to 30 s whenever the connection is lost. Thread-safe. Internal to
/// core/chain.
class HeadWatch {
public:
    /// Never connects to another machine without TLS.
    HeadWatch(const std::string &url, const net::Access &access, const net::ReadSecret &secrets);
    ~HeadWatch();
    HeadWatch(const HeadWatch &) = delete;
    HeadWatch &operator=(const HeadWatch &) = delete;

    /// Until a block is announced, at most `patience`; whether one was, also since the last wait of anybody.
    bool wait(std::chrono::milliseconds patience);
    [[nodiscard]] bool isListening() const;

private:
    class Listener;
    std::unique_ptr<Listener> m_listener;
};

} // namespace amana::chain
