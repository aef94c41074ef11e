// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window: every section, names and shortcuts, focus, both themes and languages, first run.
#include "ui/memory_ports.h"
#include "ui/shell/capture.h"
#include "ui/shell/main_window.h"
#include "ui/shell/translations.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace amana;
using namespace amana::ui;

namespace {

QString nameOf(const QWidget *widget)
{
    if (!widget->accessibleName().isEmpty())
        return widget->accessibleName();
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        return button->text();
    return {};
}

bool isControl(QWidget *widget)
{
    if (qobject_cast<QSpinBox *>(widget->parentWidget()) || qobject_cast<QComboBox *>(widget->parentWidget()))
        return false; // the editor inside: its parent has the name
    return qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QAbstractSpinBox *>(widget) || widget->inherits("QPlainTextEdit")
        || qobject_cast<QAbstractItemView *>(widget);
}

// Parts that Qt makes for itself: clear buttons, tab scrollers, headers, calendar popups.
bool isQtsOwn(const QWidget *widget)
{
    return widget->objectName().startsWith(QLatin1String("qt_")) || widget->inherits("QHeaderView")
        || widget->inherits("QLineEditIconButton") || widget->inherits("QTableCornerButton")
        || widget->inherits("QComboBoxListView") || widget->window()->windowType() == Qt::Popup
        || (widget->parentWidget() && widget->parentWidget()->inherits("QTabBar"));
}

QStringList withoutName(QWidget &root)
{
    QStringList bad;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (isControl(widget) && !isQtsOwn(widget) && nameOf(widget).isEmpty())
            bad << QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char('/') + widget->objectName()
                       + QLatin1Char('@') + QString::fromLatin1(widget->parentWidget()->metaObject()->className());
    }
    return bad;
}

QStringList withoutShortcut(const QMenu *menu)
{
    QStringList bad;
    for (const QAction *action : menu->actions()) {
        if (!action->isSeparator() && action->menu() == nullptr && action->shortcut().isEmpty())
            bad << menu->title() + QLatin1Char('/') + action->text();
    }
    return bad;
}

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
public:
    TestMainWindow() : m_theme(*qApp), m_translations(*qApp) {}

private:
    std::unique_ptr<MainWindow> open(test::MemoryPorts &memory)
    {
        auto window = std::make_unique<MainWindow>(memory.ports, m_prompter, m_theme);
        window->show();
        window->activateWindow();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window does not become active");
        return window;
    }

    Theme m_theme;
    Translations m_translations;
    test::InstantPrompter m_prompter;

private Q_SLOTS:
    void init()
    {
        m_translations.use(Language::English);
        m_theme.setScheme(Scheme::Light);
        m_theme.setZoom(100);
    }

    void makingTheWindowOpensNoOther()
    {
        test::MemoryPorts memory;
        memory.fill();
        MainWindow window(memory.ports, m_prompter, m_theme);
        for (const QString &section : MainWindow::sections())
            window.goTo(section);
        for (const QWidget *widget : QApplication::topLevelWidgets())
            QVERIFY2(!widget->isVisible(), widget->metaObject()->className());
        QVERIFY(!window.findChildren<QWidget *>().isEmpty());
    }
    void everySectionOpens()
    {
        test::MemoryPorts memory;
        memory.fill();
        const auto window = open(memory);
        QVERIFY(!window->isWelcoming());
        QCOMPARE(window->currentPane()->info().id, QStringLiteral("library")); // a clinician's first page
        for (const QString &section : MainWindow::sections()) {
            QVERIFY(window->goTo(section));
            QCOMPARE(window->currentPane()->info().id, section);
            QVERIFY(window->windowTitle().contains(window->currentPane()->info().title));
        }
        QVERIFY(!window->goTo(QStringLiteral("nowhere")));
    }
    void controlsHaveNames_data()
    {
        QTest::addColumn<int>("language");
        QTest::newRow("en") << int(Language::English);
        QTest::newRow("ko") << int(Language::Korean);
    }
    void controlsHaveNames()
    {
        QFETCH(int, language);
        m_translations.use(Language(language));
        test::MemoryPorts memory;
        memory.fill();
        const auto window = open(memory);
        for (const QString &section : MainWindow::sections()) {
            window->goTo(section);
            QTest::qWait(20);
        }
        const QStringList bad = withoutName(*window);
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join(QLatin1Char(' '))));
    }
    void everyActionHasAShortcut()
    {
        test::MemoryPorts memory;
        memory.fill();
        const auto window = open(memory);
        QStringList bad;
        for (const QString &section : MainWindow::sections()) {
            window->goTo(section);
            for (const QAction *top : window->menuBar()->actions())
                bad << withoutShortcut(top->menu());
        }
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join(QLatin1Char('\n'))));
    }
    void shortcutsAreNotShared()
    {
        test::MemoryPorts memory;
        memory.fill();
        const auto window = open(memory);
        for (const QString &section : MainWindow::sections()) {
            window->goTo(section);
            QMap<QString, QString> seen;
            for (const QAction *top : window->menuBar()->actions()) {
                for (const QAction *action : top->menu()->actions()) {
                    for (const QKeySequence &key : action->shortcuts()) {
                        QVERIFY2(!seen.contains(key.toString()), qPrintable(section + QLatin1Char(' ') + key.toString()));
                        seen.insert(key.toString(), action->text());
                    }
                }
            }
        }
    }
    void keyboardReachesEverySection()
    {
        test::MemoryPorts memory;
        memory.fill();
        const auto window = open(memory);
        QTest::keyClick(window.get(), Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(window->currentPane()->info().id, QStringLiteral("requests"));
        QTest::keyClick(window.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(window->currentPane()->info().id, QStringLiteral("review"));
    }
    void f6GoesRound()
    {
        test::MemoryPorts memory;
        memory.fill();
        const auto window = open(memory);
        window->goTo(QStringLiteral("review"));
        QTRY_VERIFY(window->currentPane()->focusStops().size() == 3);
        QSet<QWidget *> visited;
        for (int i = 0; i < 8; ++i) {
            QTest::keyClick(window.get(), Qt::Key_F6);
            visited << window->focusWidget();
        }
        QVERIFY2(visited.size() >= 5, qPrintable(QString::number(visited.size()))); // bar, queue, texts, list, strip
    }
    void badgesCountWhatWaits()
    {
        test::MemoryPorts memory;
        memory.fill();
        const auto window = open(memory);
        QListWidget *bar = nullptr;
        for (QListWidget *list : window->findChildren<QListWidget *>())
            bar = list->accessibleName() == QLatin1String("Sections") ? list : bar;
        QVERIFY(bar != nullptr);
        const auto spoken = [bar](const QString &title) {
            for (int i = 0; i < bar->count(); ++i) {
                if (bar->item(i)->text() == title)
                    return bar->item(i)->data(Qt::AccessibleTextRole).toString();
            }
            return QString();
        };
        QTRY_COMPARE(spoken(QStringLiteral("Requests")), QStringLiteral("Requests, 2 waiting"));
        QTRY_COMPARE(spoken(QStringLiteral("Review")), QStringLiteral("Review, 1 waiting"));
    }
    void firstRunProvesThePhrase()
    {
        test::MemoryPorts memory;
        const auto window = open(memory);
        QVERIFY(window->isWelcoming());
        for (QLineEdit *edit : window->currentPane()->findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == QLatin1String("Name"))
                edit->setText(QStringLiteral("Kim"));
        }
        window->currentPane()->findChild<QAction *>(QStringLiteral("create"))->trigger();
        QAction *done = window->currentPane()->findChild<QAction *>(QStringLiteral("done"));
        const QRegularExpression asked(QStringLiteral("^word\\d"));
        QTRY_VERIFY(!window->currentPane()->findChildren<QLineEdit *>(asked).isEmpty());
        QVERIFY(window->isWelcoming()); // the profile is open, but the phrase is not proved
        QVERIFY(!done->isEnabled());
        const QStringList words{QStringLiteral("above"), QStringLiteral("actor"), QStringLiteral("badge"),
                                QStringLiteral("cabin"), QStringLiteral("dance"), QStringLiteral("eager"),
                                QStringLiteral("fable"), QStringLiteral("galaxy"), QStringLiteral("habit"),
                                QStringLiteral("icon"), QStringLiteral("jacket"), QStringLiteral("kangaroo"),
                                QStringLiteral("label"), QStringLiteral("machine"), QStringLiteral("naive"),
                                QStringLiteral("oak"), QStringLiteral("paddle"), QStringLiteral("quality"),
                                QStringLiteral("rabbit"), QStringLiteral("saddle"), QStringLiteral("table"),
                                QStringLiteral("ugly"), QStringLiteral("vacant"), QStringLiteral("wagon")};
        for (QLineEdit *edit : window->currentPane()->findChildren<QLineEdit *>(asked))
            edit->setText(words[edit->objectName().mid(4).toInt() - 1]);
        QVERIFY(done->isEnabled());
        done->trigger();
        QVERIFY(!window->isWelcoming());
    }
    void withoutKeychainAPassphraseIsAskedFor()
    {
        test::MemoryPorts memory;
        memory.session.keychainWorks = false;
        const auto window = open(memory);
        QLineEdit *passphrase = nullptr;
        QLineEdit *again = nullptr;
        for (QLineEdit *edit : window->currentPane()->findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == QLatin1String("Name"))
                edit->setText(QStringLiteral("Kim"));
            if (edit->accessibleName() == QLatin1String("The same again")) {
                again = edit;
                passphrase = edit->parentWidget()->findChild<QLineEdit *>();
            }
        }
        QAction *create = window->currentPane()->findChild<QAction *>(QStringLiteral("create"));
        create->trigger();
        QTRY_VERIFY(passphrase->isVisible());
        QVERIFY(!create->isEnabled());
        passphrase->setText(QStringLiteral("correct horse"));
        again->setText(QStringLiteral("correct horse"));
        QVERIFY(create->isEnabled());
        create->trigger();
        QTRY_COMPARE(memory.session.passphraseSeen, QStringLiteral("correct horse"));
        QVERIFY(passphrase->text().isEmpty());
    }
    void closingWithJobsAsks()
    {
        test::MemoryPorts memory;
        memory.fill();
        const auto window = open(memory);
        m_prompter.sayYes = false;
        m_prompter.asked.clear();
        window->close();
        QVERIFY(window->isVisible());
        QCOMPARE(m_prompter.asked, QStringList{QStringLiteral("Close Amana")});
        m_prompter.sayYes = true;
        window->close();
        QTRY_VERIFY(!window->isVisible());
    }
    void titleHoldsNoPatientText()
    {
        test::MemoryPorts memory;
        memory.fill();
        const auto window = open(memory);
        window->goTo(QStringLiteral("review"));
        QTest::qWait(200);
        QVERIFY(!window->windowTitle().contains(QStringLiteral("Whitcombe"), Qt::CaseInsensitive));
    }
    void fitsASmallScreen()
    {
        for (const Language language : {Language::English, Language::Korean}) {
            m_translations.use(language);
            test::MemoryPorts memory;
            memory.fill();
            const auto window = open(memory);
            for (const QString &section : MainWindow::sections())
                window->goTo(section);
            QTest::qWait(200);
            const QSize least = window->minimumSizeHint();
            QVERIFY2(least.width() <= 1280 && least.height() <= 800,
                     qPrintable(QStringLiteral("%1x%2").arg(least.width()).arg(least.height())));
        }
    }
    void everyPictureInBothThemesAndLanguages()
    {
        const QString folder = QDir::current().filePath(QStringLiteral("captures"));
        QVERIFY(QDir().mkpath(folder));
        for (const Language language : {Language::English, Language::Korean}) {
            for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
                m_translations.use(language);
                m_theme.setScheme(scheme);
                m_theme.setZoom(100);
                test::MemoryPorts memory;
                memory.fill();
                const auto window = open(memory);
                bool finished = false;
                const QString suffix =
                    languageCode(language) + (scheme == Scheme::Dark ? QStringLiteral("-dark") : QStringLiteral("-light"));
                capture(*window, folder, suffix, 250, [&](const QStringList &failed) {
                    QVERIFY(failed.isEmpty());
                    finished = true;
                });
                QTRY_VERIFY_WITH_TIMEOUT(finished, 20000);
                const QImage light(QDir(folder).filePath(QStringLiteral("review-%1.png").arg(suffix)));
                QCOMPARE(light.pixelColor(light.width() / 2, light.height() / 2).lightnessF() < 0.5, scheme == Scheme::Dark);
            }
        }
        test::MemoryPorts empty;
        const auto window = open(empty);
        bool finished = false;
        capture(*window, folder, QStringLiteral("en-light"), 200, [&](const QStringList &) { finished = true; });
        QTRY_VERIFY(finished);
    }
};

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
