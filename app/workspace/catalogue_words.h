// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/contacts.h"
#include "core/chain/catalogue_query.h"

namespace amana::app {

/// What a person means who types `text` into the catalogue: a CID, an address or a part of a name of who published, or
/// words of the card and the dataset's number, which the index knows itself.
[[nodiscard]] chain::CatalogueQuery catalogueQuery(const Contacts &contacts, const QString &text);

} // namespace amana::app
