// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <memory>

namespace amana::crypto {

/// HMAC-SHA-256 (RFC 2104) of many messages under one key, which is set up once. Not thread-safe.
class HmacSha256 {
public:
    explicit HmacSha256(ByteView key);
    ~HmacSha256();
    [[nodiscard]] Digest of(ByteView message);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace amana::crypto
