// SPDX-License-Identifier: GPL-3.0-or-later
// Money for datasets by commands alone, on a real chain: paid, delivered, released, taken back, disputed, shared between two
// payees; nothing twice, and at the end what came in is what went out and what is held.
#include "core/chain/amount.h"
#include "core/chain/rpc.h"
#include "runner.h"

#include <QTest>

using namespace amana;

namespace {

const QString kSample = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample");
const QString kClinic = QStringLiteral("Clinic Test");
const QString kPatient = QStringLiteral("Patient Test");
const QString kResearcher = QStringLiteral("Researcher Test");
const QString kArbiter = QStringLiteral("Arbiter Test");

} // namespace

class TestCliMarket : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { QCOMPARE(m_runner.json({"network", "use", "local"}).code, 0); } // to be stopped
    void aPriceNeedsSense();
    void aPriceIsPublished();
    void noKeysUnpaid();
    void paidOnce();
    void deliveredAcceptedCollected();
    void takenBackAfterTheTerm();
    void takenBackAtOnceWhenDenied();
    void theArbiterGivesItBack();
    void theArbiterDivides();
    void theSellerNeedNotWaitForEver();
    void nativeCurrency();
    void moneyInIsMoneyOutAndHeld();

private:
    Ran as(const QString &who, const QStringList &command) const { return m_runner.json(command, who); }
    Ran publish(const QString &file, const QStringList &more) const
    {
        return as(kClinic, QStringList{"publish", kSample + file, "--title", "Priced test records", "--custodian", kPatient,
                                       "--purpose", "HMB", "--decisions", m_decisions, "--yes"}
                               + more);
    }
    /// The number of a new request, paid for.
    QString paidRequest()
    {
        const QString id = request("1");
        m_failure = as(kResearcher, {"pay", id});
        return m_failure.code == 0 ? id : QString();
    }
    QString request(const QString &dataset)
    {
        m_failure = as(kResearcher, {"request", dataset, "--purpose", "HMB", "--until", later(90), "--message", "Please"});
        return m_failure.code == 0 ? QString::number(m_failure.json["request"].get<int>()) : QString();
    }
    QString rpc(const std::string &method, const nlohmann::json &params) const
    {
        const auto reply = chain::JsonRpc(m_rpc).call(method, params);
        return reply ? QString::fromStdString(reply->dump()) : QString::fromStdString(reply.error().debugString());
    }
    /// Days in which nothing was mined: the newest block is old, the next one is not.
    void travel(int days) const { rpc("evm_increaseTime", nlohmann::json::array({days * 86'400})); }
    /// The chain of this computer follows the wall clock whenever the program meets it; by its address it does not.
    void useByAddress()
    {
        const Ran networks = m_runner.json({"network", "list"});
        for (const auto &row : networks.json["networks"])
            if (row["name"] == "local")
                m_local = row;
        const auto text = [this](const char *key) { return QString::fromStdString(m_local[key].get<std::string>()); };
        QStringList add{"network", "add", "trial", "--rpc", text("rpc"), "--chain-id",
                        QString::number(m_local["chainId"].get<int>())};
        for (const char *contract : {"identity", "datasets", "access", "market", "credit", "timelock"})
            add << QStringLiteral("--") + QLatin1String(contract) << text(contract);
        m_failure = m_runner.json(add);
        QVERIFY2(m_failure.code == 0, m_failure.why());
        QCOMPARE(m_runner.json({"network", "use", "trial"}).code, 0);
    }
    /// "held", "owed" or "locked" of one person; `row` 0 credit, 1 native.
    std::string has(const QString &who, const char *what, int row = 0) const
    {
        const Ran ran = as(who, {"balance"});
        return ran.code == 0 ? ran.json["balances"][std::size_t(row)][what].get<std::string>() : ran.why();
    }

    Runner m_runner;
    Ran m_failure;
    QString m_decisions;
    std::string m_rpc;
    nlohmann::json m_local;
    QString m_first;
};

void TestCliMarket::initTestCase()
{
    const std::pair<QString, QString> people[] = {
        {kClinic, "clinician"}, {kPatient, "patient"}, {kResearcher, "researcher"}, {kArbiter, "administrator"}};
    for (const auto &[name, role] : people)
        QCOMPARE(m_runner.json({"identity", "new", name, "--role", role}).code, 0);
    const Ran started = as(kClinic, {"network", "start"});
    QVERIFY2(started.code == 0, started.why());
    m_rpc = started.json["rpc"];
    useByAddress();
    const std::pair<QString, QString> roles[] = {
        {kClinic, "uploader,admin"}, {kPatient, "patient"}, {kResearcher, "researcher"}, {kArbiter, "auditor"}};
    for (const auto &[name, role] : roles) {
        const Ran ran = as(kClinic, {"member", "add", name, "--roles", role});
        QVERIFY2(ran.code == 0, ran.why());
    }
    for (const auto &[name, role] : roles) // connecting publishes a member's key
        QCOMPARE(as(name, {"catalogue"}).code, 0);
    m_decisions = m_runner.write("decisions.json", R"({"*": {"accept": "all", "sampleSeen": true}})");
}

void TestCliMarket::aPriceNeedsSense()
{
    const QStringList arbiter{"--arbiter", kArbiter};
    for (const char *bad : {"5", "-5 AMC", "1e3 AMC", "1,000 AMC", "0.0000000000000000001 AMC", "5 USD"}) {
        const Ran ran = publish("/blood-pressure.csv", QStringList{"--price", bad} + arbiter);
        QVERIFY2(ran.code == 1 && ran.errorCode() == "money.badAmount", ran.why());
    }
    QCOMPARE(publish("/blood-pressure.csv", {"--price", "5 AMC"}).errorCode(), std::string("money.noArbiter"));
    QCOMPARE(publish("/blood-pressure.csv", {"--price", "5 AMC", "--arbiter", kClinic}).errorCode(),
             std::string("money.noArbiter"));
    QCOMPARE(publish("/blood-pressure.csv", QStringList{"--price", "5 AMC", "--payee", kPatient + ":30"} + arbiter).errorCode(),
             std::string("contract.badShares"));
    QCOMPARE(publish("/blood-pressure.csv", QStringList{"--price", "5 AMC", "--payee", kPatient + ":0.001"} + arbiter).errorCode(),
             std::string("money.badShare"));
    QCOMPARE(publish("/blood-pressure.csv", arbiter).code, 2); // an arbiter of nothing
    QCOMPARE(as(kClinic, {"catalogue"}).json["datasets"].size(), std::size_t(0));
}

void TestCliMarket::aPriceIsPublished()
{
    const Ran ran = publish("/blood-pressure.csv", {"--price", "5 AMC", "--arbiter", kArbiter, "--payee", kClinic + ":70",
                                                    "--payee", kPatient + ":30"});
    QVERIFY2(ran.code == 0, ran.why());
    SAME_JSON(ran.json["dataset"], 1);
    SAME_JSON(ran.json["price"]["text"], "5 AMC");
    const Ran seen = as(kResearcher, {"catalogue"});
    SAME_JSON(seen.json["datasets"][0]["price"]["text"], "5 AMC");
}

void TestCliMarket::noKeysUnpaid()
{
    m_first = request("1");
    QVERIFY2(!m_first.isEmpty(), m_failure.why());
    SAME_JSON(as(kPatient, {"requests"}).json["incoming"][0]["payment"]["state"], "unpaid");
    const Ran approved = as(kPatient, {"approve", m_first});
    QVERIFY2(approved.code == 1 && approved.errorCode() == "contract.notPaid", approved.why());
    QCOMPARE(as(kResearcher, {"download", m_first, "-o", m_runner.path("unpaid")}).errorCode(),
             std::string("sharing.notApproved"));
    QCOMPARE(as(kResearcher, {"pay", m_first}).errorCode(), std::string("contract.notEnoughCredit"));
    QCOMPARE(as(kResearcher, {"credit", "mint", kResearcher, "50 AMC"}).errorCode(), std::string("contract.notMinter"));
    QCOMPARE(as(kClinic, {"credit", "mint", kResearcher, "50 ETH"}).code, 2);
}

void TestCliMarket::paidOnce()
{
    const Ran minted = as(kClinic, {"credit", "mint", kResearcher, "50 AMC"});
    QVERIFY2(minted.code == 0, minted.why());
    QCOMPARE(as(kPatient, {"pay", m_first}).errorCode(), std::string("contract.notBuyer"));
    const Ran paid = as(kResearcher, {"pay", m_first});
    QVERIFY2(paid.code == 0, paid.why());
    SAME_JSON(paid.json["payment"]["state"], "paid");
    const Ran again = as(kResearcher, {"pay", m_first});
    QVERIFY2(again.code == 0, again.why());
    SAME_JSON(again.json["transaction"], paid.json["transaction"]);
    QCOMPARE(has(kResearcher, "held"), std::string("45"));
    QCOMPARE(has(kResearcher, "locked"), std::string("5"));
    SAME_JSON(as(kPatient, {"requests"}).json["incoming"][0]["payment"]["state"], "paid");
    QCOMPARE(as(kResearcher, {"accept", m_first}).errorCode(), std::string("contract.badPurchaseState"));
}

void TestCliMarket::deliveredAcceptedCollected()
{
    const Ran approved = as(kPatient, {"approve", m_first});
    QVERIFY2(approved.code == 0 && approved.json["state"] == "approved", approved.why());
    const Ran opened = as(kResearcher, {"download", m_first, "-o", m_runner.path("bought")});
    QVERIFY2(opened.code == 0 && opened.json["documents"].get<int>() > 0, opened.why());
    QCOMPARE(as(kClinic, {"accept", m_first}).errorCode(), std::string("contract.tooEarly"));
    QCOMPARE(as(kClinic, {"collect"}).errorCode(), std::string("contract.nothingOwed"));
    const Ran accepted = as(kResearcher, {"accept", m_first});
    QVERIFY2(accepted.code == 0 && accepted.json["payment"]["state"] == "released", accepted.why());
    QCOMPARE(as(kResearcher, {"dispute", m_first, "--reason", "Too late"}).errorCode(),
             std::string("contract.badPurchaseState"));
    const Ran clinic = as(kClinic, {"collect"});
    QVERIFY2(clinic.code == 0, clinic.why());
    SAME_JSON(clinic.json["collected"][0]["text"], "3.5 AMC");
    SAME_JSON(as(kPatient, {"collect"}).json["collected"][0]["text"], "1.5 AMC");
    QCOMPARE(has(kClinic, "held"), std::string("3.5"));
}

void TestCliMarket::takenBackAfterTheTerm()
{
    const QString id = paidRequest();
    QVERIFY2(!id.isEmpty(), m_failure.why());
    QCOMPARE(as(kResearcher, {"refund", id}).errorCode(), std::string("contract.tooEarly"));
    travel(7);
    const Ran back = as(kResearcher, {"refund", id});
    QVERIFY2(back.code == 0 && back.json["payment"]["state"] == "refunded", back.why());
    QCOMPARE(as(kPatient, {"approve", id}).errorCode(), std::string("contract.notPaid"));
    QCOMPARE(has(kResearcher, "owed"), std::string("5"));
    QCOMPARE(as(kResearcher, {"cancel", id}).code, 0);
}

void TestCliMarket::takenBackAtOnceWhenDenied()
{
    const QString id = paidRequest();
    QVERIFY2(!id.isEmpty(), m_failure.why());
    QCOMPARE(as(kPatient, {"deny", id, "--reason", "No"}).code, 0);
    const Ran back = as(kResearcher, {"refund", id});
    QVERIFY2(back.code == 0, back.why());
    SAME_JSON(as(kResearcher, {"collect"}).json["collected"][0]["text"], "10 AMC");
}

void TestCliMarket::theArbiterGivesItBack()
{
    const QString id = paidRequest();
    QVERIFY2(!id.isEmpty(), m_failure.why());
    QCOMPARE(as(kPatient, {"approve", id}).code, 0);
    QCOMPARE(as(kResearcher, {"dispute", id}).code, 2);
    const Ran disputed = as(kResearcher, {"dispute", id, "--reason", "Only one of two people is in it"});
    QVERIFY2(disputed.code == 0, disputed.why());
    QCOMPARE(as(kResearcher, {"accept", id}).errorCode(), std::string("contract.badPurchaseState"));
    const Ran sales = as(kArbiter, {"requests"});
    const nlohmann::json row = sales.json["sales"].back();
    SAME_JSON(row["roles"], nlohmann::json::array({"arbiter"}));
    SAME_JSON(row["reason"], "Only one of two people is in it");
    QCOMPARE(as(kClinic, {"settle", id, "--to", "seller"}).errorCode(), std::string("contract.notArbiter"));
    QCOMPARE(as(kResearcher, {"settle", id}).errorCode(), std::string("contract.tooEarly")); // 30 days
    QCOMPARE(as(kArbiter, {"settle", id, "--to", "nobody"}).code, 2);
    const Ran settled = as(kArbiter, {"settle", id, "--to", "buyer"});
    QVERIFY2(settled.code == 0 && settled.json["payment"]["state"] == "refunded", settled.why());
    QCOMPARE(has(kResearcher, "owed"), std::string("5"));
    QCOMPARE(as(kResearcher, {"download", id, "-o", m_runner.path("refunded")}).errorCode(),
             std::string("sharing.notApproved")); // paid back is access lost
}

void TestCliMarket::theArbiterDivides()
{
    const QString id = paidRequest();
    QVERIFY2(!id.isEmpty(), m_failure.why());
    QCOMPARE(as(kPatient, {"approve", id}).code, 0);
    QCOMPARE(as(kResearcher, {"dispute", id, "--reason", "Half of it"}).code, 0);
    const Ran settled = as(kArbiter, {"settle", id, "--buyer-share", "25%"});
    QVERIFY2(settled.code == 0 && settled.json["payment"]["state"] == "released", settled.why());
    QCOMPARE(has(kResearcher, "owed"), std::string("6.25"));
    QCOMPARE(has(kClinic, "owed"), std::string("2.625"));
    QCOMPARE(has(kPatient, "owed"), std::string("1.125"));
}

void TestCliMarket::theSellerNeedNotWaitForEver()
{
    const QString id = paidRequest();
    QVERIFY2(!id.isEmpty(), m_failure.why());
    QCOMPARE(as(kPatient, {"approve", id}).code, 0);
    travel(3);
    QCOMPARE(as(kResearcher, {"dispute", id, "--reason", "Late"}).errorCode(), std::string("contract.tooLate"));
    const Ran released = as(kClinic, {"accept", id});
    QVERIFY2(released.code == 0 && released.json["payment"]["state"] == "released", released.why());
}

void TestCliMarket::nativeCurrency()
{
    const Ran ran = publish("/glucose-whitcombe.csv", {"--price", "0.01 ETH", "--arbiter", kArbiter});
    QVERIFY2(ran.code == 0, ran.why());
    SAME_JSON(ran.json["dataset"], 2);
    const QString id = request("2");
    QVERIFY2(!id.isEmpty(), m_failure.why());
    const Ran poor = as(kResearcher, {"pay", id});
    QVERIFY2(poor.code == 1 && poor.errorCode() == "chain.underfunded", poor.why());
    const Ran keys = as(kResearcher, {"identity", "show", kResearcher});
    QVERIFY2(keys.json.contains("address"), keys.why());
    rpc("anvil_setBalance", nlohmann::json::array({keys.json["address"], "0xde0b6b3a7640000"})); // 1 ETH
    const Ran paid = as(kResearcher, {"pay", id});
    QVERIFY2(paid.code == 0, paid.why());
    QCOMPARE(has(kResearcher, "held", 1), std::string("0.99"));
    QCOMPARE(has(kResearcher, "locked", 1), std::string("0.01"));
    QCOMPARE(as(kPatient, {"approve", id}).code, 0);
    QCOMPARE(as(kResearcher, {"accept", id}).code, 0);
    QCOMPARE(has(kClinic, "owed", 1), std::string("0.01"));
}

void TestCliMarket::moneyInIsMoneyOutAndHeld()
{
    const QString open = paidRequest(); // something is held while it is counted
    QVERIFY2(!open.isEmpty(), m_failure.why());
    chain::Uint256 credit;
    chain::Uint256 native;
    const auto add = [](chain::Uint256 &sum, const std::string &decimal, const char *symbol) {
        sum = sum.plus(chain::amountFromText(decimal + " " + symbol, "ETH").value().value);
    };
    for (const QString &who : {kClinic, kPatient, kResearcher, kArbiter}) {
        for (const char *what : {"held", "owed", "locked"}) {
            add(credit, has(who, what, 0), "AMC");
            add(native, has(who, what, 1), "ETH");
        }
    }
    QCOMPARE(chain::decimalText(credit), std::string("50")); // all that was minted
    QCOMPARE(chain::decimalText(native), std::string("1"));
    const std::string market = m_local["market"];
    chain::Uint256 owedAndLocked;
    for (const QString &who : {kClinic, kPatient, kResearcher, kArbiter})
        for (const char *what : {"owed", "locked"})
            add(owedAndLocked, has(who, what, 1), "ETH");
    // What the contract holds of native currency is exactly what it owes and keeps.
    QCOMPARE(rpc("eth_getBalance", nlohmann::json::array({market, "latest"})),
             QString::fromStdString('"' + owedAndLocked.toQuantity() + '"'));
}

QTEST_GUILESS_MAIN(TestCliMarket)
#include "test_cli_market.moc"
