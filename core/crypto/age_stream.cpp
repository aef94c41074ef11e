// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_stream.h"

#include "core/base/secret_bytes.h"
#include "core/crypto/aead.h"

#include <algorithm>
#include <array>

namespace amana::crypto {

namespace {

constexpr std::size_t kSealedChunk = kStreamChunk + kAeadTagSize;
constexpr std::size_t kLeastTagBytes = 4; // a chance of 2^-32 to see a cut where there was an alteration

using Nonce = std::array<std::uint8_t, kAeadNonceSize>;

/// 11 bytes of counter, big-endian, and the flag of the last chunk.
Nonce nonceOf(std::uint64_t chunk, bool last)
{
    Nonce nonce{};
    for (std::size_t i = 0; i < 8; ++i)
        nonce[10 - i] = static_cast<std::uint8_t>(chunk >> (8 * i));
    nonce[11] = last ? 1 : 0;
    return nonce;
}

tl::unexpected<Error> damaged(ErrorCode code, std::uint64_t chunk)
{
    return fail(code, {{"chunk", std::to_string(chunk)}});
}

/// Whether `sealed` is a whole chunk that lost the last bytes of its tag. The cipher is its own inverse, so
/// sealing the ciphertext gives the plaintext, and sealing that gives the true tag to compare with what is
/// left.
bool lostPartOfTag(ChaChaPoly &aead, ByteView sealed, const Nonce &nonce)
{
    SecretBytes plain(sealed.size() + kAeadTagSize);
    SecretBytes again(sealed.size() + kAeadTagSize);
    for (std::size_t left = kLeastTagBytes; left < kAeadTagSize && left <= sealed.size(); ++left) {
        const std::size_t size = sealed.size() - left;
        aead.seal(nonce, sealed.first(size), plain.writable().first(size + kAeadTagSize));
        aead.seal(nonce, plain.view().first(size), again.writable().first(size + kAeadTagSize));
        if (std::equal(sealed.begin(), sealed.end(), again.view().begin()))
            return true;
    }
    return false;
}

class StreamOpener {
public:
    explicit StreamOpener(ByteView key) : m_aead(key), m_sealed(kSealedChunk), m_plain(kStreamChunk) {}

    /// The authenticated plaintext of the next chunk; sets done() after the last.
    Result<ByteView> next(ByteSource &in)
    {
        AMANA_TRY(const std::size_t size, in.read(m_sealed));
        if (size < kAeadTagSize)
            return damaged(ErrorCode::AgeTruncated, m_chunk);
        const ByteView sealed = ByteView(m_sealed).first(size);
        m_done = size < kSealedChunk;
        if (m_done && size == kAeadTagSize && m_chunk > 0)
            return damaged(ErrorCode::AgePayloadTampered,
                           m_chunk); // only an empty file may end with an empty chunk
        bool good = open(sealed, m_done);
        if (!good && !m_done)
            good = m_done = open(sealed, true); // the last chunk may be full
        if (!good)
            return damaged(wasCut(sealed) ? ErrorCode::AgeTruncated : ErrorCode::AgePayloadTampered, m_chunk);
        ++m_chunk;
        return m_plain.view().first(size - kAeadTagSize);
    }

    [[nodiscard]] bool done() const { return m_done; }
    [[nodiscard]] std::uint64_t chunk() const { return m_chunk; }

private:
    bool open(ByteView sealed, bool last)
    {
        return m_aead.open(nonceOf(m_chunk, last), sealed,
                           m_plain.writable().first(sealed.size() - kAeadTagSize));
    }

    bool wasCut(ByteView sealed)
    {
        return sealed.size() < kSealedChunk
               && (lostPartOfTag(m_aead, sealed, nonceOf(m_chunk, true))
                   || lostPartOfTag(m_aead, sealed, nonceOf(m_chunk, false)));
    }

    ChaChaPoly m_aead;
    std::vector<std::uint8_t> m_sealed;
    SecretBytes m_plain;
    std::uint64_t m_chunk = 0;
    bool m_done = false;
};

} // namespace

Status sealStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                  std::uint64_t total)
{
    ChaChaPoly aead(key);
    SecretBytes current(kStreamChunk);
    SecretBytes ahead(kStreamChunk); // whether a chunk is the last shows only when nothing follows
    std::vector<std::uint8_t> sealed(kSealedChunk);
    std::uint64_t done = 0;
    AMANA_TRY(std::size_t size, in.read(current.writable()));
    for (std::uint64_t chunk = 0;; ++chunk) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        std::size_t following = 0;
        if (size == kStreamChunk) {
            AMANA_TRY(following, in.read(ahead.writable()));
        }
        const std::span<std::uint8_t> box = std::span(sealed).first(size + kAeadTagSize);
        aead.seal(nonceOf(chunk, following == 0), current.view().first(size), box);
        AMANA_CHECK(out(box));
        done += size;
        progress.report(done, total);
        if (following == 0)
            return {};
        std::swap(current, ahead);
        size = following;
    }
}

Status openStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                  std::uint64_t total)
{
    StreamOpener opener(key);
    std::uint64_t done = 0;
    while (!opener.done()) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_TRY(const ByteView plain, opener.next(in));
        AMANA_CHECK(out(plain));
        done += plain.size();
        progress.report(done, total);
    }
    std::array<std::uint8_t, 1> more;
    AMANA_TRY(const std::size_t trailing, in.read(more));
    if (trailing > 0)
        return damaged(ErrorCode::AgePayloadTampered, opener.chunk());
    return {};
}

} // namespace amana::crypto
