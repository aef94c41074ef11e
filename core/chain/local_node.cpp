// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/local_node.h"

#include "core/base/file_lock.h"
#include "core/base/files.h"
#include "core/base/log.h"
#include "core/chain/deployment.h"
#include "core/chain/journal.h"
#include "core/chain/json_fields.h"
#include "core/chain/node_process.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace amana::chain {

namespace {

using nlohmann::json;

constexpr std::chrono::seconds kLockPatience(90); // another process may be starting, replaying and deploying
constexpr std::chrono::seconds kMinePatience(10);

NodeFolder folderOf(const QString &home)
{
    return {QDir(home).absoluteFilePath(QStringLiteral("networks/") + QLatin1String(kLocalNetwork.data()))};
}

std::uint64_t now()
{
    return static_cast<std::uint64_t>(QDateTime::currentSecsSinceEpoch());
}

QStringList nodeArguments(std::uint64_t genesis)
{
    QStringList arguments;
    for (const char *word : {"--silent", "--accounts", "0", "--gas-price", "0", "--block-base-fee-per-gas",
                             "0", "--disable-min-priority-fee", "--no-cors", "--state-interval", "1",
                             // The state after each of the newest blocks stays in memory; without this every
                             // block writes a whole copy to disk.
                             "--prune-history", "64"})
        arguments << QLatin1String(word);
    arguments << QStringLiteral("--chain-id") << QString::number(LocalNode::kChainId)
              << QStringLiteral("--timestamp") << QString::number(genesis);
    return arguments;
}

/// Brings the chain to where the journal is. Under the lock.
class Replay {
public:
    Replay(const JsonRpc &rpc, Journal &journal) : m_rpc(rpc), m_journal(journal) {}

    /// NodeStateCorrupt when a transaction does not come out as it did before.
    Status run()
    {
        const std::vector<JournalEntry> entries = m_journal.replayOrder();
        AMANA_TRY(const std::size_t first, firstMissing(entries));
        for (std::size_t i = first; i < entries.size(); ++i)
            AMANA_CHECK(apply(entries[i]));
        if (first < entries.size())
            log(LogLevel::Info, "node.replayed", {{"transactions", std::to_string(entries.size() - first)}});
        return {};
    }

private:
    /// The state file is the chain as it was up to some block: mined entries are there up to a point and
    /// missing after.
    Result<std::size_t> firstMissing(const std::vector<JournalEntry> &entries)
    {
        std::size_t mined = 0;
        while (mined < entries.size() && entries[mined].state == JournalEntry::State::Mined)
            ++mined;
        std::size_t low = 0;
        std::size_t high = mined;
        if (mined > 0) { // nearly always nothing is missing: look there first
            AMANA_TRY(const auto last, fetchReceipt(m_rpc, entries[mined - 1].hash));
            if (last)
                return mined;
        }
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            AMANA_TRY(const auto receipt, fetchReceipt(m_rpc, entries[middle].hash));
            receipt ? low = middle + 1 : high = middle;
        }
        return low;
    }

    Status apply(const JournalEntry &entry)
    {
        const bool before = entry.state == JournalEntry::State::Mined;
        AMANA_TRY(const auto known, fetchReceipt(m_rpc, entry.hash));
        if (known && !before)
            return m_journal.markMined(*known);
        if (before) // the same moment: what a contract decided by the clock, it decides again
            AMANA_CHECK(m_rpc.call("evm_setNextBlockTimestamp", {entry.time}));
        AMANA_TRY(const Handed handed, handPlain(m_rpc, entry.raw));
        if (handed.refusal)
            return before ? corrupt(entry) : m_journal.markDropped(entry.hash);
        AMANA_TRY(const auto receipt, awaitReceipt(m_rpc, entry.hash, kMinePatience));
        if (before && (!receipt || receipt->succeeded != entry.succeeded))
            return corrupt(entry);
        if (!before && receipt)
            AMANA_CHECK(m_journal.markMined(*receipt));
        return {};
    }

    static Status corrupt(const JournalEntry &entry)
    {
        return fail(ErrorCode::NodeStateCorrupt,
                    {{"transaction", hexText(entry.hash)}, {"block", std::to_string(entry.block)}});
    }

    const JsonRpc &m_rpc;
    Journal &m_journal;
};

/// Blocks carry the wall clock, also after a start from a genesis in the past and after a replay.
Status followWallClock(const JsonRpc &rpc)
{
    AMANA_CHECK(rpc.call("evm_setTime", {now()}));
    return {};
}

class Starter {
public:
    explicit Starter(const QString &home) : m_folder(folderOf(home)) {}

    /// A node that answers and has all that the journal has.
    Result<NodeRecord> start(Journal &journal)
    {
        if (const auto record = findNode(m_folder)) {
            const JsonRpc rpc(record->url(), std::chrono::seconds(5));
            if (rpc.call("eth_chainId", json::array()) && Replay(rpc, journal).run()) {
                AMANA_CHECK(followWallClock(rpc));
                return *record;
            }
            AMANA_CHECK(endNode(m_folder, *record)); // it hangs, or is not what the journal says
        }
        AMANA_TRY(const QString program, LocalNode::findAnvil());
        auto record = startAndReplay(program, journal);
        if (record || record.error().code == ErrorCode::NodeNotFound)
            return record;
        // A state file that was cut in two by a crash is worth nothing; the journal has everything.
        log(LogLevel::Warning, record.error());
        if (const auto half = findNode(m_folder))
            AMANA_CHECK(endNode(m_folder, *half));
        setStateAside();
        return startAndReplay(program, journal);
    }

private:
    Result<NodeRecord> startAndReplay(const QString &program, Journal &journal)
    {
        if (!journal.genesis()) {
            setStateAside();
            AMANA_CHECK(journal.begin(now()));
        }
        const auto former = readRecord(m_folder);
        // The port of before, if it is free: programs that are open find the node again.
        AMANA_TRY(const NodeRecord record,
                  startNode(m_folder, program, nodeArguments(*journal.genesis()), former ? former->port : 0));
        const JsonRpc rpc(record.url());
        AMANA_CHECK(Replay(rpc, journal).run());
        AMANA_CHECK(followWallClock(rpc));
        log(LogLevel::Info, "node.started", {{"url", record.url()}});
        return record;
    }

    void setStateAside() const
    {
        const QString aside = m_folder.state() + QStringLiteral(".old");
        QFile::remove(aside);
        QFile::rename(m_folder.state(), aside);
    }

    NodeFolder m_folder;
};

Result<NetworkProfile> deploy(const QString &home, const JsonRpc &rpc, Journal &journal,
                              const crypto::SigningKey &key)
{
    const SendRaw send = [&rpc, &journal](const SignedTransaction &transaction) -> Result<Receipt> {
        if (journal.find(transaction.hash) == nullptr)
            AMANA_CHECK(journal.append(transaction.raw));
        AMANA_TRY(const Handed handed, handPlain(rpc, transaction.raw));
        if (handed.refusal)
            return fail(*handed.refusal);
        AMANA_TRY(const auto receipt, awaitReceipt(rpc, transaction.hash, kMinePatience));
        if (!receipt)
            return fail(ErrorCode::ChainTimeout, {{"label", "deploy"}});
        AMANA_CHECK(journal.markMined(*receipt));
        return *receipt;
    };
    AMANA_TRY(const Deployment deployment, deployContracts(rpc, LocalNode::kChainId, key, send));
    AMANA_TRY(const Block genesis, fetchBlock(rpc, "0x0"));
    NetworkProfile profile;
    profile.name = kLocalNetwork;
    profile.rpcUrl = rpc.url();
    profile.chainId = LocalNode::kChainId;
    profile.genesisHash = genesis.hash;
    profile.contracts = deployment.contracts;
    profile.firstBlock = deployment.firstBlock;
    AMANA_CHECK(saveNetwork(home, profile));
    return loadNetwork(home, profile.name);
}

} // namespace

Result<NetworkProfile> LocalNode::ensureRunning(const QString &home, const crypto::SigningKey &firstProfile)
{
    const NodeFolder folder = folderOf(home);
    AMANA_CHECK(makeFolder(folder.path));
    AMANA_TRY(const FileLock lock, FileLock::take(folder.lock(), kLockPatience));
    AMANA_TRY(Journal journal, Journal::load(folder.journal()));
    AMANA_TRY(const NodeRecord record, Starter(home).start(journal));
    const JsonRpc rpc(record.url());
    auto profile = loadNetwork(home, std::string(kLocalNetwork));
    if (!profile && profile.error().code == ErrorCode::NetworkUnknown)
        return deploy(home, rpc, journal, firstProfile);
    if (profile && profile->rpcUrl != record.url()) {
        profile->rpcUrl = record.url();
        AMANA_CHECK(saveNetwork(home, *profile));
    }
    return profile;
}

Result<NodeStatus> LocalNode::status(const QString &home)
{
    const NodeFolder folder = folderOf(home);
    NodeStatus status;
    AMANA_TRY(const Journal journal, Journal::load(folder.journal()));
    status.journalled = journal.entries().size();
    const auto record = readRecord(folder);
    if (!record || !isOurs(folder, *record))
        return status;
    status.pid = record->pid;
    status.rpcUrl = record->url();
    const auto head = fetchBlock(JsonRpc(record->url(), std::chrono::seconds(5)), "latest");
    status.running = head.has_value();
    if (head)
        status.block = head->number;
    return status;
}

Status LocalNode::stop(const QString &home)
{
    const NodeFolder folder = folderOf(home);
    if (!QFileInfo::exists(folder.path))
        return {};
    AMANA_TRY(const FileLock lock, FileLock::take(folder.lock(), kLockPatience));
    if (const auto record = readRecord(folder))
        return endNode(folder, *record);
    return {};
}

Result<QString> LocalNode::findAnvil()
{
    const auto usable = [](const QString &path) {
        return QFileInfo(path).isFile() && QFileInfo(path).isExecutable();
    };
    const QString named = qEnvironmentVariable("AMANA_ANVIL");
    if (!named.isEmpty()) // named and wrong is an error, not a reason to take another
        return usable(named)
                   ? Result<QString>(named)
                   : Result<QString>(fail(ErrorCode::NodeNotFound, {{"path", named.toStdString()}}));
    QDir around(QCoreApplication::applicationDirPath());
    for (const char *beside : {"anvil", "../libexec/amana/anvil"})
        if (const QString path = around.absoluteFilePath(QLatin1String(beside)); usable(path))
            return path;
    do { // a source tree around the program
        const QString path = around.absoluteFilePath(
            QStringLiteral("contracts/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil"));
        if (usable(path))
            return path;
    } while (around.cdUp());
    const QString found = QStandardPaths::findExecutable(QStringLiteral("anvil"));
    if (found.isEmpty())
        return fail(ErrorCode::NodeNotFound);
    return found;
}

} // namespace amana::chain
