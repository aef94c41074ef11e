// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text/note_heads.h"

#include "core/formats/person_names.h"
#include "core/formats/table_file.h"

#include <QDate>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <nlohmann/json.hpp>

#include <map>

namespace amana::formats::text {

namespace {

struct Heads {
    QRegularExpression pattern; ///< one head with its colon; group 1 is the head
    std::map<QString, std::string> use;
};

Heads makeHeads()
{
    Heads heads;
    QStringList words;
    const nlohmann::json table = tableFile("note-heads.json");
    for (const auto &[use, list] : table["heads"].items()) {
        for (const auto &word : list) {
            const QString text = QString::fromStdString(word.get<std::string>());
            heads.use.emplace(text.toCaseFolded(), use);
            words.append(QRegularExpression::escape(text));
        }
    }
    // Longest first, or "Patient" would win over "Patient name".
    std::sort(words.begin(), words.end(), [](const QString &a, const QString &b) { return a.size() > b.size(); });
    heads.pattern.setPattern(QStringLiteral("(?<![\\p{L}\\d])(") + words.join(QLatin1Char('|'))
                             + QStringLiteral(")\\s?[:：]\\s*"));
    heads.pattern.setPatternOptions(QRegularExpression::CaseInsensitiveOption
                                    | QRegularExpression::UseUnicodePropertiesOption);
    return heads;
}

/// ISO 8601, or the forms that name the month or write the year first; nothing when the order is in doubt.
std::string isoDate(const QString &text)
{
    static const QRegularExpression kYearFirst(
        QStringLiteral("(\\d{4})\\s*[-./년]\\s*(\\d{1,2})\\s*[-./월]\\s*(\\d{1,2})"));
    if (const auto match = kYearFirst.match(text); match.hasMatch()) {
        const QDate date(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt());
        return date.toString(Qt::ISODate).toStdString();
    }
    for (const char *format : {"d MMMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy"})
        if (const QDate date = QLocale::c().toDate(text.trimmed(), QString::fromLatin1(format)); date.isValid())
            return date.toString(Qt::ISODate).toStdString();
    return {};
}

void take(const std::string &use, const QString &value, records::Subject &subject)
{
    const std::string text = value.toStdString();
    if (use == "name") {
        addOnce(subject.names, text);
        for (std::string &part : nameParts(text))
            addOnce(subject.names, std::move(part));
    } else if (use == "identifier") {
        addOnce(subject.identifiers, text);
    } else if (use == "birthDate") {
        if (subject.birthDate.empty())
            subject.birthDate = isoDate(value);
        addOnce(subject.otherKnown, text);
    } else if (use == "sex") {
        const QString folded = value.toCaseFolded();
        if (folded.startsWith(QLatin1Char('f')) || folded.startsWith(QStringLiteral("여")))
            subject.sex = "female";
        else if (folded.startsWith(QLatin1Char('m')) || folded.startsWith(QStringLiteral("남")))
            subject.sex = "male";
    } else {
        addOnce(subject.otherKnown, text);
    }
}

} // namespace

void collectNoteSubject(std::string_view note, records::Subject &subject)
{
    static const Heads heads = makeHeads();
    static const QRegularExpression kStop(QStringLiteral("  |\\t|\\||;|\\r|\\n"));
    constexpr qsizetype kTop = 4000; // heads stand at the top; "Name:" far down is prose
    const QString text = QString::fromUtf8(note.data(), static_cast<qsizetype>(note.size())).left(kTop);
    std::string fullName;
    auto matches = heads.pattern.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const qsizetype begin = match.capturedEnd();
        qsizetype end = text.indexOf(kStop, begin);
        if (end < 0)
            end = text.size();
        if (matches.hasNext())
            end = std::min(end, matches.peekNext().capturedStart());
        QString value = text.mid(begin, end - begin).trimmed();
        while (value.endsWith(QLatin1Char(',')))
            value.chop(1);
        if (value.isEmpty() || value.size() > 120)
            continue;
        const std::string use = heads.use.at(match.captured(1).toCaseFolded());
        if (use == "name" && fullName.empty())
            fullName = value.toStdString();
        take(use, value, subject);
    }
    addOnce(subject.links, bornLink(subject.birthDate, nameParts(fullName)));
}

} // namespace amana::formats::text
