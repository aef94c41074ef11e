// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/deid/rules/dates.h"

#include <QTest>

using namespace amana;
using namespace amana::deid;

class DatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shiftsKeepTheForm_data();
    void shiftsKeepTheForm();
    void years_data();
    void years();
    void orderIsGuessed();
    void noDates_data();
    void noDates();
    void shiftAndBackIsExact();
};

void DatesTest::shiftsKeepTheForm_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("days");
    QTest::addColumn<QString>("to");
    const auto row = [](const char *text, int days, const char *to) {
        QTest::addRow("%s %+d", text, days) << QString::fromUtf8(text) << days << QString::fromUtf8(to);
    };
    row("2024-02-28", 2, "2024-03-01");
    row("2024-12-31T23:59:10.5+09:00", 1, "2025-01-01T23:59:10.5+09:00");
    row("20240228", 2, "20240301");
    row("20240228143005.123+0900", 2, "20240301143005.123+0900");
    row("02/28/2024", 2, "03/01/2024");
    row("2/9/2024", 1, "2/10/2024");
    row("28.02.2024", 2, "01.03.2024");
    row("12/31/99", 1, "01/01/00");
    row("March 5, 2019", 30, "April 4, 2019");
    row("Mar 5 2019", -5, "Feb 28 2019");
    row("5 MARCH 2019", 1, "6 MARCH 2019");
    row("5-Mar-2019", 31, "5-Apr-2019");
    row("March 2019", 40, "April 2019");
    row("2019-03", 40, "2019-04");
    row("le 3 février 2020", 30, "le 4 mars 2020");
    row("3 de enero de 2020", -3, "31 de diciembre de 2019");
    row("3. Januar 2020", 1, "4. Januar 2020");
    row("2019년 3월 5일", 30, "2019년 4월 4일");
    row("3월 5일", 1, "3월 6일");
    row("2019년 3월", 40, "2019년 4월");
    row("2019. 3. 5.", 30, "2019. 4. 4.");
    row("2019年3月5日", -5, "2019年2月28日");
    row("٢٠١٩/٠٣/٠٥", 1, "٢٠١٩/٠٣/٠٦");
    row("५/३/२०१९", 1, "६/३/२०१९");
    row("5 января 2020", 30, "4 февраля 2020");
}

void DatesTest::shiftsKeepTheForm()
{
    QFETCH(QString, text);
    QFETCH(int, days);
    QFETCH(QString, to);
    const auto decoded = text.toStdU32String();
    const auto dates = findDates(decoded);
    QCOMPARE(dates.size(), std::size_t(1));
    const auto &w = dates.front();
    const auto out = decoded.substr(0, w.span.begin) + shifted(decoded, w, days) + decoded.substr(w.span.end);
    QCOMPARE(QString::fromStdU32String(out), to);
}

void DatesTest::years_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("year");
    QTest::newRow("iso") << QStringLiteral("2024-02-28") << QStringLiteral("2024");
    QTest::newRow("words") << QStringLiteral("March 5, 2019") << QStringLiteral("2019");
    QTest::newRow("short") << QStringLiteral("12/31/99") << QStringLiteral("1999");
    QTest::newRow("none") << QStringLiteral("March 5") << QString();
    QTest::newRow("korean") << QStringLiteral("2019년 3월 5일") << QStringLiteral("2019");
}

void DatesTest::years()
{
    QFETCH(QString, text);
    QFETCH(QString, year);
    const auto decoded = text.toStdU32String();
    const auto dates = findDates(decoded);
    QCOMPARE(dates.size(), std::size_t(1));
    QCOMPARE(QString::fromStdU32String(yearOnly(decoded, dates.front())), year);
}

void DatesTest::orderIsGuessed()
{
    QCOMPARE(guessOrder({U"25/12/2020 and 03/04/2021"}), DayOrder::DayFirst);
    QCOMPARE(guessOrder({U"12/25/2020 and 03/04/2021"}), DayOrder::MonthFirst);
    QCOMPARE(guessOrder({U"03/04/2021"}), DayOrder::MonthFirst);
    const auto read = [](DayOrder order) { return findDates(U"03/04/2021", order).front().date; };
    QCOMPARE(read(DayOrder::MonthFirst), QDate(2021, 3, 4));
    QCOMPARE(read(DayOrder::DayFirst), QDate(2021, 4, 3));
    QVERIFY(findDates(U"03/04/2021").front().ambiguous);
    QVERIFY(!findDates(U"25/12/2021").front().ambiguous);
}

void DatesTest::noDates_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"2019", "120/80", "1-0-1", "5/10", "98.6", "13/13/2020", "2020-13-01",
                             "may 2 tablets", "3.5.12.7", "1/2", "10.20.30.40"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void DatesTest::noDates()
{
    QFETCH(QString, text);
    QCOMPARE(findDates(text.toStdU32String()).size(), std::size_t(0));
}

void DatesTest::shiftAndBackIsExact()
{
    for (int days = -365; days <= 365; ++days)
        for (const char32_t *text : {U"2024-02-29", U"12/31/2023", U"March 15, 2020", U"2020年12月31日",
                                     U"20200229", U"2009-05", U"March 2019", U"2019년 3월", U"3월 5일"}) {
            const std::u32string from = text;
            const auto moved = shifted(from, findDates(from).front(), days);
            const auto back = shifted(moved, findDates(moved).front(), -days);
            QCOMPARE(QString::fromStdU32String(back), QString::fromStdU32String(from));
        }
}

QTEST_GUILESS_MAIN(DatesTest)
#include "dates_test.moc"
