// SPDX-License-Identifier: GPL-3.0-or-later
// The guarded gateway from one computer to another: `amana serve` in one home, a client with its own store in the other, one
// chain, and `curl` as a client that we did not write.
#include "runner.h"

#include "app/workspace/session.h"
#include "core/chain/purpose.h"
#include "core/sharing/gateway_pass.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

#include <csignal>
#include <map>
#include <set>

using namespace amana;

namespace {

const QString kSample = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample");
const QString kClinic = QStringLiteral("Clinic Test");
const QString kPatient = QStringLiteral("Patient Test");
const QString kResearcher = QStringLiteral("Researcher Test");
const QString kOutsider = QStringLiteral("Outsider Test");

std::string codeOf(const auto &result)
{
    return result ? "ok" : std::string(errorId(result.error().code));
}

/// The commands of a user of the second computer, in this process: what a download is made of.
struct Client {
    std::unique_ptr<keys::SecretStore> secrets;
    std::unique_ptr<app::Session> session;
    sharing::Actor *actor = nullptr;
};

} // namespace

class TestCliServe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wrongUse();
    void itTellsAddressAndKey();
    void nothingBeforeTheApproval();
    void theWholeDatasetComes();
    void anotherClientGetsOneBlock();
    void nobodyElse();
    void afterTheRevocation();
    void itEndsWhenAsked();
    void theAuditTellsAll();

private:
    Ran a(const QString &who, const QStringList &command) const { return m_a.json(command, who); }
    Client clientOf(const QString &who);
    Result<content::FetchReport> fetch(const Client &client) const
    {
        return sharing::fetchGuarded(sharing::signerOf(*client.actor), m_gateway, m_request, m_root,
                                     client.actor->blocks.store());
    }
    /// The status that curl got, and the body in `file`.
    int curl(const QByteArray &authorization, const QString &file) const;

    SystemClock m_clock;
    Runner m_a; ///< the computer that serves
    Runner m_b; ///< the computer that asks
    QProcess m_serve;
    sharing::GuardedGateway m_gateway;
    content::Cid m_root;
    std::uint64_t m_request = 0;
    std::map<QString, QString> m_addresses;
    QByteArray m_tokens;
    Client m_researcher;
};

void TestCliServe::initTestCase()
{
    for (const auto &[name, role] : {std::pair(kClinic, "clinician"), {kPatient, "patient"}})
        QCOMPARE(m_a.json({"identity", "new", name, "--role", role}).code, 0);
    const Ran started = a(kClinic, {"network", "start"});
    QVERIFY2(started.code == 0, started.why());
    QStringList add{"network", "add", "clinic"};
    const Ran networks = m_a.json({"network", "list"});
    for (const auto &row : networks.json["networks"])
        if (row["name"] == "local") {
            add << "--rpc" << QString::fromStdString(row["rpc"]) << "--chain-id"
                << QString::number(row["chainId"].get<std::uint64_t>());
            for (const char *contract : {"identity", "datasets", "access", "market", "credit", "timelock"})
                add << QStringLiteral("--") + QLatin1String(contract) << QString::fromStdString(row[contract]);
        }
    for (const QString &name : {kResearcher, kOutsider})
        QCOMPARE(m_b.json({"identity", "new", name, "--role", "researcher"}).code, 0);
    const Ran added = m_b.json(add, kResearcher);
    QVERIFY2(added.code == 0, added.why());
    QCOMPARE(m_b.json({"network", "use", "clinic"}).code, 0);
    for (const auto &[name, roles] : {std::pair(kClinic, "uploader,admin"), {kPatient, "patient"}})
        QCOMPARE(a(kClinic, {"member", "add", name, "--roles", roles}).code, 0);
    for (const QString &name : {kResearcher, kOutsider}) {
        const Client client = clientOf(name);
        m_addresses[name] = QString::fromStdString(crypto::checksumAddress(client.actor->address()));
        const Ran member = a(kClinic, {"member", "add", m_addresses[name], "--roles", "researcher"});
        QVERIFY2(member.code == 0, member.why());
    }
    QCOMPARE(a(kPatient, {"catalogue"}).code, 0);
    QCOMPARE(a(kClinic, {"catalogue"}).code, 0);
    const QString decisions = m_a.write("decisions.json", R"({"*": {"accept": "all", "sampleSeen": true}})");
    const Ran published = a(kClinic, {"publish", kSample + "/whitcombe-bundle.json", "--title", "Test records", "--custodian",
                                      kPatient, "--purpose", "HMB", "--decisions", decisions, "--yes"});
    QVERIFY2(published.code == 0, published.why());
    const auto root = content::Cid::parse(published.json["cid"].get<std::string>());
    QVERIFY(root);
    m_root = *root;
}

Client TestCliServe::clientOf(const QString &who)
{
    Client client;
    client.secrets = std::move(*keys::openSecretStore(m_b.home(), m_b.path("passphrase")));
    auto session = app::Session::open(m_b.home(), who.toStdString(), *client.secrets, m_clock);
    if (!session)
        qFatal("%s", session.error().debugString().c_str());
    client.session = std::move(*session);
    const auto actor = client.session->connect("clinic");
    if (!actor)
        qFatal("%s", actor.error().debugString().c_str());
    client.actor = *actor;
    return client;
}

void TestCliServe::wrongUse()
{
    const std::pair<QStringList, std::string> wrong[] = {
        {{"serve", "--listen", "0.0.0.0"}, "usage.invalid"}, // what would clients write?
        {{"serve", "--listen", "0.0.0.0", "--host", "h.test:1"}, "gateway.needsTls"},
        {{"serve", "--listen", "nonsense"}, "gateway.cannotListen"},
        {{"serve", "--port", "70000"}, "usage.invalid"},
        {{"serve", "--host", "a b"}, "usage.invalid"},
        {{"serve", "--host", "user@h.test:1"}, "usage.invalid"},
        {{"serve", "--certificate", "x.pem"}, "usage.invalid"},
        {{"serve", "extra"}, "usage.invalid"}};
    for (const auto &[command, code] : wrong) {
        const Ran ran = a(kClinic, command);
        QVERIFY2(ran.errorCode() == code, ran.why());
    }
}

void TestCliServe::itTellsAddressAndKey()
{
    m_a.start(m_serve, {"--json", "--profile", kClinic, "serve"});
    QByteArray out;
    while (!out.endsWith("}\n") && m_serve.waitForReadyRead(60'000))
        out += m_serve.readAllStandardOutput();
    const auto document = nlohmann::json::parse(out.begin(), out.end(), nullptr, false);
    QVERIFY2(document.is_object() && document.contains("url"), out.constData());
    m_gateway.url = QUrl(QString::fromStdString(document["url"]));
    QVERIFY(document["url"].get<std::string>().starts_with("http://127.0.0.1:"));
    m_gateway.key = crypto::parseAddress(document["key"].get<std::string>()).value();
    SAME_JSON(document["datasets"][0]["cid"], m_root.text());
}

void TestCliServe::nothingBeforeTheApproval()
{
    m_researcher = clientOf(kResearcher);
    // Straight to the contract: `amana request` seals its message to keys on the card, which is in the other store.
    const sharing::Actor &actor = *m_researcher.actor;
    const auto until = static_cast<std::uint64_t>(m_clock.now().toSecsSinceEpoch()) + 86'400;
    const chain::Wish wish{chain::kPurposeHealth, 0, until, Digest{1}};
    const auto receipt =
        actor.outbox.send(actor.chain, actor.chainKey, chain::AccessGrants(actor.chain).request(1, wish));
    QVERIFY2(receipt, receipt ? "" : receipt.error().debugString().c_str());
    m_request = chain::requestedId(*receipt).value();
    const auto fetched = fetch(m_researcher);
    QCOMPARE(codeOf(fetched), std::string("gateway.noGrant"));
    QVERIFY(!m_researcher.actor->blocks.store().has(m_root));
}

void TestCliServe::theWholeDatasetComes()
{
    const Ran approved = a(kPatient, {"approve", QString::number(m_request)});
    QVERIFY2(approved.code == 0, approved.why());
    const QString folder = m_b.path("opened");
    const QStringList download{"download", QString::number(m_request), "-o", folder};
    QCOMPARE(m_b.json(download, kResearcher).errorCode(), std::string("content.blockMissing")); // from whom?
    const Ran added = m_b.json({"storage", "add", "gate", "--kind", "guarded", "--url", m_gateway.url.toString(), "--key",
                                QString::fromStdString(crypto::checksumAddress(m_gateway.key))}, kResearcher);
    QVERIFY2(added.code == 0, added.why());
    const Ran opened = m_b.json(download, kResearcher);
    QVERIFY2(opened.code == 0, opened.why());
    QVERIFY(opened.json["documents"].get<int>() > 0 && QFile::exists(folder + "/manifest.json"));
    QVERIFY(m_researcher.actor->blocks.store().has(m_root));
}

int TestCliServe::curl(const QByteArray &authorization, const QString &file) const
{
    QProcess process;
    const QString url = m_gateway.url.toString() + "/ipfs/" + QString::fromStdString(m_root.text()) + "?format=raw";
    QStringList arguments{"-s", "-o", file, "-w", "%{http_code} %{content_type}", url};
    if (!authorization.isEmpty())
        arguments << "-H" << "Authorization: " + QString::fromLatin1(authorization);
    process.start("curl", arguments);
    process.waitForFinished(30'000);
    return process.readAllStandardOutput().left(3).toInt();
}

void TestCliServe::anotherClientGetsOneBlock()
{
    if (QStandardPaths::findExecutable("curl").isEmpty())
        QSKIP("curl is not installed");
    const QString file = m_b.path("block");
    QCOMPARE(curl({}, file), 401);
    QVERIFY(contentOf(file).contains("gateway.noProof"));
    const auto pass = sharing::passFor(sharing::signerOf(*m_researcher.actor), m_gateway, m_request, m_root);
    QVERIFY2(pass, pass ? "" : pass.error().debugString().c_str());
    m_tokens = pass->gateway.authorization.mid(7);
    QCOMPARE(curl(pass->gateway.authorization, file), 200);
    QVERIFY(content::BlockSource::verify(m_root, bytesOf(contentOf(file))));
}

void TestCliServe::nobodyElse()
{
    const Client outsider = clientOf(kOutsider);
    const auto store = content::BlockStore::open(m_b.path("other"));
    const auto fetched =
        sharing::fetchGuarded(sharing::signerOf(*outsider.actor), m_gateway, m_request, m_root, **store);
    QCOMPARE(codeOf(fetched), std::string("gateway.noGrant"));
    sharing::GuardedGateway wrong = m_gateway;
    wrong.key[0] ^= 1;
    QCOMPARE(codeOf(sharing::passFor(sharing::signerOf(*m_researcher.actor), wrong, m_request, m_root)),
             std::string("gateway.impostor"));
}

void TestCliServe::afterTheRevocation()
{
    const auto pass = sharing::passFor(sharing::signerOf(*m_researcher.actor), m_gateway, m_request, m_root);
    QVERIFY(pass);
    const content::GatewayBlocks blocks(pass->gateway);
    QVERIFY(blocks.get(m_root)); // half of a download
    const Ran revoked = a(kPatient, {"revoke", QString::number(m_request)});
    QVERIFY2(revoked.code == 0, revoked.why());
    QCOMPARE(codeOf(blocks.get(m_root)), std::string("ipfs.unauthorized")); // the token lives, the grant does not
    const auto store = content::BlockStore::open(m_b.path("other"));
    const auto fetched = sharing::fetchGuarded(sharing::signerOf(*m_researcher.actor), m_gateway, m_request, m_root, **store);
    QCOMPARE(codeOf(fetched), std::string("gateway.noGrant"));
    QCOMPARE((*store)->totalBytes().value(), std::uint64_t(0));
}

void TestCliServe::itEndsWhenAsked()
{
    QVERIFY(m_serve.state() == QProcess::Running);
    ::kill(static_cast<pid_t>(m_serve.processId()), SIGTERM);
    QVERIFY(m_serve.waitForFinished(15'000));
    QCOMPARE(m_serve.exitCode(), 0);
    QCOMPARE(m_serve.exitStatus(), QProcess::NormalExit);
    QVERIFY2(m_serve.readAllStandardError().isEmpty() && m_serve.readAllStandardOutput().isEmpty(), "one document only");
    QCOMPARE(codeOf(fetch(m_researcher)), std::string("ipfs.unreachable"));
}

void TestCliServe::theAuditTellsAll()
{
    const Ran audit = a(kClinic, {"audit", "--limit", "1000"});
    QVERIFY2(audit.code == 0, audit.why());
    std::map<std::string, int> kinds;
    std::set<std::string> codes;
    std::uint64_t bytes = 0;
    for (const auto &row : audit.json["rows"]) {
        ++kinds[row["kind"]];
        if (row.contains("code"))
            codes.insert(row["code"].get<std::string>());
        if (row["kind"] == "gatewayServed") {
            bytes += row["bytes"].get<std::uint64_t>();
            SAME_JSON(row["request"], m_request);
            SAME_JSON(row["dataset"], 1);
            SAME_JSON(row["who"]["address"], m_addresses[kResearcher].toStdString());
            SAME_JSON(row["peer"], "127.0.0.1");
        }
    }
    QVERIFY2(kinds["gatewayChallenge"] >= 6 && kinds["gatewayToken"] >= 3 && kinds["gatewayServed"] >= 1, audit.why());
    QVERIFY2(kinds["accessApproved"] == 1 && kinds["accessRevoked"] == 1, audit.why()); // beside what the chain tells
    QVERIFY(codes.contains("gateway.noGrant") && codes.contains("gateway.noProof"));
    QVERIFY(bytes > 1000);
    const Ran text = m_a.run({"--profile", kClinic, "audit"});
    QVERIFY2(text.code == 0 && text.out.contains("Gateway refused: gateway.noGrant"), text.why());
    for (const QByteArray &secret : {m_tokens, QByteArray("Whitcombe")})
        QVERIFY(!below(m_a.home() + "/profiles", secret));
    QCOMPARE(a(kPatient, {"audit"}).json["rows"].dump().find("gateway"), std::string::npos); // it is the clinic's own
}

QTEST_GUILESS_MAIN(TestCliServe)
#include "test_cli_serve.moc"
