// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/code_check.h"

#include "core/chain/json_fields.h"
#include "core/crypto/keccak.h"
#include "core/crypto/secp256k1.h"

#include <algorithm>

namespace amana::chain {

namespace {

using nlohmann::json;

constexpr char kImplementationSlot[] = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";

tl::unexpected<Error> wrongCode(const Address &address, const std::string &contract)
{
    return fail(ErrorCode::ChainWrongCode,
                {{"contract", contract}, {"address", crypto::checksumAddress(address)}});
}

} // namespace

bool codeMatches(ByteView code, const Digest &maskedHash, std::span<const ImmutableRange> immutables)
{
    std::vector<std::uint8_t> masked(code.begin(), code.end());
    for (const ImmutableRange &range : immutables) {
        if (range.start > masked.size() || range.length > masked.size() - range.start)
            return false;
        std::fill_n(masked.begin() + static_cast<std::ptrdiff_t>(range.start), range.length, 0);
    }
    return crypto::keccak256(masked) == maskedHash;
}

Result<QByteArray> codeAt(const JsonRpc &rpc, const Address &address)
{
    AMANA_TRY(const json reply, rpc.call("eth_getCode", {hexText(address), "latest"}));
    return jsonBytes(reply, "");
}

Result<Address> implementationOf(const JsonRpc &rpc, const Address &proxy)
{
    AMANA_TRY(const json reply,
              rpc.call("eth_getStorageAt", {hexText(proxy), kImplementationSlot, "latest"}));
    AMANA_TRY(const Digest word, jsonDigest(reply, ""));
    Address implementation{};
    std::copy(word.end() - 20, word.end(), implementation.begin());
    if (implementation == Address{} || std::any_of(word.begin(), word.end() - 20, [](auto b) { return b != 0; }))
        return wrongCode(proxy, "proxy");
    return implementation;
}

Result<std::string> checkImplementation(const JsonRpc &rpc, const Address &proxy,
                                        std::span<const KnownCode> known)
{
    AMANA_TRY(const Address implementation, implementationOf(rpc, proxy));
    AMANA_TRY(const QByteArray code, codeAt(rpc, implementation));
    for (const KnownCode &one : known)
        if (codeMatches(bytesOf(code), one.maskedHash, one.immutables))
            return one.name;
    return wrongCode(implementation, known.empty() ? "" : known.front().name);
}

} // namespace amana::chain
