// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/contracts.h"
#include "core/chain/event_index.h"
#include "core/chain/local_node.h"
#include "core/chain/outbox.h"
#include "core/chain/purpose.h"
#include "core/crypto/keccak.h"
#include "follow.h"
#include "test_result.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <string>

/// What the integration tests of core/chain and their helper process share.
namespace amana::chain::test {

using amana::test::outcome;

/// Transactions of a new home: ten contracts, the institution, its administrator.
inline constexpr std::size_t kDeployment = 12;

inline Digest digestOf(std::string_view text)
{
    return crypto::keccak256(bytesOf(text));
}

/// The same key for the same name, in every process.
inline crypto::SigningKey keyOf(std::string_view name)
{
    return std::move(crypto::SigningKey::fromSecret(SecretBytes(digestOf(name))).value());
}

inline std::uint64_t now()
{
    return static_cast<std::uint64_t>(QDateTime::currentSecsSinceEpoch());
}

inline PublishParams dataset(std::string_view name, std::vector<Address> custodians)
{
    PublishParams params;
    params.duoMask = 1u << kPurposeHealth;
    params.cidDigest = digestOf(name);
    params.cardDigest = digestOf("card");
    params.reportHash = digestOf("report");
    params.custodians = std::move(custodians);
    return params;
}

/// By value, for loops: a loop over value() of a temporary would run over freed memory.
template <class T>
std::vector<T> listOf(Result<std::vector<T>> result)
{
    return result ? std::move(*result) : std::vector<T>();
}

/// A home with a running node; the node ends with it.
struct Home {
    QTemporaryDir folder;
    crypto::SigningKey admin = keyOf("admin");
    std::unique_ptr<Chain> chain;
    std::unique_ptr<Outbox> outbox;

    ~Home()
    {
        if (const auto stopped = LocalNode::stop(path()); !stopped)
            qWarning("the node was not stopped: %s", stopped.error().debugString().c_str());
    }

    [[nodiscard]] QString path() const { return folder.path(); }
    [[nodiscard]] QString nodeFile(const char *name) const
    {
        return path() + "/networks/local/" + QLatin1String(name);
    }

    Status start()
    {
        AMANA_TRY(const NetworkProfile profile, LocalNode::ensureRunning(path(), admin));
        AMANA_TRY(chain, Chain::connect(profile));
        AMANA_TRY(outbox, Outbox::open(path()));
        return {};
    }
    /// The administrator may publish, and has a key.
    Status enrolAdmin()
    {
        const IdentityRegistry identity(*chain);
        AMANA_CHECK(outbox->send(*chain, admin, identity.setMember(admin.address(), 1, roles::kUploader)));
        AMANA_CHECK(outbox->send(*chain, admin, identity.setKey(digestOf("x25519"))));
        return {};
    }
    Status enrol(const crypto::SigningKey &who, std::uint32_t roleBits, std::uint64_t until = kForever)
    {
        AMANA_CHECK(outbox->send(*chain, admin,
                                 IdentityRegistry(*chain).setMember(who.address(), 1, roleBits, until)));
        return {};
    }
    /// As a power cut would: no time to write anything.
    void killNode() const
    {
        const auto status = LocalNode::status(path());
        QVERIFY(status && status->pid > 1);
        QCOMPARE(::kill(static_cast<pid_t>(status->pid), SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!LocalNode::status(path())->running, 5000);
    }
};

/// chain-helper in a process of its own; its standard output.
inline QByteArray runHelper(const QStringList &arguments, const char *fault = "", int *exitCode = nullptr)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("AMANA_FAULT", fault);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationDirPath() + "/chain-helper", arguments);
    process.waitForFinished(120000);
    if (exitCode != nullptr)
        *exitCode = process.exitStatus() == QProcess::CrashExit ? -1 : process.exitCode();
    return process.readAllStandardOutput();
}

} // namespace amana::chain::test
