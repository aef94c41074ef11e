// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/cli.h"

#include "app/amana/commands/commands.h"
#include "app/amana/settings.h"
#include "app/amana/terminal.h"
#include "app/workspace/member_start.h"
#include "app/workspace/paths.h"
#include "app/workspace/session.h"
#include "core/keys/profile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <nlohmann/json.hpp>

#include <optional>

namespace amana::cli {

namespace {

using nlohmann::json;

/// The options that every command takes, wherever they stand; what is left is the command and its own
/// arguments.
struct CommonOptions {
    QString home;
    QString profile;
    QString network;
    QString passphraseFile;
    bool json = false;
    bool help = false;
    QStringList rest;
    std::optional<Error> error;
};

CommonOptions takeCommonOptions(const QStringList &arguments)
{
    CommonOptions common;
    const std::pair<QString, QString *> valued[] = {
        {QStringLiteral("--home"), &common.home},
        {QStringLiteral("--profile"), &common.profile},
        {QStringLiteral("--network"), &common.network},
        {QStringLiteral("--passphrase-file"), &common.passphraseFile}};
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        if (argument == QStringLiteral("--")) { // what follows is never an option
            common.rest += arguments.mid(i);
            break;
        }
        bool taken = argument == QStringLiteral("--json") || argument == QStringLiteral("--help")
                     || argument == QStringLiteral("-h");
        common.json = common.json || argument == QStringLiteral("--json");
        common.help = common.help || (taken && argument != QStringLiteral("--json"));
        for (const auto &[name, target] : valued) {
            if (argument.startsWith(name + QLatin1Char('='))) {
                *target = argument.mid(name.size() + 1);
                taken = true;
            } else if (argument == name) {
                if (i + 1 == arguments.size())
                    common.error = wrongUsage(QStringLiteral("amana"), "missingValue", name).value();
                else
                    *target = arguments[++i];
                taken = true;
            }
        }
        if (!taken)
            common.rest.append(argument);
    }
    return common;
}

Status printHelp(const Output &out)
{
    json list = json::array();
    out.line(QStringLiteral(
        "Usage: amana [--home DIR] [--profile NAME] [--network NAME] [--passphrase-file F] [--json]"
        " COMMAND …\n"));
    for (const Command &command : commands()) {
        out.line(QStringLiteral("  %1  %2").arg(command.name, -10).arg(command.summary));
        list.push_back({{"name", command.name.toStdString()}, {"summary", command.summary.toStdString()}});
    }
    out.line(QStringLiteral("\namana COMMAND --help tells more about one."));
    out.json({{"commands", list}});
    return {};
}

Status printVersion(const Output &out)
{
    out.line(QStringLiteral("amana ") + QCoreApplication::applicationVersion());
    out.json({{"version", QCoreApplication::applicationVersion().toStdString()}});
    return {};
}

Status runCommand(Context &context, QStringList arguments)
{
    if (arguments.isEmpty())
        return context.helpWanted
                   ? printHelp(context.out)
                   : Status(wrongUsage(QStringLiteral("amana"), "tooFew", QStringLiteral("COMMAND")));
    const QString name = arguments.takeFirst();
    if (name == QStringLiteral("--version") || name == QStringLiteral("version"))
        return printVersion(context.out);
    if (name == QStringLiteral("help")) {
        if (arguments.isEmpty() || arguments.first() == QStringLiteral("amana"))
            return printHelp(context.out);
        context.helpWanted = true;
        return runCommand(context, arguments);
    }
    for (const Command &command : commands())
        if (command.name == name)
            return command.run(context, arguments);
    return wrongUsage(QStringLiteral("amana"), name.startsWith(u'-') ? "unknownOption" : "unknownCommand",
                      name);
}

bool needsPassphrase(const Error &error)
{
    return error.code == ErrorCode::PassphraseNeeded && canAsk();
}

} // namespace

Result<std::unique_ptr<keys::SecretStore>> Context::secrets() const
{
    auto store = keys::openSecretStore(home, passphraseFile);
    if (store || !needsPassphrase(store.error()))
        return store;
    AMANA_TRY(SecretBytes passphrase, askSecret(QStringLiteral("Passphrase of %1:").arg(home)));
    AMANA_TRY(auto asked,
              keys::PassphraseStore::open(home + QStringLiteral("/secrets.age"), std::move(passphrase)));
    return std::unique_ptr<keys::SecretStore>(std::move(asked));
}

Result<std::string> Context::profileName() const
{
    if (!profile.empty())
        return profile;
    AMANA_TRY(const std::vector<keys::ProfileInfo> all, keys::listProfiles(home));
    if (all.size() > 1)
        return wrongUsage(QStringLiteral("amana"), "missingOption", QStringLiteral("--profile"));
    if (all.empty())
        return fail(ErrorCode::ProfileUnknown, {{"profile", ""}});
    return all.front().name;
}

Result<std::unique_ptr<app::Session>> Context::session() const
{
    AMANA_TRY(const std::string name, profileName());
    AMANA_TRY(const keys::ProfileInfo info,
              keys::readProfile(home, name)); // before any passphrase is asked for
    AMANA_TRY(const auto store, secrets());
    return app::Session::open(home, info.name, *store, clock);
}

Result<sharing::Actor *> Context::connect(app::Session &session) const
{
    const Progress progress = out.progress("connect");
    progress.report(0, 0);
    AMANA_TRY(sharing::Actor *const actor, session.connect(network));
    AMANA_CHECK(app::takeFirstRole(*actor, home));
    return actor;
}

CommandFunction dispatch(const QString &command, std::vector<SubCommand> subCommands, const QString &fallback)
{
    return [command, subCommands, fallback](Context &context, const QStringList &arguments) -> Status {
        QStringList names;
        for (const SubCommand &sub : subCommands)
            names << sub.name;
        const QString choice = names.join(u'|');
        if (context.helpWanted && arguments.isEmpty()) {
            context.help = QStringLiteral("Usage: amana %1 %2 …\n\namana %1 %3 --help tells more about one.")
                               .arg(command, choice, names.value(0));
            return wrongUsage(command, "help", {});
        }
        const QString name = arguments.value(0, fallback);
        for (const SubCommand &sub : subCommands)
            if (sub.name == name)
                return sub.run(context, arguments.mid(1));
        if (name.isEmpty())
            return wrongUsage(command, "tooFew", choice);
        return wrongUsage(command, name.startsWith(u'-') ? "unknownOption" : "unknownCommand", name);
    };
}

const std::vector<Command> &commands()
{
    static const std::vector<Command> all = [] {
        std::vector<Command> list;
        for (auto group : {demoCommands, identityCommands, networkCommands, memberCommands, libraryCommands,
                           reviewCommands, publishCommands, catalogueCommands, requestCommands, moneyCommands,
                           emergencyCommands, custodyCommands, downloadCommands, storageCommands, serveCommands,
                           historyCommands, transactionCommands, fileCommands, readingCommands, verifyCommands, laterCommands})
            for (Command &command : group())
                list.push_back(std::move(command));
        return list;
    }();
    return all;
}

int runProgram(const QStringList &arguments)
{
    const CommonOptions common = takeCommonOptions(arguments);
    Output out(common.json);
    int code = kDone;
    const SystemClock clock;
    const QString home = common.home.isEmpty() ? app::defaultHome() : QDir(common.home).absolutePath();
    const std::string network = common.network.isEmpty() ? chosenNetwork(home) : common.network.toStdString();
    Context context{home,       common.profile.toStdString(), network, common.passphraseFile, out, clock,
                    common.help};
    Status done = common.error ? Status(fail(*common.error)) : runCommand(context, common.rest);
    if (!context.help.isEmpty()) {
        out.line(context.help);
        out.json({{"help", context.help.toStdString()}});
    } else if (!done) {
        code = out.refuse(done.error());
    }
    out.finish();
    return code;
}

} // namespace amana::cli
