// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/events.h"

#include "core/chain/binding.h"

#include <algorithm>
#include <map>

namespace amana::chain {

namespace {

struct EventShape {
    const binding::Event *event;
    AbiType indexed;
    AbiType data;
};

const std::map<Digest, EventShape> &shapes()
{
    static const std::map<Digest, EventShape> all = [] {
        std::map<Digest, EventShape> map;
        for (const binding::Event &event : binding::kEvents) {
            auto indexed = AbiType::parse(event.indexed);
            auto data = AbiType::parse(event.data);
            if (!indexed || !data)
                qFatal("the contract binding is damaged");
            map.emplace(abiTopic(event.signature), EventShape{&event, std::move(*indexed), std::move(*data)});
        }
        return map;
    }();
    return all;
}

const Address &addressOf(std::string_view contract, const ContractAddresses &contracts)
{
    if (contract == "IdentityRegistry")
        return contracts.identity;
    return contract == "DatasetRegistry" ? contracts.datasets : contracts.access;
}

} // namespace

Digest digestOf(const QByteArray &bytes32)
{
    Digest digest{};
    std::copy_n(bytes32.begin(), std::min<qsizetype>(bytes32.size(), 32), digest.begin());
    return digest;
}

Result<std::optional<DecodedEvent>> decodeEvent(const Log &log, const ContractAddresses &contracts)
{
    const auto found = log.topics.empty() ? shapes().end() : shapes().find(log.topics.front());
    if (found == shapes().end() || log.address != addressOf(found->second.event->contract, contracts))
        return std::optional<DecodedEvent>();
    const auto &[event, indexed, data] = found->second;
    if (log.topics.size() != indexed.parts.size() + 1)
        return fail(ErrorCode::ChainAbiMalformed, {{"what", "topics"}});
    QByteArray topics; // all our indexed arguments are one word each
    for (std::size_t i = 1; i < log.topics.size(); ++i)
        topics += toByteArray(log.topics[i]);
    AMANA_TRY(AbiValue first, abiDecode(indexed, bytesOf(topics)));
    AMANA_TRY(AbiValue rest, abiDecode(data, bytesOf(log.data)));
    DecodedEvent decoded;
    decoded.name = event->signature.substr(0, event->signature.find('('));
    decoded.arguments = std::get<AbiList>(std::move(first));
    for (AbiValue &value : std::get<AbiList>(rest))
        decoded.arguments.push_back(std::move(value));
    return std::optional(std::move(decoded));
}

} // namespace amana::chain
