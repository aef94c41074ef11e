// SPDX-License-Identifier: GPL-3.0-or-later
// Identifiers, as bytes and as text: each has one form.
#include "core/content/cid.h"

#include <cstdlib>

using namespace amana;
using namespace amana::content;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(data, size);
    if (const auto cid = Cid::fromBytes(bytes))
        if (cid->bytes() != toByteArray(bytes) || Cid::parse(cid->text()) != *cid)
            std::abort();
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (const auto cid = Cid::parse(text))
        if (cid->text() != text || Cid::fromBytes(bytesOf(cid->bytes())) != *cid)
            std::abort();
    return 0;
}
