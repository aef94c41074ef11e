// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/contract_call.h"

#include "core/chain/events.h"

#include <algorithm>

namespace amana::chain {

namespace {

constexpr std::uint64_t kMaxTime = (std::uint64_t(1) << 40) - 1;

} // namespace

std::string nameOf(std::string_view signature)
{
    return std::string(signature.substr(0, signature.find('(')));
}

Call contractCall(const binding::Function &function, const Address &to, const AbiList &arguments)
{
    auto data = abiCall(function.signature, arguments);
    // An argument that does not fit leaves a call without arguments, which the contract refuses.
    return {to, data ? std::move(*data) : abiSelector(function.signature), nameOf(function.signature), {}};
}

Result<AbiList> contractView(const Chain &chain, const binding::Function &function, const Address &to,
                             const AbiList &arguments)
{
    AMANA_TRY(const QByteArray reply, chain.view(contractCall(function, to, arguments)));
    AMANA_TRY(const AbiType type, AbiType::parse(function.returns));
    AMANA_TRY(AbiValue values, abiDecode(type, bytesOf(reply)));
    return std::get<AbiList>(std::move(values));
}

AbiValue time40(std::uint64_t seconds)
{
    return std::min(seconds, kMaxTime);
}

AbiValue abiSigned(const Signed &by)
{
    return AbiList{by.signer, by.deadline, by.signature};
}

std::uint64_t abiNumber(const AbiValue &value)
{
    return *std::get<Uint256>(value).toUint64();
}

Digest abiDigest(const AbiValue &value)
{
    return digestOf(std::get<QByteArray>(value));
}

AbiList abiList(const std::vector<Address> &addresses)
{
    return AbiList(addresses.begin(), addresses.end());
}

Result<std::uint64_t> numberInEvent(const Receipt &receipt, const binding::Event &event, std::size_t index)
{
    for (const Log &log : receipt.logs) {
        // The receipt is of a call to a checked contract: only which event it is matters here.
        AMANA_TRY(const auto decoded, decodeAs(log, event));
        if (decoded)
            return decoded->number(index);
    }
    return fail(ErrorCode::ChainBadReply, {{"what", nameOf(event.signature)}});
}

} // namespace amana::chain
