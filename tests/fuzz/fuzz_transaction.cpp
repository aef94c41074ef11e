// SPDX-License-Identifier: GPL-3.0-or-later
// Signed transactions, and RLP below them.
#include "core/chain/rlp.h"
#include "core/chain/transaction.h"
#include "core/crypto/keccak.h"

#include <cstdlib>

using namespace amana;
using namespace amana::chain;

static void require(bool held)
{
    if (!held)
        std::abort();
}

/// One encoding a value: what was read is written as it was.
static void checkRlp(const RlpItem &item, ByteView whole, int depth)
{
    if (!item.isList) {
        require(rlpBytes(item.payload) == toByteArray(whole));
        if (const auto number = rlpToNumber(item))
            require(rlpNumber(*number) == toByteArray(whole));
        return;
    }
    const auto items = rlpItems(item);
    if (!items || depth > 16)
        return;
    std::size_t end = 0;
    std::vector<QByteArray> encoded;
    for (const RlpItem &part : *items) {
        const auto begin = end;
        end = static_cast<std::size_t>(part.payload.data() - item.payload.data()) + part.payload.size();
        const ByteView bytes = item.payload.subspan(begin, end - begin);
        checkRlp(part, bytes, depth + 1);
        encoded.push_back(toByteArray(bytes));
    }
    require(rlpList(encoded) == toByteArray(whole));
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(data, size);
    if (const auto item = rlpDecode(bytes))
        checkRlp(*item, bytes, 0);
    if (const auto decoded = decodeTransaction(bytes)) {
        require(decoded->hash == crypto::keccak256(bytes));
        const auto signer = crypto::recoverSigner(signingDigest(decoded->transaction), decoded->signature);
        require(signer && *signer == decoded->sender);
    }
    return 0;
}
