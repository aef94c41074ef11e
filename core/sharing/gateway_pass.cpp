// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/gateway_pass.h"

#include "core/chain/eip712.h"
#include "core/net/http_client.h"
#include "core/sharing/gateway_wire.h"

namespace amana::sharing {

namespace {

constexpr std::uint64_t kLongestChallenge = 60; ///< seconds
constexpr std::uint64_t kClockSkew = 60;        ///< seconds that two computers may be apart
constexpr qint64 kMaxReply = 64 << 10;

/// "host:port" in the form of GatewayMessage.
std::string hostOf(const QUrl &url)
{
    QString host = url.host(QUrl::FullyEncoded).toLower();
    if (host.contains(QLatin1Char(':')))
        host = QLatin1Char('[') + host + QLatin1Char(']');
    const int standard = url.scheme() == QLatin1String("https") ? 443 : 80;
    return (host + QLatin1Char(':') + QString::number(url.port(standard))).toStdString();
}

Error failureOf(const net::HttpFailure &failure)
{
    const Error::Params where{{"url", failure.url}};
    switch (failure.problem) {
    case net::HttpProblem::Insecure: return Error(ErrorCode::IpfsInsecure, where);
    case net::HttpProblem::Unreachable: return Error(ErrorCode::IpfsUnreachable, where);
    case net::HttpProblem::Timeout: return Error(ErrorCode::IpfsTimeout, where);
    case net::HttpProblem::Untrusted: return Error(ErrorCode::IpfsUntrusted, where);
    case net::HttpProblem::TooLarge: return Error(ErrorCode::IpfsBadReply, where);
    case net::HttpProblem::Cancelled: break;
    }
    return Error(ErrorCode::Cancelled);
}

Error refusalOf(const net::HttpReply &reply, const std::string &url, std::uint64_t request)
{
    auto told = errorFromJson(reply.body);
    if (!told)
        return Error(reply.status >= 500 ? ErrorCode::IpfsRefused : ErrorCode::IpfsBadReply,
                     {{"url", url}, {"detail", "HTTP " + std::to_string(reply.status)}});
    told->params = {{"url", url}, {"request", std::to_string(request)}};
    if (told->code == ErrorCode::IpfsRefused)
        told->params.emplace_back("detail", "HTTP " + std::to_string(reply.status));
    return *told;
}

/// A conversation with one gateway.
struct Talk {
    const PassSigner &signer;
    const GuardedGateway &gateway;
    const std::uint64_t request;
    const content::Cid &root;
    const Progress &progress;
    net::HttpClient http{gateway.tls};

    [[nodiscard]] std::string url() const { return net::shownUrl(gateway.url); }

    Result<QByteArray> post(const char *path, QByteArray body)
    {
        net::HttpRequest asked{.url = gateway.url, .method = "POST", .body = std::move(body)};
        QString base = gateway.url.path();
        while (base.endsWith(QLatin1Char('/')))
            base.chop(1);
        asked.url.setPath(base + QLatin1String(path));
        asked.contentType = "application/json";
        asked.accept = "application/json";
        asked.idle = gateway.idle;
        asked.maxReply = kMaxReply;
        auto reply = http.send(asked, progress.quiet());
        if (!reply)
            return fail(failureOf(reply.error()));
        if (reply->status != 200)
            return fail(refusalOf(*reply, url(), request));
        return std::move(reply->body);
    }

    [[nodiscard]] tl::unexpected<Error> badReply() const { return fail(ErrorCode::IpfsBadReply, {{"url", url()}}); }

    /// The first part that is not what was asked for; empty: none.
    [[nodiscard]] std::string_view wrongPart(const GatewayChallenge &challenge) const
    {
        const chain::GatewayMessage &message = challenge.message;
        if (message.gateway != hostOf(gateway.url))
            return "host";
        if (message.key != gateway.key)
            return "key";
        if (challenge.chainId != signer.chainId)
            return "chain";
        if (challenge.contract != signer.contract)
            return "contract";
        if (message.request != request)
            return "request";
        if (message.cid != root.text())
            return "dataset";
        if (message.client != signer.key.address())
            return "client";
        if (message.expires <= message.issued || message.expires - message.issued > kLongestChallenge)
            return "time";
        const auto by = chain::typedDataSigner(message.challengeHash(), signer.chainId, signer.contract,
                                               bytesOf(challenge.signature));
        return !by || *by != gateway.key ? "signature" : "";
    }

    [[nodiscard]] Status check(const GatewayChallenge &challenge) const
    {
        if (const std::string_view part = wrongPart(challenge); !part.empty())
            return fail(ErrorCode::GatewayImpostor, {{"url", url()}, {"part", std::string(part)}});
        const auto now = static_cast<std::uint64_t>(signer.clock.now().toSecsSinceEpoch());
        if (challenge.message.issued > now + kClockSkew || challenge.message.expires + kClockSkew <= now)
            return fail(ErrorCode::GatewayExpired, {{"url", url()}});
        return {};
    }
};

/// Whether a new pass may help.
bool isRefusal(const Error &error)
{
    for (const Error *at = &error; at != nullptr; at = at->cause.get())
        if (at->code == ErrorCode::IpfsUnauthorized)
            return true;
    return false;
}

} // namespace

PassSigner signerOf(const Actor &actor)
{
    return {actor.chainKey, actor.chain.profile().chainId, actor.chain.contracts().access, actor.clock};
}

Result<GatewayPass> passFor(const PassSigner &signer, const GuardedGateway &gateway, std::uint64_t request,
                            const content::Cid &root, const Progress &progress)
{
    Talk talk{signer, gateway, request, root, progress};
    AMANA_TRY(const QByteArray asked, talk.post(kChallengePath, askedToJson({request, root, signer.key.address()})));
    const auto challenge = challengeFromJson(asked);
    if (!challenge)
        return talk.badReply();
    AMANA_CHECK(talk.check(*challenge));
    const GatewayProof proof{challenge->message.nonce, chain::signTypedData(challenge->message.proofHash(), signer.chainId,
                                                                            signer.contract, signer.key)};
    AMANA_TRY(const QByteArray answer, talk.post(kTokenPath, gatewayProofToJson(proof)));
    const auto token = tokenFromJson(answer);
    const auto header = token ? net::bearerOf(std::string_view(token->text.constData(),
                                                               static_cast<std::size_t>(token->text.size())))
                              : std::nullopt;
    if (!header)
        return talk.badReply();
    const auto ends = static_cast<qint64>(std::min<std::uint64_t>(token->expires, std::uint64_t(1) << 40));
    return GatewayPass{{.url = gateway.url, .authorization = *header, .tls = gateway.tls, .idle = gateway.idle},
                       QDateTime::fromSecsSinceEpoch(ends, Qt::UTC)};
}

Result<content::FetchReport> fetchGuarded(const PassSigner &signer, const GuardedGateway &gateway, std::uint64_t request,
                                          const content::Cid &root, content::BlockStore &store, const Progress &progress,
                                          const content::FetchOptions &options)
{
    for (;;) {
        AMANA_TRY(const GatewayPass pass, passFor(signer, gateway, request, root, progress));
        std::uint64_t blocks = 0;
        content::FetchOptions counted = options;
        counted.watch = [&](const std::vector<content::SourceCounts> &sources) {
            blocks = sources.empty() ? 0 : sources.front().blocks;
            if (options.watch)
                options.watch(sources);
        };
        auto report = content::fetchDag(root, {pass.gateway}, store, progress, counted);
        // A pass that brought nothing is the last one; should the grant be over, the next challenge says so.
        if (report || !isRefusal(report.error()))
            return report;
        if (blocks == 0) {
            AMANA_CHECK(passFor(signer, gateway, request, root, progress));
            return report;
        }
    }
}

} // namespace amana::sharing
