// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/block_store_state.h"
#include "core/content/dag_pb.h"

#include <algorithm>
#include <cerrno>
#include <unordered_set>

#include <unistd.h>

namespace amana::content {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPinName = 4096;

} // namespace

std::vector<std::pair<Cid, std::string>> pinFiles(const std::string &folder)
{
    std::vector<std::pair<Cid, std::string>> found;
    for (const fs::path &path : filesIn(folder + "/pins", {}, {}))
        if (const auto root = Cid::parse(path.stem().string()))
            found.emplace_back(*root, path.string());
    return found;
}

Status walkInner(const BlockSource &source, const Cid &root, const CidVisitor &visitor)
{
    std::vector<Cid> todo{root};
    while (!todo.empty()) {
        const Cid cid = todo.back();
        todo.pop_back();
        AMANA_TRY(const bool fresh, visitor(cid));
        if (!fresh || cid.codec == Codec::Raw)
            continue;
        AMANA_TRY(const QByteArray block, source.get(cid));
        auto node = decodeNode(bytesOf(block));
        if (!node) {
            node.error().params.emplace_back("cid", cid.text());
            return fail(std::move(node).error());
        }
        for (auto link = node->links.rbegin(); link != node->links.rend(); ++link)
            todo.push_back(link->cid);
    }
    return {};
}

Status BlockStore::pin(const Cid &root, const std::string &name, const Progress &progress)
{
    if (name.size() > kMaxPinName)
        return fail(ErrorCode::FileTooLarge, {{"path", "pin"}});
    AMANA_CHECK(flush());
    // From here on no collection takes them away; so a pin that can be seen is that of a whole graph.
    std::unordered_set<Cid> seen;
    AMANA_CHECK(walkInner(*this, root, [&](const Cid &cid) -> Result<bool> {
        if (!seen.insert(cid).second)
            return false;
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_TRY(const std::optional<std::uint64_t> size, keep(cid));
        if (!size)
            return fail(ErrorCode::BlockMissing, {{"cid", cid.text()}});
        progress.report(seen.size(), 0);
        return true;
    }));
    std::unique_lock lock(m_state->mutex);
    const std::string path = m_state->session + "/pin-" + std::to_string(m_state->next++);
    lock.unlock();
    AMANA_CHECK(writeNewFile(path, bytesOf(name)));
    AMANA_CHECK(syncFile(path));
    AMANA_TRY(const Gate gate, m_state->enter());
    const std::string named = m_state->pinPath(root, name);
    if (::rename(path.c_str(), named.c_str()) != 0)
        return systemFailure(named, ErrorCode::FileUnwritable);
    return syncFolder(m_state->folder + "/pins");
}

Status BlockStore::unpin(const Cid &root, const std::string &name)
{
    AMANA_TRY(const Gate gate, m_state->enter());
    const std::string path = m_state->pinPath(root, name);
    if (::unlink(path.c_str()) != 0)
        return errno == ENOENT ? Status() : systemFailure(path, ErrorCode::FileUnwritable);
    return syncFolder(m_state->folder + "/pins");
}

Result<std::vector<Pin>> BlockStore::pins() const
{
    AMANA_TRY(const Gate gate, m_state->enter()); // one state of them all
    std::vector<Pin> found;
    for (const auto &[root, path] : pinFiles(m_state->folder)) {
        AMANA_TRY(const QByteArray name, readWholeFile(path, kMaxPinName));
        found.push_back({root, name.toStdString()});
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace amana::content
