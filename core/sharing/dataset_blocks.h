// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/block_store.h"

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace amana::sharing {

/// The blocks of one dataset: 33 bytes each.
class BlockSet {
public:
    explicit BlockSet(std::vector<content::Cid> cids);
    [[nodiscard]] std::size_t size() const { return m_cids.size(); }
    /// Its place among them, the same for ever; none: it does not belong.
    [[nodiscard]] std::optional<std::size_t> placeOf(const content::Cid &cid) const;

private:
    std::vector<content::Cid> m_cids; ///< in order
};

/// Which blocks are reachable from a root, walked once in this computer's store and remembered; the sets that were used
/// longest ago go when all together are too many. Thread-safe; one walk at a time.
class DatasetBlocks {
public:
    explicit DatasetBlocks(const content::BlockStore &blocks, std::size_t most = 4'000'000) : m_blocks(blocks), m_most(most)
    {
    }

    /// BlockMissing (cid) when the dataset is not whole here: then none of it is known. BlockAltered, DagMalformed,
    /// DagTooLarge. Inner nodes are read, leaves looked for.
    [[nodiscard]] Result<std::shared_ptr<const BlockSet>> of(const content::Cid &root);

private:
    struct Entry {
        content::Cid root;
        std::shared_ptr<const BlockSet> set; ///< shared with the downloads under way
    };
    [[nodiscard]] std::shared_ptr<const BlockSet> find(const content::Cid &root);
    [[nodiscard]] Result<std::shared_ptr<const BlockSet>> walk(const content::Cid &root) const;
    void keep(Entry entry);

    const content::BlockStore &m_blocks;
    const std::size_t m_most;
    std::mutex m_walking; ///< held while one dataset is walked; taken before m_mutex
    std::mutex m_mutex;   ///< guards what follows
    std::list<Entry> m_entries; ///< last used first
    std::size_t m_total = 0;
};

} // namespace amana::sharing
