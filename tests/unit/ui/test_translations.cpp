// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogues are complete: nothing unfinished, nothing lost, and lupdate would not change them.
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

const QString kRoot = QStringLiteral(AMANA_SOURCE_DIR);

struct Message {
    QString context, source, comment;
    QStringList translations;
    QString state; ///< "" finished, "unfinished", "vanished", "obsolete"
};

std::vector<Message> messagesOf(const QString &path)
{
    std::vector<Message> messages;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            messages.push_back({context, {}, {}, {}, {}});
        else if (xml.name() == QLatin1String("source"))
            messages.back().source = xml.readElementText();
        else if (xml.name() == QLatin1String("comment"))
            messages.back().comment = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            messages.back().state = xml.attributes().value(QLatin1String("type")).toString();
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            messages.back().translations << text;
        }
    }
    return messages;
}

QStringList marks(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("%(?:[1-9]|n)"));
    QStringList found;
    auto it = pattern.globalMatch(text);
    while (it.hasNext())
        found << it.next().captured();
    found.removeDuplicates();
    found.sort();
    return found;
}

QStringList keysOf(const QString &path)
{
    QStringList keys;
    for (const Message &message : messagesOf(path))
        keys << message.context + QLatin1Char('|') + message.source + QLatin1Char('|') + message.comment;
    keys.sort();
    return keys;
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsUnfinished_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *language : {"en", "ko"})
            QTest::newRow(language) << kRoot + QStringLiteral("/resources/translations/amana_%1.ts").arg(QLatin1String(language));
    }
    void nothingIsUnfinished()
    {
        QFETCH(QString, file);
        const auto messages = messagesOf(file);
        QVERIFY(messages.size() > 5);
        for (const Message &message : messages) {
            QVERIFY2(message.state.isEmpty(), qPrintable(message.context + QStringLiteral(": ") + message.source));
            QVERIFY2(!message.translations.join(QString()).isEmpty(), qPrintable(message.source));
            QVERIFY2(marks(message.source) == marks(message.translations.join(QLatin1Char(' '))),
                     qPrintable(message.source));
        }
    }
    void lupdateFindsNothingNew()
    {
        QTemporaryDir folder;
        const QString kept = kRoot + QStringLiteral("/resources/translations/amana_ko.ts");
        const QString fresh = folder.filePath(QStringLiteral("amana_ko.ts"));
        QStringList sources;
        QDirIterator walk(kRoot + QStringLiteral("/ui"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                          QDirIterator::Subdirectories);
        while (walk.hasNext())
            sources << walk.next();
        QProcess lupdate;
        lupdate.start(QStringLiteral(LUPDATE), QStringList{QStringLiteral("-silent"), QStringLiteral("-I"), kRoot} + sources
                          + QStringList{QStringLiteral("-ts"), fresh});
        QVERIFY2(lupdate.waitForFinished(60000) && lupdate.exitCode() == 0, lupdate.readAllStandardError().constData());
        QCOMPARE(keysOf(kept), keysOf(fresh));
    }
};

QTEST_APPLESS_MAIN(TestTranslations)
#include "test_translations.moc"
