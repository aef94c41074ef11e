// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/person_names.h"

#include <QString>
#include <QStringList>

#include <algorithm>
#include <array>

namespace amana::formats {

namespace {

QString folded(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
        .normalized(QString::NormalizationForm_KC)
        .toCaseFolded()
        .trimmed();
}

bool isTitle(const QString &word)
{
    static constexpr std::array<const char *, 12> kTitles{"mr", "mrs", "ms", "miss", "dr", "prof", "md",
                                                          "jr", "sr", "phd", "씨", "님"};
    QString bare = word;
    bare.remove(QLatin1Char('.'));
    return std::any_of(kTitles.begin(), kTitles.end(),
                       [&bare](const char *title) { return bare == QString::fromUtf8(title); });
}

} // namespace

std::string bornLink(std::string_view birthDate, std::vector<std::string> nameParts)
{
    if (birthDate.size() != 10)
        return {};
    QStringList parts;
    for (const std::string &part : nameParts)
        if (const QString word = folded(part); !word.isEmpty())
            parts.append(word);
    if (parts.isEmpty())
        return {};
    // Korean, Chinese and Japanese names are written with and without a blank: "김 영희", "김영희".
    const bool joined = std::all_of(parts.begin(), parts.end(), [](const QString &word) {
        return std::all_of(word.begin(), word.end(), [](QChar c) { return c.unicode() >= 0x2E80; });
    });
    if (joined)
        return "born:" + std::string(birthDate) + "|" + parts.join(QString()).toStdString();
    if (parts.size() < 2)
        return {};
    parts.sort();
    return "born:" + std::string(birthDate) + "|" + parts.join(QLatin1Char(' ')).toStdString();
}

std::vector<std::string> nameParts(std::string_view name)
{
    QString text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    text.replace(QLatin1Char(','), QLatin1Char(' '));
    std::vector<std::string> parts;
    for (const QString &word : text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts))
        if (!isTitle(word.toCaseFolded()))
            parts.push_back(word.toStdString());
    return parts;
}

void addOnce(std::vector<std::string> &list, std::string value)
{
    if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(std::move(value));
}

} // namespace amana::formats
