// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"
#include "app/amana/output_option.h"
#include "app/amana/shown.h"
#include "core/base/files.h"
#include "core/deid/risk/anonymise.h"
#include "core/formats/csv/csv_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::cli {

namespace {

using deid::risk::Role;
using nlohmann::json;

struct Source {
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> rows;
    char separator = ',';
};

/// The sign of the header line that parts most cells.
char separatorOf(std::string_view text)
{
    const std::string_view header = text.substr(0, text.find('\n'));
    char best = ',';
    for (const char sign : {',', ';', '\t'})
        if (std::ranges::count(header, sign) > std::ranges::count(header, best))
            best = sign;
    return best;
}

Result<Source> readTable(const QString &path)
{
    AMANA_TRY(const QByteArray bytes, readFile(path));
    std::string_view text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    Source source;
    source.separator = separatorOf(text);
    AMANA_TRY(const auto table, formats::csv::CsvText::parse(text, source.separator, {}));
    for (const formats::csv::Row &row : table.rows()) {
        std::vector<std::string> cells;
        for (std::size_t column = 0; column < row.cells; ++column)
            cells.push_back(table.value(row, column));
        const bool blank = cells.empty() || (cells.size() == 1 && cells.front().empty());
        if (source.names.empty())
            source.names = std::move(cells);
        else if (!blank)
            source.rows.push_back(std::move(cells));
    }
    if (source.names.empty())
        return fail(ErrorCode::FormatEmpty, {{"path", path.toStdString()}});
    return source;
}

using Roles = std::vector<std::pair<std::string, Role>>;

Status addRoles(const Arguments &arguments, const char *option, Role role, const Source &source, Roles &roles)
{
    for (const QString &list : arguments.values(QLatin1String(option)))
        for (const QString &name : list.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            if (std::ranges::find(source.names, name.toStdString()) == source.names.end())
                return arguments.misuse("unknownColumn", name);
            roles.emplace_back(name.toStdString(), role);
        }
    return {};
}

/// "COLUMN=FILE" for some columns, what the values look like for the others.
Result<deid::risk::Hierarchies> hierarchiesOf(const Arguments &arguments, const deid::risk::Table &table)
{
    std::map<std::string, QString> files;
    for (const QString &pair : arguments.values(QStringLiteral("hierarchy"))) {
        const auto equals = pair.indexOf(QLatin1Char('='));
        if (equals < 1)
            return arguments.misuse("badValue", pair);
        files[pair.left(equals).toStdString()] = pair.mid(equals + 1);
    }
    deid::risk::Hierarchies out;
    for (const std::size_t index : table.columnsOf(Role::Quasi)) {
        const deid::risk::Column &column = table.columns[index];
        const auto file = files.find(column.name);
        if (file == files.end()) {
            out.push_back(deid::risk::Hierarchy::guess(column));
            continue;
        }
        AMANA_TRY(const QByteArray bytes, readFile(file->second));
        auto parsed = deid::risk::Hierarchy::parse(column, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
        if (!parsed) {
            Error error = parsed.error();
            error.params.emplace_back("path", file->second.toStdString());
            return fail(std::move(error));
        }
        out.push_back(*std::move(parsed));
        files.erase(file);
    }
    if (!files.empty())
        return arguments.misuse("unknownColumn", toQ(files.begin()->first));
    return out;
}

Result<double> fraction(const Arguments &arguments, const char *name, double fallback)
{
    const QLatin1String option(name);
    if (!arguments.has(option))
        return fallback;
    bool good = false;
    const double value = arguments.value(option).toDouble(&good);
    if (!good || value < 0)
        return arguments.misuse("badNumber", arguments.value(option));
    return value;
}

Result<deid::risk::Goal> goalOf(const Arguments &arguments)
{
    deid::risk::Goal goal;
    AMANA_TRY(goal.k, arguments.number(QStringLiteral("k"), goal.k));
    AMANA_TRY(goal.distinct, arguments.number(QStringLiteral("l"), goal.distinct));
    AMANA_TRY(goal.entropy, fraction(arguments, "entropy", goal.entropy));
    AMANA_TRY(goal.distance, fraction(arguments, "t", goal.distance));
    AMANA_TRY(goal.suppression, fraction(arguments, "suppress", goal.suppression));
    AMANA_TRY(goal.measures.threshold, fraction(arguments, "threshold", goal.measures.threshold));
    AMANA_TRY(goal.measures.population, arguments.number(QStringLiteral("population"), 0));
    return goal;
}

json toJson(const deid::risk::Measures &m)
{
    json sensitive = json::object();
    for (const auto &[name, worst] : m.sensitive)
        sensitive[name] = {{"distinct", worst.distinct}, {"entropy", worst.entropy}, {"distance", worst.distance}};
    return {{"records", m.records},       {"suppressed", m.suppressed}, {"classes", m.classes},
            {"smallestClass", m.smallest}, {"averageClass", m.average},  {"unique", m.unique},
            {"prosecutor", m.prosecutor}, {"journalist", m.journalist}, {"marketer", m.marketer},
            {"atRisk", m.atRisk},         {"sensitive", sensitive}};
}

QString percent(double share)
{
    return QString::number(share * 100, 'f', 1) + QStringLiteral(" %");
}

/// Two columns: as it is, and as it would be released.
void show(const Output &out, const deid::risk::Measures &before, const deid::risk::Measures *after)
{
    const auto row = [&](const QString &what, const auto &tell) {
        out.line(QStringLiteral("  %1 %2 %3").arg(what, -44).arg(tell(before), 12).arg(after ? tell(*after) : QString(), 12));
    };
    using M = deid::risk::Measures;
    row(QString(), [&](const M &m) { return &m == &before ? QStringLiteral("as it is") : QStringLiteral("released"); });
    row(QStringLiteral("records"), [](const M &m) { return QString::number(m.records); });
    row(QStringLiteral("taken away"), [](const M &m) { return QString::number(m.suppressed); });
    row(QStringLiteral("groups that look the same"), [](const M &m) { return QString::number(m.classes); });
    row(QStringLiteral("smallest group (k)"), [](const M &m) { return QString::number(m.smallest); });
    row(QStringLiteral("alone in their group"), [](const M &m) { return percent(m.unique); });
    row(QStringLiteral("highest risk, known to be in it (prosecutor)"), [](const M &m) { return percent(m.prosecutor); });
    row(QStringLiteral("highest risk, not known (journalist)"), [](const M &m) { return percent(m.journalist); });
    row(QStringLiteral("expected to be found (marketer)"), [](const M &m) { return percent(m.marketer); });
    row(QStringLiteral("records above the threshold"), [](const M &m) { return percent(m.atRisk); });
    for (const auto &[name, ignored] : before.sensitive) {
        row(toQ(name) + QStringLiteral(": values in a group (l)"),
            [&name](const M &m) { return m.sensitive.contains(name) ? QString::number(m.sensitive.at(name).distinct) : QString(); });
        row(toQ(name) + QStringLiteral(": distance to all (t)"), [&name](const M &m) {
            return m.sensitive.contains(name) ? QString::number(m.sensitive.at(name).distance, 'f', 3) : QString();
        });
    }
}

void showLevels(Output &out, const deid::risk::Table &table, const deid::risk::Hierarchies &hierarchies,
                const deid::risk::Outcome &found)
{
    json levels = json::array();
    const auto quasi = table.columnsOf(Role::Quasi);
    for (std::size_t i = 0; i < quasi.size(); ++i) {
        const deid::risk::Column &column = table.columns[quasi[i]];
        levels.push_back({{"column", column.name}, {"level", found.levels[i]}, {"levels", hierarchies[i].levels()}});
        out.line(QStringLiteral("  %1: level %2 of %3").arg(toQ(column.name)).arg(found.levels[i]).arg(hierarchies[i].levels() - 1));
    }
    out.line(QStringLiteral("  %1 of what the columns tell is lost (%2 of %3 choices looked at).")
                 .arg(percent(found.loss))
                 .arg(found.tried)
                 .arg(found.choices));
    out.json({{"levels", levels}, {"loss", found.loss}, {"discernibility", found.discernibility},
              {"tried", found.tried}, {"choices", found.choices}});
}

Status save(const OutputFile &target, const std::vector<std::vector<std::string>> &rows, char separator)
{
    return target.save([&](QIODevice &out) -> Status {
        for (const auto &row : rows) {
            std::string line;
            for (std::size_t i = 0; i < row.size(); ++i)
                line += (i ? std::string(1, separator) : std::string()) + formats::csv::cellText(row[i], separator, false);
            line += '\n';
            if (out.write(line.data(), static_cast<qint64>(line.size())) != static_cast<qint64>(line.size()))
                return fail(ErrorCode::FileUnwritable);
        }
        return {};
    });
}

void declareOptions(Arguments &arguments)
{
    declareOutput(arguments, QStringLiteral("the table to be released"));
    arguments.option({QStringLiteral("quasi")}, QStringLiteral("NAME,…"),
                     QStringLiteral("columns that others may know: age, sex, place"));
    arguments.option({QStringLiteral("sensitive")}, QStringLiteral("NAME,…"), QStringLiteral("columns that must not be learned"));
    arguments.option({QStringLiteral("identifying")}, QStringLiteral("NAME,…"), QStringLiteral("columns that are left out: name, number"));
    arguments.option({QStringLiteral("hierarchy")}, QStringLiteral("NAME=FILE"),
                     QStringLiteral("how a column is generalised: lines value;level 1;… (repeatable)"));
    arguments.option({QStringLiteral("k")}, QStringLiteral("N"), QStringLiteral("records of a group, at least (5)"));
    arguments.option({QStringLiteral("l")}, QStringLiteral("N"), QStringLiteral("sensitive values in a group, at least (1)"));
    arguments.option({QStringLiteral("entropy")}, QStringLiteral("X"), QStringLiteral("the same, by entropy (1)"));
    arguments.option({QStringLiteral("t")}, QStringLiteral("X"), QStringLiteral("distance of a group to all, at most (1)"));
    arguments.option({QStringLiteral("suppress")}, QStringLiteral("X"), QStringLiteral("share of records that may be taken away (0.05)"));
    arguments.option({QStringLiteral("threshold")}, QStringLiteral("X"), QStringLiteral("risk above which a record counts (0.2)"));
    arguments.option({QStringLiteral("population")}, QStringLiteral("N"), QStringLiteral("people the table was drawn from"));
}

} // namespace

Status tableRisk(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("risk"), QStringLiteral("TABLE.csv"),
                        QStringLiteral("How easily the people of a table, one a line, are found again by what others know of"
                                       " them. With -o the table is generalised, losing as little as possible, until every"
                                       " group is large enough; exit 1 and no file when nothing reaches that."));
    declareOptions(arguments);
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_CHECK(arguments.required(QStringLiteral("quasi")));
    AMANA_TRY(const deid::risk::Goal goal, goalOf(arguments));
    const bool releases = arguments.has(QStringLiteral("o"));
    OutputFile target;
    if (releases) {
        AMANA_TRY(target, outputOf(context, arguments));
    }

    AMANA_TRY(const Source source, readTable(arguments.positional(0)));
    Roles roles;
    AMANA_CHECK(addRoles(arguments, "quasi", Role::Quasi, source, roles));
    AMANA_CHECK(addRoles(arguments, "sensitive", Role::Sensitive, source, roles));
    AMANA_CHECK(addRoles(arguments, "identifying", Role::Identifying, source, roles));
    AMANA_TRY(const deid::risk::Table table, deid::risk::makeTable(source.names, roles, source.rows));
    AMANA_TRY(const deid::risk::Hierarchies hierarchies, hierarchiesOf(arguments, table));
    if (!releases) {
        const deid::risk::Levels none(hierarchies.size(), 0);
        const auto now = deid::risk::measure(table, deid::risk::classesOf(table, hierarchies, none), {}, goal.measures);
        show(context.out, now, nullptr);
        context.out.json({{"before", toJson(now)}});
        return {};
    }
    AMANA_TRY(const deid::risk::Outcome found, deid::risk::anonymise(table, hierarchies, goal, context.out.progress("risk")));
    context.out.json({{"reached", found.reached}, {"before", toJson(found.before)}});
    if (!found.reached) {
        show(context.out, found.before, nullptr);
        return fail(ErrorCode::DeidGoalUnreached, {{"k", std::to_string(goal.k)}});
    }
    AMANA_CHECK(save(target, deid::risk::released(table, hierarchies, found), source.separator));
    show(context.out, found.before, &found.after);
    showLevels(context.out, table, hierarchies, found);
    context.out.json({{"after", toJson(found.after)}, {"file", target.path.toStdString()}});
    return {};
}

} // namespace amana::cli
