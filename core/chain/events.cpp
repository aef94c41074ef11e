// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/events.h"

#include "core/chain/contract_call.h"

#include <algorithm>
#include <map>

namespace amana::chain {

namespace {

struct EventShape {
    const binding::Event *event;
    AbiType indexed;
    AbiType data;
};

/// By first topic; two contracts may have an event of one signature (OpenZeppelin's).
const std::multimap<Digest, EventShape> &shapes()
{
    static const std::multimap<Digest, EventShape> all = [] {
        std::multimap<Digest, EventShape> map;
        for (const binding::Event &event : binding::kEvents) {
            auto indexed = AbiType::parse(event.indexed);
            auto data = AbiType::parse(event.data);
            const auto topic = digestFromHex(event.topic);
            if (!indexed || !data || !topic)
                qFatal("the contract binding is damaged");
            map.emplace(*topic, EventShape{&event, std::move(*indexed), std::move(*data)});
        }
        return map;
    }();
    return all;
}

std::optional<Address> addressOf(std::string_view contract, const ContractAddresses &contracts)
{
    for (const auto &[name, address] :
         {std::pair{"IdentityRegistry", contracts.identity}, std::pair{"DatasetRegistry", contracts.datasets},
          std::pair{"AccessGrants", contracts.access}, std::pair{"Market", contracts.market},
          std::pair{"ConsortiumCredit", contracts.credit}})
        if (contract == name)
            return address;
    return std::nullopt;
}

/// The first shape of the log's topic that fits `fits`.
template <class Fits>
const EventShape *shapeOf(const Log &log, const Fits &fits)
{
    if (log.topics.empty())
        return nullptr;
    const auto [begin, end] = shapes().equal_range(log.topics.front());
    const auto found = std::find_if(begin, end, [&](const auto &entry) { return fits(*entry.second.event); });
    return found == end ? nullptr : &found->second;
}

Result<std::optional<DecodedEvent>> decode(const Log &log, const EventShape *shape)
{
    if (shape == nullptr)
        return std::optional<DecodedEvent>();
    const auto &[event, indexed, data] = *shape;
    if (log.topics.size() != indexed.parts.size() + 1)
        return fail(ErrorCode::ChainAbiMalformed, {{"what", "topics"}});
    QByteArray topics; // all our indexed arguments are one word each
    for (std::size_t i = 1; i < log.topics.size(); ++i)
        topics += toByteArray(log.topics[i]);
    AMANA_TRY(AbiValue first, abiDecode(indexed, bytesOf(topics)));
    AMANA_TRY(AbiValue rest, abiDecode(data, bytesOf(log.data)));
    DecodedEvent decoded;
    decoded.name = nameOf(event->signature);
    decoded.arguments = std::get<AbiList>(std::move(first));
    for (AbiValue &value : std::get<AbiList>(rest))
        decoded.arguments.push_back(std::move(value));
    return std::optional(std::move(decoded));
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
    return decode(log, shapeOf(log, [&](const binding::Event &event) {
                      return log.address == addressOf(event.contract, contracts);
                  }));
}

Result<std::optional<DecodedEvent>> decodeAs(const Log &log, const binding::Event &wanted)
{
    return decode(log, shapeOf(log, [&](const binding::Event &event) {
                      return event.contract == wanted.contract && event.signature == wanted.signature;
                  }));
}

} // namespace amana::chain
