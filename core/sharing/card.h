// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace amana::sharing {

/// One who decides on requests, with the key that messages and owner's capsules are sealed for.
struct CardCustodian {
    std::string address;   ///< EIP-55
    std::string recipient; ///< "age1…"
    bool operator==(const CardCustodian &) const = default;
};

/// The public card: the only unencrypted object of a dataset, what the catalogue shows. At most 64 KiB as JSON, so that it is
/// one raw block whose CID follows from the digest on the chain.
/// A single-patient card carries only kind, purposes, custody and custodians: the rest could point at the person.
struct Card {
    std::string kind = "dataset"; ///< "dataset" | "model"
    std::string title;
    std::vector<std::string> keywords;
    std::string records;  ///< number of documents; "<11" below 11
    std::string subjects; ///< number of patients; "<11" below 11, "1" never
    std::vector<std::string> formats;
    std::vector<std::string> purposes; ///< DUO codes
    std::string policy;
    std::string custody; ///< "patient" | "committee" | "institution"
    std::vector<CardCustodian> custodians;

    bool operator==(const Card &) const = default;
};

/// Card::policy where the publisher used a policy of their own: its name is their text, and the card is public.
inline constexpr const char *kOwnPolicy = "own";

inline constexpr qsizetype kMaxCardBytes = 64 * 1024;

/// A count as the public may see it: "<11" below 11.
[[nodiscard]] std::string publicCount(std::size_t count);

/// Sorted keys, no spaces: equal cards give equal bytes. SharingCardTooLarge.
[[nodiscard]] Result<QByteArray> cardToJson(const Card &card);
/// SharingCardInvalid (reason): what is on the network was written by somebody else.
[[nodiscard]] Result<Card> cardFromJson(const QByteArray &json);

} // namespace amana::sharing
