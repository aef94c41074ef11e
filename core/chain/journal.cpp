// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/journal.h"

#include "core/base/file_lock.h"
#include "core/chain/fault.h"
#include "core/chain/json_fields.h"
#include "core/crypto/keccak.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <mutex>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace amana::chain {

namespace {

using nlohmann::json;

constexpr std::chrono::seconds kLockPatience(60);
constexpr std::chrono::seconds kMinePatience(10);

} // namespace

QString journalLock(const QString &journalPath)
{
    return QFileInfo(journalPath).absolutePath() + QStringLiteral("/lock");
}

Result<Journal> Journal::load(const QString &path)
{
    Journal journal(path);
    AMANA_CHECK(journal.refresh());
    return journal;
}

Status Journal::refresh()
{
    QFile file(m_path);
    struct stat info {};
    const bool there = ::stat(QFile::encodeName(m_path).constData(), &info) == 0;
    if (m_inode != 0 && (!there || info.st_ino != m_inode || info.st_size < m_read))
        *this = Journal(m_path); // another file by now: read anew
    if (!there)
        return {};
    m_inode = info.st_ino;
    if (!file.open(QIODevice::ReadOnly) || !file.seek(m_read))
        return fail(ErrorCode::FileUnreadable, {{"path", m_path.toStdString()}});
    while (true) {
        const QByteArray line = file.readLine();
        if (!line.endsWith('\n'))
            return {};
        ++m_line;
        AMANA_CHECK(readLine({line.constData(), static_cast<std::size_t>(line.size())}));
        m_read += line.size();
    }
}

Status Journal::readLine(std::string_view line)
{
    const auto corrupt = [this] {
        return fail(ErrorCode::NodeStateCorrupt,
                    {{"path", m_path.toStdString()}, {"line", std::to_string(m_line)}});
    };
    const json text = json::parse(line, nullptr, false);
    if (!text.is_object())
        return corrupt();
    if (text.contains("genesis") && text["genesis"].is_number_unsigned()) {
        m_genesis = text["genesis"].get<std::uint64_t>();
        return {};
    }
    if (text.contains("tx")) {
        auto raw = jsonBytes(text, "tx");
        if (!raw)
            return corrupt();
        const Digest hash = crypto::keccak256(bytesOf(*raw));
        if (m_byHash.emplace(hash, m_entries.size()).second)
            m_entries.push_back({std::move(*raw), hash});
        return {};
    }
    const bool mined = text.contains("mined");
    const auto hash = jsonDigest(text, mined ? "mined" : "dropped");
    const auto found = hash ? m_byHash.find(*hash) : m_byHash.end();
    if (found == m_byHash.end())
        return corrupt();
    JournalEntry &entry = m_entries[found->second];
    entry.state = mined ? JournalEntry::State::Mined : JournalEntry::State::Dropped;
    if (mined) {
        entry.block = text.value("block", std::uint64_t(0));
        entry.time = text.value("time", std::uint64_t(0));
        entry.succeeded = text.value("ok", false);
    }
    return {};
}

Status Journal::write(const std::string &line)
{
    const auto bad = [this] {
        const bool full = errno == ENOSPC || errno == EDQUOT;
        return fail(full ? ErrorCode::FileDiskFull : ErrorCode::FileUnwritable,
                    {{"path", m_path.toStdString()}});
    };
    const int file = ::open(QFile::encodeName(m_path).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return bad();
    // What lies behind the last whole line is a write that was cut short: overwritten.
    const std::string whole = line + "\n";
    const bool written =
        ::ftruncate(file, m_read) == 0
        && ::pwrite(file, whole.data(), whole.size(), m_read) == static_cast<ssize_t>(whole.size())
        && ::fsync(file) == 0;
    if (!written) {
        const auto error = bad();
        ::close(file);
        return error;
    }
    ::close(file);
    return refresh();
}

const JournalEntry *Journal::find(const Digest &hash) const
{
    const auto found = m_byHash.find(hash);
    return found == m_byHash.end() ? nullptr : &m_entries[found->second];
}

std::vector<JournalEntry> Journal::pending() const
{
    std::vector<JournalEntry> list;
    std::copy_if(m_entries.begin(), m_entries.end(), std::back_inserter(list),
                 [](const JournalEntry &entry) { return entry.state == JournalEntry::State::Pending; });
    return list;
}

std::vector<JournalEntry> Journal::replayOrder() const
{
    std::vector<JournalEntry> list;
    std::copy_if(m_entries.begin(), m_entries.end(), std::back_inserter(list),
                 [](const JournalEntry &entry) { return entry.state == JournalEntry::State::Mined; });
    std::stable_sort(list.begin(), list.end(),
                     [](const JournalEntry &a, const JournalEntry &b) { return a.block < b.block; });
    for (JournalEntry &entry : pending())
        list.push_back(std::move(entry));
    return list;
}

Status Journal::begin(std::uint64_t genesis)
{
    return write(json{{"genesis", genesis}}.dump());
}

Status Journal::append(const QByteArray &raw)
{
    return write(json{{"tx", hexText(bytesOf(raw))}}.dump());
}

Status Journal::markMined(const Receipt &receipt)
{
    return write(json{{"mined", hexText(receipt.txHash)},
                      {"block", receipt.block},
                      {"time", receipt.time},
                      {"ok", receipt.succeeded}}
                     .dump());
}

Status Journal::markDropped(const Digest &hash)
{
    return write(json{{"dropped", hexText(hash)}}.dump());
}

Result<Handed> handPlain(const JsonRpc &rpc, const QByteArray &raw)
{
    std::optional<RpcError> error;
    AMANA_CHECK(rpc.exchange("eth_sendRawTransaction", {hexText(bytesOf(raw))}, error));
    const Admission admission = error ? admissionOf(*error) : Admission::Accepted;
    if (admission == Admission::Accepted)
        return Handed{};
    return Handed{admission, meaningOf(*error, "eth_sendRawTransaction")};
}

namespace {

/// Entries whose sender was interrupted: what became of them stands in the chain.
Status settlePending(const Chain &chain, Journal &journal)
{
    for (const JournalEntry &entry : journal.pending()) {
        AMANA_TRY(const auto receipt, chain.receipt(entry.hash));
        if (receipt)
            AMANA_CHECK(journal.markMined(*receipt));
    }
    return {};
}

/// One journal a path and process, so that a send reads only what is new. The folder's lock guards the
/// journal itself.
Journal &cachedJournal(const QString &path)
{
    static std::mutex mutex;
    static std::map<QString, Journal> journals;
    const std::lock_guard guard(mutex);
    return journals.try_emplace(path, Journal(path)).first->second;
}

} // namespace

Result<Handed> handJournalled(const Chain &chain, const QString &journalPath, const QByteArray &raw,
                              const Digest &hash)
{
    AMANA_TRY(const FileLock lock, FileLock::take(journalLock(journalPath), kLockPatience));
    Journal &journal = cachedJournal(journalPath);
    AMANA_CHECK(journal.refresh());
    AMANA_CHECK(settlePending(chain, journal));
    const JournalEntry *const entry = journal.find(hash);
    if (entry != nullptr && entry->state == JournalEntry::State::Mined)
        return Handed{};
    if (entry == nullptr)
        AMANA_CHECK(journal.append(raw));
    faultPoint("journal.appended");
    AMANA_TRY(const Handed handed, handPlain(chain.rpc(), raw));
    if (handed.refusal) {
        AMANA_CHECK(journal.markDropped(hash));
        return handed;
    }
    faultPoint("journal.sent");
    AMANA_TRY(const auto receipt, awaitReceipt(chain.rpc(), hash, kMinePatience));
    if (receipt)
        AMANA_CHECK(journal.markMined(*receipt));
    return handed;
}

} // namespace amana::chain
