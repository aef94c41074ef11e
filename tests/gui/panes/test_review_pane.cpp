// SPDX-License-Identifier: GPL-3.0-or-later
// The review by keyboard alone, on real widgets.
#include "ui/memory_ports.h"
#include "ui/review/review_pane.h"
#include "ui/review/review_text_view.h"
#include "ui/review/span_list.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace amana;
using namespace amana::ui;
using records::Decision;

namespace {

struct Fixture {
    Fixture()
    {
        memory.fill();
        pane = std::make_unique<ReviewPane>(PaneContext{memory.ports, prompter});
        pane->resize(1100, 700);
        pane->show();
        pane->activateWindow();
        texts = pane->findChild<ReviewTextView *>();
    }
    bool load()
    {
        return QTest::qWaitForWindowActive(pane.get()) && QTest::qWaitFor([this] { return pane->session().isOpen(); }) && (texts->setFocus(), true);
    }
    QString current() const { return pane->session().textOf(*pane->session().currentItem()); }
    Decision decisionOf(const QString &text) const
    {
        for (const ReviewItem &item : pane->session().items()) {
            if (!item.isSample() && pane->session().textOf(item) == text)
                return pane->session().spanOf(item)->edit.decision;
        }
        return Decision::Proposed; // not there yet: the test goes on waiting
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const { QTest::keyClick(texts, key, modifiers); }

    test::MemoryPorts memory;
    test::InstantPrompter prompter;
    std::unique_ptr<ReviewPane> pane;
    ReviewTextView *texts = nullptr;
};

} // namespace

class TestReviewPane : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QStringLiteral("en"))); }

    void opensOnTheFirstDoubt()
    {
        Fixture f;
        QVERIFY(f.load());
        QCOMPARE(f.current(), QStringLiteral("Rose"));
        QCOMPARE(f.pane->badge(), 1);
        QCOMPARE(f.texts->shownFields(), 2); // the note and the field with a mark, not the code
    }
    void keysMoveAndDecide()
    {
        Fixture f;
        QVERIFY(f.load());
        f.key(Qt::Key_J);
        QCOMPARE(f.current(), QStringLiteral("64"));
        f.key(Qt::Key_Down);
        QCOMPARE(f.current(), QStringLiteral("Kingsbridge"));
        f.key(Qt::Key_K);
        f.key(Qt::Key_Up);
        QCOMPARE(f.current(), QStringLiteral("Rose"));
        f.key(Qt::Key_Return);
        QTRY_COMPARE(f.decisionOf(QStringLiteral("Rose")), Decision::Accepted);
        QCOMPARE(f.current(), QStringLiteral("64")); // moved on by itself
        f.key(Qt::Key_Backspace);
        QTRY_COMPARE(f.decisionOf(QStringLiteral("64")), Decision::Rejected);
        QCOMPARE(f.current(), QStringLiteral("Kingsbridge"));
    }
    void fastKeysLoseNothing()
    {
        Fixture f;
        QVERIFY(f.load());
        for (int i = 0; i < 5; ++i) // four marks and the sample, without waiting for an answer
            f.key(Qt::Key_Return);
        QTRY_COMPARE(f.memory.review.counts(f.memory.review.all[0].documents[0]).undecided, 0);
        QCOMPARE(f.memory.review.counts(f.memory.review.all[0].documents[0]).sampleLeft, 0);
        QTRY_COMPARE(f.pane->session().document().row.id, QStringLiteral("b")); // the next document opened by itself
    }
    void undoAndRedo()
    {
        Fixture f;
        QVERIFY(f.load());
        f.key(Qt::Key_Return);
        QTRY_COMPARE(f.decisionOf(QStringLiteral("Rose")), Decision::Accepted);
        f.key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(f.decisionOf(QStringLiteral("Rose")), Decision::Proposed);
        QCOMPARE(f.current(), QStringLiteral("Rose")); // shows what waits again
        f.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(f.decisionOf(QStringLiteral("Rose")), Decision::Accepted);
    }
    void allWithThisText()
    {
        Fixture f;
        auto again = test::MemoryReview::note("text", "Rose phoned.");
        test::MemoryReview::mark(again, "Rose", "Ann", "NAME", 0.5, Decision::Proposed);
        f.memory.review.all[0].documents[1].state.fields.push_back(again);
        QVERIFY(f.load());
        f.key(Qt::Key_Return, Qt::ShiftModifier);
        QTRY_COMPARE(f.decisionOf(QStringLiteral("Rose")), Decision::Accepted);
        QCOMPARE(f.memory.review.all[0].documents[1].state.fields[1].edits[0].decision, Decision::Accepted);
        QVERIFY(f.pane->messages().isVisible());
    }
    void marksByHand()
    {
        Fixture f;
        QVERIFY(f.load());
        const int note = 2;
        const QString text = QString::fromStdString(f.pane->session().document().fields[note].original);
        const int at = int(text.indexOf(QStringLiteral("diabetes clinic")));
        f.texts->select(note, {at, 0});
        for (int i = 0; i < 15; ++i)
            f.key(Qt::Key_Right, Qt::ShiftModifier);
        f.key(Qt::Key_5); // hospital
        f.key(Qt::Key_D, Qt::ControlModifier);
        QTRY_COMPARE(f.decisionOf(QStringLiteral("diabetes clinic")), Decision::Added);
        const auto &edits = f.memory.review.all[0].documents[0].state.fields[note].edits;
        QVERIFY(std::any_of(edits.begin(), edits.end(), [](const auto &e) {
            return e.type == "HOSPITAL" && e.decision == Decision::Added;
        }));
    }
    void aRefusalIsShownAndTheMarkWaitsAgain()
    {
        Fixture f;
        QVERIFY(f.load());
        f.memory.review.refuseNext = true;
        f.key(Qt::Key_Return);
        QTRY_VERIFY(f.pane->messages().isVisible());
        QCOMPARE(f.decisionOf(QStringLiteral("Rose")), Decision::Proposed);
        QVERIFY(f.pane->session().waits(f.pane->session().items()[0]));
    }
    void finishingNeedsEverything()
    {
        Fixture f;
        QVERIFY(f.load());
        QAction *finish = f.pane->findChild<QAction *>(QStringLiteral("finish"));
        QVERIFY(!finish->isEnabled());
        QSignalSpy gone(f.pane.get(), &Pane::goTo);
        // The window may be painted before the next document is there.
        QObject::connect(f.pane.get(), &Pane::goTo, f.pane.get(), [&f] { QVERIFY(!f.pane->grab().isNull()); });
        for (int i = 0; i < 5; ++i)
            f.key(Qt::Key_Return);
        QTRY_COMPARE(f.pane->session().document().row.id, QStringLiteral("b"));
        f.key(Qt::Key_Return);
        f.key(Qt::Key_Return);
        QTRY_VERIFY(finish->isEnabled());
        finish->trigger();
        QTRY_COMPARE(gone.size(), 1);
        QCOMPARE(gone[0][0].toString(), QStringLiteral("publish"));
        QCOMPARE(f.memory.review.all[0].row.state, ports::DraftState::Finished);
    }
    void paragraphsStandSideBySide()
    {
        test::MemoryPorts memory;
        memory.fill();
        auto field = test::MemoryReview::note("text", "One Rose two Rose three Rose.\nsecond paragraph\n\nlast");
        test::MemoryReview::mark(field, "Rose two Rose three Rose", "[NAME]", "NAME", 1, Decision::Accepted);
        memory.review.all[0].documents[1].state.fields = {field};
        const auto document = *memory.review.document(QStringLiteral("d1"), QStringLiteral("b")).result();
        const FieldLayout layout = layOut(document, 0, QApplication::font(), 90);
        QCOMPARE(layout.original->paragraphTops().size(), 4U);
        QCOMPARE(layout.original->paragraphTops(), layout.released->paragraphTops());
        QVERIFY(layout.height() >= layout.original->paragraphTops().back());
    }
    void inputMethodIsOffWhereKeysDecide()
    {
        Fixture f;
        QVERIFY(f.load());
        f.key(Qt::Key_J);
        QVERIFY(!f.texts->testAttribute(Qt::WA_InputMethodEnabled));
        QVERIFY(!f.texts->viewport()->testAttribute(Qt::WA_InputMethodEnabled));
        QVERIFY(!f.pane->findChild<SpanList *>()->testAttribute(Qt::WA_InputMethodEnabled));
        for (QTableView *table : f.pane->findChildren<QTableView *>())
            QVERIFY(!table->testAttribute(Qt::WA_InputMethodEnabled));
    }
    void aHugeDocumentOpensQuickly()
    {
        Fixture f;
        auto &fields = f.memory.review.all[0].documents[0].state.fields;
        for (int i = 0; i < 20000; ++i) {
            auto field = test::MemoryReview::note("Observation[" + std::to_string(i) + "].effectiveDateTime",
                                                  "2026-03-12T09:30:00+09:00");
            test::MemoryReview::mark(field, "2026-03-12T09:30:00+09:00", "2026-01-03T09:30:00+09:00", "FIELD", 1,
                                     Decision::Accepted, "field.date");
            fields.push_back(field);
        }
        QVERIFY(f.load());
        QElapsedTimer timer;
        timer.start();
        f.texts->grab();
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_MAIN(TestReviewPane)
#include "test_review_pane.moc"
