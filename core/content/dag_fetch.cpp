// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/dag_fetch.h"

#include "core/content/fetch_pool.h"
#include "core/net/http_client.h"

#include <algorithm>
#include <thread>

namespace amana::content {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxSources = 64; // a bit each
constexpr int kMaxStrikes = 3;          // failures in a row, without a good block between them
constexpr std::chrono::milliseconds kPause(100); // before the third try; the second comes at once
constexpr std::chrono::milliseconds kLook(100);

/// Ends a transfer that nobody wants any more, or that is slow while others wait. Time that we take is not counted.
class Pace {
public:
    Pace(FetchPool &pool, const Gateway &gateway, std::uint64_t slowest)
        : m_pool(pool), m_window(gateway.idle),
          m_least(slowest * static_cast<std::uint64_t>(gateway.idle.count()) / 1000)
    {}

    [[nodiscard]] Progress progress()
    {
        return {[this](std::uint64_t done, std::uint64_t) { look(done); }, &m_stop};
    }
    [[nodiscard]] bool slow() const { return m_slow; }
    /// What runs now is our work, not the network's.
    template <class Work>
    auto excuse(const Work &work)
    {
        const auto begin = Clock::now();
        auto result = work();
        m_begin += Clock::now() - begin;
        return result;
    }

private:
    void look(std::uint64_t done)
    {
        if (Clock::now() - m_begin >= m_window) {
            m_slow = done - m_before < m_least && m_pool.othersAreLeft();
            m_before = done;
            m_begin = Clock::now();
        }
        m_stop = m_slow || m_pool.stopped();
    }

    FetchPool &m_pool;
    const std::chrono::milliseconds m_window;
    const std::uint64_t m_least;
    Clock::time_point m_begin = Clock::now();
    std::uint64_t m_before = 0;
    bool m_slow = false;
    std::atomic<bool> m_stop = false;
};

/// One source, in its thread.
class Fetcher {
public:
    Fetcher(FetchPool &pool, std::size_t index, const Gateway &gateway, BlockStore &store, const FetchOptions &options)
        : m_pool(pool), m_index(index), m_gateway(gateway), m_blocks(gateway), m_store(store), m_options(options)
    {}

    void run()
    {
        while (const auto wish = m_pool.next(m_index)) {
            m_left.clear();
            m_pause = {};
            if (const Status status = deal(*wish); !status)
                m_pool.fail(status.error());
            m_pool.done(m_left);
            if (m_pause.count() > 0)
                m_pool.pause(m_pause);
        }
    }

private:
    /// Leaves in m_left what is to be wished for next. Fails with what is no source's fault.
    Status deal(const Wish &wish)
    {
        AMANA_TRY(const bool present, lookAtHome(wish));
        if (present)
            return {};
        m_pool.countRequest(m_index);
        Pace pace(m_pool, m_gateway, m_options.slowest);
        m_left = {wish};
        if (wish.cid.codec == Codec::Raw || m_withoutArchives || m_pool.shouldSplit())
            return oneBlock(wish, pace);
        return archive(wish, pace);
    }

    Result<bool> lookAtHome(const Wish &wish)
    {
        AMANA_TRY(const std::optional<std::uint64_t> size, m_store.keep(wish.cid));
        if (!size)
            return false;
        QByteArray block;
        if (wish.cid.codec == Codec::DagPb) {
            auto read = m_store.get(wish.cid);
            if (!read && (read.error().code == ErrorCode::BlockAltered || read.error().code == ErrorCode::BlockMissing))
                return false; // putting it again repairs it
            AMANA_TRY(block, std::move(read));
            if (!m_pool.isNews(wish.cid))
                return true;
        }
        AMANA_TRY(m_left, m_pool.below(wish, *size, block, std::nullopt));
        return true;
    }

    /// What a source brought. Gives what hangs below it.
    Result<std::vector<Wish>> take(const Wish &wish, ByteView block)
    {
        AMANA_CHECK(m_store.put(wish.cid, block));
        m_strikes = 0;
        const QByteArray node = wish.cid.codec == Codec::DagPb ? toByteArray(block) : QByteArray();
        return m_pool.below(wish, block.size(), node, m_index);
    }

    Status oneBlock(const Wish &wish, Pace &pace)
    {
        const auto block = m_blocks.get(wish.cid, pace.progress());
        if (!block) {
            blame(block.error(), wish.cid, pace);
            return {};
        }
        AMANA_TRY(m_left, take(wish, bytesOf(*block)));
        if (wish.cid.codec == Codec::DagPb && !m_pool.isNews(wish.cid))
            m_left.clear();
        return {};
    }

    Status archive(const Wish &wish, Pace &pace)
    {
        ExpectedDag dag(
            wish, [this](const Cid &cid) { return m_store.has(cid); },
            [&](const Wish &next, ByteView block) {
                if (next.cid.codec == Codec::DagPb)
                    (void)m_pool.isNews(next.cid); // followed here, whoever else meets it
                return pace.excuse([&] { return take(next, block); });
            });
        const Status came =
            m_blocks.archive(wish.cid, [&dag](ByteView piece) { return dag.feed(piece); }, pace.progress());
        AMANA_CHECK(dag.ours());
        const Status ended = dag.finish();
        m_left = std::move(dag.left());
        if (!came)
            blame(came.error(), wish.cid, pace);
        else if (!ended)
            strike(Error(ErrorCode::IpfsBadReply, {{"url", m_blocks.url()}}).because(ended.error()));
        else if (!m_left.empty())
            m_left.back().triedBy |= bit(); // so an archive tells that the source has not got the next block
        m_left.insert(m_left.end(), dag.leftOut().begin(), dag.leftOut().end());
        return {};
    }

    /// The source failed; m_left is what is still wanted, the next block on top.
    void blame(const Error &error, const Cid &asked, const Pace &pace)
    {
        const Error::Params where{{"url", m_blocks.url()}, {"cid", asked.text()}};
        switch (error.code) {
        case ErrorCode::Cancelled:
            if (pace.slow())
                m_pool.drop(m_index, Error(ErrorCode::IpfsTimeout, where));
            return;
        case ErrorCode::IpfsNotFound:
            if (!m_left.empty()) // else somebody brought it meanwhile
                m_left.back().triedBy |= bit();
            return;
        case ErrorCode::IpfsBadReply:
            if (m_withoutArchives)
                m_pool.drop(m_index, error);
            m_withoutArchives = true; // some gateways give single blocks only
            return;
        case ErrorCode::IpfsUnreachable:
        case ErrorCode::IpfsTimeout:
        case ErrorCode::IpfsRefused: // it has too much to do
            strike(error);
            return;
        case ErrorCode::IpfsUnauthorized:
        case ErrorCode::IpfsInsecure:
        case ErrorCode::IpfsUntrusted: m_pool.drop(m_index, error); return;
        default: // what was sent is not what was asked for, or no archive at all
            m_pool.drop(m_index, Error(ErrorCode::IpfsLied, where).because(error));
        }
    }

    /// It may go on, as long as good blocks come now and then.
    void strike(const Error &error)
    {
        if (++m_strikes == kMaxStrikes)
            m_pool.drop(m_index, error);
        else
            m_pause = m_strikes == 1 ? std::chrono::milliseconds(0) : kPause * m_strikes;
    }

    std::uint64_t bit() const { return std::uint64_t(1) << m_index; }

    FetchPool &m_pool;
    const std::size_t m_index;
    const Gateway &m_gateway;
    const GatewayBlocks m_blocks;
    BlockStore &m_store;
    const FetchOptions &m_options;
    std::vector<Wish> m_left;
    std::chrono::milliseconds m_pause{};
    int m_strikes = 0;
    bool m_withoutArchives = false;
};

} // namespace

Result<FetchReport> fetchDag(const Cid &root, const std::vector<Gateway> &sources, BlockStore &store,
                             const Progress &progress, const FetchOptions &options)
{
    std::vector<SourceCounts> counts;
    for (std::size_t i = 0; i < std::min(sources.size(), kMaxSources); ++i)
        counts.push_back({.url = net::shownUrl(sources[i].url), .dropped = {}});
    FetchPool pool(root, counts, options.limits);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < counts.size(); ++i)
        threads.emplace_back([&, i] { Fetcher(pool, i, sources[i], store, options).run(); });
    const auto tell = [&](const FetchPool::Standing &now) {
        progress.report(now.done, now.total);
        if (options.watch)
            options.watch(now.report.sources);
    };
    while (pool.waitFor(kLook)) {
        if (progress.cancelled())
            pool.fail(Error(ErrorCode::Cancelled));
        tell(pool.standing());
    }
    for (std::thread &thread : threads)
        thread.join();
    const Status flushed = store.flush(); // what came before a failure is kept too
    FetchPool::Standing end = pool.standing();
    tell(end);
    if (end.failure)
        return fail(*end.failure);
    AMANA_CHECK(flushed);
    return std::move(end.report);
}

} // namespace amana::content
