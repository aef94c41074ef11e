// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/hub.h"
#include "core/ports/catalogue_port.h"

namespace amana::app {

/// What the registry and the public cards say, read from the local copy: it works offline too.
class CatalogueAdapter final : public ports::CataloguePort {
public:
    explicit CatalogueAdapter(Hub &hub) : m_hub(hub) {}

    ports::Future<ports::CataloguePage> entries(const ports::CatalogueSearch &search) override;
    ports::FutureStatus refresh() override;

private:
    Hub &m_hub;
};

} // namespace amana::app
