// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/file_writer.h"

#include "core/base/crew.h"
#include "core/content/dag_pb.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <optional>

namespace amana::content {

namespace {

constexpr std::size_t kShort = 4; // chunks up to which threads cost more than they bring
constexpr std::size_t kAhead = 3; // leaves hashed or on their way to the disk, besides those that are being hashed

/// A node over up to 1,024 children; its sizes are theirs.
Result<DagNode> putInner(const std::vector<DagNode> &children, BlockSink &sink)
{
    UnixFs message;
    PbNode node;
    DagNode result;
    for (const DagNode &child : children) {
        node.links.push_back({child.cid, {}, child.totalSize});
        message.blockSizes.push_back(child.fileSize);
        result.fileSize += child.fileSize;
        result.totalSize += child.totalSize;
    }
    message.fileSize = result.fileSize;
    node.data = encodeUnixFs(message);
    const QByteArray block = encodeNode(node);
    result.cid = Cid::of(Codec::DagPb, bytesOf(block));
    result.totalSize += static_cast<std::uint64_t>(block.size());
    AMANA_CHECK(sink.put(result.cid, bytesOf(block)));
    return result;
}

/// Builds the balanced tree while leaves arrive, keeping at most 1,024 nodes a level. A level is closed when
/// it is full and one more comes; at the end every open level is closed upwards, also one that holds a single
/// node.
class BalancedTree {
public:
    explicit BalancedTree(BlockSink &sink) : m_sink(sink) {}

    Status add(DagNode node, std::size_t level = 0)
    {
        if (level == m_levels.size())
            m_levels.emplace_back();
        if (m_levels[level].size() == kMaxLinks)
            AMANA_CHECK(close(level));
        m_levels[level].push_back(node);
        return {};
    }

    Result<DagNode> finish()
    {
        for (std::size_t level = 0;; ++level) {
            if (level + 1 == m_levels.size() && m_levels[level].size() == 1)
                return m_levels[level].front();
            AMANA_CHECK(close(level));
        }
    }

private:
    Status close(std::size_t level)
    {
        AMANA_TRY(const DagNode parent, putInner(m_levels[level], m_sink));
        m_levels[level].clear();
        return add(parent, level + 1);
    }

    BlockSink &m_sink;
    std::vector<std::vector<DagNode>> m_levels;
};

struct Leaf {
    Leaf() : bytes(std::make_unique_for_overwrite<std::uint8_t[]>(kChunkSize)) {}

    std::unique_ptr<std::uint8_t[]> bytes;
    std::size_t size = 0;
    Cid cid;
    std::future<void> hashed;
    std::future<Status> stored;

    [[nodiscard]] ByteView view() const { return {bytes.get(), size}; }
    void hash() { cid = Cid::of(Codec::Raw, view()); }
};

} // namespace

struct FileWriter::State {
    explicit State(BlockSink &where) : sink(where), tree(where), filling(std::make_unique<Leaf>()) {}
    ~State() { abandoned = true; }

    Status store(const Leaf &leaf)
    {
        if (abandoned)
            return fail(ErrorCode::Cancelled);
        Status done = sink.put(leaf.cid, leaf.view());
        if (done)
            done = tree.add({leaf.cid, leaf.size, leaf.size});
        if (!done)
            abandoned = true; // those behind it would be children of nothing
        return done;
    }
    Status launch();
    Status takeOldest();

    BlockSink &sink;
    BalancedTree tree; ///< of the storing thread while there is one
    std::atomic<bool> abandoned = false;
    std::size_t leaves = 0;
    std::unique_ptr<Leaf> filling;
    std::deque<std::unique_ptr<Leaf>> underWay;
    std::vector<std::unique_ptr<Leaf>> spare;
    std::optional<Error> failure;
    // Last, for their work ends before the rest goes; and storing, which waits for hashing, first of the two.
    std::optional<Crew> hashing;
    std::optional<Crew> storing;
};

Status FileWriter::State::takeOldest()
{
    auto leaf = std::move(underWay.front());
    underWay.pop_front();
    const Status done = leaf->stored.get();
    leaf->size = 0;
    spare.push_back(std::move(leaf));
    return done;
}

Status FileWriter::State::launch()
{
    if (++leaves <= kShort) {
        filling->hash();
        const Status done = store(*filling);
        filling->size = 0;
        return done;
    }
    if (!hashing) {
        hashing.emplace(Crew::processors());
        storing.emplace(1);
    }
    Leaf &leaf = *filling;
    leaf.hashed = hashing->start([&leaf] { leaf.hash(); });
    leaf.stored = storing->start([this, &leaf] {
        leaf.hashed.get();
        return store(leaf);
    });
    underWay.push_back(std::move(filling));
    Status done;
    if (underWay.size() >= Crew::processors() + kAhead)
        done = takeOldest();
    if (spare.empty())
        spare.push_back(std::make_unique<Leaf>());
    filling = std::move(spare.back());
    spare.pop_back();
    return done;
}

FileWriter::FileWriter(BlockSink &sink) : m_state(std::make_unique<State>(sink)) {}

FileWriter::~FileWriter() = default;

std::span<std::uint8_t> FileWriter::room()
{
    return {m_state->filling->bytes.get() + m_state->filling->size, kChunkSize - m_state->filling->size};
}

Status FileWriter::filled(std::size_t size)
{
    if (m_state->failure)
        return fail(*m_state->failure);
    m_state->filling->size += size;
    if (m_state->filling->size < kChunkSize)
        return {};
    Status done = m_state->launch();
    if (!done)
        m_state->failure = done.error();
    return done;
}

Status FileWriter::write(ByteView bytes)
{
    while (!bytes.empty()) {
        const auto space = room();
        const std::size_t size = std::min(space.size(), bytes.size());
        std::memcpy(space.data(), bytes.data(), size);
        AMANA_CHECK(filled(size));
        bytes = bytes.subspan(size);
    }
    return {};
}

Result<DagNode> FileWriter::finish()
{
    if (m_state->failure)
        return fail(*m_state->failure);
    if (m_state->filling->size > 0 || m_state->leaves == 0) // an empty file is one empty leaf
        AMANA_CHECK(m_state->launch());
    while (!m_state->underWay.empty())
        AMANA_CHECK(m_state->takeOldest());
    return m_state->tree.finish();
}

} // namespace amana::content
