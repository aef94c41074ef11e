// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/shown.h"
#include "app/amana/streams.h"
#include "app/workspace/session.h"
#include "core/sharing/readings.h"

#include <QIODevice>

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

Status anchor(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("anchor"), QStringLiteral("FILE"),
                        QStringLiteral("Puts a Merkle root over all readings of a file on record, in one transaction:"
                                       " a CSV export of a device, or FHIR Observations one a line. Each reading can be"
                                       " proven alone afterwards (amana prove). The same file is anchored once."));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    AMANA_TRY(const sharing::AnchoredReadings anchored,
              sharing::anchorReadings(*actor, arguments.positional(0), context.out.progress("anchor")));
    context.out.json({{"batch", anchored.batch},
                      {"readings", anchored.content.readings},
                      {"root", hexOf(anchored.content.root)},
                      {"receipt", receiptToJson(anchored.receipt)}});
    context.out.line(QStringLiteral("Batch %1: %2 readings, root %3")
                         .arg(anchored.batch)
                         .arg(anchored.content.readings)
                         .arg(toQ(hexOf(anchored.content.root))));
    return {};
}

Status prove(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("prove"), QStringLiteral("BATCH READING"),
                        QStringLiteral("Writes the proof of one anchored reading, counted from 1 in the order of the"
                                       " file. Whoever gets the proof file reads that reading, and learns nothing about"
                                       " the others; “amana verify FILE” checks it."));
    arguments.option({QStringLiteral("o")}, QStringLiteral("FILE"), QStringLiteral("the proof file"));
    arguments.flag(QStringLiteral("force"), QStringLiteral("replace the file if there is one"));
    AMANA_CHECK(arguments.parse(context, list, 2, 2));
    AMANA_TRY(const std::uint64_t batch, arguments.positionalNumber(0));
    AMANA_TRY(const std::uint64_t number, arguments.positionalNumber(1));
    AMANA_TRY(const QString path, arguments.required(QStringLiteral("o")));
    if (number == 0)
        return arguments.misuse("badNumber", arguments.positional(1));
    if (path == QStringLiteral("-") && context.out.isJson())
        return arguments.misuse("conflict", QStringLiteral("-o - --json"));
    const OutputFile target{path, arguments.has(QStringLiteral("force"))};
    AMANA_CHECK(target.check());
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    AMANA_TRY(const sharing::ReadingProof proof,
              sharing::proveAnchored(*actor, batch, number - 1, context.out.progress("prove")));
    AMANA_CHECK(target.save([&proof](QIODevice &out) -> Status {
        const QByteArray bytes = sharing::proofToJson(proof);
        return out.write(bytes) == bytes.size() ? Status() : Status(fail(ErrorCode::FileUnwritable));
    }));
    context.out.json({{"file", path.toStdString()}, {"batch", batch}, {"reading", number}, {"root", hexOf(proof.root)}});
    if (path != QStringLiteral("-"))
        context.out.line(QStringLiteral("%1 proves reading %2 of batch %3").arg(path).arg(number).arg(batch));
    return {};
}

} // namespace

std::vector<Command> readingCommands()
{
    return {{QStringLiteral("anchor"), QStringLiteral("anchor many readings in one transaction"), anchor},
            {QStringLiteral("prove"), QStringLiteral("prove one anchored reading"), prove}};
}

} // namespace amana::cli
