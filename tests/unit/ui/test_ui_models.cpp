// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_text.h"
#include "ui/memory_ports.h"
#include "ui/review/review_session.h"
#include "ui/review/span_model.h"
#include "ui/widgets/async.h"
#include "ui/widgets/korean_break.h"
#include "ui/widgets/row_model.h"
#include "ui/widgets/table.h"
#include "ui/widgets/text_offsets.h"

#include <QAbstractItemModelTester>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>

using namespace amana;
using namespace amana::ui;
using records::Decision;

namespace {

struct Item {
    QString id;
    int size;
};

RowModel<Item> *makeModel(QObject *parent)
{
    return new RowModel<Item>({{QStringLiteral("Name"), [](const Item &i) { return i.id; }},
                               {QStringLiteral("Size"), [](const Item &i) { return QString::number(i.size); },
                                [](const Item &i) { return QVariant(i.size); }, {}, true}},
                              [](const Item &i) { return i.id; }, parent);
}

ports::ReviewDocument opened(test::MemoryPorts &memory, const QString &document)
{
    return *memory.review.document(QStringLiteral("d1"), document).result();
}

} // namespace

class TestUiModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QStringLiteral("en"))); }

    void rowModelKeepsTheRules()
    {
        RowModel<Item> *model = makeModel(this);
        QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model->setRows({{QStringLiteral("b"), 10}, {QStringLiteral("a"), 9}});
        QCOMPARE(model->rowCount(), 2);
        QSignalSpy resets(model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(model, &QAbstractItemModel::dataChanged);
        model->setRows({{QStringLiteral("b"), 11}, {QStringLiteral("a"), 9}});
        QCOMPARE(resets.size(), 0); // same rows: the view keeps its place
        QCOMPARE(changes.size(), 1);
        model->setRows({{QStringLiteral("c"), 1}});
        QCOMPARE(resets.size(), 1);
        QCOMPARE(model->index(0, 1).data(SortRole).toInt(), 1);
        QCOMPARE(model->index(0, 1).data(Qt::AccessibleTextRole).toString(), QStringLiteral("Size: 1"));
        model->setRows({});
    }
    void tableSortsByValueAndKeepsSelection()
    {
        RowModel<Item> *model = makeModel(this);
        Table table(QStringLiteral("Items"));
        table.setSource(model);
        model->setRows({{QStringLiteral("ten"), 10}, {QStringLiteral("nine"), 9}, {QStringLiteral("hundred"), 100}});
        table.sortByColumn(1, Qt::AscendingOrder);
        QCOMPARE(table.model()->index(0, 0).data().toString(), QStringLiteral("nine"));
        QCOMPARE(table.model()->index(2, 0).data().toString(), QStringLiteral("hundred"));
        table.selectId(QStringLiteral("hundred"));
        QSignalSpy moved(&table, &Table::currentIdChanged);
        model->setRows({{QStringLiteral("new"), 1}, {QStringLiteral("hundred"), 100}});
        QCOMPARE(table.currentId(), QStringLiteral("hundred"));
        QCOMPARE(table.selectedIds(), QStringList{QStringLiteral("hundred")});
        QCOMPARE(moved.size(), 0);
        model->setRows({{QStringLiteral("new"), 1}});
        QCOMPARE(moved.size(), 1);
        table.setFilterText(QStringLiteral("zzz"));
        QCOMPARE(table.shownRows(), 0);
    }
    void spanModelKeepsTheRules()
    {
        test::MemoryPorts memory;
        memory.fill();
        ReviewSession session;
        SpanModel model(session);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        session.open(opened(memory, QStringLiteral("a")));
        model.refresh();
        QCOMPARE(model.rowCount(), 11); // nine marks in the note, one field, one sample
        QVERIFY(model.index(0).data(SpanModel::WaitsRole).toBool());
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("Rose"));
        QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Undecided, Name, low confidence: Rose"));
        session.open(opened(memory, QStringLiteral("b")));
        model.refresh();
        QCOMPARE(model.rowCount(), 3);
        session.close();
        model.refresh();
        QCOMPARE(model.rowCount(), 0);
    }
    void doubtfulFirstThenSamplesThenDecided()
    {
        test::MemoryPorts memory;
        memory.fill();
        ReviewSession session;
        session.open(opened(memory, QStringLiteral("a")));
        QStringList texts;
        for (const ReviewItem &item : session.items())
            texts << session.textOf(item);
        QCOMPARE(texts.mid(0, 4), (QStringList{QStringLiteral("Rose"), QStringLiteral("64"), QStringLiteral("Kingsbridge"),
                                               QStringLiteral("Riverside Hospital")}));
        QVERIFY(session.items()[4].isSample());
        QCOMPARE(texts.last(), QStringLiteral("Whitcombe")); // the field rule, decided by the policy
    }
    void navigationSkipsWhatIsUnderWay()
    {
        test::MemoryPorts memory;
        memory.fill();
        ReviewSession session;
        session.open(opened(memory, QStringLiteral("b")));
        QCOMPARE(session.current(), 0);
        session.setUnderWay(session.items()[0].id, true);
        QCOMPARE(session.nextWaiting(1), 1);
        session.setCurrent(1);
        QCOMPARE(session.nextWaiting(1), 1); // only itself is left
        session.setUnderWay(session.items()[1].id, true);
        QCOMPARE(session.nextWaiting(1), -1);
        QCOMPARE(session.nextWaiting(-1), -1);
    }
    void aChangeKeepsTheOrderAndAnUndoIsFound()
    {
        test::MemoryPorts memory;
        memory.fill();
        ReviewSession session;
        session.open(opened(memory, QStringLiteral("a")));
        const QString first = session.items()[0].id;
        const auto change = memory.review.decide(QStringLiteral("d1"), QStringLiteral("a"), {first}, Decision::Rejected);
        QCOMPARE(session.apply(*change.result()), -1);
        QCOMPARE(session.items()[0].id, first);
        QCOMPARE(session.spanOf(session.items()[0])->edit.decision, Decision::Rejected);
        QVERIFY(session.document().canUndo);
        QCOMPARE(session.document().row.counts.undecided, 3);
        const auto undone = memory.review.undo(QStringLiteral("d1"), QStringLiteral("a"));
        QCOMPARE(session.apply(*undone.result()), 0);
        QVERIFY(session.waits(session.items()[0]));
        const auto added = memory.review.addSpan(QStringLiteral("d1"), QStringLiteral("a"),
                                                 session.document().fields[2].path, {0, 9}, "OTHER");
        session.apply(*added.result());
        QCOMPARE(session.textOf(session.items()[0]), QStringLiteral("Discharge")); // new marks come first
    }
    void offsetsCountCodePoints()
    {
        const QString text = QStringLiteral("a😀가나 b");
        const Utf16Range range = toUtf16(text, {1, 3});
        QCOMPARE(range.begin, 1);
        QCOMPARE(range.length, 3); // a surrogate pair and one syllable
        QCOMPARE(toCodePoints(text, range), (records::Span{1, 3}));
        QCOMPARE(toUtf16(text, {4, 99}).end(), int(text.size()));
    }
    void koreanWordsStayTogether()
    {
        const QString joined = breakAtSpaces(QStringLiteral("환자 기록 abc"));
        QCOMPARE(joined.count(QChar(0x2060)), 2);
        QCOMPARE(QString(joined).remove(QChar(0x2060)), QStringLiteral("환자 기록 abc"));
        QCOMPARE(breakAtSpaces(QStringLiteral("plain")), QStringLiteral("plain"));
    }
    void onlyTheLastAnswerCounts()
    {
        QPromise<Result<int>> slow;
        slow.start();
        Latest latest;
        QList<int> seen;
        latest.wait<int>(slow.future(), this, [&](int value) { seen << value; }, [](const Error &) {});
        latest.wait<int>(test::ready(2), this, [&](int value) { seen << value; }, [](const Error &) {});
        slow.addResult(Result<int>(1));
        slow.finish();
        QTRY_COMPARE(seen, QList<int>{2});
        QTest::qWait(20);
        QCOMPARE(seen, QList<int>{2});
    }
    void anAnswerToSomebodyGoneIsDropped()
    {
        QPromise<Result<int>> slow;
        slow.start();
        bool called = false;
        {
            QObject gone;
            whenDone<int>(slow.future(), &gone, [&](int) { called = true; }, [&](const Error &) { called = true; });
        }
        slow.addResult(Result<int>(1));
        slow.finish();
        QTest::qWait(20);
        QVERIFY(!called);
    }
    void jobsSpeakPlainly()
    {
        test::MemoryPorts memory;
        memory.fill();
        const ports::JobRow &job = memory.jobs.list[0];
        QCOMPARE(jobName(job), QStringLiteral("Import: sample"));
        QCOMPARE(jobStage(job), QStringLiteral("2 of 3: Reading"));
        QCOMPARE(jobProgress(job), QStringLiteral("17 of 43 files"));
        QCOMPARE(jobPercent(job), 39);
        QVERIFY(isActive(job));
        QVERIFY(!isActive(memory.jobs.list[1]));
        ports::JobRow unknown = job;
        unknown.total = 0;
        QCOMPARE(jobPercent(unknown), -1);
    }
};

QTEST_MAIN(TestUiModels)
#include "test_ui_models.moc"
