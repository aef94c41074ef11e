// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/text_catalogue.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace amana::ui {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QString languageCode(Language language)
{
    return language == Language::Korean ? QStringLiteral("ko") : QStringLiteral("en");
}

Language languageOf(const QLocale &locale)
{
    return locale.language() == QLocale::Korean ? Language::Korean : Language::English;
}

const TextCatalogue &TextCatalogue::of(Language language)
{
    static const TextCatalogue english(Language::English);
    if (language == Language::English)
        return english;
    static const TextCatalogue korean(Language::Korean);
    return korean;
}

TextCatalogue::TextCatalogue(Language language)
{
    const QDir folder(QStringLiteral(":/text/") + languageCode(language));
    for (const QString &name : folder.entryList({QStringLiteral("errors-*.json")}))
        readErrors(contentOf(folder.filePath(name)));
    for (const QString &name : folder.entryList({QStringLiteral("terms-*.json")}))
        readTerms(contentOf(folder.filePath(name)));
}

void TextCatalogue::readErrors(const QByteArray &json)
{
    const QJsonObject all = QJsonDocument::fromJson(json).object();
    for (auto it = all.begin(); it != all.end(); ++it) {
        const QJsonObject text = it.value().toObject();
        m_errors.insert(it.key(), {text.value(QStringLiteral("title")).toString(),
                                   text.value(QStringLiteral("meaning")).toString(),
                                   text.value(QStringLiteral("next")).toString()});
    }
}

void TextCatalogue::readTerms(const QByteArray &json)
{
    const QJsonObject areas = QJsonDocument::fromJson(json).object();
    for (auto area = areas.begin(); area != areas.end(); ++area) {
        const QJsonObject words = area.value().toObject();
        for (auto it = words.begin(); it != words.end(); ++it)
            m_terms.insert(area.key() + QLatin1Char('.') + it.key(), it.value().toString());
    }
}

ErrorText TextCatalogue::error(const Error &error) const
{
    const std::string_view id = errorId(error.code);
    auto it = m_errors.constFind(QString::fromUtf8(id.data(), qsizetype(id.size())));
    if (it == m_errors.constEnd())
        it = m_errors.constFind(QStringLiteral("internal.unexpected"));
    if (it == m_errors.constEnd())
        return {QString::fromUtf8(id.data(), qsizetype(id.size())), {}, {}};
    return {fillParams(it->title, error.params), fillParams(it->meaning, error.params),
            fillParams(it->next, error.params)};
}

QString TextCatalogue::term(const QString &area, const QString &code) const
{
    return m_terms.value(area + QLatin1Char('.') + code, code);
}

bool TextCatalogue::hasError(ErrorCode code) const
{
    const std::string_view id = errorId(code);
    return m_errors.contains(QString::fromUtf8(id.data(), qsizetype(id.size())));
}

bool TextCatalogue::hasTerm(const QString &area, const QString &code) const
{
    return m_terms.contains(area + QLatin1Char('.') + code);
}

QStringList TextCatalogue::errorIds() const
{
    QStringList ids = m_errors.keys();
    ids.sort();
    return ids;
}

QStringList TextCatalogue::termKeys() const
{
    QStringList keys = m_terms.keys();
    keys.sort();
    return keys;
}

ErrorText TextCatalogue::rawError(const QString &id) const
{
    return m_errors.value(id);
}

QString fillParams(const QString &pattern, const Error::Params &params)
{
    QString out;
    qsizetype from = 0;
    while (true) {
        const qsizetype open = pattern.indexOf(QLatin1Char('{'), from);
        const qsizetype close = open < 0 ? -1 : pattern.indexOf(QLatin1Char('}'), open);
        if (close < 0)
            return out + pattern.mid(from);
        out += pattern.mid(from, open - from);
        const std::string key = pattern.mid(open + 1, close - open - 1).toStdString();
        QString value = QStringLiteral("–");
        for (const auto &[name, text] : params) {
            if (name == key)
                value = QString::fromStdString(text);
        }
        out += value;
        from = close + 1;
    }
}

} // namespace amana::ui
