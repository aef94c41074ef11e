// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_stream.h"

#include "core/crypto/age_read_ahead.h"

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <utility>

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

/// Batches on all processors; chunk by chunk at the end, and from where a tag is wrong.
class LongOpener {
public:
    LongOpener(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress, std::uint64_t total)
        : m_key(key), m_in(in), m_progress(progress), m_written(out, progress, total), m_lanes(key, openBatch, total),
          m_reader(in, BatchReader::Into::Sealed, m_lanes.isLong())
    {
    }

    Status run()
    {
        m_reader.begin(m_lanes.spare());
        AMANA_TRY(m_batch, m_reader.take());
        for (std::uint64_t chunk = 0;; chunk += m_lanes.chunks()) {
            if (m_progress.cancelled())
                return fail(ErrorCode::Cancelled);
            m_batch->first = chunk;
            const bool whole = m_batch->sealedSize == m_batch->sealed.size();
            if (whole)
                m_reader.begin(m_lanes.spare());
            AMANA_TRY(const bool good, writeWhile([this] { return m_lanes.full(); }));
            if (!good || !whole)
                return oneByOne();
            AMANA_TRY(auto next, m_reader.take());
            if (next->sealedSize == 0)
                return oneByOne();
            m_lanes.start(std::exchange(m_batch, std::move(next)));
        }
    }

private:
    /// Oldest first. False: a tag was wrong; then that batch is the first of m_again.
    template <class Condition>
    Result<bool> writeWhile(const Condition &condition)
    {
        while (condition()) {
            auto oldest = m_lanes.takeOldest();
            if (!oldest->work.get()) {
                m_again.push_back(std::move(oldest));
                return false;
            }
            AMANA_CHECK(m_written.write(oldest->plain.view().first(oldest->plainSize), oldest->plainSize));
            m_lanes.giveBack(std::move(oldest));
        }
        return true;
    }

    /// From the oldest batch that was not written: what is under way, what was read ahead, and the rest.
    Status oneByOne()
    {
        if (m_again.empty())
            AMANA_CHECK(writeWhile([this] { return !m_lanes.empty(); }));
        while (!m_lanes.empty())
            m_again.push_back(m_lanes.takeOldest());
        m_again.push_back(std::move(m_batch));
        if (m_reader.hasBegun()) {
            AMANA_TRY(auto ahead, m_reader.take());
            m_again.push_back(std::move(ahead));
        }
        ReadAgain source(m_in);
        for (const auto &batch : m_again)
            source.add(ByteView(batch->sealed).first(batch->sealedSize));
        return openOneByOne(m_key, source, m_again.front()->first, m_written, m_progress);
    }

    const ByteView m_key;
    ByteSource &m_in;
    const Progress &m_progress;
    WrittenCount m_written;
    Lanes m_lanes;
    std::unique_ptr<Batch> m_batch;               ///< read, and not known whether others follow
    std::vector<std::unique_ptr<Batch>> m_again; ///< of which not all is authentic, or not for sure
    BatchReader m_reader;
};

} // namespace

Status WrittenCount::write(ByteView bytes, std::size_t plainSize)
{
    AMANA_CHECK(m_out(bytes));
    m_progress.report(m_done += plainSize, m_total);
    return {};
}

StreamSealer::StreamSealer(ByteView key, const ByteWriter &out, const Progress &progress, std::uint64_t total)
    : m_progress(progress), m_lanes(key, sealBatch, total), m_written(out, progress, total)
{
}

Status StreamSealer::push(std::unique_ptr<Batch> batch)
{
    if (m_progress.cancelled())
        return fail(ErrorCode::Cancelled);
    if (batch->plainSize == 0)
        return {};
    if (m_full)
        AMANA_CHECK(start(std::move(m_full), false));
    (batch->plainSize == batch->plain.size() ? m_full : m_filling) = std::move(batch);
    return {};
}

std::span<std::uint8_t> StreamSealer::room()
{
    if (!m_filling)
        m_filling = m_lanes.spare();
    return m_filling->plain.writable().subspan(m_filling->plainSize);
}

Status StreamSealer::filled(std::size_t size)
{
    m_filling->plainSize += size;
    return m_filling->plainSize == m_filling->plain.size() ? push(std::move(m_filling)) : Status();
}

Status StreamSealer::finish()
{
    std::unique_ptr<Batch> last = m_filling && m_filling->plainSize > 0 ? std::move(m_filling) : std::move(m_full);
    if (m_full) // nothing follows a full one only when there is no other
        AMANA_CHECK(start(std::move(m_full), false));
    AMANA_CHECK(start(last ? std::move(last) : m_lanes.spare(), true));
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
    BatchReader reader(in, BatchReader::Into::Plain, sealer.isLong());
    reader.begin(sealer.spare());
    for (;;) {
        AMANA_TRY(auto batch, reader.take());
        const bool more = batch->plainSize == batch->plain.size();
        if (more)
            reader.begin(sealer.spare());
        AMANA_CHECK(sealer.push(std::move(batch)));
        if (!more)
            return sealer.finish();
    }
}

Status openStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress, std::uint64_t total)
{
    return LongOpener(key, in, out, progress, total).run();
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
