// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/rpc.h"

#include "core/chain/http.h"
#include "core/chain/revert.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace amana::chain {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxDetail = 200;

/// A node's words for a log line: printable ASCII, cut short.
std::string detailOf(const std::string &message)
{
    std::string text = message.substr(0, kMaxDetail);
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

/// Nodes put revert data in error.data as text, or in an object there (error.data.data,
/// error.data.originalError.data).
QByteArray revertData(const json &data, int depth = 0)
{
    if (data.is_string()) {
        const std::string text = data.get<std::string>();
        const auto bytes = fromHex(text);
        return text.starts_with("0x") && bytes ? *bytes : QByteArray();
    }
    if (!data.is_object() || depth > 3)
        return {};
    for (const char *key : {"data", "originalError", "result"})
        if (const auto found = data.find(key); found != data.end())
            if (QByteArray bytes = revertData(*found, depth + 1); !bytes.isEmpty())
                return bytes;
    return {};
}

RpcError readError(const json &error)
{
    RpcError result;
    if (!error.is_object())
        return result;
    if (const auto code = error.find("code"); code != error.end() && code->is_number_integer())
        result.code = code->get<std::int64_t>();
    if (const auto message = error.find("message"); message != error.end() && message->is_string())
        result.message = message->get<std::string>();
    if (const auto data = error.find("data"); data != error.end())
        result.data = revertData(*data);
    return result;
}

bool says(const std::string &message, std::string_view words)
{
    return std::search(message.begin(), message.end(), words.begin(), words.end(),
                       [](unsigned char a, unsigned char b) { return std::tolower(a) == b; })
           != message.end();
}

} // namespace

Error meaningOf(const RpcError &error, std::string_view method)
{
    if (!error.data.isEmpty())
        return decodeRevert(bytesOf(error.data));
    const Error::Params params{{"method", std::string(method)},
                               {"rpcCode", std::to_string(error.code)},
                               {"detail", detailOf(error.message)}};
    if (says(error.message, "nonce too low"))
        return Error(ErrorCode::ChainNonce, params);
    if (says(error.message, "insufficient funds"))
        return Error(ErrorCode::ChainUnderfunded, params);
    if (error.code == 3 || says(error.message, "revert"))
        return Error(ErrorCode::ChainReverted, params);
    return Error(ErrorCode::ChainRpcError, params);
}

JsonRpc::JsonRpc(std::string url, std::chrono::milliseconds timeout)
    : m_url(std::move(url)), m_timeout(timeout)
{
}

Result<json> JsonRpc::exchange(std::string_view method, const json &params,
                               std::optional<RpcError> &error) const
{
    error.reset();
    const json request{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", params}};
    AMANA_TRY(const HttpReply reply, postJson(QUrl(QString::fromStdString(m_url)),
                                              QByteArray::fromStdString(request.dump()), m_timeout));
    json answer = json::parse(reply.body.begin(), reply.body.end(), nullptr, false);
    if (answer.is_object()) {
        if (const auto found = answer.find("error"); found != answer.end() && !found->is_null()) {
            error = readError(*found);
            return json();
        }
        if (const auto found = answer.find("result"); found != answer.end())
            return std::move(*found);
    }
    return fail(
        ErrorCode::ChainBadReply,
        {{"url", m_url}, {"method", std::string(method)}, {"httpStatus", std::to_string(reply.status)}});
}

Result<json> JsonRpc::call(std::string_view method, const json &params) const
{
    std::optional<RpcError> error;
    AMANA_TRY(json result, exchange(method, params, error));
    if (error)
        return fail(meaningOf(*error, method));
    return result;
}

} // namespace amana::chain
