// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/gateway_message.h"

#include "core/chain/eip712.h"

namespace amana::chain {

namespace {

Digest hashOf(const GatewayMessage &message, const std::string &type)
{
    return StructHash(type
                      + "(string gateway,address key,uint64 request,string cid,address client,bytes32 nonce,"
                        "uint64 issued,uint64 expires)")
        .text(message.gateway)
        .address(message.key)
        .number(message.request)
        .text(message.cid)
        .address(message.client)
        .word(message.nonce)
        .number(message.issued)
        .number(message.expires)
        .hash();
}

} // namespace

Digest GatewayMessage::challengeHash() const
{
    return hashOf(*this, "GatewayChallenge");
}

Digest GatewayMessage::proofHash() const
{
    return hashOf(*this, "GatewayProof");
}

} // namespace amana::chain
