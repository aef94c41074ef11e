// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/database.h"
#include "core/chain/event_index.h"

/// The catalogue's full-text search in SQLite (FTS5). Internal to core/chain.
///
///   card(digest, title, keywords)   words of the cards that were seen; not of the chain, so no reorganisation takes
///                                   them away
///   search(title, keywords, facets) FTS5 over the datasets, by their number, without a copy of the text. Facets:
///                                   n<number> o<owner> i<institution> k<kind> p<purpose that is permitted>
///   wanted(dataset)                 whose card was not seen yet
/// Triggers on `dataset` and `card` keep the last two: whatever writes a dataset, or takes it back, its search row
/// follows.
namespace amana::chain {

/// Within the caller's transaction, after the table `dataset` was made anew, empty. Cards that were seen stay.
[[nodiscard]] Status makeSearchTables(Database &database);
[[nodiscard]] Status forgetCards(Database &database);

[[nodiscard]] Result<CataloguePage> searchCatalogue(Database &database, const CatalogueQuery &query);
[[nodiscard]] Status rememberCard(Database &database, const Digest &digest, const CardText &text);
[[nodiscard]] Result<std::vector<WantedCard>> wantedCards(Database &database, std::uint64_t before, int limit);

} // namespace amana::chain
