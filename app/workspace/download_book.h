// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/library.h"

#include <QString>

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace amana::app {

/// What was downloaded where. One encrypted blob in the vault: folder names can tell something. Thread-safe.
class DownloadBook {
public:
    struct Entry {
        std::string token;  ///< of one start: the same after a restart of its job
        QString folder;
        std::uint64_t bytes = 0;
        bool opened = false;
        bool linked = false; ///< true names and dates were opened too
    };

    /// VaultCorrupt, StoreCorrupt.
    [[nodiscard]] static Result<std::unique_ptr<DownloadBook>> open(store::Library &library);

    [[nodiscard]] std::optional<Entry> entry(std::uint64_t request) const;
    [[nodiscard]] std::map<std::uint64_t, Entry> entries() const;
    [[nodiscard]] Status put(std::uint64_t request, const Entry &entry);

private:
    explicit DownloadBook(store::Library &library) : m_library(library) {}
    [[nodiscard]] Status load();

    store::Library &m_library;
    mutable std::mutex m_mutex;
    std::map<std::uint64_t, Entry> m_entries;
};

} // namespace amana::app
