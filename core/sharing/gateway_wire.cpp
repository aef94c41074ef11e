// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/gateway_wire.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace amana::sharing {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxText = 300;

std::optional<json> objectOf(const QByteArray &bytes)
{
    json object = json::parse(bytes.constBegin(), bytes.constEnd(), nullptr, false);
    return object.is_object() ? std::optional(std::move(object)) : std::nullopt;
}

/// Reads members of an object; once one of them is not as it should be, `good` stays false.
struct Reader {
    const json &object;
    bool good = true;

    std::string text(const char *name)
    {
        const auto it = object.find(name);
        if (it == object.end() || !it->is_string() || it->get_ref<const std::string &>().size() > kMaxText) {
            good = false;
            return {};
        }
        return it->get<std::string>();
    }
    std::uint64_t number(const char *name)
    {
        const auto it = object.find(name);
        good = good && it != object.end() && it->is_number_unsigned();
        return good ? it->get<std::uint64_t>() : 0;
    }
    template <class T>
    T of(Result<T> parsed)
    {
        good = good && parsed.has_value();
        return good ? std::move(*parsed) : T{};
    }
    Address address(const char *name) { return of(crypto::parseAddress(text(name))); }
    Digest digest(const char *name) { return of(digestFromHex(text(name))); }
    QByteArray bytes(const char *name) { return of(fromHex(text(name))); }
};

QByteArray toBytes(const json &object)
{
    return QByteArray::fromStdString(object.dump(-1, ' ', true, json::error_handler_t::replace));
}

const std::array kOwnCodes{ErrorCode::GatewayNoProof, ErrorCode::GatewayBadProof, ErrorCode::GatewayExpired,
                           ErrorCode::GatewayNoGrant, ErrorCode::GatewayOutside,  ErrorCode::BlockMissing,
                           ErrorCode::IpfsRefused};

QByteArray percentDecoded(const QByteArray &text)
{
    return QByteArray::fromPercentEncoding(text);
}

/// Media type and its parameters, lower case: "application/vnd.ipld.car; version=1" → name and "version" → "1".
struct MediaType {
    QByteArray name;
    net::HttpFields parameters;

    explicit MediaType(const QByteArray &text)
    {
        const QList<QByteArray> parts = text.toLower().split(';');
        name = parts.value(0).trimmed();
        for (const QByteArray &part : parts.mid(1)) {
            const qsizetype equals = part.indexOf('=');
            QByteArray value = part.mid(equals + 1).trimmed();
            if (value.size() > 1 && value.startsWith('"') && value.endsWith('"'))
                value = value.mid(1, value.size() - 2);
            if (equals > 0)
                parameters.emplace_back(part.left(equals).trimmed(), value);
        }
    }
};

/// What a CAR may be asked to be; `false` for what is not made here.
bool offered(const QByteArray &name, const QByteArray &value)
{
    if (name == "version" || name == "car-version")
        return value == "1";
    if (name == "order" || name == "car-order")
        return value == "dfs" || value == "unk";
    if (name == "dups" || name == "car-dups")
        return value == "n";
    return true;
}

struct FormatChoice {
    std::optional<BlockFormat> format;
    bool offered = true;
};

FormatChoice formatOfQuery(const net::ServerRequest &request)
{
    FormatChoice choice;
    bool named = false;
    for (const auto &[name, value] : request.query)
        if (name == "format") {
            named = true;
            const QByteArray text = percentDecoded(value);
            choice.format = text == "raw" ? std::optional(BlockFormat::Raw)
                            : text == "car" ? std::optional(BlockFormat::Car) : std::nullopt;
        }
    choice.offered = !named || choice.format;
    return choice;
}

FormatChoice formatOfAccept(const net::ServerRequest &request)
{
    for (const QByteArray &text : request.header("Accept").left(2000).split(',')) {
        const MediaType type(text);
        if (type.name == "application/vnd.ipld.raw")
            return {BlockFormat::Raw, true};
        if (type.name != "application/vnd.ipld.car")
            continue;
        const bool all = std::all_of(type.parameters.begin(), type.parameters.end(),
                                     [](const auto &parameter) { return offered(parameter.first, parameter.second); });
        if (all)
            return {BlockFormat::Car, true};
    }
    return {};
}

/// False for what is asked of an archive and not made here.
bool takeCarQuery(const net::ServerRequest &request, Wanted &wanted)
{
    for (const auto &[name, encoded] : request.query) {
        const QByteArray value = percentDecoded(encoded);
        if (name.startsWith("car-") && !offered(name, value))
            return false;
        if (name == "entity-bytes" && value != "0:*")
            return false;
        if (name != "dag-scope")
            continue;
        if (value != "all" && value != "entity" && value != "block")
            return false;
        wanted.scope = value == "all" ? DagScope::All : value == "entity" ? DagScope::Entity : DagScope::Block;
    }
    return true;
}

} // namespace

QByteArray askedToJson(const GatewayGuard::Asked &asked)
{
    return toBytes({{"request", asked.request}, {"cid", asked.root.text()}, {"client", crypto::checksumAddress(asked.client)}});
}

std::optional<GatewayGuard::Asked> askedFromJson(const QByteArray &bytes)
{
    const auto object = objectOf(bytes);
    if (!object)
        return {};
    Reader read{*object};
    const GatewayGuard::Asked asked{read.number("request"), read.of(content::Cid::parse(read.text("cid"))),
                                    read.address("client")};
    return read.good ? std::optional(asked) : std::nullopt;
}

QByteArray challengeToJson(const GatewayChallenge &challenge)
{
    const chain::GatewayMessage &message = challenge.message;
    return toBytes({{"gateway", message.gateway},
                    {"key", crypto::checksumAddress(message.key)},
                    {"chainId", challenge.chainId},
                    {"contract", crypto::checksumAddress(challenge.contract)},
                    {"request", message.request},
                    {"cid", message.cid},
                    {"client", crypto::checksumAddress(message.client)},
                    {"nonce", toHex(message.nonce)},
                    {"issued", message.issued},
                    {"expires", message.expires},
                    {"signature", toHex(bytesOf(challenge.signature))}});
}

std::optional<GatewayChallenge> challengeFromJson(const QByteArray &bytes)
{
    const auto object = objectOf(bytes);
    if (!object)
        return {};
    Reader read{*object};
    const GatewayChallenge challenge{{read.text("gateway"), read.address("key"), read.number("request"), read.text("cid"),
                                      read.address("client"), read.digest("nonce"), read.number("issued"),
                                      read.number("expires")},
                                     read.number("chainId"),
                                     read.address("contract"),
                                     read.bytes("signature")};
    return read.good ? std::optional(challenge) : std::nullopt;
}

QByteArray gatewayProofToJson(const GatewayProof &proof)
{
    return toBytes({{"nonce", toHex(proof.nonce)}, {"signature", toHex(bytesOf(proof.signature))}});
}

std::optional<GatewayProof> gatewayProofFromJson(const QByteArray &bytes)
{
    const auto object = objectOf(bytes);
    if (!object)
        return {};
    Reader read{*object};
    const GatewayProof proof{read.digest("nonce"), read.bytes("signature")};
    return read.good ? std::optional(proof) : std::nullopt;
}

QByteArray tokenToJson(const GatewayGuard::Token &token)
{
    return toBytes({{"token", token.text.toStdString()}, {"expires", token.expires}});
}

std::optional<GatewayGuard::Token> tokenFromJson(const QByteArray &bytes)
{
    const auto object = objectOf(bytes);
    if (!object)
        return {};
    Reader read{*object};
    const GatewayGuard::Token token{QByteArray::fromStdString(read.text("token")), read.number("expires")};
    return read.good ? std::optional(token) : std::nullopt;
}

QByteArray errorToJson(const Error &error)
{
    json params = json::object();
    for (const char *name : {"request", "cid", "detail"})
        if (const std::string value = error.param(name); !value.empty())
            params[name] = value;
    return toBytes({{"error", {{"code", std::string(errorId(error.code))}, {"params", params}}}});
}

std::optional<Error> errorFromJson(const QByteArray &bytes)
{
    const auto object = objectOf(bytes);
    if (!object || !object->contains("error") || !(*object)["error"].is_object())
        return {};
    const json &told = (*object)["error"];
    Reader read{told};
    const std::string id = read.text("code");
    const auto code =
        std::find_if(kOwnCodes.begin(), kOwnCodes.end(), [&](ErrorCode own) { return errorId(own) == id; });
    if (!read.good || code == kOwnCodes.end())
        return {};
    return Error(*code); // its params are ours to know: words of others stay out
}

tl::expected<Wanted, NotWanted> wantedOf(const net::ServerRequest &request)
{
    const QByteArray prefix = "/ipfs/";
    if (!request.path.startsWith(prefix) || request.path.size() > qsizetype(kMaxText))
        return tl::unexpected(NotWanted{404});
    QByteArray text = request.path.mid(prefix.size());
    if (text.endsWith('/'))
        text.chop(1);
    if (text.contains('/')) // of a graph that is encrypted nobody knows paths by name that the manifest does not tell
        return tl::unexpected(NotWanted{404});
    const auto cid = content::Cid::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!cid)
        return tl::unexpected(NotWanted{400});
    FormatChoice choice = formatOfQuery(request);
    if (!choice.offered)
        return tl::unexpected(NotWanted{400});
    if (!choice.format)
        choice = formatOfAccept(request);
    if (!choice.format)
        return tl::unexpected(NotWanted{406});
    Wanted wanted{*cid, *choice.format};
    if (wanted.format == BlockFormat::Car && !takeCarQuery(request, wanted))
        return tl::unexpected(NotWanted{400});
    return wanted;
}

std::optional<QByteArray> bearerTokenOf(const net::ServerRequest &request)
{
    const QByteArray value = request.header("Authorization");
    if (value.size() > qsizetype(kMaxText) || value.left(7).toLower() != "bearer ")
        return {};
    return value.mid(7).trimmed();
}

} // namespace amana::sharing
