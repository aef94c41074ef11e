// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/hub.h"
#include "core/ports/library_port.h"

namespace amana::app {

/// The library, import and the making of drafts, for the window.
class LibraryAdapter final : public ports::LibraryPort {
public:
    explicit LibraryAdapter(Hub &hub) : m_hub(hub) {}

    ports::Future<std::vector<ports::DocumentRow>> documents() override;
    ports::Future<std::vector<ports::QuarantineRow>> quarantined() override;
    ports::Future<std::vector<records::Field>> fields(const QString &document) override;
    ports::Future<ports::JobId> startImport(const QStringList &paths) override;
    ports::Future<ports::JobId> startSampleImport() override;
    ports::Future<ports::ImportSummary> importSummary(const ports::JobId &job) override;
    ports::Future<std::vector<ports::PolicyInfo>> policies() override;
    ports::Future<ports::JobId> startDraft(const ports::NewDraft &spec) override;

private:
    Hub &m_hub;
};

} // namespace amana::app
