// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/file_writer.h"

#include "core/base/crew.h"
#include "core/content/balanced_tree.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <optional>

namespace amana::content {

namespace {

constexpr std::size_t kShort = 4; // chunks up to which threads cost more than they bring
constexpr std::size_t kAhead = 3; // leaves hashed or on their way to the disk, besides those that are being hashed

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
