// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/interrupt.h"

#include <csignal>

namespace amana::cli {

namespace {

std::atomic<bool> theFlag = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

void onSignal(int)
{
    theFlag = true;
}

} // namespace

void watchForInterrupt()
{
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART); // the second signal has its usual effect
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

const std::atomic<bool> &interrupted()
{
    return theFlag;
}

} // namespace amana::cli
