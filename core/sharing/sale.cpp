// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/sale.h"

#include "core/crypto/secp256k1.h"

#include <QRegularExpression>

#include <algorithm>
#include <numeric>

namespace amana::sharing {

namespace {

constexpr unsigned kWhole = 10'000;     // basis points
constexpr std::size_t kMaxPayees = 16; // contracts/src/market/Listings.sol

} // namespace

chain::Terms termsOf(const Sale &sale, const Address &seller)
{
    if (sale.payees.empty())
        return {sale.arbiter, {{seller, kWhole}}};
    return {sale.arbiter, sale.payees};
}

Status checkSale(const Actor &seller, const Sale &sale)
{
    if (sale.isFree())
        return {};
    const chain::Terms terms = termsOf(sale, seller.address());
    const auto is = [](const Address &who) { return [&who](const chain::Payee &payee) { return payee.who == who; }; };
    if (terms.arbiter == Address{} || terms.arbiter == seller.address()
        || std::any_of(terms.payees.begin(), terms.payees.end(), is(terms.arbiter)))
        return fail(ErrorCode::MoneyNoArbiter);
    auto key = newestRecipient(seller.chain, terms.arbiter);
    if (!key)
        return fail(Error(ErrorCode::MoneyNoArbiter).because(std::move(key).error()));
    const unsigned sum =
        std::accumulate(terms.payees.begin(), terms.payees.end(), 0U,
                        [](unsigned total, const chain::Payee &payee) { return total + payee.shareBps; });
    const bool nothing = std::any_of(terms.payees.begin(), terms.payees.end(), [](const chain::Payee &payee) {
        return payee.shareBps == 0 || payee.who == Address{};
    });
    if (sum != kWhole || nothing || terms.payees.size() > kMaxPayees)
        return fail(ErrorCode::ContractBadShares);
    return {};
}

Result<std::uint16_t> shareFromText(std::string_view percent)
{
    static const QRegularExpression shape(QStringLiteral("\\A([0-9]{1,3})(?:\\.([0-9]{1,2}))?%?\\z"));
    const auto match = shape.match(QString::fromUtf8(percent.data(), static_cast<qsizetype>(percent.size())));
    const unsigned share = match.captured(1).toUInt() * 100 + match.captured(2).leftJustified(2, u'0').toUInt();
    if (!match.hasMatch() || share == 0 || share > kWhole)
        return fail(ErrorCode::MoneyBadShare, {{"share", std::string(percent)}});
    return static_cast<std::uint16_t>(share);
}

} // namespace amana::sharing
