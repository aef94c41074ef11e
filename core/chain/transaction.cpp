// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/transaction.h"

#include "core/chain/rlp.h"
#include "core/crypto/keccak.h"

#include <algorithm>

namespace amana::chain {

namespace {

constexpr char kType = 0x02;

std::vector<QByteArray> fieldsOf(const Transaction &t)
{
    return {rlpNumber(t.chainId),      rlpNumber(t.nonce),        rlpNumber(t.maxPriorityFeePerGas),
            rlpNumber(t.maxFeePerGas), rlpNumber(t.gasLimit),     t.to ? rlpBytes(*t.to) : rlpBytes({}),
            rlpNumber(t.value),        rlpBytes(bytesOf(t.data)), rlpList({})};
}

QByteArray typed(const std::vector<QByteArray> &fields)
{
    return QByteArray(1, kType) + rlpList(fields);
}

/// r and s are numbers in RLP: no leading zeros.
QByteArray rlpDigest(const Digest &digest)
{
    Uint256 number;
    number.bytes = digest;
    return rlpNumber(number);
}

} // namespace

Digest signingDigest(const Transaction &transaction)
{
    const QByteArray bytes = typed(fieldsOf(transaction));
    return crypto::keccak256(bytesOf(bytes));
}

SignedTransaction signTransaction(const Transaction &transaction, const crypto::SigningKey &key)
{
    const crypto::Signature signature = key.sign(signingDigest(transaction));
    auto fields = fieldsOf(transaction);
    fields.push_back(rlpNumber(signature.yParity));
    fields.push_back(rlpDigest(signature.r));
    fields.push_back(rlpDigest(signature.s));
    SignedTransaction result;
    result.raw = typed(fields);
    result.hash = crypto::keccak256(bytesOf(result.raw));
    return result;
}

Address createdAddress(const Address &sender, std::uint64_t nonce)
{
    const QByteArray bytes = rlpList({rlpBytes(sender), rlpNumber(nonce)});
    const Digest digest = crypto::keccak256(bytesOf(bytes));
    Address address{};
    std::copy(digest.end() - 20, digest.end(), address.begin());
    return address;
}

} // namespace amana::chain
