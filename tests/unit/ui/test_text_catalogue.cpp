// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/text_catalogue.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace amana;
using namespace amana::ui;

namespace {

QSet<QString> placeholders(const ErrorText &text)
{
    static const QRegularExpression pattern(QStringLiteral("\\{([^}]*)\\}"));
    QSet<QString> found;
    for (const QString &part : {text.title, text.meaning, text.next}) {
        auto it = pattern.globalMatch(part);
        while (it.hasNext())
            found << it.next().captured(1);
    }
    return found;
}

} // namespace

class TestTextCatalogue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCodeHasWords_data()
    {
        QTest::addColumn<int>("language");
        QTest::newRow("en") << int(Language::English);
        QTest::newRow("ko") << int(Language::Korean);
    }
    void everyCodeHasWords()
    {
        QFETCH(int, language);
        const TextCatalogue &texts = TextCatalogue::of(Language(language));
        QStringList missing;
        for (const ErrorCode code : allErrorCodes()) {
            const QString id = QString::fromUtf8(errorId(code).data(), qsizetype(errorId(code).size()));
            const ErrorText text = texts.rawError(id);
            if (text.title.isEmpty() || text.meaning.isEmpty() || text.next.isEmpty())
                missing << id;
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char(' '))));
    }
    void noWordsForUnknownCodes()
    {
        QSet<QString> known;
        for (const ErrorCode code : allErrorCodes())
            known << QString::fromUtf8(errorId(code).data(), qsizetype(errorId(code).size()));
        for (const Language language : {Language::English, Language::Korean}) {
            for (const QString &id : TextCatalogue::of(language).errorIds())
                QVERIFY2(known.contains(id), qPrintable(id));
        }
    }
    void titlesAreShort()
    {
        QStringList tooLong;
        for (const QString &id : TextCatalogue::of(Language::English).errorIds()) {
            const QString title = TextCatalogue::of(Language::English).rawError(id).title;
            if (title.split(QLatin1Char(' '), Qt::SkipEmptyParts).size() > 8)
                tooLong << id;
        }
        QVERIFY2(tooLong.isEmpty(), qPrintable(tooLong.join(QLatin1Char(' '))));
    }
    void languagesUseTheSamePlaceholders()
    {
        const TextCatalogue &en = TextCatalogue::of(Language::English);
        const TextCatalogue &ko = TextCatalogue::of(Language::Korean);
        QCOMPARE(en.errorIds(), ko.errorIds());
        for (const QString &id : en.errorIds())
            QVERIFY2(placeholders(en.rawError(id)) == placeholders(ko.rawError(id)), qPrintable(id));
    }
    void koreanIsKorean()
    {
        static const QRegularExpression hangul(QStringLiteral("[가-힣]"));
        const TextCatalogue &ko = TextCatalogue::of(Language::Korean);
        for (const QString &id : ko.errorIds()) {
            const ErrorText text = ko.rawError(id);
            QVERIFY2(text.title.contains(hangul) && text.meaning.contains(hangul) && text.next.contains(hangul),
                     qPrintable(id));
        }
    }
    void termsAreTheSameInBothLanguages()
    {
        QCOMPARE(TextCatalogue::of(Language::English).termKeys(), TextCatalogue::of(Language::Korean).termKeys());
        QVERIFY(TextCatalogue::of(Language::English).termKeys().size() > 50);
        QCOMPARE(TextCatalogue::of(Language::English).term(QStringLiteral("purpose"), QStringLiteral("DUO:0000043")),
                 QStringLiteral("Clinical care"));
        QCOMPARE(TextCatalogue::of(Language::Korean).term(QStringLiteral("nothing"), QStringLiteral("as.is")),
                 QStringLiteral("as.is"));
    }
    void parametersAreFilledOnce()
    {
        QCOMPARE(fillParams(QStringLiteral("{a} and {b}, {gone}"), {{"a", "{b}"}, {"b", "2"}}),
                 QStringLiteral("{b} and 2, –"));
        QCOMPARE(fillParams(QStringLiteral("no end {"), {}), QStringLiteral("no end {"));
    }
};

QTEST_APPLESS_MAIN(TestTextCatalogue)
#include "test_text_catalogue.moc"
