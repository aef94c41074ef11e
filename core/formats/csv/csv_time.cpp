// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/csv/csv_time.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QString>

namespace amana::formats::csv {

namespace {

QString two(int number)
{
    return QString::number(number).rightJustified(2, QLatin1Char('0'));
}

bool isDay(int year, int month, int day)
{
    return QDate::isValid(year, month, day);
}

/// Reads "3:05 PM", "15:57:01.5" with an optional zone behind it.
bool readClock(const QString &text, DateParts &parts)
{
    static const QRegularExpression kClock(
        QStringLiteral("^(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})([.,]\\d+)?)?\\s*([AaPp])?\\.?(?:[Mm]\\.?)?\\s*"
                       "(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?$"));
    const auto match = kClock.match(text.trimmed());
    if (!match.hasMatch())
        return false;
    int hour = match.captured(1).toInt();
    const int minute = match.captured(2).toInt();
    const QString half = match.captured(5).toLower();
    parts.twelveHour = !half.isEmpty();
    if (parts.twelveHour)
        hour = hour % 12 + (half == QLatin1String("p") ? 12 : 0);
    if (hour > 24 || minute > 59 || match.captured(3).toInt() > 60)
        return false;
    QString clock = two(hour) + QLatin1Char(':') + two(minute);
    if (!match.captured(3).isEmpty())
        clock += QLatin1Char(':') + two(match.captured(3).toInt()) + match.captured(4).replace(QLatin1Char(','), QLatin1Char('.'));
    const QString zone = match.captured(6);
    parts.clock = clock.toStdString();
    parts.offset = zone == QLatin1String("UTC") || zone == QLatin1String("GMT") ? "Z" : zone.toStdString();
    return true;
}

std::optional<DateParts> readEpoch(const QString &text)
{
    static const QRegularExpression kEpoch(QStringLiteral("^-?\\d{11,14}$"));
    if (!kEpoch.match(text).hasMatch())
        return std::nullopt;
    DateParts parts;
    parts.epoch = true;
    return parts;
}

} // namespace

std::optional<DateParts> readDate(std::string_view text)
{
    static const QRegularExpression kDate(
        QStringLiteral("^(\\d{1,4})\\s*[-/.년]\\s*(\\d{1,2})\\s*[-/.월]\\s*(\\d{1,4})\\s*[.일]?(?:\\s+|T|t|$)(.*)$"));
    const QString written = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).trimmed();
    if (auto epoch = readEpoch(written))
        return epoch;
    const auto match = kDate.match(written);
    if (!match.hasMatch())
        return std::nullopt;
    DateParts parts;
    const QString a = match.captured(1);
    const QString c = match.captured(3);
    parts.yearFirst = a.size() == 4;
    parts.first = parts.yearFirst ? match.captured(2).toInt() : a.toInt();
    parts.second = parts.yearFirst ? c.toInt() : match.captured(2).toInt();
    parts.year = parts.yearFirst ? a.toInt() : c.toInt();
    if (!parts.yearFirst && c.size() == 2)
        parts.year += 2000; // devices that write two digits are younger than 2000
    else if (!parts.yearFirst && c.size() != 4)
        return std::nullopt;
    if (!match.captured(4).isEmpty() && !readClock(match.captured(4), parts))
        return std::nullopt;
    const bool monthFirst = isDay(parts.year, parts.first, parts.second);
    const bool dayFirst = !parts.yearFirst && isDay(parts.year, parts.second, parts.first);
    return monthFirst || dayFirst ? std::optional(parts) : std::nullopt;
}

DateOrder provenOrder(const DateParts &parts)
{
    if (parts.epoch)
        return DateOrder::EpochMs;
    if (parts.yearFirst)
        return DateOrder::YearFirst;
    if (parts.first > 12)
        return DateOrder::DayFirst;
    return parts.second > 12 ? DateOrder::MonthFirst : DateOrder::Unknown;
}

std::string isoTime(const DateParts &parts, DateOrder order, std::string_view text)
{
    if (parts.epoch) {
        const qint64 ms = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).trimmed().toLongLong();
        return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs).toStdString();
    }
    if (order == DateOrder::Unknown || order == DateOrder::EpochMs)
        return {};
    const bool swap = order == DateOrder::DayFirst && !parts.yearFirst;
    const QString day = QString::number(parts.year) + QLatin1Char('-') + two(swap ? parts.second : parts.first)
                        + QLatin1Char('-') + two(swap ? parts.first : parts.second);
    return day.toStdString() + (parts.clock.empty() ? std::string() : "T" + parts.clock + parts.offset);
}

std::string clock24(std::string_view text)
{
    DateParts parts;
    const bool good = readClock(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), parts);
    return good ? parts.clock + parts.offset : std::string();
}

const char *orderName(DateOrder order)
{
    switch (order) {
    case DateOrder::YearFirst: return "iso";
    case DateOrder::MonthFirst: return "mdy";
    case DateOrder::DayFirst: return "dmy";
    case DateOrder::EpochMs: return "epochMs";
    case DateOrder::Unknown: break;
    }
    return "ambiguous";
}

} // namespace amana::formats::csv
