// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/async.h"
#include "app/workspace/network_link.h"
#include "app/workspace/workspace_options.h"
#include "core/base/clock.h"
#include "core/ports/events.h"

#include <atomic>
#include <mutex>

namespace amana::app {

class Seat;

/// What all adapters of one workspace share: the threads, the open profile, the network, the bell for changes.
class Hub {
public:
    Hub(WorkspaceOptions options, const Clock &clock);
    ~Hub();
    Hub(const Hub &) = delete;
    Hub &operator=(const Hub &) = delete;

    [[nodiscard]] const WorkspaceOptions &options() const { return m_options; }
    [[nodiscard]] std::string networkName() const { return m_options.network.toStdString(); }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] ports::Events &events() { return m_events; }
    [[nodiscard]] NetworkLink &network() { return m_network; }

    /// The open profile; null while there is none. Work that holds it keeps it alive. Shared for that reason.
    [[nodiscard]] std::shared_ptr<Seat> seat() const;
    void setSeat(std::shared_ptr<Seat> seat);

    /// Who waits for what: one thread keeps the order of what it is given.
    [[nodiscard]] TaskPool &opening() { return m_opening; } ///< profiles and the state of the network, in order
    [[nodiscard]] TaskPool &reading() { return m_reading; } ///< lists
    [[nodiscard]] TaskPool &reviewing() { return m_reviewing; } ///< decisions, in order
    [[nodiscard]] TaskPool &checking() { return m_checking; } ///< consequences of publishing: may wait for the model
    [[nodiscard]] TaskPool &acting() { return m_acting; }   ///< transactions, in order

    /// `work(Seat &)` on a pool, with the profile that is open now. ProfileUnknown when there is none.
    template <class Work>
    [[nodiscard]] auto onSeat(TaskPool &pool, Work work) -> QFuture<std::invoke_result_t<Work &, Seat &>>
    {
        using Outcome = std::invoke_result_t<Work &, Seat &>;
        return pool.run([seat = this->seat(), work = std::move(work)]() mutable -> Outcome {
            if (!seat)
                return fail(ErrorCode::ProfileUnknown, {{"profile", ""}});
            return work(*seat);
        });
    }

    /// Ends all work of the adapters; nothing runs when it returns. Jobs stay in the journal.
    void shutDown();
    [[nodiscard]] bool isShuttingDown() const { return m_shuttingDown; }

private:
    WorkspaceOptions m_options;
    const Clock &m_clock;
    ports::Events m_events;
    mutable std::mutex m_mutex; // guards m_seat
    std::shared_ptr<Seat> m_seat;
    std::atomic<bool> m_shuttingDown{false};
    NetworkLink m_network;
    TaskPool m_opening{1};
    TaskPool m_reading{2};
    TaskPool m_reviewing{1};
    TaskPool m_checking{1};
    TaskPool m_acting{1};
};

} // namespace amana::app
