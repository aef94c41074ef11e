// SPDX-License-Identifier: GPL-3.0-or-later
// Each pane on real widgets: what it shows of its port and what it asks of it.
#include "ui/catalogue/catalogue_pane.h"
#include "ui/downloads/downloads_pane.h"
#include "ui/import/import_pane.h"
#include "ui/library/library_pane.h"
#include "ui/members/enrol_form.h"
#include "ui/members/members_pane.h"
#include "ui/memory_ports.h"
#include "ui/publish/publish_pane.h"
#include "ui/requests/requests_pane.h"
#include "ui/text/text_catalogue.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace amana;
using namespace amana::ui;

namespace {

template <class PaneType>
struct Fixture {
    Fixture()
    {
        memory.fill();
        pane = std::make_unique<PaneType>(PaneContext{memory.ports, prompter});
        pane->resize(1100, 700);
        pane->show();
    }
    QAction *action(const QString &name) const { return pane->template findChild<QAction *>(name); }
    template <class Widget>
    Widget *named(const QString &accessibleName) const
    {
        for (Widget *widget : pane->template findChildren<Widget *>()) {
            if (widget->accessibleName() == accessibleName)
                return widget;
        }
        return nullptr;
    }
    bool shows(const QString &text) const
    {
        for (QLabel *label : pane->template findChildren<QLabel *>()) {
            QString shown = label->text();
            if (label->isVisible() && shown.remove(QChar(0x2060)).contains(text))
                return true;
        }
        return false;
    }

    test::MemoryPorts memory;
    test::InstantPrompter prompter;
    std::unique_ptr<PaneType> pane;
};

void tick(QListWidget *list, const QString &id, bool on = true)
{
    for (int i = 0; i < list->count(); ++i) {
        if (list->item(i)->data(Qt::UserRole).toString() == id)
            list->item(i)->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
}

} // namespace

class TestPanes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QStringLiteral("en"))); }

    void libraryMakesADraftOfTheChosenRecords()
    {
        Fixture<LibraryPane> f;
        Table *table = f.named<Table>(QStringLiteral("Records"));
        QTRY_COMPARE(table->shownRows(), 4);
        QVERIFY(!f.action(QStringLiteral("draft"))->isEnabled()); // no title yet
        table->selectAll();
        f.named<QLineEdit>(QStringLiteral("Title of the dataset"))->setText(QStringLiteral("Spring"));
        QTRY_VERIFY(f.action(QStringLiteral("draft"))->isEnabled());
        f.action(QStringLiteral("draft"))->trigger();
        QTRY_COMPARE(f.memory.library.drafts.size(), 1U);
        QCOMPARE(f.memory.library.drafts[0].documents.size(), 4);
        QCOMPARE(f.memory.library.drafts[0].policy, QStringLiteral("longitudinal"));
    }
    void libraryTellsAWeakerOwnPolicy()
    {
        Fixture<LibraryPane> f;
        auto *box = f.named<QComboBox>(QStringLiteral("De-identification policy"));
        QTRY_COMPARE(box->count(), 5);
        QCOMPARE(box->currentData().toString(), QStringLiteral("longitudinal")); // not the first of the list
        QVERIFY(!f.shows(QStringLiteral("is weaker than")));
        box->setCurrentIndex(box->findData(QStringLiteral("ward-7")));
        QCOMPARE(box->currentText(), QStringLiteral("ward-7 (own)"));
        QVERIFY(f.shows(QStringLiteral("is weaker than “Safe harbor (years only)” at: fields.city")));
        QLabel *note = nullptr;
        for (QLabel *label : f.pane->findChildren<QLabel *>())
            note = label->text().contains(QStringLiteral("weaker")) ? label : note;
        QTRY_VERIFY(note->height() >= note->heightForWidth(note->width())); // the whole of it can be read
        const int broken = box->findData(QStringLiteral("broken"));
        QVERIFY(!(box->model()->flags(box->model()->index(broken, 0)) & Qt::ItemIsEnabled));
        QVERIFY(box->itemData(broken, Qt::ToolTipRole).toString().contains(QStringLiteral("base")));
    }
    void anOwnPolicyIsToldWhereItIsDecidedOn()
    {
        Fixture<RequestsPane> f;
        QTRY_VERIFY(f.shows(QStringLiteral("ward-7, an own policy from “Safe harbor (years only)”. This own policy is weaker")));
    }
    void libraryShowsWhyAFileIsQuarantined()
    {
        Fixture<LibraryPane> f;
        Table *table = f.named<Table>(QStringLiteral("Quarantined files"));
        QTRY_COMPARE(table->shownRows(), 2);
        QVERIFY(!table->model()->index(0, 2).data().toString().isEmpty());
    }
    void emptyLibraryTeachesTheNextStep()
    {
        Fixture<LibraryPane> f;
        f.memory.library.rows.clear();
        f.memory.library.bad.clear();
        Q_EMIT f.memory.events.libraryChanged();
        QTRY_VERIFY(f.shows(QStringLiteral("Your records appear here")));
        QSignalSpy gone(f.pane.get(), &Pane::goTo);
        f.action(QStringLiteral("import"))->trigger();
        QCOMPARE(gone.size(), 1);
    }
    void importCountsAddUp()
    {
        Fixture<ImportPane> f;
        f.prompter.paths = {QStringLiteral("/data/ward")};
        f.action(QStringLiteral("files"))->trigger();
        QTRY_COMPARE(f.memory.library.imported, QStringList{QStringLiteral("/data/ward")});
        QTRY_VERIFY(f.shows(QStringLiteral("17 of 43 files")));
        f.memory.jobs.list[0].state = ports::JobState::Done;
        Q_EMIT f.memory.events.jobChanged(QStringLiteral("job-import"));
        QTRY_VERIFY(f.shows(QStringLiteral("43 found: 39 imported, 2 already here, 2 need you.")));
        QCOMPARE(f.named<Table>(QStringLiteral("Files that need you"))->shownRows(), 2);
    }
    void publishNeedsTheConsequencesOnScreenAndTime()
    {
        Fixture<PublishPane> f;
        QAction *publish = f.action(QStringLiteral("publish"));
        auto *custodians = f.named<QListWidget>(QStringLiteral("Who decides on requests"));
        QTRY_COMPARE(custodians->count(), 2);
        QTest::qWait(300);
        QVERIFY(!publish->isEnabled()); // nobody decides yet
        tick(custodians, QStringLiteral("institution"));
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY(f.shows(QStringLiteral("Name 41")));
        QVERIFY(f.shows(QStringLiteral("cannot be called back")));
        QVERIFY(!publish->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(publish->isEnabled(), 6000);
        QVERIFY(timer.elapsed() >= PublishPane::kArmDelayMs);
        QCOMPARE(publish->text(), QStringLiteral("Seal and publish %n record(s)").replace(QStringLiteral("%n"), QStringLiteral("3")));
        f.named<QLineEdit>(QStringLiteral("Public title"))->setText(QStringLiteral("Other"));
        QVERIFY(!publish->isEnabled()); // another page: armed anew
        QTRY_VERIFY_WITH_TIMEOUT(publish->isEnabled(), 6000);
        publish->trigger();
        QTRY_COMPARE(f.memory.publish.started.size(), 1U);
        QCOMPARE(f.memory.publish.started[0].title, QStringLiteral("Other"));
        QCOMPARE(f.memory.publish.started[0].custodians, QStringList{QStringLiteral("institution")});
        QCOMPARE(f.memory.publish.started[0].purposes, QStringList{QStringLiteral("DUO:0000006")});
    }
    void publishStaysClosedWhileThereIsAProblem()
    {
        Fixture<PublishPane> f;
        f.memory.publish.problems = {Error(ErrorCode::ContractMissingRole)};
        auto *custodians = f.named<QListWidget>(QStringLiteral("Who decides on requests"));
        QTRY_COMPARE(custodians->count(), 2);
        tick(custodians, QStringLiteral("institution"));
        QTest::qWait(PublishPane::kArmDelayMs + 700);
        QVERIFY(!f.action(QStringLiteral("publish"))->isEnabled());
    }
    void onThisComputerTheOtherTruthsAreNeverTicked()
    {
        Fixture<PublishPane> f;
        auto *table = f.named<Table>(QStringLiteral("Published datasets"));
        QTRY_COMPARE(table->shownRows(), 2);
        table->selectId(QStringLiteral("1"));
        int only = 0;
        for (QWidget *chip : f.pane->findChildren<QWidget *>())
            only += chip->accessibleName() == QLatin1String("Only on this computer") ? 1 : 0;
        QCOMPARE(only, 2);
    }
    void eachTruthHasItsProof()
    {
        Fixture<PublishPane> f;
        auto *table = f.named<Table>(QStringLiteral("Published datasets"));
        QTRY_COMPARE(table->shownRows(), 2);
        table->selectId(QStringLiteral("3"));
        QStringList texts;
        for (const QLabel *label : f.pane->findChildren<QLabel *>())
            texts << label->text();
        const QString all = texts.join(QLatin1Char('\n'));
        QVERIFY2(all.contains(QStringLiteral("university: 2 of 2 copies, ")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("archive: 0 of 1 copies · ")), qPrintable(all)); // and why
        QVERIFY2(all.contains(QStringLiteral("university, ")), qPrintable(all)); // who found it
        int notYet = 0;
        for (QWidget *chip : f.pane->findChildren<QWidget *>())
            notYet += chip->accessibleName() == QLatin1String("Not kept by others yet") ? 1 : 0;
        QCOMPARE(notYet, 1); // one of two is not enough
        for (QPushButton *button : f.pane->findChildren<QPushButton *>())
            if (button->text() == QLatin1String("Check and send again"))
                button->click();
        QTRY_COMPARE(f.memory.publish.kept, QStringList{QStringLiteral("3")});
    }
    void catalogueAsksForAccess()
    {
        Fixture<CataloguePane> f;
        QTRY_COMPARE(f.named<Table>(QStringLiteral("Catalogue"))->shownRows(), 2);
        QAction *ask = f.action(QStringLiteral("request"));
        QVERIFY(!ask->isEnabled());
        f.named<QPlainTextEdit>(QStringLiteral("What for (encrypted to those who decide)"))->setPlainText(QStringLiteral("A study"));
        QVERIFY(ask->isEnabled());
        auto *conditions = f.named<QListWidget>(QStringLiteral("Conditions that you will meet"));
        QCOMPARE(conditions->count(), 1);
        QCOMPARE(conditions->item(0)->checkState(), Qt::Unchecked); // a promise is made by the person
        conditions->item(0)->setCheckState(Qt::Checked);
        f.named<QPlainTextEdit>(QStringLiteral("What for (encrypted to those who decide)"))->setPlainText(QStringLiteral("A long study"));
        QCOMPARE(conditions->item(0)->checkState(), Qt::Checked);
        ask->trigger();
        QTRY_COMPARE(f.memory.requests.asked.size(), 1U);
        QCOMPARE(f.memory.requests.asked[0].dataset, QStringLiteral("1"));
        QCOMPARE(f.memory.requests.asked[0].conditions, QStringList{QStringLiteral("DUO:0000018")});
        QCOMPARE(f.memory.requests.asked[0].until, QDate::currentDate().addYears(1));
        QTRY_VERIFY(f.pane->messages().text().contains(QStringLiteral("no. 9")));
    }
    void catalogueSaysARefusalInWords()
    {
        Fixture<CataloguePane> f;
        QTRY_COMPARE(f.named<Table>(QStringLiteral("Catalogue"))->shownRows(), 2);
        f.memory.requests.refuseNext = Error(ErrorCode::ContractPurposeNotAllowed);
        f.named<QPlainTextEdit>(QStringLiteral("What for (encrypted to those who decide)"))->setPlainText(QStringLiteral("A study"));
        f.action(QStringLiteral("request"))->trigger();
        const QString title = TextCatalogue::of(Language::English).error(Error(ErrorCode::ContractPurposeNotAllowed)).title;
        QTRY_VERIFY(f.pane->messages().text().startsWith(title));
        QVERIFY(f.action(QStringLiteral("request"))->isEnabled()); // may be tried again
    }
    void catalogueFilters()
    {
        Fixture<CataloguePane> f;
        Table *table = f.named<Table>(QStringLiteral("Catalogue"));
        QTRY_COMPARE(table->shownRows(), 2);
        auto *filter = f.named<QComboBox>(QStringLiteral("Filter by purpose"));
        filter->setCurrentIndex(filter->findData(QStringLiteral("DUO:0000042")));
        Q_EMIT filter->activated(filter->currentIndex());
        QTRY_COMPARE(table->shownRows(), 1);
        f.named<QLineEdit>(QStringLiteral("Search the catalogue"))->setText(QStringLiteral("nothing like it"));
        QTRY_COMPARE(table->shownRows(), 0);
    }
    // Pages come as the list is scrolled; read anew it is as long as it was.
    void catalogueComesInPages()
    {
        Fixture<CataloguePane> f;
        ports::CatalogueRow row = f.memory.catalogue.rows[0];
        f.memory.catalogue.rows.clear();
        for (int i = 350; i > 0; --i) {
            row.dataset = QString::number(i);
            f.memory.catalogue.rows.push_back(row);
        }
        Q_EMIT f.memory.events.catalogueChanged();
        Table *table = f.named<Table>(QStringLiteral("Catalogue"));
        QTRY_COMPARE(table->shownRows(), 100);
        QTest::qWait(300);
        QCOMPARE(table->shownRows(), 100); // nobody scrolled
        table->scrollToBottom();
        QTRY_COMPARE(table->shownRows(), 200);
        table->selectId(QStringLiteral("180"));
        Q_EMIT f.memory.events.catalogueChanged();
        QTRY_COMPARE(f.memory.catalogue.searches.back().count, 200);
        QTRY_COMPARE(table->shownRows(), 200);
        QCOMPARE(table->currentId(), QStringLiteral("180"));
        for (const int rows : {300, 350}) {
            table->scrollToBottom();
            QTRY_COMPARE(table->shownRows(), rows);
        }
        const std::size_t asked = f.memory.catalogue.searches.size();
        table->scrollToTop();
        table->scrollToBottom();
        QTest::qWait(100);
        QCOMPARE(f.memory.catalogue.searches.size(), asked); // there is no more
        QCOMPARE(table->model()->index(349, 0).data().toString(), QStringLiteral("1"));
    }
    // What another pane points to may be far below.
    void catalogueOpensWhatIsFarBelow()
    {
        Fixture<CataloguePane> f;
        ports::CatalogueRow row = f.memory.catalogue.rows[0];
        row.title = QStringLiteral("no digit");
        for (int i = 1000; i > 700; --i) {
            row.dataset = QString::number(i);
            f.memory.catalogue.rows.push_back(row);
        }
        f.pane->open(QStringLiteral("701"));
        Table *table = f.named<Table>(QStringLiteral("Catalogue"));
        QTRY_COMPARE(table->currentId(), QStringLiteral("701"));
        QCOMPARE(table->shownRows(), 1);
        QCOMPARE(f.named<QLineEdit>(QStringLiteral("Search the catalogue"))->text(), QStringLiteral("701"));
    }
    void requestShowsFiveBlocksAndApprovesWhatWasOnScreen()
    {
        Fixture<RequestsPane> f;
        QTRY_VERIFY(f.shows(QStringLiteral("Dr Lee Soo-ah")));
        for (const char *block : {"Who", "What", "Why", "Until when", "Consequences"})
            QVERIFY2(f.named<QWidget>(QString::fromLatin1(block)) != nullptr, block);
        QVERIFY(f.shows(QStringLiteral("De-identified records")));
        QCOMPARE(f.pane->badge(), 2);
        QVERIFY(!f.action(QStringLiteral("approveCare"))->isVisible());
        f.action(QStringLiteral("approve"))->trigger();
        QTRY_COMPARE(f.memory.requests.calls, QStringList{QStringLiteral("approve 7 r1 research")});
        QTRY_VERIFY(f.action(QStringLiteral("revoke"))->isEnabled()); // the state drives the buttons
        QVERIFY(!f.action(QStringLiteral("approve"))->isVisible());
        QTRY_COMPARE(f.pane->badge(), 1);
    }
    void careIsAnotherButtonAndSaysSo()
    {
        Fixture<RequestsPane> f;
        Table *table = f.named<Table>(QStringLiteral("Requests to me"));
        QTRY_COMPARE(table->shownRows(), 3);
        table->selectId(QStringLiteral("6"));
        QTRY_VERIFY(f.action(QStringLiteral("approveCare"))->isEnabled());
        QVERIFY(f.shows(QStringLiteral("True name and dates too")));
        QVERIFY(!f.action(QStringLiteral("approve"))->isVisible());
        f.action(QStringLiteral("approveCare"))->trigger();
        QTRY_COMPARE(f.memory.requests.calls, QStringList{QStringLiteral("approve 6 r1 care")});
    }
    void aNoIsANo()
    {
        Fixture<RequestsPane> f;
        QTRY_VERIFY(f.action(QStringLiteral("approve"))->isEnabled());
        f.prompter.sayYes = false;
        f.action(QStringLiteral("approve"))->trigger();
        QTest::qWait(50);
        QVERIFY(f.memory.requests.calls.isEmpty());
        f.action(QStringLiteral("deny"))->trigger();
        QTRY_COMPARE(f.memory.requests.calls, QStringList{QStringLiteral("deny 7 because")});
    }
    void aRefusedApprovalIsShown()
    {
        Fixture<RequestsPane> f;
        QTRY_VERIFY(f.action(QStringLiteral("approve"))->isEnabled());
        f.memory.requests.refuseNext = Error(ErrorCode::ContractRevisionChanged);
        f.action(QStringLiteral("approve"))->trigger();
        const QString title = TextCatalogue::of(Language::English).error(Error(ErrorCode::ContractRevisionChanged)).title;
        QTRY_VERIFY(f.pane->messages().text().startsWith(title));
    }
    void aPriceIsOnlyWithItsArbiterAndSaidBefore()
    {
        Fixture<PublishPane> f;
        auto *custodians = f.named<QListWidget>(QStringLiteral("Who decides on requests"));
        QTRY_COMPARE(custodians->count(), 2);
        tick(custodians, QStringLiteral("institution"));
        QTRY_VERIFY(f.shows(QStringLiteral("Free")));
        auto *arbiter = f.named<QComboBox>(QStringLiteral("Who decides disputes about money"));
        QVERIFY(!arbiter->isEnabled());
        f.named<QLineEdit>(QStringLiteral("Price of one request"))->setText(QStringLiteral("5 AMC"));
        QVERIFY(arbiter->isEnabled());
        QVERIFY(arbiter->count() > 1);
        arbiter->setCurrentIndex(1);
        Q_EMIT arbiter->activated(1);
        QTRY_VERIFY(f.shows(QStringLiteral("5 AMC for each request")));
        QAction *publish = f.action(QStringLiteral("publish"));
        QTRY_VERIFY_WITH_TIMEOUT(publish->isEnabled(), 6000);
        publish->trigger();
        QTRY_COMPARE(f.memory.publish.started.size(), 1U);
        QCOMPARE(f.memory.publish.started[0].price, QStringLiteral("5 AMC"));
        QCOMPARE(f.memory.publish.started[0].arbiter, arbiter->itemData(1).toString());
        QVERIFY(!f.memory.publish.started[0].emergencyAccess);
    }
    void aFreeRequestHasNoMoney()
    {
        Fixture<RequestsPane> f;
        QTRY_VERIFY(f.action(QStringLiteral("approve"))->isEnabled());
        QVERIFY(!f.named<QWidget>(QStringLiteral("Price"))->isVisible());
        QVERIFY(!f.action(QStringLiteral("pay"))->isVisible());
    }
    void payingSaysWhatFollowsAndIsAsked()
    {
        Fixture<RequestsPane> f;
        f.memory.requests.payment = {QStringLiteral("5 AMC"), QStringLiteral("unpaid"), {}, {}, {}};
        f.memory.requests.moneyActions = {{ports::RequestAction::Pay, {}},
                                          {ports::RequestAction::Accept, Error(ErrorCode::ContractBadPurchaseState)},
                                          {ports::RequestAction::Refund, Error(ErrorCode::ContractTooEarly)},
                                          {ports::RequestAction::Dispute, Error(ErrorCode::ContractBadPurchaseState)}};
        Q_EMIT f.memory.events.requestsChanged();
        QTRY_VERIFY(f.action(QStringLiteral("pay"))->isEnabled());
        QVERIFY(f.shows(QStringLiteral("5 AMC")));
        for (const char *idle : {"accept", "dispute"})
            QVERIFY(!f.action(QLatin1String(idle))->isVisible());
        QVERIFY(f.action(QStringLiteral("refund"))->isVisible()); // it only waits for its day
        QVERIFY(!f.action(QStringLiteral("refund"))->isEnabled());
        f.prompter.sayYes = false;
        f.action(QStringLiteral("pay"))->trigger();
        QTest::qWait(50);
        QVERIFY(f.memory.requests.calls.isEmpty());
        f.prompter.sayYes = true;
        f.action(QStringLiteral("pay"))->trigger();
        QTRY_COMPARE(f.memory.requests.calls, QStringList{QStringLiteral("pay 7")});
    }
    void emergenciesAreShownPlainly()
    {
        Fixture<RequestsPane> f;
        ports::EmergencyRow row;
        row.id = QStringLiteral("1");
        row.dataset = QStringLiteral("3");
        row.who.name = QStringLiteral("Dr Emergency");
        row.state = QStringLiteral("open");
        row.reason = QStringLiteral("Unconscious");
        f.memory.requests.alarms = {row};
        Q_EMIT f.memory.events.requestsChanged();
        auto *tabs = f.pane->findChild<QTabWidget *>();
        QTRY_COMPARE(tabs->tabText(2), QStringLiteral("Emergencies (1)"));
        tabs->setCurrentIndex(2);
        QTRY_COMPARE(f.named<Table>(QStringLiteral("Emergencies"))->shownRows(), 1);
        QVERIFY(f.shows(QStringLiteral("must review each emergency")));
        QVERIFY(!f.action(QStringLiteral("approve"))->isEnabled());
    }
    void downloadsShowWhichStepFailed()
    {
        Fixture<DownloadsPane> f;
        Table *table = f.named<Table>(QStringLiteral("Downloads"));
        QTRY_COMPARE(table->shownRows(), 1);
        QCOMPARE(table->model()->index(0, 3).data().toString(), QStringLiteral("Failed"));
        auto *steps = f.named<QWidget>(QStringLiteral("Steps"));
        QVERIFY(steps != nullptr);
        f.action(QStringLiteral("start"))->trigger();
        QTRY_COMPARE(f.memory.downloads.started, QStringList{QStringLiteral("4 /tmp/opened")});
    }
    void changingAMemberKeepsEveryRole()
    {
        constexpr std::uint32_t kAll = ports::RoleUploader | ports::RolePatient | ports::RoleResearcher
            | ports::RoleAdministrator | ports::RoleBreakGlass | ports::RoleAuditor;
        ports::MemberRow member;
        member.institution = 1;
        member.roles = kAll;
        EnrolForm form;
        form.setInstitutions({{1, QStringLiteral("Clinic"), {}, true}});
        form.edit(member);
        QCOMPARE(form.enrolment().roles, kAll);
    }
    void membersAreEnrolledFromThisComputersProfiles()
    {
        Fixture<MembersPane> f;
        auto *candidate = f.named<QComboBox>(QStringLiteral("Profile of this computer"));
        QTRY_COMPARE(candidate->count(), 2);
        QVERIFY(!f.action(QStringLiteral("enrol"))->isEnabled());
        candidate->setCurrentIndex(1);
        Q_EMIT candidate->activated(1);
        QTRY_VERIFY(f.action(QStringLiteral("enrol"))->isEnabled());
        f.action(QStringLiteral("enrol"))->trigger();
        QTRY_COMPARE(f.memory.members.enrolled.size(), 1U);
        QCOMPARE(f.memory.members.enrolled[0].roles, std::uint32_t(ports::RolePatient));
        QCOMPARE(f.memory.members.enrolled[0].institution, 1U);
    }
};

QTEST_MAIN(TestPanes)
#include "test_panes.moc"
