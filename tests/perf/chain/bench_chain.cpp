// SPDX-License-Identifier: GPL-3.0-or-later
// The event index beside `cast logs`, and signing beside libsecp256k1 alone: each in the same run.
#include "bare_node.h"

#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <QElapsedTimer>

#include <cstdio>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;
using nlohmann::json;

namespace {

constexpr int kPerBlock = 250; // transactions; within the gas of a block
constexpr int kRounds = 3;
constexpr char kCast[] = AMANA_SOURCE_DIR "/contracts/node_modules/@foundry-rs/cast-linux-amd64/bin/cast";

using Node = BareNode; // the node of a home would write 100,000 members to its state file every second

/// `count` members, one event each, signed here and sent in batches.
Status fill(const Node &node, int count)
{
    const Chain &chain = *node.chain;
    const IdentityRegistry identity(chain);
    AMANA_CHECK(chain.rpc().call("evm_setAutomine", {false}));
    AMANA_TRY(std::uint64_t nonce, chain.nextNonce(node.admin.address()));
    for (int done = 0; done < count; done += kPerBlock) {
        std::vector<RpcRequest> batch;
        for (int i = done; i < std::min(count, done + kPerBlock); ++i) {
            const Digest seed = digestOf("member " + std::to_string(i));
            Address who{};
            std::copy_n(seed.begin(), who.size(), who.begin());
            Transaction transaction;
            transaction.chainId = chain.profile().chainId;
            transaction.nonce = nonce++;
            transaction.gasLimit = 100'000;
            transaction.to = chain.contracts().identity;
            transaction.data = identity.setMember(who, 1, roles::kPatient).data;
            const SignedTransaction made = signTransaction(transaction, node.admin);
            batch.push_back({"eth_sendRawTransaction", {"0x" + toHex(bytesOf(made.raw))}});
        }
        AMANA_TRY(const auto answers, chain.rpc().batch(batch));
        for (const RpcAnswer &answer : answers)
            if (answer.error)
                return fail(ErrorCode::ChainRpcError, {{"detail", answer.error->message}});
        AMANA_CHECK(chain.rpc().call("evm_mine", json::array()));
    }
    return {};
}

/// Seconds that `cast logs` takes for the same blocks; its output goes to a file, as ours goes to one.
double castLogs(const Node &node, const QString &output)
{
    QProcess cast;
    cast.setStandardOutputFile(output);
    QElapsedTimer timer;
    timer.start();
    cast.start(QLatin1String(kCast),
               {"logs", "--rpc-url", QString::fromStdString(node.chain->rpc().url()), "--from-block", "0",
                "--to-block", "latest", "--json", "--address",
                QString::fromStdString(crypto::checksumAddress(node.chain->contracts().identity))});
    cast.waitForFinished(-1);
    return cast.exitCode() == 0 ? static_cast<double>(timer.nsecsElapsed()) / 1e9 : -1;
}

Result<double> sync(const Node &node, const QString &file, std::size_t &rows)
{
    AMANA_TRY(const auto index, EventIndex::open(file));
    QElapsedTimer timer;
    timer.start();
    AMANA_CHECK(index->sync(*node.chain));
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    AMANA_TRY(const auto members, index->members());
    rows = members.size();
    return seconds;
}

Status benchSync(int count)
{
    Node node;
    AMANA_CHECK(node.start());
    QElapsedTimer timer;
    timer.start();
    AMANA_CHECK(fill(node, count));
    std::printf("made %d events in %.1f s\n", count, static_cast<double>(timer.elapsed()) / 1e3);
    for (int round = 1; round <= kRounds; ++round) {
        const double baseline = castLogs(node, node.folder.filePath("cast.json"));
        std::size_t rows = 0;
        AMANA_TRY(const double ours,
                  sync(node, node.folder.filePath("index-" + QString::number(round) + ".sqlite"), rows));
        std::printf("round %d: index %.2f s (%.0f events/s, %zu members, checked and stored), cast logs %.2f s "
                    "(%.0f events/s, written as JSON), ratio %.2f\n",
                    round, ours, count / ours, rows, baseline, count / baseline, ours / baseline);
    }
    return {};
}

Status benchSign(int count)
{
    const crypto::SigningKey key = keyOf("signer");
    Transaction transaction;
    transaction.chainId = 1;
    transaction.gasLimit = 100'000;
    transaction.to = key.address();
    transaction.data = QByteArray(132, 'x');
    secp256k1_context *const context = secp256k1_context_create(SECP256K1_CONTEXT_SIGN);
    Digest digest = digestOf("digest");
    for (int round = 1; round <= kRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        qsizetype bytes = 0;
        for (int i = 0; i < count; ++i) {
            transaction.nonce = static_cast<std::uint64_t>(i);
            bytes += signTransaction(transaction, key).raw.size();
        }
        const double ours = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        timer.start();
        secp256k1_ecdsa_recoverable_signature signature;
        for (int i = 0; i < count; ++i) {
            digest[0] = static_cast<std::uint8_t>(i);
            if (secp256k1_ecdsa_sign_recoverable(context, &signature, digest.data(), key.secret().data(), nullptr,
                                                 nullptr)
                != 1)
                return fail(ErrorCode::CryptoFailed);
        }
        const double alone = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        std::printf("round %d: sign and encode %.0f/s (%lld bytes), libsecp256k1 alone %.0f/s, ratio %.2f\n", round,
                    count / ours, static_cast<long long>(bytes), count / alone, ours / alone);
    }
    secp256k1_context_destroy(context);
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const std::string_view what = argc > 1 ? argv[1] : "";
    const int count = argc > 2 ? std::atoi(argv[2]) : 0;
    Status done = fail(ErrorCode::UsageInvalid);
    if (what == "sync")
        done = benchSync(count > 0 ? count : 100'000);
    else if (what == "sign")
        done = benchSign(count > 0 ? count : 20'000);
    if (!done)
        std::fprintf(stderr, "%s\n", done.error().debugString().c_str());
    return done ? 0 : 1;
}
