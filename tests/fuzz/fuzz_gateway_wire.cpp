// SPDX-License-Identifier: GPL-3.0-or-later
// What strangers send to a guarded gateway, and what a gateway sends to its client: what was read is written as it was, and no
// request reaches a block but by its identifier.
#include "core/sharing/gateway_wire.h"

#include <cstdlib>

using namespace amana;
using namespace amana::sharing;

namespace {

void mustHold(bool good)
{
    if (!good)
        std::abort();
}

void tryJson(const QByteArray &text)
{
    if (const auto asked = askedFromJson(text)) {
        const auto again = askedFromJson(askedToJson(*asked));
        mustHold(again && again->request == asked->request && again->root == asked->root && again->client == asked->client);
    }
    if (const auto challenge = challengeFromJson(text)) {
        const auto again = challengeFromJson(challengeToJson(*challenge));
        mustHold(again && again->message == challenge->message && again->chainId == challenge->chainId
                 && again->contract == challenge->contract && again->signature == challenge->signature);
    }
    if (const auto proof = gatewayProofFromJson(text)) {
        const auto again = gatewayProofFromJson(gatewayProofToJson(*proof));
        mustHold(again && again->nonce == proof->nonce && again->signature == proof->signature);
    }
    if (const auto token = tokenFromJson(text))
        mustHold(tokenFromJson(tokenToJson(*token)).has_value());
    if (const auto error = errorFromJson(text))
        mustHold(error->params.empty());
}

/// "path?a=1&b=2" and the lines after it as Accept and Authorization.
void tryRequest(const QByteArray &text)
{
    const QList<QByteArray> lines = text.split('\n');
    const QByteArray target = lines.value(0);
    net::ServerRequest request;
    request.method = "GET";
    request.path = target.left(target.indexOf('?') < 0 ? target.size() : target.indexOf('?'));
    for (const QByteArray &pair : target.mid(request.path.size() + 1).split('&'))
        request.query.emplace_back(pair.left(pair.indexOf('=') < 0 ? pair.size() : pair.indexOf('=')),
                                   pair.mid(pair.indexOf('=') + 1));
    request.headers = {{"accept", lines.value(1)}, {"AUTHORIZATION", lines.value(2)}};
    if (const auto wanted = wantedOf(request))
        mustHold(request.path.startsWith("/ipfs/" + QByteArray::fromStdString(wanted->cid.text())));
    if (const auto token = bearerTokenOf(request))
        mustHold(token->size() <= 300);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = toByteArray({data, size});
    tryJson(text);
    tryRequest(text);
    return 0;
}
