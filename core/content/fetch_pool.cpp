// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/fetch_pool.h"

#include "core/content/dag_pb.h"

#include <bit>

namespace amana::content {

namespace {

std::uint64_t bitOf(std::size_t source)
{
    return std::uint64_t(1) << source;
}

} // namespace

FetchPool::FetchPool(const Cid &root, std::vector<SourceCounts> sources, const ReadLimits &limits)
    : m_root(root), m_limits(limits), m_wishes{{root, 0, 0}}
{
    m_standing.report.sources = std::move(sources);
    const std::lock_guard lock(m_mutex);
    giveUpOnTheHopeless(); // there may be no source at all
}

std::uint64_t FetchPool::live() const
{
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < m_standing.report.sources.size(); ++i)
        if (!m_standing.report.sources[i].dropped)
            bits |= bitOf(i);
    return bits;
}

std::optional<Wish> FetchPool::next(std::size_t source)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (m_over || m_standing.report.sources[source].dropped)
            return std::nullopt;
        for (std::size_t i = m_wishes.size(); i-- > 0;) {
            if ((m_wishes[i].triedBy & bitOf(source)) != 0)
                continue;
            const Wish wish = m_wishes[i];
            m_wishes.erase(m_wishes.begin() + static_cast<std::ptrdiff_t>(i));
            ++m_busy;
            return wish;
        }
        m_changed.wait(lock);
    }
}

void FetchPool::done(std::vector<Wish> left)
{
    const std::lock_guard lock(m_mutex);
    m_wishes.insert(m_wishes.end(), left.begin(), left.end());
    --m_busy;
    if (m_wishes.empty() && m_busy == 0)
        m_over = true;
    giveUpOnTheHopeless();
    m_changed.notify_all();
}

void FetchPool::drop(std::size_t source, const Error &why)
{
    const std::lock_guard lock(m_mutex);
    m_standing.report.sources[source].dropped = why;
    m_lastProblem = why;
    giveUpOnTheHopeless();
    m_changed.notify_all();
}

void FetchPool::fail(const Error &why)
{
    const std::lock_guard lock(m_mutex);
    failLocked(why);
}

void FetchPool::failLocked(const Error &why)
{
    if (m_over)
        return;
    m_standing.failure = why;
    m_over = true;
    m_stopped = true;
    m_changed.notify_all();
}

/// A wish that every source left was asked in vain. Those in work come back first.
void FetchPool::giveUpOnTheHopeless()
{
    const std::uint64_t sources = live();
    for (const Wish &wish : m_wishes) {
        if ((sources & ~wish.triedBy) != 0)
            continue;
        Error error(ErrorCode::IpfsNotFound, {{"cid", wish.cid.text()}});
        failLocked(m_lastProblem ? std::move(error).because(*m_lastProblem) : error);
        return;
    }
}

void FetchPool::pause(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, time, [this] { return m_over; });
}

Result<std::vector<Wish>> FetchPool::below(const Wish &wish, std::uint64_t size, const QByteArray &block,
                                           std::optional<std::size_t> source)
{
    std::vector<Wish> wishes;
    std::uint64_t total = size;
    if (wish.cid.codec == Codec::DagPb) {
        auto node = decodeNode(bytesOf(block));
        if (!node) {
            node.error().params.emplace_back("cid", wish.cid.text());
            return amana::fail(std::move(node).error());
        }
        if (wish.depth >= m_limits.maxDepth && !node->links.empty())
            return amana::fail(ErrorCode::DagTooLarge, {{"cid", wish.cid.text()}, {"limit", "depth"}});
        for (auto link = node->links.rbegin(); link != node->links.rend(); ++link) {
            wishes.push_back({link->cid, wish.depth + 1, 0});
            total += link->totalSize; // what it says of itself, for the progress only
        }
    }
    const std::lock_guard lock(m_mutex);
    if (++m_blocks > m_limits.maxBlocks)
        return amana::fail(ErrorCode::DagTooLarge, {{"cid", wish.cid.text()}, {"limit", "blocks"}});
    if (wish.cid == m_root)
        m_standing.total = total;
    m_standing.done += size;
    FetchReport &report = m_standing.report;
    if (source) {
        ++report.fetched;
        report.fetchedBytes += size;
        ++report.sources[*source].blocks;
        report.sources[*source].bytes += size;
    } else {
        ++report.present;
    }
    return wishes;
}

bool FetchPool::isNews(const Cid &node)
{
    const std::lock_guard lock(m_mutex);
    return m_followed.insert(node).second;
}

void FetchPool::countRequest(std::size_t source)
{
    const std::lock_guard lock(m_mutex);
    ++m_standing.report.sources[source].requests;
}

bool FetchPool::shouldSplit()
{
    const std::lock_guard lock(m_mutex);
    const auto sources = static_cast<std::size_t>(std::popcount(live()));
    return m_wishes.size() + static_cast<std::size_t>(m_busy) < sources;
}

bool FetchPool::othersAreLeft()
{
    const std::lock_guard lock(m_mutex);
    return std::popcount(live()) > 1;
}

bool FetchPool::waitFor(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, time, [this] { return m_over; });
    return !m_over;
}

FetchPool::Standing FetchPool::standing()
{
    const std::lock_guard lock(m_mutex);
    return m_standing;
}

} // namespace amana::content
