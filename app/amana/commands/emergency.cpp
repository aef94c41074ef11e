// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/commands/seat.h"
#include "app/amana/shown.h"
#include "core/sharing/emergency.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::cli {

namespace {

using nlohmann::json;

Status declare(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("emergency"), QStringLiteral("DATASET"),
        QStringLiteral("Declares an emergency for a dataset that permits it: the contract lets you open it for 24 hours,"
                       " no longer and no shorter, without a custodian's yes. Custodians and auditors are told, and an"
                       " auditor must review it. The contract has no keys: ask who holds them for a file made with"
                       " “amana emergency-keys”, then “amana download --emergency”."));
    arguments.option({QStringLiteral("reason")}, QStringLiteral("TEXT"),
                     QStringLiteral("encrypted to custodians and auditors; no names of patients are needed"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const QString reason, arguments.required(QStringLiteral("reason")));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const std::uint64_t dataset, datasetNumber(arguments, seat.actor->chain));
    AMANA_TRY(const chain::Receipt receipt,
              sharing::EmergencyDesk(*seat.actor).declare(dataset, reason.toStdString()));
    AMANA_CHECK(seat.actor->index.sync(seat.actor->chain));
    AMANA_TRY(const auto emergencies, seat.actor->index.emergencies(dataset));
    const auto own = std::find_if(emergencies.begin(), emergencies.end(), [&](const chain::IndexedEmergency &row) {
        return row.who == seat.actor->address();
    });
    const std::string until = own == emergencies.end() ? std::string() : timeOf(own->until);
    context.out.json({{"dataset", dataset}, {"until", until}});
    context.out.json(receiptToJson(receipt));
    context.out.line(QStringLiteral("The emergency for dataset %1 is on record until %2, and will be reviewed.")
                         .arg(dataset)
                         .arg(toQ(until)));
    return {};
}

Status giveKeys(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("emergency-keys"), QStringLiteral("DATASET"),
        QStringLiteral("Wraps the keys of a dataset for somebody whose emergency holds: by a custodian, or by the profile"
                       " that published it. The file is encrypted to that person and may travel by any way. Who received"
                       " keys can open those data for ever."));
    arguments.option({QStringLiteral("to")}, QStringLiteral("NAME|ADDRESS"), QStringLiteral("who declared it"));
    arguments.option({QStringLiteral("o")}, QStringLiteral("FILE"), QStringLiteral("a new file"));
    arguments.flag(QStringLiteral("care"), QStringLiteral("with the true name and dates"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const QString to, arguments.required(QStringLiteral("to")));
    AMANA_TRY(const QString file, arguments.required(QStringLiteral("o")));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const std::uint64_t dataset, datasetNumber(arguments, seat.actor->chain));
    AMANA_TRY(const Address who, seat.session->addressOf(to.toStdString()));
    const bool care = arguments.has(QStringLiteral("care"));
    AMANA_TRY(const QByteArray capsule,
              sharing::EmergencyDesk(*seat.actor)
                  .keysFor(dataset, who, care ? sharing::GrantKind::Care : sharing::GrantKind::Research));
    AMANA_CHECK(writeNewSecretFile(file, SecretBytes{bytesOf(capsule)}));
    context.out.json({{"dataset", dataset},
                      {"to", crypto::checksumAddress(who)},
                      {"file", file.toStdString()},
                      {"bytes", capsule.size()},
                      {"grant", care ? "care" : "research"}});
    context.out.line(QStringLiteral("The keys are in %1, for that person only.").arg(file));
    return {};
}

Status review(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("review-emergency"), QStringLiteral("DATASET"),
                        QStringLiteral("Reviews an emergency of somebody else, and ends it if it has not ended (auditor)."));
    arguments.option({QStringLiteral("of")}, QStringLiteral("NAME|ADDRESS"), QStringLiteral("who declared it"));
    arguments.flag(QStringLiteral("justified"), QStringLiteral("it was one"));
    arguments.flag(QStringLiteral("not-justified"), QStringLiteral("it was none"));
    arguments.option({QStringLiteral("note")}, QStringLiteral("TEXT"),
                     QStringLiteral("encrypted to that person and the custodians"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const QString of, arguments.required(QStringLiteral("of")));
    const bool justified = arguments.has(QStringLiteral("justified"));
    if (justified == arguments.has(QStringLiteral("not-justified")))
        return arguments.misuse(justified ? "conflict" : "missingOption", QStringLiteral("--justified | --not-justified"));
    AMANA_TRY(const Seat seat, sit(context));
    AMANA_TRY(const std::uint64_t dataset, datasetNumber(arguments, seat.actor->chain));
    AMANA_TRY(const Address who, seat.session->addressOf(of.toStdString()));
    AMANA_TRY(const chain::Receipt receipt,
              sharing::EmergencyDesk(*seat.actor)
                  .review(who, dataset, justified, arguments.text(QStringLiteral("note"))));
    context.out.json({{"dataset", dataset}, {"of", crypto::checksumAddress(who)}, {"justified", justified}});
    context.out.json(receiptToJson(receipt));
    context.out.line(QStringLiteral("The emergency for dataset %1 is reviewed: %2.")
                         .arg(dataset)
                         .arg(justified ? QStringLiteral("justified") : QStringLiteral("not justified")));
    return {};
}

} // namespace

std::vector<Command> emergencyCommands()
{
    return {{QStringLiteral("emergency"), QStringLiteral("declare an emergency: access for 24 hours, reviewed after"), declare},
            {QStringLiteral("emergency-keys"), QStringLiteral("hand over the keys for an emergency that holds"), giveKeys},
            {QStringLiteral("review-emergency"), QStringLiteral("review somebody's emergency (auditor)"), review}};
}

} // namespace amana::cli
