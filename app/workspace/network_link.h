// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/contracts.h"
#include "core/ports/session_port.h"
#include "core/sharing/actor.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace amana::app {

class Hub;
class Seat;

/// Whether we are on the network, and what changed there. While online a thread asks for the newest block every
/// few seconds, and only when there is a new one are the events read. All functions may be called from any
/// thread; those that take a Seat block.
class NetworkLink {
public:
    explicit NetworkLink(Hub &hub);
    ~NetworkLink();

    [[nodiscard]] ports::NetworkStatus status() const;
    [[nodiscard]] chain::Member membership() const; ///< of the open profile, as last seen

    /// For an action: connects when needed, starting *This computer*. ChainUnreachable when the user chose to
    /// work offline.
    [[nodiscard]] Result<sharing::Actor *> connect(Seat &seat);
    /// For looking: ChainUnreachable while offline; never starts anything.
    [[nodiscard]] Result<sharing::Actor *> online(Seat &seat) const;

    /// The user's own wish, which holds until the other one.
    [[nodiscard]] ports::NetworkStatus start(Seat &seat);
    [[nodiscard]] ports::NetworkStatus stop();

    /// Reads new events and tells the window what they were about. Called after each action, and by the watch.
    [[nodiscard]] Status refresh(Seat &seat, sharing::Actor &actor);

    /// Another profile sits down: its own connection has to be made.
    void forget();
    void stopWatching();

private:
    void watch();
    void look();
    void tell(const Seat &seat, std::uint64_t after) const;
    [[nodiscard]] Status readMembership(Seat &seat, sharing::Actor &actor);
    void setState(ports::NetworkState state, std::shared_ptr<const Error> error = nullptr);
    [[nodiscard]] Result<sharing::Actor *> connected(Seat &seat, sharing::Actor *actor);

    Hub &m_hub;
    mutable std::mutex m_mutex; // guards the members up to m_thread
    std::condition_variable m_wake;
    ports::NetworkStatus m_status;
    chain::Member m_membership;
    std::weak_ptr<Seat> m_seat; // whose actor it is
    sharing::Actor *m_actor = nullptr;
    bool m_offlineByChoice = false;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace amana::app
