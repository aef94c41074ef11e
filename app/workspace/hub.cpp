// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/hub.h"

#include "app/workspace/seat.h"

namespace amana::app {

Hub::Hub(WorkspaceOptions options, const Clock &clock)
    : m_options(std::move(options)), m_clock(clock), m_network(*this)
{
}

Hub::~Hub()
{
    shutDown();
}

std::shared_ptr<Seat> Hub::seat() const
{
    const std::lock_guard lock(m_mutex);
    return m_seat;
}

void Hub::setSeat(std::shared_ptr<Seat> seat)
{
    std::shared_ptr<Seat> before; // declared first, so let go after the lock: its jobs are waited for
    const std::lock_guard lock(m_mutex);
    before = std::exchange(m_seat, std::move(seat));
}

void Hub::shutDown()
{
    m_shuttingDown = true;
    m_network.stopWatching();
    m_opening.shutDown();
    m_acting.shutDown();
    m_checking.shutDown();
    m_reviewing.shutDown();
    m_reading.shutDown();
    setSeat(nullptr);
}

} // namespace amana::app
