// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_payload.h"
#include "core/crypto/age_stream.h"

#include <algorithm>
#include <cstring>

namespace amana::crypto {

struct AgeSealer::State {
    State(ByteWriter writer, const Progress &told, SecretBytes chunkKey, std::uint64_t sizeHint)
        : out(std::move(writer)), progress(told), key(std::move(chunkKey)),
          sealer(key.view(), out, progress, sizeHint)
    {
    }

    const ByteWriter out;
    const Progress progress;
    const SecretBytes key;
    StreamSealer sealer;
};

AgeSealer::AgeSealer(std::unique_ptr<State> state) : m_state(std::move(state)) {}
AgeSealer::AgeSealer(AgeSealer &&) noexcept = default;
AgeSealer &AgeSealer::operator=(AgeSealer &&) noexcept = default;
AgeSealer::~AgeSealer() = default;

Result<AgeSealer> AgeSealer::begin(ByteWriter out, std::span<const AgeRecipient> recipients, std::uint64_t sizeHint,
                                   const Progress &progress)
{
    AMANA_TRY(SecretBytes key, writeHead(out, stanzasFor(recipients)));
    return AgeSealer(std::make_unique<State>(std::move(out), progress, std::move(key), sizeHint));
}

Status AgeSealer::write(ByteView plain)
{
    while (!plain.empty()) {
        const auto room = m_state->sealer.room();
        const std::size_t size = std::min(room.size(), plain.size());
        std::memcpy(room.data(), plain.data(), size);
        AMANA_CHECK(m_state->sealer.filled(size));
        plain = plain.subspan(size);
    }
    return {};
}

Status AgeSealer::finish()
{
    return m_state->sealer.finish();
}

} // namespace amana::crypto
