// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/block_store_state.h"

#include <cerrno>
#include <chrono>
#include <map>
#include <thread>
#include <unordered_set>

#include <unistd.h>

namespace amana::content {

namespace {

namespace fs = std::filesystem;

/// Waits for another collection to end. Cancelled.
Result<Fd> lockUnlessCancelled(const std::string &path, const Progress &progress)
{
    for (;;) {
        AMANA_TRY(Fd fd, lockFile(path, false));
        if (fd.valid())
            return fd;
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

/// What must stay. It only ever grows.
class Wanted {
public:
    Wanted(const BlockSource &source, std::string folder, const Progress &progress)
        : m_source(source), m_folder(std::move(folder)), m_progress(progress)
    {}

    [[nodiscard]] bool has(const Cid &cid) const { return m_reached.contains(cid) || m_noted.contains(cid); }

    /// With the gate held: reads what sessions noted since the last time, then the pins (a session notes first and
    /// pins later). The roots that are new.
    [[nodiscard]] Result<std::vector<Cid>> news()
    {
        for (const fs::path &lock : filesIn(m_folder + "/tmp", {}, kLockSuffix))
            for (const fs::path &path : filesIn(fs::path(lock).replace_extension().string(), kJournal, {}))
                AMANA_CHECK(readOn(path.string()));
        std::vector<Cid> roots;
        for (const auto &[root, path] : pinFiles(m_folder))
            if (!m_reached.contains(root))
                roots.push_back(root);
        return roots;
    }

    /// Everything below the root.
    [[nodiscard]] Status mark(const Cid &root)
    {
        return walkInner(m_source, root, [this](const Cid &cid) -> Result<bool> {
            if (m_progress.cancelled())
                return fail(ErrorCode::Cancelled);
            return m_reached.insert(cid).second;
        });
    }

private:
    Status readOn(const std::string &path)
    {
        std::uint64_t &offset = m_offsets[path];
        AMANA_TRY(const QByteArray fresh, readFrom(path, offset));
        ByteView view = bytesOf(fresh);
        for (; view.size() >= kCidSize; view = view.subspan(kCidSize)) {
            AMANA_TRY(const Cid cid, Cid::fromBytes(view.first(kCidSize)));
            m_noted.insert(cid);
            offset += kCidSize;
        }
        return {};
    }

    const BlockSource &m_source;
    const std::string m_folder;
    const Progress &m_progress;
    std::unordered_set<Cid> m_reached; ///< each with all that is below it
    std::unordered_set<Cid> m_noted;
    std::map<std::string, std::uint64_t> m_offsets; ///< bytes read of each journal
};

} // namespace

Result<CollectReport> BlockStore::collect(const Progress &progress)
{
    // Sessions that end stay readable while we hold this.
    AMANA_TRY(const Fd one, lockUnlessCancelled(m_state->sessions() + "/collect", progress));
    Wanted wanted(*this, m_state->folder, progress);
    CollectReport report;
    for (int byte = 0; byte < 256; ++byte) {
        for (;;) {
            if (progress.cancelled())
                return fail(ErrorCode::Cancelled);
            std::vector<Cid> roots;
            {
                AMANA_TRY(const Gate gate, m_state->enter());
                AMANA_TRY(roots, wanted.news());
                if (roots.empty()) {
                    const auto blocks = blocksOfShard(m_state->folder, static_cast<std::uint8_t>(byte));
                    std::uint64_t freed = 0;
                    for (const auto &[cid, size] : blocks) {
                        if (wanted.has(cid)) {
                            ++report.kept;
                            continue;
                        }
                        const std::string path = m_state->pathOf(cid);
                        if (::unlink(path.c_str()) != 0)
                            return systemFailure(path, ErrorCode::FileUnwritable);
                        freed += size;
                        ++report.blocks;
                    }
                    report.bytes += freed;
                    AMANA_CHECK(m_state->giveBack(gate, freed));
                    break;
                }
            }
            for (const Cid &root : roots) // long: others go on meanwhile
                AMANA_CHECK(wanted.mark(root));
        }
        progress.report(static_cast<std::uint64_t>(byte) + 1, 256);
    }
    return report;
}

} // namespace amana::content
