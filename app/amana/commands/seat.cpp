// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/seat.h"

#include "app/amana/chain_words.h"
#include "app/amana/shown.h"
#include "core/chain/contracts.h"
#include "core/content/cid.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

Result<Seat> sit(const Context &context)
{
    AMANA_TRY(auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    return Seat{std::move(session), actor};
}

void printReceipt(const Output &out, const QString &done, std::uint64_t request, const chain::Receipt &receipt)
{
    out.json({{"request", request}});
    out.json(receiptToJson(receipt));
    out.line(done);
    out.line(QStringLiteral("Transaction  %1").arg(toQ(hexOf(receipt.txHash))));
}

Result<std::uint64_t> datasetNumber(const Arguments &arguments, const chain::Chain &chain)
{
    const auto cid = content::Cid::parse(arguments.positional(0).toStdString());
    if (!cid)
        return arguments.positionalNumber(0);
    AMANA_TRY(const std::uint64_t id, chain::DatasetRegistry(chain).byCid(cid->digest));
    if (id == 0)
        return fail(ErrorCode::ContractUnknownDataset, {{"id", cid->text()}});
    return id;
}

} // namespace amana::cli
