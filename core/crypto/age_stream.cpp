// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_stream.h"

#include "core/crypto/aead.h"

#include <algorithm>
#include <array>
#include <deque>
#include <future>
#include <memory>
#include <system_error>
#include <thread>

namespace amana::crypto {

namespace {

static_assert(kSealedChunk == kStreamChunk + kAeadTagSize);

constexpr std::size_t kBatchChunks = 8; // what one processor takes at a time of a long payload
constexpr std::uint64_t kLong = 4 * kBatchChunks * kStreamChunk; // below, threads cost more than they bring
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

/// Chunks that one processor seals or opens together.
struct Batch {
    explicit Batch(std::size_t chunks) : plain(chunks * kStreamChunk), sealed(chunks * kSealedChunk) {}

    SecretBytes plain;
    std::vector<std::uint8_t> sealed;
    std::size_t plainSize = 0;
    std::size_t sealedSize = 0;
    std::uint64_t first = 0; ///< number of its first chunk
    bool last = false;       ///< nothing follows it
    std::future<bool> work;  ///< false: a tag was wrong. Joins when it is destroyed
};

bool sealBatch(ByteView key, Batch &batch)
{
    ChaChaPoly aead(key);
    std::size_t from = 0;
    std::size_t to = 0;
    std::uint64_t chunk = batch.first;
    do { // an empty payload is one empty chunk
        const std::size_t size = std::min(kStreamChunk, batch.plainSize - from);
        const bool last = batch.last && from + size == batch.plainSize;
        aead.seal(nonceOf(chunk++, last), batch.plain.view().subspan(from, size),
                  std::span(batch.sealed).subspan(to, size + kAeadTagSize));
        from += size;
        to += size + kAeadTagSize;
    } while (from < batch.plainSize);
    batch.sealedSize = to;
    return true;
}

/// Of whole chunks that others follow.
bool openBatch(ByteView key, Batch &batch)
{
    ChaChaPoly aead(key);
    const std::size_t chunks = batch.sealedSize / kSealedChunk;
    for (std::size_t i = 0; i < chunks; ++i)
        if (!aead.open(nonceOf(batch.first + i, false), ByteView(batch.sealed).subspan(i * kSealedChunk, kSealedChunk),
                       batch.plain.writable().subspan(i * kStreamChunk, kStreamChunk)))
            return false;
    batch.plainSize = chunks * kStreamChunk;
    return true;
}

/// Batches on their way through the processors, oldest first; keeps those that came back for the next.
class Lanes {
public:
    using Work = bool (*)(ByteView, Batch &);

    /// `size`: of the payload, 0 when not known.
    Lanes(ByteView key, Work work, std::uint64_t size)
        : m_key(key), m_work(work), m_parallel(size == 0 || size >= kLong),
          m_limit(m_parallel ? std::max(1u, std::thread::hardware_concurrency()) + 1 : 1)
    {
    }

    [[nodiscard]] std::size_t chunks() const { return m_parallel ? kBatchChunks : 1; }
    [[nodiscard]] std::unique_ptr<Batch> spare()
    {
        if (m_spare.empty())
            return std::make_unique<Batch>(chunks());
        auto batch = std::move(m_spare.back());
        m_spare.pop_back();
        return batch;
    }
    void start(std::unique_ptr<Batch> batch)
    {
        const auto start = [&](std::launch how) { return std::async(how, m_work, m_key, std::ref(*batch)); };
        try {
            batch->work = start(m_parallel ? std::launch::async : std::launch::deferred);
        } catch (const std::system_error &) { // no more threads: it is done when it is waited for
            batch->work = start(std::launch::deferred);
        }
        m_underWay.push_back(std::move(batch));
    }
    [[nodiscard]] bool full() const { return m_underWay.size() >= m_limit; }
    [[nodiscard]] bool empty() const { return m_underWay.empty(); }
    [[nodiscard]] std::unique_ptr<Batch> takeOldest()
    {
        auto batch = std::move(m_underWay.front());
        m_underWay.pop_front();
        return batch;
    }
    void giveBack(std::unique_ptr<Batch> batch) { m_spare.push_back(std::move(batch)); }

private:
    const ByteView m_key;
    const Work m_work;
    const bool m_parallel;
    const std::size_t m_limit;
    std::deque<std::unique_ptr<Batch>> m_underWay;
    std::vector<std::unique_ptr<Batch>> m_spare;
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

/// Counts what was written.
class Written {
public:
    Written(const ByteWriter &out, const Progress &progress, std::uint64_t total)
        : m_out(out), m_progress(progress), m_total(total)
    {
    }
    Status write(ByteView bytes, std::size_t plainSize)
    {
        AMANA_CHECK(m_out(bytes));
        m_progress.report(m_done += plainSize, m_total);
        return {};
    }

private:
    const ByteWriter &m_out;
    const Progress &m_progress;
    const std::uint64_t m_total;
    std::uint64_t m_done = 0;
};

/// Chunk by chunk to the end: for the end of every payload, and to find out what is wrong with one.
Status openOneByOne(ByteView key, ByteSource &in, std::uint64_t first, Written &out, const Progress &progress)
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

Status sealStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                  std::uint64_t total)
{
    Lanes lanes(key, sealBatch, total);
    Written written(out, progress, total);
    const auto writeOldest = [&]() -> Status {
        auto batch = lanes.takeOldest();
        batch->work.get();
        AMANA_CHECK(written.write(ByteView(batch->sealed).first(batch->sealedSize), batch->plainSize));
        lanes.giveBack(std::move(batch));
        return {};
    };
    auto ahead = lanes.spare(); // whether a chunk is the last shows only when nothing follows
    AMANA_TRY(ahead->plainSize, in.read(ahead->plain.writable()));
    for (std::uint64_t chunk = 0;; chunk += lanes.chunks()) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        auto batch = std::move(ahead);
        batch->first = chunk;
        batch->last = batch->plainSize < batch->plain.size();
        if (!batch->last) {
            ahead = lanes.spare();
            AMANA_TRY(ahead->plainSize, in.read(ahead->plain.writable()));
            batch->last = ahead->plainSize == 0;
        }
        const bool last = batch->last;
        lanes.start(std::move(batch));
        while (last ? !lanes.empty() : lanes.full())
            AMANA_CHECK(writeOldest());
        if (last)
            return {};
    }
}

Status openStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                  std::uint64_t total)
{
    Lanes lanes(key, openBatch, total);
    Written written(out, progress, total);
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
