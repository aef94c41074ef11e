// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/workspace.h"

#include "app/workspace/audit_adapter.h"
#include "app/workspace/catalogue_adapter.h"
#include "app/workspace/downloads_adapter.h"
#include "app/workspace/hub.h"
#include "app/workspace/jobs_adapter.h"
#include "app/workspace/library_adapter.h"
#include "app/workspace/members_adapter.h"
#include "app/workspace/paths.h"
#include "app/workspace/publish_adapter.h"
#include "app/workspace/requests_adapter.h"
#include "app/workspace/review_adapter.h"
#include "app/workspace/session_adapter.h"
#include "core/base/files.h"

#include <QDir>

namespace amana::app {

struct Workspace::Parts {
    Parts(WorkspaceOptions options, const Clock &clock) : hub(std::move(options), clock) {}
    ~Parts() { hub.shutDown(); } // before the adapters go: work that runs may hold them

    Hub hub;
    SessionAdapter session{hub};
    LibraryAdapter library{hub};
    ReviewAdapter review{hub};
    PublishAdapter publish{hub};
    CatalogueAdapter catalogue{hub};
    RequestsAdapter requests{hub};
    DownloadsAdapter downloads{hub};
    JobsAdapter jobs{hub};
    MembersAdapter members{hub};
    AuditAdapter audit{hub};
};

Workspace::Workspace(std::unique_ptr<Parts> parts) : m(std::move(parts)) {}
Workspace::~Workspace() = default;

Result<std::unique_ptr<Workspace>> Workspace::open(WorkspaceOptions options)
{
    static const SystemClock clock;
    return open(std::move(options), clock);
}

Result<std::unique_ptr<Workspace>> Workspace::open(WorkspaceOptions options, const Clock &clock)
{
    options.home = options.home.isEmpty() ? defaultHome() : QDir(options.home).absolutePath();
    AMANA_CHECK(makeFolder(options.home));
    std::unique_ptr<Workspace> workspace(new Workspace(std::make_unique<Parts>(std::move(options), clock)));
    workspace->m->session.openFirst();
    return workspace;
}

ports::Ports Workspace::ports()
{
    return {m->session,   m->library, m->review,  m->publish, m->catalogue,   m->requests,
            m->downloads, m->jobs,    m->members, m->audit,   m->hub.events()};
}

} // namespace amana::app
