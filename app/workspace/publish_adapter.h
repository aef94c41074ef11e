// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/hub.h"
#include "core/ports/publish_port.h"

namespace amana::app {

/// The consequences page and the publish job, for the window.
class PublishAdapter final : public ports::PublishPort {
public:
    explicit PublishAdapter(Hub &hub) : m_hub(hub) {}

    ports::Future<std::vector<ports::CustodianChoice>> custodianChoices() override;
    [[nodiscard]] QStringList purposes() const override;
    ports::Future<ports::PublishPreview> preview(const ports::PublishSpec &spec) override;
    ports::Future<ports::JobId> start(const ports::PublishSpec &spec) override;
    ports::Future<std::vector<ports::PublishedRow>> published() override;
    ports::Future<ports::JobId> keep(const QString &dataset) override;

private:
    Hub &m_hub;
};

} // namespace amana::app
