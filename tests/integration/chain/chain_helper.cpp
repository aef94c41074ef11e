// SPDX-License-Identifier: GPL-3.0-or-later
// A process that uses the chain and may be killed at a named point (AMANA_FAULT):
//   chain-helper HOME start                    → "<pid> <url>"
//   chain-helper HOME publish NAME             → "<dataset id>", with NAME as dedupe key
//   chain-helper HOME members FIRST COUNT      → COUNT members enrolled by the administrator
//   chain-helper HOME resume                   → "<entries brought to an end>"
#include "core/chain/contracts.h"
#include "core/chain/event_index.h"
#include "core/chain/local_node.h"
#include "core/chain/outbox.h"
#include "core/chain/purpose.h"
#include "core/crypto/keccak.h"
#include "follow.h"

#include <QCoreApplication>
#include <QStringList>

#include <cstdio>

using namespace amana;
using namespace amana::chain;

namespace {

Digest digestOf(std::string_view text)
{
    return crypto::keccak256(bytesOf(text));
}

Result<std::string> run(const QStringList &arguments)
{
    const QString home = arguments.at(1);
    const QString command = arguments.at(2);
    AMANA_TRY(const crypto::SigningKey admin, crypto::SigningKey::fromSecret(SecretBytes(digestOf("admin"))));
    AMANA_TRY(const NetworkProfile profile, LocalNode::ensureRunning(home, admin));
    if (command == "start") {
        AMANA_TRY(const NodeStatus status, LocalNode::status(home));
        return std::to_string(status.pid) + " " + profile.rpcUrl;
    }
    AMANA_TRY(const auto chain, Chain::connect(profile));
    AMANA_TRY(const auto outbox, Outbox::open(home));
    if (command == "resume") {
        AMANA_TRY(const int count, test::followToTheEnd(*outbox, *chain));
        return std::to_string(count);
    }
    if (command == "sync") {
        AMANA_TRY(const auto index, EventIndex::open(home + "/index.sqlite"));
        AMANA_CHECK(index->sync(*chain));
        AMANA_TRY(const auto history, index->history());
        return std::to_string(history.size());
    }
    if (command == "faster" || command == "cancel") {
        NetworkProfile shared = profile;
        shared.journal.clear(); // as on a chain of many
        AMANA_TRY(const auto other, Chain::connect(shared));
        const std::int64_t id = arguments.at(3).toLongLong();
        AMANA_CHECK(command == "cancel" ? outbox->cancel(*other, admin, id)
                                        : outbox->speedUp(*other, admin, id));
        return std::string("done");
    }
    if (command == "publish") {
        PublishParams params;
        params.duoMask = 1u << kPurposeHealth;
        params.cidDigest = digestOf(arguments.at(3).toStdString());
        params.cardDigest = digestOf("card");
        params.reportHash = digestOf("report");
        params.custodians = {admin.address()};
        Call call = DatasetRegistry(*chain).publish(params);
        call.dedupeKey = arguments.at(3).toStdString();
        AMANA_TRY(const Receipt receipt, outbox->send(*chain, admin, call));
        AMANA_TRY(const std::uint64_t id, publishedId(receipt));
        return std::to_string(id);
    }
    for (int i = 0; i < arguments.at(4).toInt(); ++i) {
        Address who{};
        const Digest digest = digestOf("member " + std::to_string(arguments.at(3).toInt() + i));
        std::copy_n(digest.begin(), who.size(), who.begin());
        AMANA_CHECK(outbox->send(*chain, admin, IdentityRegistry(*chain).setMember(who, 1, roles::kPatient)));
    }
    return std::string("done");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc < 3)
        return 2;
    const auto result = run(QCoreApplication::arguments());
    if (!result)
        std::fprintf(stderr, "%s\n", result.error().debugString().c_str());
    else
        std::printf("%s\n", result->c_str());
    return result ? 0 : 1;
}
