// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QFutureWatcher>
#include <QObject>

#include <memory>
#include <type_traits>
#include <utility>

namespace amana::ui {

/// Calls `ok(value)` or `failed(error)` on the thread of `context`, and neither when the context is gone. A future that
/// ends without a result counts as Cancelled. A watcher, because QFuture::then(context, …) of Qt 6.4 asserts when the
/// context is destroyed before the future ends (qfuture_impl.h, Continuation::create).
template <class T, class Ok, class Failed>
void whenDone(ports::Future<T> future, QObject *context, Ok ok, Failed failed)
{
    using Watcher = QFutureWatcher<Result<T>>;
    auto *watcher = new Watcher(context);
    QObject::connect(watcher, &Watcher::finished, context,
                     [watcher, ok = std::move(ok), failed = std::move(failed)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() == 0) {
                             failed(Error(ErrorCode::Cancelled));
                             return;
                         }
                         Result<T> result = watcher->result();
                         if (!result)
                             failed(result.error());
                         else if constexpr (std::is_void_v<T>)
                             ok();
                         else
                             ok(std::move(*result));
                     });
    watcher->setFuture(std::move(future));
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
