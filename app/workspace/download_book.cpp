// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/download_book.h"

#include <nlohmann/json.hpp>

namespace amana::app {

namespace {

using nlohmann::json;

constexpr std::string_view kBlob = "workspace.downloads";

} // namespace

Result<std::unique_ptr<DownloadBook>> DownloadBook::open(store::Library &library)
{
    std::unique_ptr<DownloadBook> book(new DownloadBook(library));
    AMANA_CHECK(book->load());
    return book;
}

Status DownloadBook::load()
{
    const auto bytes = m_library.vault().get(kBlob);
    if (!bytes)
        return bytes.error().code == ErrorCode::StoreNotFound ? Status() : Status(fail(bytes.error()));
    try {
        const json object = json::parse(bytes->text());
        for (const auto &[request, row] : object.items()) {
            Entry entry;
            entry.token = row.at("token").get<std::string>();
            entry.folder = QString::fromStdString(row.at("folder").get<std::string>());
            entry.bytes = row.at("bytes").get<std::uint64_t>();
            entry.opened = row.at("opened").get<bool>();
            entry.linked = row.at("linked").get<bool>();
            m_entries.emplace(QString::fromStdString(request).toULongLong(), std::move(entry));
        }
    } catch (const json::exception &) {
        return fail(ErrorCode::StoreCorrupt, {{"place", "downloads"}});
    }
    return {};
}

std::optional<DownloadBook::Entry> DownloadBook::entry(std::uint64_t request) const
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_entries.find(request);
    return it == m_entries.end() ? std::nullopt : std::optional(it->second);
}

std::map<std::uint64_t, DownloadBook::Entry> DownloadBook::entries() const
{
    const std::lock_guard lock(m_mutex);
    return m_entries;
}

Status DownloadBook::put(std::uint64_t request, const Entry &entry)
{
    const std::lock_guard lock(m_mutex);
    m_entries[request] = entry;
    json object = json::object();
    for (const auto &[id, row] : m_entries)
        object[std::to_string(id)] = {{"token", row.token},
                                      {"folder", row.folder.toStdString()},
                                      {"bytes", row.bytes},
                                      {"opened", row.opened},
                                      {"linked", row.linked}};
    const std::string text = object.dump();
    return m_library.vault().put(kBlob, bytesOf(text));
}

} // namespace amana::app
