// SPDX-License-Identifier: GPL-3.0-or-later
// The header of an age file: what is read is written as it was.
#include "core/crypto/age_header.h"

#include <cstdlib>

using namespace amana;
using namespace amana::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(data, size);
    MemorySource memory(bytes);
    BufferedSource source(memory);
    const auto header = readHeader(source);
    if (!header)
        return 0;
    const QByteArray key(kFileKeySize, 'k');
    const QByteArray written = writeHeader(header->stanzas, bytesOf(key));
    if (header->stanzas.empty() || !written.startsWith(header->authenticated)
        || !toByteArray(bytes).startsWith(header->authenticated))
        std::abort();
    MemorySource again(bytesOf(written));
    BufferedSource ours(again);
    const auto copy = readHeader(ours);
    if (!copy || !macFits(*copy, bytesOf(key)) || copy->stanzas.size() != header->stanzas.size())
        std::abort();
    return 0;
}
