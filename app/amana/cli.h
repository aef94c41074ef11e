// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/output.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/keys/secret_store.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace amana::app {
class Session;
}
namespace amana::sharing {
struct Actor;
}

/// The command line: one function a command, one table of commands, one way to print.
namespace amana::cli {

/// What every command is handed: the options that every command takes.
struct Context {
    QString home;
    std::string profile; ///< --profile; empty: the only one there is
    std::string network; ///< --network, else what `network use` chose, else "local"
    QString passphraseFile;
    Output &out;
    const Clock &clock;
    bool helpWanted = false; ///< --help: Arguments::parse() fills `help` and ends the command
    QString help{};

    /// The store of this home's secrets. On a terminal the passphrase is asked for where one is needed.
    [[nodiscard]] Result<std::unique_ptr<keys::SecretStore>> secrets() const;
    /// The profile that is meant: --profile, else the only one. ProfileUnknown when there is none,
    /// UsageInvalid when there are several.
    [[nodiscard]] Result<std::string> profileName() const;
    /// Opens that profile.
    [[nodiscard]] Result<std::unique_ptr<app::Session>> session() const;
    /// Connects it to the chosen network.
    [[nodiscard]] Result<sharing::Actor *> connect(app::Session &session) const;
};

/// UsageInvalid. `reason` is a word of terms-cli.json, `argument` what it is about.
[[nodiscard]] tl::unexpected<Error> wrongUsage(const QString &command, const char *reason,
                                               const QString &argument);

/// The arguments of one command, declared with the same options object that its help prints.
class Arguments {
public:
    /// `command` as typed: "publish", "network add". `positionals` for the usage line: "PATH…".
    Arguments(const QString &command, const QString &positionals, const QString &description);
    Arguments &flag(const QString &name, const QString &description);
    Arguments &option(const QStringList &names, const QString &value, const QString &description);
    /// UsageInvalid (command, reason, argument) unless all options are known and there are `minimum` to
    /// `maximum` positional arguments.
    [[nodiscard]] Status parse(Context &context, const QStringList &arguments, qsizetype minimum,
                               qsizetype maximum);

    [[nodiscard]] QStringList positionals() const { return m_parser.positionalArguments(); }
    [[nodiscard]] QString positional(qsizetype index) const { return positionals().value(index); }
    [[nodiscard]] bool has(const QString &name) const { return m_parser.isSet(name); }
    [[nodiscard]] QString value(const QString &name) const { return m_parser.value(name); }
    [[nodiscard]] QStringList values(const QString &name) const { return m_parser.values(name); }
    [[nodiscard]] std::string text(const QString &name) const { return m_parser.value(name).toStdString(); }
    [[nodiscard]] std::vector<std::string> texts(const QString &name) const;
    /// UsageInvalid (missingOption) when the option was not given.
    [[nodiscard]] Result<QString> required(const QString &name) const;
    /// UsageInvalid (badNumber).
    [[nodiscard]] Result<std::uint64_t> number(const QString &name, std::uint64_t fallback) const;
    [[nodiscard]] Result<std::uint64_t> positionalNumber(qsizetype index) const;

    [[nodiscard]] tl::unexpected<Error> misuse(const char *reason, const QString &argument) const;

private:
    QString m_command;
    QString m_positionals;
    QCommandLineParser m_parser;
};

inline constexpr qsizetype kAnyNumber = 1 << 20;

/// Runs a command with the arguments behind its name. UsageInvalid becomes exit code 2, any other error 1.
using CommandFunction = std::function<Status(Context &, const QStringList &arguments)>;

struct Command {
    QString name;
    QString summary; ///< one line, for `amana help`
    CommandFunction run;
};

/// A command with sub-commands: the first argument names one. UsageInvalid (unknownCommand) otherwise;
/// without any argument `fallback` (empty: too few).
struct SubCommand {
    QString name;
    CommandFunction run;
};
[[nodiscard]] CommandFunction dispatch(const QString &command, std::vector<SubCommand> subCommands,
                                       const QString &fallback = {});

/// Every command of the program, in the order of `amana help`.
[[nodiscard]] const std::vector<Command> &commands();

/// Parses the options that every command takes from anywhere on the line, runs the command, prints. Returns
/// the exit code.
[[nodiscard]] int runProgram(const QStringList &arguments);

} // namespace amana::cli
