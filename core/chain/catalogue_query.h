// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/dataset_registry.h"

#include <optional>
#include <string>
#include <vector>

/// What to look for among the datasets of the event index, and what was found.
namespace amana::chain {

/// What a public card says in words. It is a function of the card's bytes, so it is kept by the card's digest.
struct CardText {
    std::string title;
    std::vector<std::string> keywords;
};

/// Where a page ended. It belongs to the query that made it.
struct CataloguePosition {
    std::optional<double> rank{}; ///< set where the list is in order of rank
    std::uint64_t dataset = 0;

    bool operator==(const CataloguePosition &) const = default;
};

/// All conditions hold together.
struct CatalogueQuery {
    /// In title and keywords: every word, whole or its beginning, and in Korean any part of one; or the number of
    /// the dataset. Case and diacritics do not count. Nothing in it is syntax. Empty: every entry.
    std::string text{};
    std::vector<Address> orOwners{};             ///< whose entries count as found by `text`
    std::vector<std::uint32_t> orInstitutions{}; ///< likewise
    std::vector<std::uint8_t> purposes{};        ///< the entry permits each, by the rule of duoPermits
    std::optional<DatasetKind> kind{};
    std::optional<Digest> cid{};          ///< sha2-256 of the root block
    bool includeWithdrawn = false;        ///< superseded ones too
    std::optional<Address> concerning{};  ///< withdrawn ones too where this member published or asked for them
    std::uint32_t limit = 50;             ///< entries on a page, at most 1,000
    std::optional<CataloguePosition> after{};
};

/// A question that finds more entries than this is answered newest first; ranking would read them all.
inline constexpr int kMaxRanked = 5000;

} // namespace amana::chain
