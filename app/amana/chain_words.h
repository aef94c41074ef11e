// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/cli.h"
#include "app/workspace/contacts.h"
#include "core/chain/amount.h"
#include "core/chain/event_index.h"

#include <nlohmann/json_fwd.hpp>

/// What the chain says, as the command line prints it.
namespace amana::cli {

/// "uploader,researcher" ⇄ bits: uploader patient researcher admin breakglass auditor. UsageInvalid
/// (unknownRole).
[[nodiscard]] Result<std::uint32_t> rolesFromText(const Arguments &arguments, const QString &text);
[[nodiscard]] std::vector<std::string> roleNames(std::uint32_t roles);

/// {"address", "name"}: the name as this profile knows it, or empty.
[[nodiscard]] nlohmann::json partyToJson(const app::Contacts &contacts, const Address &who);
/// The name, else the address shortened.
[[nodiscard]] QString partyText(const app::Contacts &contacts, const Address &who);

/// {"amount": "5", "currency": "AMC", "text": "5 AMC"}.
[[nodiscard]] nlohmann::json amountToJson(const chain::Amount &amount, const std::string &native);

/// {"transaction","block","gas"} of something that was sent.
[[nodiscard]] nlohmann::json receiptToJson(const chain::Receipt &receipt);

/// {"bit","id","code"} list of a mask, and "GRU, CC".
[[nodiscard]] nlohmann::json purposesToJson(std::uint64_t mask);
[[nodiscard]] QString purposesText(std::uint64_t mask);
/// "DUO:0000006" of the bit that a request names.
[[nodiscard]] std::string purposeOf(std::uint8_t bit);

} // namespace amana::cli
