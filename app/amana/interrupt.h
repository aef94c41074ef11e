// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

namespace amana::cli {

/// Ctrl+C and SIGTERM ask for an end: long work stops at its next safe point and the program exits with
/// job.cancelled. A second one ends the process at once.
void watchForInterrupt();

/// What Progress looks at.
[[nodiscard]] const std::atomic<bool> &interrupted();

} // namespace amana::cli
