// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/storage.h"
#include "app/amana/shown.h"
#include "core/crypto/secp256k1.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

using nlohmann::json;

namespace {

json receiptToJson(const replication::Receipt &receipt)
{
    json object{{"storage", receipt.place},
                {"kept", receipt.kept},
                {"wanted", receipt.wanted},
                {"asked", timeOf(static_cast<std::uint64_t>(receipt.asked))},
                {"checked", timeOf(static_cast<std::uint64_t>(receipt.checked))}};
    if (!receipt.id.empty())
        object["id"] = receipt.id;
    if (!receipt.problem.empty())
        object["problem"] = receipt.problem;
    if (!receipt.detail.empty())
        object["detail"] = receipt.detail;
    return object;
}

} // namespace

json placeToJson(const replication::Place &place)
{
    json object{{"name", place.name}, {"kind", replication::placeKindName(place.kind)}};
    if (!place.url.empty())
        object["url"] = place.url;
    if (place.kind == replication::PlaceKind::Cluster)
        object["copies"] = place.copies;
    if (place.kind == replication::PlaceKind::GuardedGateway)
        object["key"] = crypto::checksumAddress(place.key);
    if (place.kind == replication::PlaceKind::OwnNode)
        object.update({{"privateSwarm", !place.swarmKey.empty()}, {"swarmPort", place.swarmPort}, {"peers", place.peers}});
    return object;
}

json recordToJson(const replication::Record &record)
{
    json kept = json::array();
    for (const replication::Receipt &receipt : record.receipts)
        kept.push_back(receiptToJson(receipt));
    return {{"name", record.name},
            {"cid", record.root.text()},
            {"foundBy", record.foundBy},
            {"foundAt", timeOf(static_cast<std::uint64_t>(record.foundAt))},
            {"kept", kept}};
}

void printTruths(const Output &out, const replication::Record &record, bool hasKeepers)
{
    out.json({{"stored", recordToJson(record)}});
    out.line(QStringLiteral("Stored       on this computer"));
    if (!hasKeepers)
        return out.line(QStringLiteral("Kept         nowhere else: no other storage is set up (amana storage add)"));
    out.line(record.foundBy.empty()
                 ? QStringLiteral("Found        not by another computer yet; minutes are normal (amana storage status)")
                 : QStringLiteral("Found        by %1, %2")
                       .arg(toQ(record.foundBy), toQ(timeOf(static_cast<std::uint64_t>(record.foundAt)))));
    for (const replication::Receipt &receipt : record.receipts)
        out.line(QStringLiteral("Kept         by %1: %2 of %3 copies%4")
                     .arg(toQ(receipt.place))
                     .arg(receipt.kept)
                     .arg(receipt.wanted)
                     .arg(receipt.problem.empty() ? QString() : QStringLiteral(" (%1)").arg(toQ(receipt.problem))));
}

} // namespace amana::cli
