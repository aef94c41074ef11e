// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/node_errors.h"

#include "core/chain/revert.h"

#include <algorithm>
#include <cctype>

namespace amana::chain {

namespace {

constexpr std::size_t kMaxDetail = 200;
constexpr std::int64_t kExecutionError = 3;     // geth, anvil
constexpr std::int64_t kUnauthorized = -40100; // Besu

/// A node's words for a log line: printable ASCII, cut short.
std::string detailOf(const std::string &message)
{
    std::string text = message.substr(0, kMaxDetail);
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

bool says(const std::string &message, std::string_view words)
{
    return std::search(message.begin(), message.end(), words.begin(), words.end(),
                       [](unsigned char a, unsigned char b) { return std::tolower(a) == b; })
           != message.end();
}

bool saysOneOf(const std::string &message, std::initializer_list<std::string_view> list)
{
    return std::any_of(list.begin(), list.end(),
                       [&message](std::string_view words) { return says(message, words); });
}

} // namespace

Admission admissionOf(const RpcError &error)
{
    // "already known": geth; "already imported": anvil; "known transaction": Besu, older geth.
    if (saysOneOf(error.message, {"already known", "already imported", "known transaction"}))
        return Admission::Accepted;
    // Besu: "Nonce too low"; a nonce that its pool has seen mined: "nonce below sender account nonce".
    if (saysOneOf(error.message, {"nonce too low", "nonce below"}))
        return Admission::NonceUsed;
    // geth, anvil: "replacement transaction underpriced"; Besu: the same words or those of its enumeration.
    if (saysOneOf(error.message, {"replacement transaction underpriced", "transaction_replacement_underpriced",
                                  "replacement underpriced"}))
        return Admission::Underpriced;
    return Admission::Refused;
}

Error meaningOf(const RpcError &error, std::string_view method)
{
    if (!error.data.isEmpty())
        return decodeRevert(bytesOf(error.data));
    const Error::Params params{{"method", std::string(method)},
                               {"rpcCode", std::to_string(error.code)},
                               {"detail", detailOf(error.message)}};
    if (admissionOf(error) == Admission::NonceUsed)
        return Error(ErrorCode::ChainNonce, params);
    // Besu: "Upfront cost exceeds account balance".
    if (saysOneOf(error.message, {"insufficient funds", "exceeds account balance"}))
        return Error(ErrorCode::ChainUnderfunded, params);
    if (error.code == kUnauthorized)
        return Error(ErrorCode::ChainUnauthorized, params);
    if (error.code == kExecutionError || says(error.message, "revert"))
        return Error(ErrorCode::ChainReverted, params);
    return Error(ErrorCode::ChainRpcError, params);
}

} // namespace amana::chain
