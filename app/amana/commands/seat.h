// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/cli.h"
#include "app/workspace/session.h"
#include "core/chain/network.h"

#include <memory>

namespace amana::cli {

/// The profile, on its network: what every command about others begins with.
struct Seat {
    std::unique_ptr<app::Session> session;
    sharing::Actor *actor = nullptr;
};
[[nodiscard]] Result<Seat> sit(const Context &context);

/// What was done for a request, and by which transaction.
void printReceipt(const Output &out, const QString &done, std::uint64_t request, const chain::Receipt &receipt);

/// The first argument: a registry number, or a CID. ContractUnknownDataset.
[[nodiscard]] Result<std::uint64_t> datasetNumber(const Arguments &arguments, const chain::Chain &chain);

/// `amana requests`: in a file of its own.
[[nodiscard]] Status listRequests(Context &context, const QStringList &list);

} // namespace amana::cli
