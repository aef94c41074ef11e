// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_stream.h"

#include <algorithm>
#include <array>
#include <deque>
#include <memory>

namespace amana::crypto {

namespace {

constexpr std::size_t kLeastTagBytes = 4; // a chance of 2^-32 to see a cut where there was an alteration

tl::unexpected<Error> damaged(ErrorCode code, std::uint64_t chunk)
{
    return fail(code, {{"chunk", std::to_string(chunk)}});
}

/// Whether `sealed` is a whole chunk that lost the last bytes of its tag. The cipher is its own inverse, so
/// sealing the ciphertext gives the plaintext, and sealing that gives the true tag to compare with what is
/// left.
bool lostPartOfTag(ChaChaPoly &aead, ByteView sealed, const ChunkNonce &nonce)
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
    StreamOpener(ByteView key, std::uint64_t chunk)
        : m_aead(key), m_sealed(kSealedChunk), m_plain(kStreamChunk), m_chunk(chunk)
    {
    }

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
    std::uint64_t m_chunk;
    bool m_done = false;
};

/// Bytes that were read already, then the rest.
class ReadAgain final : public ByteSource {
public:
    explicit ReadAgain(ByteSource &rest) : m_rest(rest) {}
    void add(ByteView bytes) { m_parts.push_back(bytes); }

    Result<std::size_t> read(std::span<std::uint8_t> out) override
    {
        std::size_t done = 0;
        while (done < out.size() && !m_parts.empty()) {
            ByteView &part = m_parts.front();
            const std::size_t size = std::min(out.size() - done, part.size());
            std::copy_n(part.begin(), size, out.begin() + static_cast<std::ptrdiff_t>(done));
            part = part.subspan(size);
            done += size;
            if (part.empty())
                m_parts.pop_front();
        }
        if (done == out.size())
            return done;
        AMANA_TRY(const std::size_t more, m_rest.read(out.subspan(done)));
        return done + more;
    }

private:
    ByteSource &m_rest;
    std::deque<ByteView> m_parts;
};

/// Chunk by chunk to the end: for the end of every payload, and to find out what is wrong with one.
Status openOneByOne(ByteView key, ByteSource &in, std::uint64_t first, WrittenCount &out, const Progress &progress)
{
    StreamOpener opener(key, first);
    while (!opener.done()) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_TRY(const ByteView plain, opener.next(in));
        AMANA_CHECK(out.write(plain, plain.size()));
    }
    std::array<std::uint8_t, 1> more;
    AMANA_TRY(const std::size_t trailing, in.read(more));
    if (trailing > 0)
        return damaged(ErrorCode::AgePayloadTampered, opener.chunk());
    return {};
}

} // namespace

Status WrittenCount::write(ByteView bytes, std::size_t plainSize)
{
    AMANA_CHECK(m_out(bytes));
    m_progress.report(m_done += plainSize, m_total);
    return {};
}

StreamSealer::StreamSealer(ByteView key, const ByteWriter &out, const Progress &progress, std::uint64_t total)
    : m_progress(progress), m_lanes(key, sealBatch, total), m_written(out, progress, total), m_filling(m_lanes.spare())
{
}

std::span<std::uint8_t> StreamSealer::room()
{
    return m_filling->plain.writable().subspan(m_filling->plainSize);
}

Status StreamSealer::filled(std::size_t size)
{
    if (m_progress.cancelled())
        return fail(ErrorCode::Cancelled);
    if (size == 0)
        return {};
    if (m_full)
        AMANA_CHECK(start(std::move(m_full), false));
    m_filling->plainSize += size;
    if (m_filling->plainSize == m_filling->plain.size()) { // whether it is the last shows only when nothing follows
        m_full = std::move(m_filling);
        m_filling = m_lanes.spare();
        m_filling->plainSize = 0;
    }
    return {};
}

Status StreamSealer::finish()
{
    if (m_full && m_filling->plainSize == 0)
        AMANA_CHECK(start(std::move(m_full), true));
    else {
        if (m_full)
            AMANA_CHECK(start(std::move(m_full), false));
        AMANA_CHECK(start(std::move(m_filling), true));
    }
    while (!m_lanes.empty())
        AMANA_CHECK(writeOldest());
    return {};
}

Status StreamSealer::start(std::unique_ptr<Batch> batch, bool last)
{
    batch->first = m_chunk;
    batch->last = last;
    m_chunk += m_lanes.chunks();
    m_lanes.start(std::move(batch));
    while (m_lanes.full())
        AMANA_CHECK(writeOldest());
    return {};
}

Status StreamSealer::writeOldest()
{
    auto batch = m_lanes.takeOldest();
    batch->work.get();
    AMANA_CHECK(m_written.write(ByteView(batch->sealed).first(batch->sealedSize), batch->plainSize));
    m_lanes.giveBack(std::move(batch));
    return {};
}

Status sealStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress, std::uint64_t total)
{
    StreamSealer sealer(key, out, progress, total);
    for (;;) {
        const auto room = sealer.room();
        AMANA_TRY(const std::size_t size, in.read(room));
        AMANA_CHECK(sealer.filled(size));
        if (size < room.size())
            return sealer.finish();
    }
}

Status openStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                  std::uint64_t total)
{
    Lanes lanes(key, openBatch, total);
    WrittenCount written(out, progress, total);
    auto ahead = lanes.spare();
    // From the oldest batch that was not written: what is under way, what was read ahead, and the rest.
    const auto oneByOne = [&](std::unique_ptr<Batch> from) -> Status {
        std::vector<std::unique_ptr<Batch>> again;
        again.push_back(std::move(from));
        while (!lanes.empty())
            again.push_back(lanes.takeOldest());
        ReadAgain source(in);
        for (const auto &batch : again)
            source.add(ByteView(batch->sealed).first(batch->sealedSize));
        if (ahead)
            source.add(ByteView(ahead->sealed).first(ahead->sealedSize));
        return openOneByOne(key, source, again.front()->first, written, progress);
    };
    AMANA_TRY(ahead->sealedSize, in.read(ahead->sealed));
    for (std::uint64_t chunk = 0;; chunk += lanes.chunks()) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        auto batch = std::move(ahead);
        batch->first = chunk;
        if (batch->sealedSize == batch->sealed.size()) {
            ahead = lanes.spare();
            AMANA_TRY(ahead->sealedSize, in.read(ahead->sealed));
        }
        const bool last = !ahead || ahead->sealedSize == 0;
        std::unique_ptr<Batch> tail;
        if (last)
            tail = std::move(batch);
        else
            lanes.start(std::move(batch));
        while (last ? !lanes.empty() : lanes.full()) {
            auto oldest = lanes.takeOldest();
            if (!oldest->work.get()) {
                if (tail) // it comes last
                    ahead = std::move(tail);
                return oneByOne(std::move(oldest));
            }
            AMANA_CHECK(written.write(oldest->plain.view().first(oldest->plainSize), oldest->plainSize));
            lanes.giveBack(std::move(oldest));
        }
        if (last)
            return oneByOne(std::move(tail));
    }
}

Result<SecretBytes> openChunk(ByteView key, std::uint64_t chunk, bool last, ByteView sealed)
{
    if (sealed.size() < kAeadTagSize)
        return damaged(ErrorCode::AgeTruncated, chunk);
    SecretBytes plain(sealed.size() - kAeadTagSize);
    if (!ChaChaPoly(key).open(nonceOf(chunk, last), sealed, plain.writable()))
        return damaged(ErrorCode::AgePayloadTampered, chunk);
    return plain;
}

} // namespace amana::crypto
