// SPDX-License-Identifier: GPL-3.0-or-later
// The demonstration: all of it, what it leaves behind, and how it ends when it is interrupted.
#include "runner.h"

#include <QTest>

#include <csignal>

class TestCliDemo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStepAndRefusal();
    void interruptedItCleansUp();

private:
    [[nodiscard]] QStringList leftovers() const
    {
        return QDir(m_runner.path(QStringLiteral("tmp"))).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }
    Runner m_runner;
};

void TestCliDemo::everyStepAndRefusal()
{
    const Ran ran = m_runner.json({"demo"});
    QVERIFY2(ran.code == 0, ran.why());
    QVERIFY2(ran.err.isEmpty(), ran.why());
    QVERIFY(ran.json["ok"].get<bool>());
    std::map<std::string, const nlohmann::json *> steps;
    for (const auto &step : ran.json["steps"]) {
        QVERIFY2(step["done"].get<bool>(), step.dump().c_str());
        steps[step["step"].get<std::string>()] = &step;
    }
    for (const char *number : {"1", "2", "3", "4", "5", "6", "7", "8", "care", "search"})
        QVERIFY2(steps.contains(number), number);
    SAME_JSON((*steps["3"])["cid"], (*steps["5"])["cid"]);
    QVERIFY((*steps["5"])["transaction"].get<std::string>().size() == 66);
    QVERIFY((*steps["5"])["bytes"].get<int>() > 0);
    QVERIFY((*steps["care"])["trueNameInCareCopy"].get<bool>());
    std::vector<std::string> codes;
    for (const auto &refusal : ran.json["refusals"]) {
        codes.push_back(refusal["code"].get<std::string>());
        QVERIFY(!refusal["meaning"].get<std::string>().empty());
    }
    QCOMPARE(codes, (std::vector<std::string>{"contract.missingRole", "contract.purposeNotAllowed",
                                              "sharing.notApproved", "sharing.revoked"}));
    SAME_JSON(ran.json["refusals"][3]["contract"]["state"], "revoked");
    QVERIFY(ran.json["peakMemoryBytes"].get<std::int64_t>() < std::int64_t(1) << 30);
    QCOMPARE(leftovers(), QStringList());
    QVERIFY(QDir(m_runner.home()).isEmpty()); // not the user's home
}

void TestCliDemo::interruptedItCleansUp()
{
    QProcess process;
    m_runner.start(process, {"demo"});
    QVERIFY(process.waitForStarted());
    QByteArray said;
    while (!said.contains("Collect") && process.waitForReadyRead(120'000))
        said += process.readAllStandardOutput();
    QVERIFY2(said.contains("Collect"), said.constData());
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(120'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("job.cancelled"));
    QCOMPARE(leftovers(), QStringList());
}

QTEST_GUILESS_MAIN(TestCliDemo)
#include "test_cli_demo.moc"
