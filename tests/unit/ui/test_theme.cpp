// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QDir>
#include <QFont>
#include <QTest>

using namespace amana::ui;

class TestTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textReadsOnEverySurface_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textReadsOnEverySurface()
    {
        QFETCH(bool, dark);
        const Tokens &t = dark ? darkTokens() : lightTokens();
        for (const QColor &surface : {t.surface0, t.surface1, t.surface2}) {
            for (const QColor &text : {t.text1, t.text2, t.text3, t.accent, t.info, t.ok, t.caution, t.danger, t.sealed,
                                       t.pending})
                QVERIFY2(contrast(text, surface) >= 4.5, qPrintable(text.name() + QLatin1Char(' ') + surface.name()));
        }
        QVERIFY(contrast(t.onAccent, t.accent) >= 4.5);
        QVERIFY(contrast(t.onAccent, t.danger) >= 4.5);
        for (const QColor &mark : {t.info, t.ok, t.caution, t.danger, t.sealed}) {
            QVERIFY(contrast(t.text1, t.tint(mark, 0.28)) >= 4.5); // text on a current mark
            QVERIFY(contrast(mark, t.tint(mark, 0.12)) >= 4.5);    // the word in a chip
        }
    }
    void contrastIsTheOneOfWcag()
    {
        QCOMPARE(qRound(contrast(Qt::black, Qt::white) * 100), 2100);
        QCOMPARE(qRound(contrast(QColor(0x77, 0x77, 0x77), Qt::white) * 100), 448); // WCAG's well-known near miss
    }
    void schemesAndZoomSwitchAtOnce()
    {
        Theme theme(*qApp);
        theme.setScheme(Scheme::Dark);
        QVERIFY(isDark(qApp->palette()));
        const double points = qApp->font().pointSizeF();
        theme.setZoom(150);
        QCOMPARE(qApp->font().pointSizeF(), points * 1.5);
        theme.setZoom(1000);
        QCOMPARE(theme.zoom(), int(Theme::kMaxZoom));
        theme.setZoom(100);
        theme.setScheme(Scheme::Light);
        QVERIFY(!isDark(qApp->palette()));
        QCOMPARE(qApp->font().pointSizeF(), points);
    }
    void everyIconPaintsInTheAskedColour()
    {
        const QStringList names = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
        QVERIFY(names.size() > 30);
        for (const QString &file : names) {
            const QImage image = iconPixmap(QString(file).chopped(4), 48, QColor(10, 200, 30)).toImage();
            int painted = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QColor pixel = image.pixelColor(x, y);
                    painted += pixel.alpha() > 200 && pixel.green() > 150 && pixel.red() < 40 ? 1 : 0;
                }
            }
            QVERIFY2(painted > 20, qPrintable(file));
        }
        QVERIFY(icon(QStringLiteral("no such drawing")).isNull());
    }
};

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
