// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/commands/seat.h"
#include "app/amana/shown.h"
#include "core/base/files.h"
#include "core/sharing/custody.h"

#include <QFileInfo>

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

using nlohmann::json;

constexpr qint64 kMaxCapsule = 64 << 20;

Status offer(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("custody offer"), QStringLiteral("DATASET"),
        QStringLiteral("Offers your seat as custodian, first of two steps. The file with all keys, encrypted to the other"
                       " one, may travel by any way; nothing changes until it is accepted. You have had the keys, and no"
                       " contract takes them back."));
    arguments.option({QStringLiteral("to")}, QStringLiteral("NAME|ADDRESS"), QStringLiteral("who takes over"));
    arguments.option({QStringLiteral("o")}, QStringLiteral("FILE"), QStringLiteral("a new file for the new owner's capsule"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const QString to, arguments.required(QStringLiteral("to")));
    AMANA_TRY(const QString file, arguments.required(QStringLiteral("o")));
    if (QFileInfo::exists(file)) // before anything is sent
        return fail(ErrorCode::FileExists, {{"path", file.toStdString()}});
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const std::uint64_t dataset, datasetNumber(arguments, seat.actor->chain));
    AMANA_TRY(const Address who, seat.session->addressOf(to.toStdString()));
    AMANA_TRY(const sharing::CustodyHandOver::Offered offered,
              sharing::CustodyHandOver(*seat.actor).offer(dataset, who));
    AMANA_CHECK(writeNewSecretFile(file, SecretBytes{bytesOf(offered.capsule)}));
    context.out.json({{"dataset", dataset},
                      {"to", crypto::checksumAddress(who)},
                      {"file", file.toStdString()},
                      {"bytes", offered.capsule.size()}});
    if (offered.receipt)
        context.out.json(receiptToJson(*offered.receipt));
    context.out.line(QStringLiteral("Your seat for dataset %1 is offered. Send %2 to the new custodian, who runs\n"
                                    "  amana custody accept %1 --capsule FILE")
                         .arg(dataset)
                         .arg(file));
    return {};
}

Status accept(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("custody accept"), QStringLiteral("DATASET"),
        QStringLiteral("Takes a seat that was offered to you, second of two steps. The capsule is tried on every file of"
                       " the dataset first. From then on you decide on requests, and who offered the seat does not."));
    arguments.option({QStringLiteral("capsule")}, QStringLiteral("FILE"), QStringLiteral("of “amana custody offer”"));
    arguments.option({QStringLiteral("from")}, QStringLiteral("NAME|ADDRESS"),
                     QStringLiteral("whose seat (default: the only one offered)"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const QString file, arguments.required(QStringLiteral("capsule")));
    AMANA_TRY(const QByteArray capsule, readFile(file, kMaxCapsule));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const std::uint64_t dataset, datasetNumber(arguments, seat.actor->chain));
    std::optional<Address> from;
    if (arguments.has(QStringLiteral("from"))) {
        AMANA_TRY(from, seat.session->addressOf(arguments.text(QStringLiteral("from"))));
    }
    AMANA_TRY(const chain::Receipt receipt, sharing::CustodyHandOver(*seat.actor).accept(dataset, from, capsule));
    context.out.json({{"dataset", dataset}, {"custodian", crypto::checksumAddress(seat.actor->address())}});
    context.out.json(receiptToJson(receipt));
    context.out.line(QStringLiteral("You are a custodian of dataset %1 now.").arg(dataset));
    return {};
}

Status takeBack(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("custody cancel"), QStringLiteral("DATASET"),
                        QStringLiteral("Takes your offer back. The file that you sent still opens the data."));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const std::uint64_t dataset, datasetNumber(arguments, seat.actor->chain));
    AMANA_TRY(const chain::Receipt receipt, sharing::CustodyHandOver(*seat.actor).takeBack(dataset));
    context.out.json({{"dataset", dataset}});
    context.out.json(receiptToJson(receipt));
    context.out.line(QStringLiteral("Your offer for dataset %1 is taken back.").arg(dataset));
    return {};
}

} // namespace

std::vector<Command> custodyCommands()
{
    return {{QStringLiteral("custody"), QStringLiteral("offer, accept, cancel: hand a custodian's seat over"),
             dispatch(QStringLiteral("custody"), {{QStringLiteral("offer"), offer},
                                                  {QStringLiteral("accept"), accept},
                                                  {QStringLiteral("cancel"), takeBack}})}};
}

} // namespace amana::cli
