// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/audit_port.h"
#include "core/ports/catalogue_port.h"
#include "core/ports/downloads_port.h"
#include "core/ports/events.h"
#include "core/ports/jobs_port.h"
#include "core/ports/library_port.h"
#include "core/ports/members_port.h"
#include "core/ports/publish_port.h"
#include "core/ports/requests_port.h"
#include "core/ports/review_port.h"
#include "core/ports/session_port.h"

namespace amana::ports {

/// All ports of one workspace. The workspace outlives the window, so references are enough.
struct Ports {
    SessionPort &session;
    LibraryPort &library;
    ReviewPort &review;
    PublishPort &publish;
    CataloguePort &catalogue;
    RequestsPort &requests;
    DownloadsPort &downloads;
    JobsPort &jobs;
    MembersPort &members;
    AuditPort &audit;
    Events &events;
};

} // namespace amana::ports
