// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/cli.h"

namespace amana::cli {

tl::unexpected<Error> wrongUsage(const QString &command, const char *reason, const QString &argument)
{
    return fail(
        ErrorCode::UsageInvalid,
        {{"command", command.toStdString()}, {"reason", reason}, {"argument", argument.toStdString()}});
}

Arguments::Arguments(const QString &command, const QString &positionals, const QString &description)
    : m_command(command), m_positionals(positionals)
{
    m_parser.setApplicationDescription(description);
}

Arguments &Arguments::flag(const QString &name, const QString &description)
{
    m_parser.addOption(QCommandLineOption(name, description));
    return *this;
}

Arguments &Arguments::option(const QStringList &names, const QString &value, const QString &description)
{
    m_parser.addOption(QCommandLineOption(names, description, value));
    return *this;
}

Status Arguments::parse(Context &context, const QStringList &arguments, qsizetype minimum, qsizetype maximum)
{
    if (context.helpWanted) {
        QString text = m_parser.helpText();
        const QString usage = QStringLiteral("Usage: amana %1 [options] %2").arg(m_command, m_positionals);
        context.help = usage + text.mid(text.indexOf(u'\n'));
        return misuse("help", {});
    }
    if (!m_parser.parse(QStringList(QStringLiteral("amana")) + arguments)) {
        const QStringList unknown = m_parser.unknownOptionNames();
        if (!unknown.isEmpty())
            return misuse("unknownOption", unknown.join(QStringLiteral(", ")));
        return misuse("missingValue", arguments.value(arguments.size() - 1));
    }
    if (positionals().size() < minimum)
        return misuse("tooFew", m_positionals);
    if (positionals().size() > maximum)
        return misuse("tooMany", positionals().mid(maximum).join(u' '));
    return {};
}

std::vector<std::string> Arguments::texts(const QString &name) const
{
    std::vector<std::string> all;
    for (const QString &value : m_parser.values(name))
        all.push_back(value.toStdString());
    return all;
}

Result<QString> Arguments::required(const QString &name) const
{
    if (m_parser.value(name).isEmpty())
        return misuse("missingOption",
                      (name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name);
    return m_parser.value(name);
}

Result<std::uint64_t> Arguments::number(const QString &name, std::uint64_t fallback) const
{
    if (!has(name))
        return fallback;
    bool valid = false;
    const std::uint64_t value = this->value(name).toULongLong(&valid, 10);
    if (!valid)
        return misuse("badNumber", this->value(name));
    return value;
}

Result<std::uint64_t> Arguments::positionalNumber(qsizetype index) const
{
    bool valid = false;
    const std::uint64_t value = positional(index).toULongLong(&valid, 10);
    if (!valid)
        return misuse("badNumber", positional(index));
    return value;
}

tl::unexpected<Error> Arguments::misuse(const char *reason, const QString &argument) const
{
    return wrongUsage(m_command, reason, argument);
}

} // namespace amana::cli
