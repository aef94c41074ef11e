// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/hub.h"
#include "core/ports/downloads_port.h"

namespace amana::app {

/// Grants of this profile, and what was fetched under them.
class DownloadsAdapter final : public ports::DownloadsPort {
public:
    explicit DownloadsAdapter(Hub &hub) : m_hub(hub) {}

    ports::Future<std::vector<ports::DownloadRow>> rows() override;
    ports::Future<ports::JobId> start(const QString &request, const QString &folder) override;

private:
    Hub &m_hub;
};

} // namespace amana::app
