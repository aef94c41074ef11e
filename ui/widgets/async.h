// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QFuture>
#include <QObject>

#include <memory>
#include <utility>

namespace amana::ui {

/// Calls `ok(value)` or `failed(error)` on the thread of `context`, and neither when the context is gone.
template <class T, class Ok, class Failed>
void whenDone(ports::Future<T> future, QObject *context, Ok ok, Failed failed)
{
    future.then(context, [ok = std::move(ok), failed = std::move(failed)](Result<T> result) mutable {
        if (!result) {
            failed(result.error());
        } else if constexpr (std::is_void_v<T>) {
            ok();
        } else {
            ok(std::move(*result));
        }
    });
}

/// Of several reads of the same thing, only the last one asked for may be shown.
class Latest {
public:
    /// `ok` and `failed` run only when no later call of wait() was made on this object.
    template <class T, class Ok, class Failed>
    void wait(ports::Future<T> future, QObject *context, Ok ok, Failed failed)
    {
        const auto counter = m_counter;
        const unsigned mine = ++*counter;
        whenDone<T>(
            std::move(future), context,
            [counter, mine, ok = std::move(ok)](auto &&...value) mutable {
                if (*counter == mine)
                    ok(std::forward<decltype(value)>(value)...);
            },
            [counter, mine, failed = std::move(failed)](const Error &error) mutable {
                if (*counter == mine)
                    failed(error);
            });
    }
    /// Answers still under way are dropped.
    void drop() { ++*m_counter; }

private:
    std::shared_ptr<unsigned> m_counter = std::make_shared<unsigned>(0); // shared with answers under way
};

} // namespace amana::ui
