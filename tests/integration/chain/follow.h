// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/outbox.h"

#include <QThread>

#include <algorithm>

namespace amana::chain::test {

/// Follows every transaction that is under way to its end: how many there were.
inline Result<int> followToTheEnd(Outbox &outbox, Chain &chain)
{
    AMANA_TRY(const auto entries, outbox.entries());
    const auto underWay = std::count_if(entries.begin(), entries.end(), [](const OutboxEntry &entry) {
        return entry.state >= OutboxState::Signed && entry.state < OutboxState::Final;
    });
    for (int i = 0; i < 600; ++i) {
        AMANA_TRY(const int left, outbox.update(chain));
        if (left == 0)
            return static_cast<int>(underWay);
        QThread::msleep(50);
    }
    return fail(ErrorCode::ChainTimeout);
}

} // namespace amana::chain::test
