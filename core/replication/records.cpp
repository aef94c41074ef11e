// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replication/records.h"

#include "core/base/file_lock.h"
#include "core/base/files.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>

#include <algorithm>

namespace amana::replication {

using nlohmann::json;

namespace {

constexpr std::chrono::seconds kLockPatience(10);
constexpr qint64 kMaxFile = 1 << 20;

json toJson(const Receipt &receipt)
{
    return {{"place", receipt.place}, {"kept", receipt.kept},       {"wanted", receipt.wanted},   {"id", receipt.id},
            {"asked", receipt.asked}, {"checked", receipt.checked}, {"problem", receipt.problem}, {"detail", receipt.detail}};
}

Receipt receiptFrom(const json &object)
{
    return {object.at("place").get<std::string>(),       object.at("kept").get<int>(),
            object.at("wanted").get<int>(),              object.at("id").get<std::string>(),
            object.at("asked").get<std::int64_t>(),      object.at("checked").get<std::int64_t>(),
            object.at("problem").get<std::string>(),     object.at("detail").get<std::string>()};
}

Result<Record> recordFrom(const QByteArray &bytes)
{
    try {
        const json object = json::parse(bytes.begin(), bytes.end());
        Record record;
        AMANA_TRY(record.root, content::Cid::parse(object.at("cid").get<std::string>()));
        record.name = object.at("name").get<std::string>();
        for (const json &receipt : object.at("receipts"))
            record.receipts.push_back(receiptFrom(receipt));
        record.foundBy = object.at("foundBy").get<std::string>();
        record.foundAt = object.at("foundAt").get<std::int64_t>();
        return record;
    } catch (const json::exception &) {
        return fail(ErrorCode::StoreCorrupt);
    }
}

Result<Record> readRecord(const QString &path)
{
    AMANA_TRY(const QByteArray bytes, readFile(path, kMaxFile));
    auto record = recordFrom(bytes);
    if (!record)
        return fail(ErrorCode::StoreCorrupt, {{"path", path.toStdString()}});
    return record;
}

Status writeRecord(const QString &path, const Record &record)
{
    json receipts = json::array();
    for (const Receipt &receipt : record.receipts)
        receipts.push_back(toJson(receipt));
    const json object{{"cid", record.root.text()},
                      {"name", record.name},
                      {"receipts", receipts},
                      {"foundBy", record.foundBy},
                      {"foundAt", record.foundAt}};
    // What a place said may hold any bytes.
    return writeFileAtomic(path, QByteArray::fromStdString(object.dump(2, ' ', false, json::error_handler_t::replace) + "\n"));
}

} // namespace

const Receipt *Record::of(const std::string &place) const
{
    const auto it = std::find_if(receipts.begin(), receipts.end(), [&](const Receipt &receipt) { return receipt.place == place; });
    return it == receipts.end() ? nullptr : &*it;
}

Receipt &Record::at(const std::string &place)
{
    if (const Receipt *known = of(place))
        return receipts[static_cast<std::size_t>(known - receipts.data())];
    receipts.push_back({place});
    return receipts.back();
}

Records::Records(QString folder) : m_folder(std::move(folder)) {}

QString Records::fileOf(const content::Cid &root) const
{
    return m_folder + QLatin1Char('/') + QString::fromStdString(root.text()) + QStringLiteral(".json");
}

Status Records::begin(const content::Cid &root, const std::string &name) const
{
    AMANA_CHECK(makeFolder(m_folder));
    AMANA_TRY(const FileLock lock, FileLock::take(m_folder + QStringLiteral("/lock"), kLockPatience));
    if (QFile::exists(fileOf(root)))
        return {};
    return writeRecord(fileOf(root), {root, name, {}});
}

Result<std::optional<Record>> Records::of(const content::Cid &root) const
{
    if (!QFile::exists(fileOf(root)))
        return std::optional<Record>();
    return readRecord(fileOf(root)).transform([](Record record) { return std::optional(std::move(record)); });
}

Result<std::vector<Record>> Records::all() const
{
    std::vector<Record> records;
    for (const QString &name : QDir(m_folder).entryList({QStringLiteral("*.json")}, QDir::Files)) {
        AMANA_TRY(Record record, readRecord(m_folder + QLatin1Char('/') + name));
        records.push_back(std::move(record));
    }
    std::sort(records.begin(), records.end(), [](const Record &a, const Record &b) { return a.name < b.name; });
    return records;
}

Status Records::update(const content::Cid &root, const std::function<void(Record &)> &change) const
{
    AMANA_CHECK(makeFolder(m_folder));
    AMANA_TRY(const FileLock lock, FileLock::take(m_folder + QStringLiteral("/lock"), kLockPatience));
    if (!QFile::exists(fileOf(root)))
        return {};
    AMANA_TRY(Record record, readRecord(fileOf(root)));
    change(record);
    return writeRecord(fileOf(root), record);
}

Status Records::remove(const content::Cid &root) const
{
    AMANA_CHECK(makeFolder(m_folder));
    AMANA_TRY(const FileLock lock, FileLock::take(m_folder + QStringLiteral("/lock"), kLockPatience));
    if (QFile::exists(fileOf(root)) && !QFile::remove(fileOf(root)))
        return fail(ErrorCode::FileUnwritable, {{"path", fileOf(root).toStdString()}});
    return {};
}

} // namespace amana::replication
