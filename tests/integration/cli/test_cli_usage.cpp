// SPDX-License-Identifier: GPL-3.0-or-later
// Exit codes, help, and one JSON document whatever happens.
#include "runner.h"

#include <QTest>

class TestCliUsage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void helpNamesEveryCommand();
    void wrongUsage_data();
    void wrongUsage();
    void notInThisVersion_data();
    void notInThisVersion();
    void koreanToo();
    void everyCommandHasHelp();

private:
    Runner m_runner;
};

void TestCliUsage::helpNamesEveryCommand()
{
    const Ran text = m_runner.run({QStringLiteral("help")});
    QCOMPARE(text.code, 0);
    for (const char *name :
         {"demo",     "inspect", "import", "deid",    "seal",    "open",      "cid",      "car",
          "identity", "network", "member", "review",  "publish", "catalogue", "request",  "requests",
          "approve",  "return",  "deny",   "revoke",  "cancel",  "resubmit",  "withdraw", "download",
          "anchor",   "prove",   "verify", "train",   "models",  "buy",       "predict",  "history",
          "audit",    "serve",   "jobs",   "profile", "backup"})
        QVERIFY2(text.out.contains(QByteArray("  ") + name + ' '), name);
    const Ran json = m_runner.json({QStringLiteral("help")});
    QVERIFY(json.json["commands"].size() >= 35);
    const Ran version = m_runner.run({QStringLiteral("--version")});
    QCOMPARE(version.code, 0);
    QVERIFY(version.out.startsWith("amana "));
}

void TestCliUsage::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{"frobnicate"};
    QTest::newRow("unknown option") << QStringList{"cid", "--frobnicate", "x"};
    QTest::newRow("unknown first option") << QStringList{"--frobnicate"};
    QTest::newRow("missing value") << QStringList{"cid", "x", "--home"};
    QTest::newRow("too few") << QStringList{"cid"};
    QTest::newRow("too many") << QStringList{"download", "1", "2", "-o", "x"};
    QTest::newRow("no output") << QStringList{"seal", "x", "-r", "age1x"};
    QTest::newRow("no recipient") << QStringList{"seal", "x", "-o", "y"};
    QTest::newRow("not a number") << QStringList{"approve", "one"};
    QTest::newRow("unknown sub-command") << QStringList{"network", "frobnicate"};
    QTest::newRow("no sub-command") << QStringList{"identity"};
    QTest::newRow("unknown role") << QStringList{"identity", "new", "X", "--role", "wizard"};
    QTest::newRow("publish what") << QStringList{"publish", "--title",   "t",  "--custodian",
                                                 "c",       "--purpose", "GRU"};
    QTest::newRow("publish both") << QStringList{"publish", "x", "--dataset", "d", "--title", "t"};
    QTest::newRow("publish to nobody") << QStringList{"publish", "x", "--title", "t", "--purpose", "GRU"};
    QTest::newRow("reject in bulk") << QStringList{"review", "d", "reject", "--all", "--frobnicate"};
    QTest::newRow("content and JSON on one output") << QStringList{"car", "x", "-o", "-", "--json"};
}

void TestCliUsage::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const Ran text = m_runner.run(arguments);
    if (!arguments.contains(QStringLiteral("--json"))) {
        QVERIFY2(text.out.isEmpty(), text.why());
        QVERIFY2(text.err.contains("usage.invalid"), text.why());
    }
    QCOMPARE(text.code, 2);
    const Ran json = m_runner.json(arguments);
    QCOMPARE(json.code, 2);
    QVERIFY2(json.errorCode() == "usage.invalid", json.why());
    QVERIFY2(json.err.isEmpty(), json.why());
}

void TestCliUsage::notInThisVersion_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char *name :
         {"train", "models", "buy", "predict", "backup"})
        QTest::newRow(name) << QStringList{name, "whatever", "--option"};
}

void TestCliUsage::notInThisVersion()
{
    QFETCH(QStringList, arguments);
    const Ran json = m_runner.json(arguments);
    QCOMPARE(json.code, 1);
    QCOMPARE(json.errorCode(), std::string("usage.notInThisVersion"));
    SAME_JSON(json.json["error"]["params"]["command"], "amana " + arguments[0].toStdString());
}

void TestCliUsage::koreanToo()
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("ko_KR.UTF-8"));
    process.setProcessEnvironment(environment);
    process.start(Runner::program(), {QStringLiteral("train"), QStringLiteral("--json")});
    QVERIFY(process.waitForFinished());
    const auto document = nlohmann::json::parse(process.readAllStandardOutput().toStdString());
    SAME_JSON(document["error"]["code"], "usage.notInThisVersion");
    const QString title = QString::fromStdString(document["error"]["title"].get<std::string>());
    QVERIFY2(title.contains(QString::fromUtf8("버전")), qPrintable(title));
}

void TestCliUsage::everyCommandHasHelp()
{
    const Ran list = m_runner.json({QStringLiteral("help")});
    for (const auto &command : list.json["commands"]) {
        if (command["summary"].get<std::string>().find("not in this version") != std::string::npos)
            continue;
        const QString name = QString::fromStdString(command["name"].get<std::string>());
        const Ran help = m_runner.run({name, QStringLiteral("--help")});
        QVERIFY2(help.code == 0 && help.out.startsWith("Usage: amana " + name.toUtf8()), help.why());
    }
}

QTEST_GUILESS_MAIN(TestCliUsage)
#include "test_cli_usage.moc"
