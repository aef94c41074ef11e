// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chain_fixture.h"

#include "core/chain/deployment.h"
#include "core/chain/journal.h"
#include "core/chain/transaction.h"

#include <nlohmann/json.hpp>

#include <QTcpServer>

namespace amana::chain::test {

/// An anvil in memory with the contracts, no home and no journal: for many transactions.
struct BareNode {
    /// In memory too where there is such a place: thousands of outbox rows would wait for the disk.
    QTemporaryDir folder{QDir(QStringLiteral("/dev/shm")).exists() ? QStringLiteral("/dev/shm/amana-XXXXXX")
                                                                  : QDir::tempPath() + QStringLiteral("/amana-XXXXXX")};
    QProcess anvil;
    crypto::SigningKey admin = keyOf("admin");
    std::unique_ptr<Chain> chain;

    ~BareNode()
    {
        anvil.terminate();
        anvil.waitForFinished();
    }
    Status start()
    {
        using nlohmann::json;
        AMANA_TRY(const QString program, LocalNode::findAnvil());
        QTcpServer free;
        free.listen(QHostAddress::LocalHost);
        const QString port = QString::number(free.serverPort());
        free.close();
        anvil.setStandardOutputFile(QProcess::nullDevice());
        anvil.start(program, {"--silent", "--accounts", "0", "--port", port, "--chain-id", "726662", "--gas-price",
                              "0", "--block-base-fee-per-gas", "0", "--disable-min-priority-fee"});
        const JsonRpc rpc("http://127.0.0.1:" + port.toStdString(), std::chrono::seconds(60));
        for (int i = 0; i < 200 && !rpc.call("eth_chainId", json::array()); ++i)
            QTest::qWait(50);
        const auto send = [&rpc](const SignedTransaction &made) -> Result<Receipt> {
            AMANA_CHECK(handPlain(rpc, made.raw));
            AMANA_TRY(auto receipt, awaitReceipt(rpc, made.hash, std::chrono::seconds(30)));
            return receipt ? Result<Receipt>(std::move(*receipt)) : fail(ErrorCode::ChainTimeout);
        };
        NetworkProfile profile;
        profile.name = "bare";
        profile.rpcUrl = rpc.url();
        profile.chainId = LocalNode::kChainId;
        AMANA_TRY(const Block genesis, fetchBlock(rpc, "0x0"));
        profile.genesisHash = genesis.hash;
        AMANA_TRY(const Deployment deployment, deployContracts(rpc, profile.chainId, admin, send));
        profile.contracts = deployment.contracts;
        AMANA_TRY(chain, Chain::connect(profile));
        return {};
    }
};

} // namespace amana::chain::test
