// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_file.h"

#include "core/base/crew.h"
#include "core/crypto/age_lanes.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <vector>

#include <unistd.h>

namespace amana::crypto {

namespace {

constexpr std::size_t kStretch = 4;              // chunks: both forms of them fit into a processor's own cache
constexpr std::uint64_t kLong = 4u << 20;        // bytes; below, threads cost more than they bring
constexpr std::chrono::milliseconds kTelling{50}; // between two reports of progress

/// A payload in stretches, which all processors take one after the other until one fails.
class Stretches {
public:
    Stretches(std::uint64_t chunks, const Progress &progress, std::uint64_t total)
        : m_chunks(chunks), m_progress(progress), m_total(total)
    {
    }

    /// `work(aead, plain, sealed, from, to)` does the chunks [from, to), and gives the plain bytes done.
    template <class Work>
    Status run(ByteView key, const Work &work)
    {
        Crew crew(Crew::processors());
        std::vector<std::future<void>> running;
        for (std::size_t i = 0; i < Crew::processors(); ++i)
            running.push_back(crew.start([this, key, &work] { takeTurns(key, work); }));
        for (auto &one : running)
            while (one.wait_for(kTelling) != std::future_status::ready)
                m_progress.report(m_done, m_total);
        m_progress.report(m_done, m_total);
        return m_failure ? Status(fail(*m_failure)) : Status();
    }

    [[nodiscard]] std::uint64_t chunks() const { return m_chunks; }

private:
    template <class Work>
    void takeTurns(ByteView key, const Work &work)
    {
        ChaChaPoly aead(key);
        SecretBytes plain(kStretch * kStreamChunk);
        std::vector<std::uint8_t> sealed(kStretch * kSealedChunk);
        while (!m_stopped) {
            if (m_progress.cancelled())
                return stop(Error(ErrorCode::Cancelled));
            const std::uint64_t from = m_next.fetch_add(kStretch);
            if (from >= m_chunks)
                return;
            const auto done = work(aead, plain.writable(), std::span(sealed), from, std::min(from + kStretch, m_chunks));
            if (!done)
                return stop(done.error());
            m_done += *done;
        }
    }

    void stop(Error why)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopped.exchange(true))
            m_failure = std::move(why);
    }

    const std::uint64_t m_chunks;
    const Progress &m_progress;
    const std::uint64_t m_total;
    std::atomic<std::uint64_t> m_next = 0;
    std::atomic<std::uint64_t> m_done = 0;
    std::atomic<bool> m_stopped = false;
    std::mutex m_mutex;
    std::optional<Error> m_failure; ///< the first one; guarded by m_mutex
};

} // namespace

bool isLongPayload(std::uint64_t bytes)
{
    return bytes >= kLong;
}

Status sealFile(ByteView key, FilePlace in, std::uint64_t size, FilePlace out, const Progress &progress)
{
    Stretches stretches(std::max<std::uint64_t>(1, (size + kStreamChunk - 1) / kStreamChunk), progress, size);
    return stretches.run(key, [&](ChaChaPoly &aead, std::span<std::uint8_t> plain, std::span<std::uint8_t> sealed,
                                  std::uint64_t from, std::uint64_t to) -> Result<std::uint64_t> {
        const std::uint64_t begin = from * kStreamChunk;
        plain = plain.first(std::min(to * kStreamChunk, size) - begin);
        AMANA_TRY(const std::size_t got, readAt(in, begin, plain));
        if (got < plain.size()) // it became shorter meanwhile
            return fail(ErrorCode::FileUnreadable);
        std::size_t written = 0;
        for (std::uint64_t chunk = from; chunk < to; ++chunk) {
            const auto part = plain.subspan((chunk - from) * kStreamChunk).first(
                std::min<std::uint64_t>(kStreamChunk, size - chunk * kStreamChunk));
            aead.seal(nonceOf(chunk, chunk + 1 == stretches.chunks()), part,
                      sealed.subspan(written, part.size() + kAeadTagSize));
            written += part.size() + kAeadTagSize;
        }
        AMANA_CHECK(writeAt(out, from * kSealedChunk, sealed.first(written)));
        return plain.size();
    });
}

Result<bool> openFile(ByteView key, FilePlace in, std::uint64_t size, FilePlace out, const Progress &progress)
{
    const std::uint64_t chunks = (size + kSealedChunk - 1) / kSealedChunk;
    if (size - (chunks - 1) * kSealedChunk <= kAeadTagSize) // the last chunk is empty or cut: for the stream to tell
        return false;
    Stretches stretches(chunks, progress, size - chunks * kAeadTagSize);
    const Status done = stretches.run(
        key, [&](ChaChaPoly &aead, std::span<std::uint8_t> plain, std::span<std::uint8_t> sealed, std::uint64_t from,
                 std::uint64_t to) -> Result<std::uint64_t> {
            const std::uint64_t begin = from * kSealedChunk;
            sealed = sealed.first(std::min(to * kSealedChunk, size) - begin);
            AMANA_TRY(const std::size_t got, readAt(in, begin, sealed));
            if (got < sealed.size())
                return fail(ErrorCode::AgeTruncated);
            std::size_t opened = 0;
            for (std::uint64_t chunk = from; chunk < to; ++chunk) {
                const auto part = sealed.subspan((chunk - from) * kSealedChunk).first(
                    std::min<std::uint64_t>(kSealedChunk, size - chunk * kSealedChunk));
                if (!aead.open(nonceOf(chunk, chunk + 1 == chunks), part, plain.subspan(opened, part.size() - kAeadTagSize)))
                    return fail(ErrorCode::AgePayloadTampered);
                opened += part.size() - kAeadTagSize;
            }
            AMANA_CHECK(writeAt(out, from * kStreamChunk, plain.first(opened)));
            return opened;
        });
    if (done)
        return true;
    if (::ftruncate(out.descriptor, static_cast<off_t>(out.offset)) != 0) // what is authentic, but has gaps before it
        return fail(ErrorCode::FileUnwritable);
    const ErrorCode code = done.error().code;
    if (code == ErrorCode::AgeTruncated || code == ErrorCode::AgePayloadTampered)
        return false;
    return fail(done.error());
}

} // namespace amana::crypto
