// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/session.h"
#include "core/base/result.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

/// The command line: one function a command, one table of commands, one way to print.
namespace amana::cli {

enum ExitCode { kDone = 0, kRefused = 1, kUsage = 2 };

/// Standard output gets the result and nothing else: text for people, or one JSON document under --json. Progress and
/// messages go to standard error.
class Output {
public:
    Output(bool json, QString language);
    ~Output();

    [[nodiscard]] bool isJson() const;
    /// A line for people; nothing under --json.
    void line(const QString &text) const;
    /// The JSON document of the command; nothing without --json. Call it once.
    void json(const nlohmann::json &document) const;
    /// A message on standard error; nothing under --json (so that a script sees one document and no chatter).
    void note(const QString &text) const;
    /// A Progress that draws one line on standard error when that is a terminal.
    [[nodiscard]] Progress progress(const QString &stage) const;
    /// Title, meaning, next step and code on standard error; under --json {"error": {"code","title","meaning","next","params"}} on
    /// standard output. Returns kRefused.
    int refuse(const Error &error) const;

private:
    struct Parts;
    std::unique_ptr<Parts> m;
};

/// What every command is handed.
struct Context {
    QString home;
    std::string profile; ///< --profile, else the only one there is
    std::string network;
    QString passphraseFile;
    Output &out;
    const Clock &clock;

    /// Opens the chosen profile. Without --profile the only profile is meant; several, or none, are an error
    /// (ProfileUnknown).
    [[nodiscard]] Result<std::unique_ptr<app::Session>> session() const;
    [[nodiscard]] Result<std::unique_ptr<keys::SecretStore>> secrets() const;
};

/// Arguments of one command, declared with the same options object that --help prints.
class Arguments {
public:
    Arguments(QString command, QString description);
    /// Positional arguments, for the usage line: "PATH…".
    Arguments &positional(const QString &names);
    Arguments &flag(const QString &name, const QString &description);
    Arguments &option(const QString &name, const QString &value, const QString &description);
    /// UsageInvalid (reason). `minimum` and `maximum` positional arguments.
    [[nodiscard]] Status parse(const QStringList &arguments, int minimum, int maximum);

    [[nodiscard]] QStringList positionals() const { return m_parser.positionalArguments(); }
    [[nodiscard]] bool has(const QString &name) const { return m_parser.isSet(name); }
    [[nodiscard]] QString value(const QString &name) const { return m_parser.value(name); }
    [[nodiscard]] QStringList values(const QString &name) const { return m_parser.values(name); }
    [[nodiscard]] std::string text(const QString &name) const { return m_parser.value(name).toStdString(); }

private:
    QString m_command;
    QCommandLineParser m_parser;
};

/// Runs a command with the arguments behind its name. UsageInvalid becomes exit code 2, any other error 1.
using CommandFunction = std::function<Status(Context &, const QStringList &arguments)>;

struct Command {
    QString name;
    QString summary; ///< one line, for `amana help`
    CommandFunction run;
};

/// Every command of the program, by group of files under commands/.
[[nodiscard]] const std::vector<Command> &commands();

} // namespace amana::cli
