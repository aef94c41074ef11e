// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/eip712.h"
#include "core/content/unixfs.h"
#include "core/sharing/gateway_service.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <atomic>
#include <functional>
#include <map>

/// A gateway with a clock and a contract that a test sets; blocks, signatures and the audit trail are real.
namespace amana::sharing::test {

/// In memory where there is such a disk: nothing is gained here by waiting for one.
inline QString folderPattern()
{
    return (QFileInfo(QStringLiteral("/dev/shm")).isWritable() ? QStringLiteral("/dev/shm") : QDir::tempPath())
           + QStringLiteral("/amana-gateway-XXXXXX");
}

struct SetClock final : Clock {
    std::atomic<qint64> seconds = 1'700'000'000;
    [[nodiscard]] QDateTime now() const override { return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC); }
};

/// Two datasets that share a file, and one that is not whole.
struct Datasets {
    QTemporaryDir folder{folderPattern()};
    std::unique_ptr<content::BlockStore> store;
    content::Cid one;
    content::Cid two;
    content::Cid broken;
    content::Cid ofOne; ///< a block of the first only
    content::Cid ofTwo;
    content::Cid shared;

    Datasets()
    {
        store = std::move(*content::BlockStore::open(folder.path()));
        shared = leaf("shared", 1000);
        ofOne = leaf("first", 5'000'000);
        ofTwo = leaf("second", 1000);
        one = directory({{"a", ofOne, 1}, {"s", shared, 1}, {"t", directory({{"s", shared, 1}}), 1}});
        two = directory({{"b", ofTwo, 1}, {"s", shared, 1}});
        const content::Cid gone = leaf("gone", 1000);
        broken = directory({{"g", gone, 1}});
        if (!store->flush() || !store->remove(gone))
            qFatal("store");
    }
    content::Cid leaf(const char *text, int size)
    {
        QByteArray bytes(text);
        while (bytes.size() < size) // no two chunks are the same
            bytes += QByteArray::number(bytes.size()).rightJustified(1000, '.');
        QBuffer in(&bytes);
        in.open(QIODevice::ReadOnly);
        return content::addFile(in, *store)->cid;
    }
    content::Cid directory(std::vector<content::DirectoryEntry> entries)
    {
        return content::addDirectory(std::move(entries), *store)->cid;
    }
};

/// What the contract says, by request; how often it was asked.
struct Contract {
    std::mutex mutex;
    std::map<std::uint64_t, GrantNow> grants;
    bool reachable = true;
    int asked = 0;
    std::function<void(int)> onAsk; ///< with the number of the question

    Result<GrantNow> ask(std::uint64_t request)
    {
        const std::lock_guard lock(mutex);
        ++asked;
        if (onAsk)
            onAsk(asked);
        if (!reachable)
            return fail(ErrorCode::ChainUnreachable, {{"url", "http://node.invalid"}});
        const auto it = grants.find(request);
        return it == grants.end() ? GrantNow() : it->second;
    }
};

inline constexpr std::uint64_t kChain = 31337;
inline Address contractAddress(std::uint8_t last = 7)
{
    Address address{};
    address[19] = last;
    return address;
}

struct Gateway {
    SetClock clock;
    Datasets data;
    Contract contract;
    crypto::SigningKey key = crypto::SigningKey::generate();
    crypto::SigningKey client = crypto::SigningKey::generate();
    crypto::SigningKey other = crypto::SigningKey::generate();
    QTemporaryDir folder{folderPattern()};
    std::unique_ptr<GatewayAudit> audit;
    DatasetBlocks blocks{*data.store};
    std::unique_ptr<GatewayGuard> guard;
    std::unique_ptr<GatewayService> service;

    explicit Gateway(GatewaySettings settings = {.host = "gateway.test:443"})
    {
        contract.grants[1] = {client.address(), 11, data.one, true};
        contract.grants[2] = {client.address(), 12, data.two, true};
        contract.grants[3] = {other.address(), 11, data.one, true};
        contract.grants[4] = {client.address(), 11, data.one, false};
        contract.grants[5] = {client.address(), 13, data.broken, true};
        audit = std::move(*GatewayAudit::open(folder.path(), clock));
        settings.chainId = kChain;
        settings.contract = contractAddress();
        guard = std::make_unique<GatewayGuard>(
            std::move(settings), key, [this](std::uint64_t request) { return contract.ask(request); }, blocks, *audit, clock);
        service = std::make_unique<GatewayService>(*guard, *data.store);
    }

    [[nodiscard]] static QByteArray proof(const chain::GatewayMessage &message, const crypto::SigningKey &by,
                                          std::uint64_t chainId = kChain, const Address &contract = contractAddress())
    {
        return chain::signTypedData(message.proofHash(), chainId, contract, by);
    }
    Result<GatewayChallenge> challenge(std::uint64_t request = 1, const std::string &peer = "192.0.2.1")
    {
        return guard->challenge({request, request == 2 ? data.two : request == 5 ? data.broken : data.one, client.address()},
                                peer);
    }
    Result<GatewayGuard::Token> token(std::uint64_t request = 1, const std::string &peer = "192.0.2.1")
    {
        AMANA_TRY(const GatewayChallenge asked, challenge(request, peer));
        return guard->token(asked.message.nonce, bytesOf(proof(asked.message, client)), peer);
    }
    [[nodiscard]] std::vector<GatewayEvent> events() const { return *readGatewayAudit(folder.path(), 10'000); }
    [[nodiscard]] QByteArray auditText() const
    {
        QByteArray text;
        for (const QString &name : QDir(folder.path()).entryList(QDir::Files)) {
            QFile file(folder.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                text += file.readAll();
        }
        return text;
    }
};

} // namespace amana::sharing::test
