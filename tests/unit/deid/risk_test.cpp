// SPDX-License-Identifier: GPL-3.0-or-later
// The risk of a table as a whole: figures of the papers that defined them, and the search against trying everything.
#include "core/deid/risk/anonymise.h"

#include <QTest>

#include <random>

using namespace amana;
using namespace amana::deid::risk;

namespace {

Table tableOf(const std::vector<std::string> &names, const std::vector<std::pair<std::string, Role>> &roles,
              const std::vector<std::vector<std::string>> &rows)
{
    auto made = makeTable(names, roles, rows);
    if (!made)
        qFatal("%s", made.error().debugString().c_str());
    return *std::move(made);
}

/// Seven people: the small table of ARX's own tests (arx-deidentifier/arx, class DataProvider).
Table sevenPeople()
{
    return tableOf({"age", "gender", "zip"}, {{"age", Role::Quasi}, {"gender", Role::Quasi}, {"zip", Role::Quasi}},
                   {{"34", "male", "81667"},
                    {"45", "female", "81675"},
                    {"66", "male", "81925"},
                    {"70", "female", "81931"},
                    {"34", "female", "81931"},
                    {"70", "male", "81931"},
                    {"45", "male", "81931"}});
}

Table randomTable(std::mt19937 &random, std::size_t records)
{
    std::vector<std::vector<std::string>> rows;
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    for (std::size_t i = 0; i < records; ++i)
        rows.push_back({std::to_string(18 + below(70)), below(2) ? "f" : "m", std::to_string(10000 + below(40) * 7),
                        std::string(1, static_cast<char>('a' + below(4)))});
    return tableOf({"age", "sex", "zip", "diagnosis"},
                   {{"age", Role::Quasi}, {"sex", Role::Quasi}, {"zip", Role::Quasi}, {"diagnosis", Role::Sensitive}}, rows);
}

Hierarchies guessed(const Table &table)
{
    Hierarchies out;
    for (const std::size_t column : table.columnsOf(Role::Quasi))
        out.push_back(Hierarchy::guess(table.columns[column]));
    return out;
}

bool holds(const Table &table, const Classes &classes, const Goal &goal, std::vector<bool> &suppressed)
{
    const Spread spread(table.columns[table.columnsOf(Role::Sensitive).front()]);
    suppressed.assign(table.records, false);
    std::size_t gone = 0;
    for (std::uint32_t one = 0; one < classes.sizes.size(); ++one) {
        std::vector<std::size_t> members;
        for (std::size_t record = 0; record < table.records; ++record)
            if (classes.of[record] == one)
                members.push_back(record);
        const Diversity here = spread.of(members);
        if (members.size() >= goal.k && here.distinct >= goal.distinct && here.entropy >= goal.entropy
            && here.distance <= goal.distance)
            continue;
        gone += members.size();
        for (const std::size_t record : members)
            suppressed[record] = true;
    }
    return gone <= static_cast<std::size_t>(goal.suppression * static_cast<double>(table.records));
}

/// The least loss of all generalisations that hold; 2 when none does.
double bestOfAll(const Table &table, const Hierarchies &hierarchies, const Goal &goal)
{
    double best = 2;
    const auto quasi = table.columnsOf(Role::Quasi);
    Levels levels(quasi.size(), 0);
    for (;;) {
        std::vector<bool> suppressed;
        if (holds(table, classesOf(table, hierarchies, levels), goal, suppressed)) {
            double loss = 0;
            for (std::size_t i = 0; i < quasi.size(); ++i)
                for (std::size_t record = 0; record < table.records; ++record)
                    loss += suppressed[record] ? 1 : hierarchies[i].loss(levels[i], table.columns[quasi[i]].cells[record]);
            best = std::min(best, loss / static_cast<double>(table.records * quasi.size()));
        }
        std::size_t i = 0;
        while (i < levels.size() && ++levels[i] == hierarchies[i].levels())
            levels[i++] = 0;
        if (i == levels.size())
            return best;
    }
}

} // namespace

class RiskTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hierarchiesOfCommonColumns();
    void ownHierarchiesAreChecked();
    void distancesOfThePaper();
    void measuresOfASmallTable();
    void aPopulationLowersTheRisk();
    void sevenPeopleAsArxReleasesThem();
    void nineRecordsAsArxReleasesThem();
    void searchFindsTheBest_data();
    void searchFindsTheBest();
    void nothingReachesTheGoal();
    void releasedTableHoldsTheGoal();
    void wrongTablesAreRefused();
};

void RiskTest::hierarchiesOfCommonColumns()
{
    const Table table = tableOf({"zip", "age", "born", "name"}, {},
                                {{"81667", "34", "1990-05-02", "x"}, {"81675", "-3", "1990-05-17", "y"}, {"71675", "38", "2001-12-31", "z"}});
    const Hierarchy zip = Hierarchy::guess(table.columns[0]);
    QCOMPARE(zip.levels(), std::size_t(6));
    QCOMPARE(zip.text(2, 0), std::string("816**"));
    QCOMPARE(zip.code(2, 0), zip.code(2, 1));
    QVERIFY(zip.code(4, 0) != zip.code(4, 2));
    QCOMPARE(zip.text(5, 2), std::string("*"));
    QCOMPARE(zip.loss(0, 0), 0.0);
    QCOMPARE(zip.loss(2, 0), 0.5); // two of three look the same
    QCOMPARE(zip.loss(5, 0), 1.0);
    const Hierarchy age = Hierarchy::guess(table.columns[1]);
    QCOMPARE(age.text(1, 0), std::string("[30, 35["));
    QCOMPARE(age.text(1, 1), std::string("[-5, 0["));
    QCOMPARE(age.text(2, 2), std::string("[30, 40["));
    const Hierarchy born = Hierarchy::guess(table.columns[2]);
    QCOMPARE(born.text(1, 0), std::string("1990-05"));
    QCOMPARE(born.text(2, 1), std::string("1990"));
    QCOMPARE(born.text(3, 2), std::string("2000s"));
    QCOMPARE(Hierarchy::guess(table.columns[3]).levels(), std::size_t(2));
}

void RiskTest::ownHierarchiesAreChecked()
{
    const Table table = tableOf({"job"}, {}, {{"nurse"}, {"surgeon"}, {"baker"}});
    const Column &job = table.columns[0];
    const auto good = Hierarchy::parse(job, "nurse;health;*\r\nsurgeon;health;*\nbaker;food;*\nmayor;office;*\n");
    QVERIFY(good);
    QCOMPARE(good->levels(), std::size_t(3));
    QCOMPARE(good->text(1, 1), std::string("health"));
    QCOMPARE(Hierarchy::parse(job, "nurse;health;*\nbaker;food;*\n").error().code, ErrorCode::FormatMalformed); // no surgeon
    QCOMPARE(Hierarchy::parse(job, "nurse;health\nsurgeon;health;*\nbaker;food;*\n").error().code, ErrorCode::FormatMalformed);
    // What was one value may not part again.
    QCOMPARE(Hierarchy::parse(job, "nurse;a;x\nsurgeon;a;y\nbaker;b;x\n").error().code, ErrorCode::FormatMalformed);
}

/// Li, Li and Venkatasubramanian, ICDE 2007, example 1: incomes of 3 to 11 thousand.
void RiskTest::distancesOfThePaper()
{
    std::vector<std::vector<std::string>> rows;
    for (int income = 3; income <= 11; ++income)
        rows.push_back({std::to_string(income)});
    const Table table = tableOf({"income"}, {{"income", Role::Sensitive}}, rows);
    const Spread spread(table.columns[0]);
    QCOMPARE(spread.of({0, 1, 2}).distance, 0.375);
    QVERIFY(std::abs(spread.of({3, 5, 8}).distance - 0.167) < 0.001);
    QCOMPARE(spread.of({0, 1, 2}).distinct, std::size_t(3));
    QVERIFY(std::abs(spread.of({0, 1, 2}).entropy - 3) < 1e-9);
}

void RiskTest::measuresOfASmallTable()
{
    const Table table = sevenPeople();
    const Hierarchies hierarchies = guessed(table);
    const Measures plain = measure(table, classesOf(table, hierarchies, {0, 0, 0}), {}, {});
    QCOMPARE(plain.classes, std::size_t(7));
    QCOMPARE(plain.smallest, std::size_t(1));
    QVERIFY(std::abs(plain.unique - 1) < 1e-9);
    QVERIFY(std::abs(plain.prosecutor - 1) < 1e-9 && std::abs(plain.marketer - 1) < 1e-9);
    const std::size_t ages = hierarchies[0].levels() - 1, zips = hierarchies[2].levels() - 1;
    const Measures sexes = measure(table, classesOf(table, hierarchies, {ages, 0, zips}), {}, {0.3, 0});
    QCOMPARE(sexes.classes, std::size_t(2)); // 4 men and 3 women
    QCOMPARE(sexes.smallest, std::size_t(3));
    QCOMPARE(sexes.average, 3.5);
    QVERIFY(std::abs(sexes.prosecutor - 1.0 / 3) < 1e-9);
    QVERIFY(std::abs(sexes.marketer - 2.0 / 7) < 1e-9);
    QVERIFY(std::abs(sexes.atRisk - 3.0 / 7) < 1e-9); // the women: 1/3 is above 0.3, 1/4 is not
}

void RiskTest::aPopulationLowersTheRisk()
{
    const Table table = sevenPeople();
    const Classes classes = classesOf(table, guessed(table), {0, 0, 0});
    const Measures known = measure(table, classes, {}, {0.2, 700});
    QVERIFY(std::abs(known.prosecutor - 1) < 1e-9);
    QVERIFY(std::abs(known.journalist - 0.01) < 1e-9);
    QVERIFY(std::abs(known.marketer - 0.01) < 1e-9);
}

/// ARX, TestDataTransformations.testMultipleUsesOfDataDefinition and TestRiskMetrics: the table that it releases for
/// k = 2 without suppression, and its highest and average risk.
void RiskTest::sevenPeopleAsArxReleasesThem()
{
    const Table table = sevenPeople();
    Hierarchies hierarchies = guessed(table);
    auto ages = Hierarchy::parse(table.columns[0], "34;<50;*\n45;<50;*\n66;>=50;*\n70;>=50;*\n");
    QVERIFY(ages);
    hierarchies[0] = *std::move(ages);
    Goal goal;
    goal.k = 2;
    goal.suppression = 0;
    const auto two = anonymise(table, hierarchies, goal);
    QVERIFY(two && two->reached);
    const std::vector<std::vector<std::string>> expected = {
        {"age", "gender", "zip"}, {"<50", "*", "816**"}, {"<50", "*", "816**"}, {">=50", "*", "819**"},
        {">=50", "*", "819**"},   {"<50", "*", "819**"}, {">=50", "*", "819**"}, {"<50", "*", "819**"}};
    QCOMPARE(released(table, hierarchies, *two), expected);
    QCOMPARE(two->after.prosecutor, 0.5);
    QCOMPARE(two->after.marketer, 0.42857142857142855);
    QCOMPARE(two->before.prosecutor, 1.0);
    QCOMPARE(two->before.marketer, 1.0);
    goal.k = 3;
    const auto three = anonymise(table, hierarchies, goal);
    QVERIFY(three && three->reached);
    // ARX writes "*****": every zip code begins with 81, so that is no less.
    QCOMPARE(released(table, hierarchies, *three)[1], (std::vector<std::string>{"*", "male", "81***"}));
}

/// ARX, TestDataTransformations.testTClosenessEqualWithoutOutliers: the table of Li et al. 2007, k = 2 and t = 0.6.
void RiskTest::nineRecordsAsArxReleasesThem()
{
    const Table table = tableOf({"zip", "age", "disease"},
                                {{"zip", Role::Quasi}, {"age", Role::Quasi}, {"disease", Role::Sensitive}},
                                {{"47677", "29", "gastric ulcer"}, {"47602", "22", "gastritis"}, {"47678", "27", "stomach cancer"},
                                 {"47905", "43", "gastritis"}, {"47909", "52", "flu"}, {"47906", "47", "bronchitis"},
                                 {"47605", "30", "bronchitis"}, {"47673", "36", "pneumonia"}, {"47607", "32", "stomach cancer"}});
    Hierarchies hierarchies = guessed(table);
    std::string lines;
    for (const std::string &age : table.columns[1].values)
        lines += age + (age > "40" ? ";>40;*\n" : ";<=40;*\n");
    auto ages = Hierarchy::parse(table.columns[1], lines);
    QVERIFY(ages);
    hierarchies[1] = *std::move(ages);
    Goal goal;
    goal.k = 2;
    goal.distance = 0.6;
    goal.suppression = 0;
    const auto found = anonymise(table, hierarchies, goal);
    QVERIFY(found && found->reached);
    const auto out = released(table, hierarchies, *found);
    const std::vector<std::string> zips = {"4767*", "4760*", "4767*", "4790*", "4790*", "4790*", "4760*", "4767*", "4760*"};
    for (std::size_t i = 0; i < zips.size(); ++i) {
        QCOMPARE(out[i + 1][0], zips[i]);
        QCOMPARE(out[i + 1][1], std::string(zips[i] == "4790*" ? ">40" : "<=40"));
        QCOMPARE(out[i + 1][2], table.columns[2].values[table.columns[2].cells[i]]);
    }
}

void RiskTest::searchFindsTheBest_data()
{
    QTest::addColumn<unsigned>("k");
    QTest::addColumn<unsigned>("distinct");
    QTest::addColumn<double>("entropy");
    QTest::addColumn<double>("distance");
    QTest::addColumn<double>("suppression");
    QTest::newRow("k = 2, nothing taken away") << 2U << 1U << 1.0 << 1.0 << 0.0;
    QTest::newRow("k = 3, a tenth taken away") << 3U << 1U << 1.0 << 1.0 << 0.1;
    QTest::newRow("k = 5, l = 3") << 5U << 3U << 1.0 << 1.0 << 0.05;
    QTest::newRow("k = 2, entropy l = 2") << 2U << 1U << 2.0 << 1.0 << 0.1;
    QTest::newRow("k = 2, t = 0.3") << 2U << 1U << 1.0 << 0.3 << 0.2;
}

void RiskTest::searchFindsTheBest()
{
    QFETCH(unsigned, k);
    QFETCH(unsigned, distinct);
    QFETCH(double, entropy);
    QFETCH(double, distance);
    QFETCH(double, suppression);
    for (unsigned seed = 1; seed <= 6; ++seed) {
        std::mt19937 random(seed);
        const Table table = randomTable(random, 60);
        const Hierarchies hierarchies = guessed(table);
        Goal goal;
        goal.k = k;
        goal.distinct = distinct;
        goal.entropy = entropy;
        goal.distance = distance;
        goal.suppression = suppression;
        const auto found = anonymise(table, hierarchies, goal);
        QVERIFY(found);
        const double best = bestOfAll(table, hierarchies, goal);
        QCOMPARE(found->reached, best <= 1);
        if (found->reached)
            QVERIFY2(std::abs(found->loss - best) < 1e-9, qPrintable(QString::number(found->loss) + ' ' + QString::number(best)));
    }
}

void RiskTest::nothingReachesTheGoal()
{
    const Table table = sevenPeople();
    Goal goal;
    goal.k = 8; // of seven people
    goal.suppression = 0.5;
    const auto found = anonymise(table, guessed(table), goal);
    QVERIFY(found);
    QVERIFY(!found->reached);
    QCOMPARE(found->after.smallest, std::size_t(1));
}

void RiskTest::releasedTableHoldsTheGoal()
{
    std::mt19937 random(7);
    std::vector<std::vector<std::string>> rows;
    for (int i = 0; i < 200; ++i)
        rows.push_back({"P" + std::to_string(i), std::to_string(20 + random() % 60), random() % 2 ? "f" : "m", std::to_string(random() % 9)});
    const Table table = tableOf({"id", "age", "sex", "stage"},
                                {{"id", Role::Identifying}, {"age", Role::Quasi}, {"sex", Role::Quasi}}, rows);
    const Hierarchies hierarchies = guessed(table);
    Goal goal;
    goal.k = 10;
    const auto found = anonymise(table, hierarchies, goal);
    QVERIFY(found && found->reached);
    const auto out = released(table, hierarchies, *found);
    QCOMPARE(out.front(), (std::vector<std::string>{"age", "sex", "stage"}));
    QCOMPARE(out.size() - 1, found->after.records);
    std::map<std::pair<std::string, std::string>, std::size_t> alike;
    for (std::size_t i = 1; i < out.size(); ++i)
        ++alike[{out[i][0], out[i][1]}];
    for (const auto &[who, number] : alike)
        QVERIFY(number >= 10);
    QVERIFY(found->after.smallest >= 10 && found->after.prosecutor <= 0.1);
    QVERIFY(found->after.suppressed <= 10);
}

void RiskTest::wrongTablesAreRefused()
{
    QCOMPARE(makeTable({"a", "a"}, {}, {}).error().code, ErrorCode::FormatMalformed);
    QCOMPARE(makeTable({"a"}, {{"b", Role::Quasi}}, {}).error().code, ErrorCode::FormatMalformed);
    QCOMPARE(makeTable({"a", "b"}, {}, {{"1", "2"}, {"3"}}).error().param("line"), std::string("3"));
    const Table none = tableOf({"a"}, {}, {{"1"}});
    QCOMPARE(anonymise(none, {}, {}).error().code, ErrorCode::FormatTooLarge);
    const Table empty = tableOf({"a"}, {{"a", Role::Quasi}}, {});
    const auto found = anonymise(empty, guessed(empty), {});
    QVERIFY(found);
    QCOMPARE(found->after.records, std::size_t(0));
}

QTEST_GUILESS_MAIN(RiskTest)
#include "risk_test.moc"
