// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, one after the other: each has one form.
#include "core/content/varint.h"

#include <cstdlib>

using namespace amana;
using namespace amana::content;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    ByteView rest(data, size);
    while (!rest.empty()) {
        const ByteView before = rest;
        const auto value = takeVarint(rest);
        if (!value)
            return 0;
        QByteArray written;
        putVarint(written, *value);
        if (rest.size() >= before.size() || written != toByteArray(before.first(before.size() - rest.size())))
            std::abort();
    }
    return 0;
}
