// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/network.h"

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace amana::chain {

struct JournalEntry {
    enum class State { Pending, Mined, Dropped };

    QByteArray raw;
    Digest hash{};
    State state = State::Pending;
    std::uint64_t block = 0; ///< of a mined one, as do the next two
    std::uint64_t time = 0;  ///< seconds since 1970
    bool succeeded = false;
};

/// The journal of This computer: every transaction that was ever handed to the node, in the order in which it
/// was mined. Append-only lines of JSON, each on disk before what it announces is done:
///   {"genesis":<seconds since 1970>}         first line
///   {"tx":"0x<raw>"}                         will be sent
///   {"mined":"0x<hash>","block":n,"time":s,"ok":true}
///   {"dropped":"0x<hash>"}                   the node refused it for good
/// A last line without its end is a write that was cut short and does not count. Use under the node's lock
/// only.
class Journal {
public:
    /// An absent file is an empty journal. NodeStateCorrupt{line}; FileUnreadable.
    [[nodiscard]] static Result<Journal> load(const QString &path);
    /// Reads what other processes have added since.
    [[nodiscard]] Status refresh();

    [[nodiscard]] std::optional<std::uint64_t> genesis() const { return m_genesis; }
    [[nodiscard]] const JournalEntry *find(const Digest &hash) const;
    [[nodiscard]] const std::vector<JournalEntry> &entries() const { return m_entries; }
    /// Mined ones in the order of blocks, then pending ones in the order of writing.
    [[nodiscard]] std::vector<JournalEntry> replayOrder() const;
    [[nodiscard]] std::vector<JournalEntry> pending() const;

    /// FileUnwritable, FileDiskFull.
    [[nodiscard]] Status begin(std::uint64_t genesis);
    [[nodiscard]] Status append(const QByteArray &raw);
    [[nodiscard]] Status markMined(const Receipt &receipt);
    [[nodiscard]] Status markDropped(const Digest &hash);

    explicit Journal(QString path) : m_path(std::move(path)) {} ///< nothing read yet

private:
    [[nodiscard]] Status readLine(std::string_view line);
    [[nodiscard]] Status write(const std::string &line);

    QString m_path;
    std::uint64_t m_inode = 0; ///< of the file that was read
    qint64 m_read = 0;         ///< bytes understood so far
    std::size_t m_line = 0;
    std::optional<std::uint64_t> m_genesis;
    std::vector<JournalEntry> m_entries;
    std::map<Digest, std::size_t> m_byHash;
};

/// Hands a raw transaction to the node of This computer: journal, send, wait until it is mined (an automatic
/// block per transaction, so at once), journal again. All under the lock of the folder, so that the journal
/// has the order of the blocks. ChainUnreachable leaves the entry pending: the next start of the node sends
/// it. StoreLocked, FileUnwritable, NodeStateCorrupt.
[[nodiscard]] Result<Handed> handJournalled(const Chain &chain, const QString &journalPath,
                                            const QByteArray &raw, const Digest &hash);

/// Hands in without a journal. An error is a lost connection, never a refusal.
[[nodiscard]] Result<Handed> handPlain(const JsonRpc &rpc, const QByteArray &raw);

/// Waits for a receipt; nothing when there is none within `patience`.
[[nodiscard]] Result<std::optional<Receipt>> awaitReceipt(const JsonRpc &rpc, const Digest &hash,
                                                          std::chrono::milliseconds patience);
[[nodiscard]] Result<std::optional<Receipt>> fetchReceipt(const JsonRpc &rpc, const Digest &hash);
/// ChainBadReply.
[[nodiscard]] Result<Block> readBlock(const nlohmann::json &reply);
[[nodiscard]] Result<std::vector<Log>> readLogs(const nlohmann::json &reply);
[[nodiscard]] Result<Block> fetchBlock(const JsonRpc &rpc, const std::string &tag);

[[nodiscard]] QString journalLock(const QString &journalPath);

} // namespace amana::chain
