// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/transaction.h"

#include "core/chain/rlp.h"
#include "core/crypto/keccak.h"

#include <algorithm>

namespace amana::chain {

namespace {

constexpr std::uint64_t kProtected = 35; // EIP-155: v = 2 · chainId + 35 + yParity

QByteArray rlpAccessList(const std::vector<AccessListEntry> &list)
{
    std::vector<QByteArray> entries;
    for (const AccessListEntry &entry : list) {
        std::vector<QByteArray> slots;
        for (const Digest &slot : entry.slots)
            slots.push_back(rlpBytes(slot));
        entries.push_back(rlpList({rlpBytes(entry.address), rlpList(slots)}));
    }
    return rlpList(entries);
}

std::vector<QByteArray> fieldsOf(const Transaction &t)
{
    const bool legacy = t.type == TransactionType::Legacy;
    std::vector<QByteArray> fields;
    if (!legacy)
        fields.push_back(rlpNumber(t.chainId));
    fields.push_back(rlpNumber(t.nonce));
    if (t.type == TransactionType::DynamicFee)
        fields.push_back(rlpNumber(t.maxPriorityFeePerGas));
    fields.push_back(rlpNumber(t.maxFeePerGas));
    fields.push_back(rlpNumber(t.gasLimit));
    fields.push_back(t.to ? rlpBytes(*t.to) : rlpBytes({}));
    fields.push_back(rlpNumber(t.value));
    fields.push_back(rlpBytes(bytesOf(t.data)));
    if (!legacy)
        fields.push_back(rlpAccessList(t.accessList));
    return fields;
}

QByteArray envelope(TransactionType type, const std::vector<QByteArray> &fields)
{
    const QByteArray list = rlpList(fields);
    return type == TransactionType::Legacy ? list : QByteArray(1, static_cast<char>(type)) + list;
}

/// r and s are numbers in RLP: no leading zeros.
QByteArray rlpDigest(const Digest &digest)
{
    Uint256 number;
    number.bytes = digest;
    return rlpNumber(number);
}

tl::unexpected<Error> bad()
{
    return fail(ErrorCode::ChainBadReply, {{"what", "transaction"}});
}

template <class Array>
Result<Array> exactly(const RlpItem &item)
{
    Array array{};
    if (item.isList || item.payload.size() != array.size())
        return bad();
    std::copy(item.payload.begin(), item.payload.end(), array.begin());
    return array;
}

Result<std::uint64_t> small(const RlpItem &item)
{
    AMANA_TRY(const Uint256 number, rlpToNumber(item));
    const auto value = number.toUint64();
    if (!value)
        return bad();
    return *value;
}

Result<std::vector<AccessListEntry>> readAccessList(const RlpItem &item)
{
    AMANA_TRY(const auto entries, rlpItems(item));
    std::vector<AccessListEntry> list;
    for (const RlpItem &entry : entries) {
        AMANA_TRY(const auto pair, rlpItems(entry));
        if (pair.size() != 2)
            return bad();
        AccessListEntry read;
        AMANA_TRY(read.address, exactly<Address>(pair[0]));
        AMANA_TRY(const auto slots, rlpItems(pair[1]));
        for (const RlpItem &slot : slots) {
            AMANA_TRY(const Digest digest, exactly<Digest>(slot));
            read.slots.push_back(digest);
        }
        list.push_back(std::move(read));
    }
    return list;
}

/// The fields in their order; the signature's three numbers are left to the caller.
class FieldReader {
public:
    explicit FieldReader(const std::vector<RlpItem> &items) : m_items(items) {}

    Result<Transaction> read(TransactionType type)
    {
        Transaction t;
        t.type = type;
        if (type != TransactionType::Legacy) {
            AMANA_TRY(t.chainId, small(next()));
        }
        AMANA_TRY(t.nonce, small(next()));
        if (type == TransactionType::DynamicFee) {
            AMANA_TRY(t.maxPriorityFeePerGas, rlpToNumber(next()));
        }
        AMANA_TRY(t.maxFeePerGas, rlpToNumber(next()));
        AMANA_TRY(t.gasLimit, small(next()));
        if (const RlpItem &to = next(); to.isList || !to.payload.empty()) {
            AMANA_TRY(t.to, exactly<Address>(to));
        }
        AMANA_TRY(t.value, rlpToNumber(next()));
        const RlpItem &data = next();
        if (data.isList)
            return bad();
        t.data = toByteArray(data.payload);
        if (type != TransactionType::Legacy) {
            AMANA_TRY(t.accessList, readAccessList(next()));
        }
        return t;
    }
    const RlpItem &next() { return m_items[m_next++]; }

private:
    const std::vector<RlpItem> &m_items;
    std::size_t m_next = 0;
};

std::size_t fieldCount(TransactionType type)
{
    return fieldsOf({.type = type}).size() + 3;
}

/// yParity from the last-but-two number; of a legacy one the chain's number too.
Status readParity(const RlpItem &item, Transaction &transaction, crypto::Signature &signature)
{
    AMANA_TRY(std::uint64_t v, small(item));
    if (transaction.type == TransactionType::Legacy) {
        if (v < kProtected)
            return bad();
        transaction.chainId = (v - kProtected) / 2;
        v = (v - kProtected) % 2;
    }
    if (v > 1)
        return bad();
    signature.yParity = static_cast<std::uint8_t>(v);
    return {};
}

} // namespace

Digest signingDigest(const Transaction &transaction)
{
    auto fields = fieldsOf(transaction);
    if (transaction.type == TransactionType::Legacy)
        for (const std::uint64_t number : {transaction.chainId, std::uint64_t(0), std::uint64_t(0)})
            fields.push_back(rlpNumber(number));
    const QByteArray bytes = envelope(transaction.type, fields);
    return crypto::keccak256(bytesOf(bytes));
}

SignedTransaction signTransaction(const Transaction &transaction, const crypto::SigningKey &key)
{
    const crypto::Signature signature = key.sign(signingDigest(transaction));
    const bool legacy = transaction.type == TransactionType::Legacy;
    auto fields = fieldsOf(transaction);
    fields.push_back(rlpNumber(signature.yParity + (legacy ? 2 * transaction.chainId + kProtected : 0)));
    fields.push_back(rlpDigest(signature.r));
    fields.push_back(rlpDigest(signature.s));
    SignedTransaction result;
    result.raw = envelope(transaction.type, fields);
    result.hash = crypto::keccak256(bytesOf(result.raw));
    return result;
}

Result<DecodedTransaction> decodeTransaction(ByteView raw)
{
    auto type = TransactionType::Legacy;
    ByteView list = raw;
    if (!raw.empty() && (raw[0] == 1 || raw[0] == 2)) {
        type = static_cast<TransactionType>(raw[0]);
        list = raw.subspan(1);
    }
    AMANA_TRY(const RlpItem whole, rlpDecode(list));
    AMANA_TRY(const auto items, rlpItems(whole));
    if (items.size() != fieldCount(type))
        return bad();
    FieldReader reader(items);
    DecodedTransaction decoded;
    AMANA_TRY(decoded.transaction, reader.read(type));
    AMANA_CHECK(readParity(reader.next(), decoded.transaction, decoded.signature));
    AMANA_TRY(const Uint256 r, rlpToNumber(reader.next()));
    AMANA_TRY(const Uint256 s, rlpToNumber(reader.next()));
    decoded.signature.r = r.bytes;
    decoded.signature.s = s.bytes;
    AMANA_TRY(decoded.sender,
              crypto::recoverSigner(signingDigest(decoded.transaction), decoded.signature));
    decoded.hash = crypto::keccak256(raw);
    return decoded;
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
