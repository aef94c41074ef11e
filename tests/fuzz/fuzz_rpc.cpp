// SPDX-License-Identifier: GPL-3.0-or-later
// What a node sends back: to one question, and to three.
#include "core/chain/journal.h"
#include "core/chain/json_fields.h"
#include "core/chain/node_errors.h"

#include <cstdlib>

using namespace amana;
using namespace amana::chain;

static void use(const RpcAnswer &answer)
{
    if (answer.error) {
        (void)meaningOf(*answer.error, "eth_call");
        return;
    }
    (void)readBlock(answer.result);
    (void)readLogs(answer.result);
    for (const char *name : {"", "hash", "number"}) {
        (void)jsonText(answer.result, name);
        (void)jsonNumber(answer.result, name);
        (void)jsonDigest(answer.result, name);
        (void)jsonAddress(answer.result, name);
        (void)jsonBytes(answer.result, name);
    }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body = toByteArray({data, size});
    for (const std::size_t count : {std::size_t(1), std::size_t(3)}) {
        const auto answers = decodeReplies(body, count);
        if (!answers)
            continue;
        if (answers->size() != count)
            std::abort();
        for (const RpcAnswer &answer : *answers)
            use(answer);
    }
    return 0;
}
