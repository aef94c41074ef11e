// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/rpc_codec.h"

namespace amana::chain {

namespace {

using nlohmann::json;

tl::unexpected<Error> bad(const char *what)
{
    return fail(ErrorCode::ChainBadReply, {{"what", what}});
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

json asObject(const RpcRequest &request, std::size_t id)
{
    return {{"jsonrpc", "2.0"}, {"id", id}, {"method", request.method}, {"params", request.params}};
}

Result<RpcAnswer> readAnswer(json &reply)
{
    if (const auto found = reply.find("error"); found != reply.end() && !found->is_null())
        return RpcAnswer{{}, readError(*found)};
    const auto found = reply.find("result");
    if (found == reply.end())
        return bad("shape");
    return RpcAnswer{std::move(*found), {}};
}

/// Only an error may come without an id: JSON-RPC 2.0, section 5.
bool isErrorWithoutId(const json &reply)
{
    const auto id = reply.find("id");
    const auto error = reply.find("error");
    return (id == reply.end() || id->is_null()) && error != reply.end() && !error->is_null();
}

/// The place of the request that this answers, 0 … count-1.
std::optional<std::size_t> placeOf(const json &reply, std::size_t count)
{
    const auto id = reply.is_object() ? reply.find("id") : reply.end();
    if (!reply.is_object() || id == reply.end() || !id->is_number_unsigned())
        return std::nullopt;
    const auto number = id->get<std::uint64_t>();
    return number >= 1 && number <= count ? std::optional<std::size_t>(number - 1) : std::nullopt;
}

} // namespace

QByteArray encodeRequests(const std::vector<RpcRequest> &requests)
{
    if (requests.size() == 1)
        return QByteArray::fromStdString(asObject(requests.front(), 1).dump());
    json batch = json::array();
    for (std::size_t i = 0; i < requests.size(); ++i)
        batch.push_back(asObject(requests[i], i + 1));
    return QByteArray::fromStdString(batch.dump());
}

Result<std::vector<RpcAnswer>> decodeReplies(const QByteArray &body, std::size_t count)
{
    json replies = json::parse(body.begin(), body.end(), nullptr, false);
    if (replies.is_discarded())
        return bad("json");
    if (replies.is_object() && isErrorWithoutId(replies))
        return std::vector<RpcAnswer>(count, RpcAnswer{{}, readError(replies["error"])});
    if (replies.is_object() && count == 1)
        replies = json::array({std::move(replies)});
    if (!replies.is_array() || replies.size() != count)
        return bad("shape");
    std::vector<RpcAnswer> answers(count);
    std::vector<bool> seen(count);
    for (json &reply : replies) {
        const auto place = placeOf(reply, count);
        if (!place || seen[*place])
            return bad("id");
        AMANA_TRY(answers[*place], readAnswer(reply));
        seen[*place] = true;
    }
    return answers;
}

} // namespace amana::chain
