// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/access.h"

namespace amana::content {

/// A program of others that keeps blocks, and how it knows us. Without TLS only on this machine.
struct IpfsEndpoint {
    std::string url; ///< up to where its own paths begin: "http://127.0.0.1:5001", "https://pin.example/api"
    net::Access access{};
    net::ReadSecret secrets{};
};

} // namespace amana::content
