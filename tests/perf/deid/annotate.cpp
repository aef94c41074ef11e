// SPDX-License-Identifier: GPL-3.0-or-later
// Marks the identifiers of a JSON lines file with the bundled model and prints the time it took.
#include "core/deid/jsonl.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>

using namespace amana;

namespace {

int complain(const Error &error)
{
    std::fprintf(stderr, "%s\n", error.debugString().c_str());
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("no-model"), QStringLiteral("rules only")},
         {QStringLiteral("resources"), QStringLiteral("another resource folder"), QStringLiteral("folder"),
          QStringLiteral(AMANA_SOURCE_DIR "/resources")},
         {QStringLiteral("model"), QStringLiteral("another model file"), QStringLiteral("file")}});
    parser.addPositionalArgument(QStringLiteral("in"), QStringLiteral("lines of id and text"));
    parser.addPositionalArgument(QStringLiteral("out"), QStringLiteral("lines with spans"));
    parser.process(app);
    const auto files = parser.positionalArguments();
    if (files.size() != 2)
        parser.showHelp(2);

    QElapsedTimer clock;
    clock.start();
    deid::DeidOptions options;
    options.resources = parser.value(QStringLiteral("resources"));
    options.useModel = !parser.isSet(QStringLiteral("no-model"));
    options.modelPath = parser.value(QStringLiteral("model"));
    const auto engine = deid::Deidentifier::create(options);
    if (!engine)
        return complain(engine.error());
    const auto loaded = clock.restart();

    QFile in(files[0]), out(files[1]);
    if (!in.open(QIODevice::ReadOnly) || !out.open(QIODevice::WriteOnly))
        return complain(Error(ErrorCode::FileUnreadable));
    const auto summary = deid::annotateJsonLines(**engine, in, out, Progress());
    if (!summary)
        return complain(summary.error());
    const double seconds = static_cast<double>(clock.elapsed()) / 1000;
    std::printf("lines %zu  spans %zu  problems %zu  load %lld ms  run %.2f s  %.0f kB/s\n", summary->lines,
                summary->spans, summary->problems.size(), static_cast<long long>(loaded), seconds,
                static_cast<double>(in.size()) / 1000 / seconds);
    return 0;
}
