// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/typed_messages.h"

#include "core/chain/eip712.h"

namespace amana::chain {

Digest ApproveMessage::structHash() const
{
    return StructHash("Approve(uint64 request,uint32 revision,uint16 keyVersion,uint32 withdrawals,"
                      "uint16 generation,bytes32 capsuleDigest,uint256 deadline)")
        .number(request)
        .number(revision)
        .number(keyVersion)
        .number(withdrawals)
        .number(generation)
        .word(capsuleDigest)
        .number(deadline)
        .hash();
}

Digest ReturnMessage::structHash() const
{
    return StructHash("Return(uint64 request,uint32 revision,bytes32 commentDigest,uint256 deadline)")
        .number(request)
        .number(revision)
        .word(commentDigest)
        .number(deadline)
        .hash();
}

Digest DenyMessage::structHash() const
{
    return StructHash("Deny(uint64 request,uint32 revision,bytes32 reasonDigest,uint256 deadline)")
        .number(request)
        .number(revision)
        .word(reasonDigest)
        .number(deadline)
        .hash();
}

Digest RevokeMessage::structHash() const
{
    return StructHash("Revoke(uint64 request,uint256 deadline)")
        .number(request)
        .number(deadline)
        .hash();
}

Digest RevokeAllMessage::structHash() const
{
    return StructHash("RevokeAll(uint64 dataset,uint16 generation,uint256 deadline)")
        .number(dataset)
        .number(generation)
        .number(deadline)
        .hash();
}

Digest AcceptCustodyMessage::structHash() const
{
    return StructHash("AcceptCustody(uint64 dataset,address from,uint64 offer,bytes32 ownersCapsuleDigest,"
                      "uint256 deadline)")
        .number(dataset)
        .address(from)
        .number(offer)
        .word(ownersCapsuleDigest)
        .number(deadline)
        .hash();
}

Digest WithdrawSubjectMessage::structHash() const
{
    return StructHash("WithdrawSubject(uint64 dataset,uint32 index,uint256 deadline)")
        .number(dataset)
        .number(index)
        .number(deadline)
        .hash();
}

} // namespace amana::chain
