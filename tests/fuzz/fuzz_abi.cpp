// SPDX-License-Identifier: GPL-3.0-or-later
// A type as text, a line feed, and the bytes that a node says are of that type.
#include "core/chain/abi.h"

#include <cstdlib>

using namespace amana;
using namespace amana::chain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
        return 0;
    const auto type = AbiType::parse(text.substr(0, end));
    if (!type)
        return 0;
    const auto value = abiDecode(*type, ByteView(data, size).subspan(end + 1));
    if (!value)
        return 0;
    // What was read can be written, unless it says one part many times; and then reads as the same.
    const auto written = abiEncode(*type, *value);
    if (!written)
        return 0;
    const auto again = abiDecode(*type, bytesOf(*written));
    if (!again || *again != *value)
        std::abort();
    return 0;
}
