// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/chain_words.h"

#include "app/workspace/seat.h"
#include "core/chain/purpose.h"

namespace amana::app {

chain::RequestQuery requestsNow(Seat &seat, chain::RequestQuery query)
{
    query.now = static_cast<std::uint64_t>(seat.hub().clock().now().toSecsSinceEpoch());
    return query;
}

QString eventCode(const std::string &solidityName)
{
    QString code = QString::fromStdString(solidityName);
    if (!code.isEmpty())
        code[0] = code[0].toLower();
    return code;
}

QString purposeCode(std::uint8_t bit)
{
    for (const chain::DuoTerm &term : chain::duoTerms())
        if (term.bit == bit)
            return QString::fromUtf8(term.id.data(), static_cast<qsizetype>(term.id.size()));
    return {};
}

ports::RequestState portState(chain::RequestState state)
{
    switch (state) {
    case chain::RequestState::None:
        return ports::RequestState::None;
    case chain::RequestState::Requested:
        return ports::RequestState::Requested;
    case chain::RequestState::Returned:
        return ports::RequestState::Returned;
    case chain::RequestState::Approved:
        return ports::RequestState::Approved;
    case chain::RequestState::Denied:
        return ports::RequestState::Denied;
    case chain::RequestState::Cancelled:
        return ports::RequestState::Cancelled;
    case chain::RequestState::Revoked:
        return ports::RequestState::Revoked;
    case chain::RequestState::Expired:
        return ports::RequestState::Expired;
    }
    return ports::RequestState::None;
}

QString priceText(Seat &seat, const chain::Amount &amount)
{
    if (amount.currency == chain::Currency::Credit) // only a network knows what its native currency is called
        return QString::fromStdString(chain::amountText(amount, {}));
    const auto network = chain::loadNetwork(seat.session().home(), seat.hub().network().status().name.toStdString());
    const std::string native = network ? network->currency : chain::NetworkProfile().currency;
    return QString::fromStdString(chain::amountText(amount, native));
}

QString datasetTitle(Seat &seat, std::uint64_t dataset)
{
    const auto entry = seat.index().dataset(dataset);
    if (!entry || !*entry)
        return {};
    return QString::fromStdString(seat.cards().card((*entry)->dataset.cardDigest).title);
}

Result<std::map<Address, chain::Member>> membersByAddress(const Seat &seat)
{
    AMANA_TRY(const auto entries, seat.index().members());
    std::map<Address, chain::Member> members;
    for (const chain::IndexedMember &entry : entries)
        members.emplace(entry.who, entry.member);
    return members;
}

ports::Party partyOf(Seat &seat, const std::map<Address, chain::Member> &members, const Address &who)
{
    const auto it = members.find(who);
    return seat.contacts().party(who, it == members.end() ? 0 : it->second.institution);
}

} // namespace amana::app
