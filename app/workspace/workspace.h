// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/workspace_options.h"
#include "core/base/clock.h"
#include "core/ports/ports.h"

#include <memory>

namespace amana::app {

/// Everything behind the window: the ports over one home folder. Make it and let it go on the GUI thread, after
/// the window; letting go ends all work, with running jobs kept in the journal for the next start.
class Workspace {
public:
    /// Quick: no network, no model, no node, no unlocking. The profile of the options, or the only one there
    /// is, is opened on another thread, and Events::sessionChanged tells when it is. No profile is no error.
    /// FileUnwritable (home).
    [[nodiscard]] static Result<std::unique_ptr<Workspace>> open(WorkspaceOptions options);
    /// With a clock that the caller keeps; for tests.
    [[nodiscard]] static Result<std::unique_ptr<Workspace>> open(WorkspaceOptions options, const Clock &clock);
    ~Workspace();

    [[nodiscard]] ports::Ports ports();

private:
    struct Parts;
    explicit Workspace(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m;
};

} // namespace amana::app
