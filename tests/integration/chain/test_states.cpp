// SPDX-License-Identifier: GPL-3.0-or-later
// The client against the tables that the Solidity tests read: every operation by every role in every state of a request and
// of a purchase. What is allowed is done and gives the state of the table, in the contract and in the index; what is not is
// refused, and our decoding names the refusal.
#include "consortium.h"
#include "state_table.h"

#include <QThread>

#include <functional>
#include <map>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;

namespace {

constexpr std::uint64_t kDay = 24 * 3600;

std::string lowered(std::string name)
{
    name.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(name.front())));
    return name;
}

/// A number of a request that nobody has used, in a state.
struct Subject {
    std::uint64_t request = 0;
    std::uint64_t dataset = 0;
};

} // namespace

class TestStates : public QObject, Consortium {
    Q_OBJECT

    int m_made = 0;
    const Uint256 m_price = Uint256::fromDecimal("1000").value();

    const crypto::SigningKey &account(const std::string &role) const
    {
        const std::map<std::string, const crypto::SigningKey *> accounts{
            {"requester", &m_researcher}, {"buyer", &m_researcher}, {"custodian", &m_patient},
            {"owner", &m_clinician},      {"seller", &m_clinician}, {"administrator", &m_home.admin},
            {"arbiter", &m_home.admin},   {"stranger", &m_stranger}};
        return *accounts.at(role);
    }
    Call requestCall(const std::string &operation, const Subject &at)
    {
        const AccessGrants access(chain());
        if (operation == "resubmit")
            return access.resubmit(at.request, {kPurposeHealth, 0, now() + 3600, digestOf("message")});
        if (operation == "cancel")
            return access.cancel(at.request);
        if (operation == "returnForChanges")
            return access.returnForChanges(at.request, {});
        if (operation == "approve")
            return access.approve(approval(at.request));
        if (operation == "deny")
            return access.deny(at.request, {});
        if (operation == "revoke")
            return access.revoke(at.request);
        return operation == "revokeAll" ? DatasetRegistry(chain()).revokeAll(at.dataset)
                                        : DatasetRegistry(chain()).withdraw(at.dataset);
    }
    Call purchaseCall(const std::string &operation, const Subject &at)
    {
        const Market market(chain());
        if (operation == "pay")
            return market.pay(at.request);
        if (operation == "approve")
            return AccessGrants(chain()).approve(approval(at.request));
        if (operation == "release")
            return market.release(at.request);
        if (operation == "refund")
            return market.refund(at.request);
        if (operation == "dispute")
            return market.dispute(at.request, {});
        return operation == "resolve" ? market.resolve(at.request, 5000) : market.settle(at.request);
    }

    Result<Subject> requested(std::uint64_t until)
    {
        AMANA_TRY(const std::uint64_t dataset, publish("state " + std::to_string(++m_made), 1u << kPurposeHealth, 1,
                                                       {m_patient.address()}));
        AMANA_TRY(const std::uint64_t request, ask(dataset, kPurposeHealth, until));
        return Subject{request, dataset};
    }
    /// A request of a dataset of its own, brought into the state.
    Result<Subject> requestIn(const std::string &state)
    {
        const bool expires = state == "Expired";
        AMANA_TRY(const Subject at, requested(expires ? now() + 4 : now() + 3600));
        const std::map<std::string, std::vector<std::pair<std::string, std::string>>> steps{
            {"Returned", {{"returnForChanges", "custodian"}}},
            {"Approved", {{"approve", "custodian"}}},
            {"Denied", {{"deny", "custodian"}}},
            {"Cancelled", {{"cancel", "requester"}}},
            {"Revoked", {{"approve", "custodian"}, {"revoke", "custodian"}}}};
        if (const auto way = steps.find(state); way != steps.end())
            for (const auto &[operation, role] : way->second)
                AMANA_CHECK(send(account(role), requestCall(operation, at)));
        return at;
    }
    /// A request for something with a price, its purchase brought into the state.
    Result<Subject> purchaseIn(const std::string &state)
    {
        PublishParams params = dataset("sale " + std::to_string(++m_made), {m_patient.address()});
        params.price = m_price;
        AMANA_TRY(const Receipt published, send(m_clinician, DatasetRegistry(chain()).publish(params)));
        AMANA_TRY(const std::uint64_t dataset, publishedId(published));
        const Terms terms{m_home.admin.address(), {{m_clinician.address(), 10000}}};
        AMANA_CHECK(send(m_clinician, Market(chain()).list(dataset, terms)));
        AMANA_TRY(const std::uint64_t request, ask(dataset, kPurposeHealth, now() + 80 * kDay));
        const Subject at{request, dataset};
        if (state == "None")
            return at;
        AMANA_CHECK(send(m_researcher, purchaseCall("pay", at)));
        if (state == "Refunded")
            AMANA_CHECK(send(m_researcher, AccessGrants(chain()).cancel(request)));
        const std::map<std::string, std::vector<std::pair<std::string, std::string>>> steps{
            {"Delivered", {{"approve", "custodian"}}},
            {"Disputed", {{"approve", "custodian"}, {"dispute", "buyer"}}},
            {"Released", {{"approve", "custodian"}, {"release", "buyer"}}},
            {"Refunded", {{"refund", "stranger"}}}};
        if (const auto way = steps.find(state); way != steps.end())
            for (const auto &[operation, role] : way->second)
                AMANA_CHECK(send(account(role), purchaseCall(operation, at)));
        return at;
    }

    std::string stateOf(const Subject &at)
    {
        return std::string(requestStateName(AccessGrants(chain()).stateOf(at.request).value()));
    }
    std::string purchaseOf(const Subject &at)
    {
        return std::string(purchaseStateName(Market(chain()).purchaseOf(at.request)->state));
    }
    /// What the contract says to a call, without sending it: "ok", or its own name of the refusal.
    std::string said(const StateCase &one, const Call &call)
    {
        const auto answer = chain().view(call, account(one.role).address());
        return answer ? "ok" : answer.error().param("error");
    }
    /// All the cells; the allowed ones are returned.
    std::vector<StateCase> check(const std::vector<StateCase> &cases, const StateTable &table,
                                 const std::map<std::string, Subject> &subjects,
                                 const std::function<Call(const std::string &, const Subject &)> &callOf)
    {
        std::vector<StateCase> allowed;
        for (const StateCase &one : cases) {
            const std::string wanted = table.isState(one.expected) ? "ok" : one.expected;
            const std::string got = said(one, callOf(one.operation, subjects.at(one.state)));
            if (got != wanted)
                QTest::qFail((one.text() + ": " + got + " instead of " + wanted).c_str(), __FILE__, __LINE__);
            if (wanted == "ok")
                allowed.push_back(one);
        }
        return allowed;
    }

private Q_SLOTS:
    void initTestCase()
    {
        TEST_OK(open());
        TEST_OK(send(m_home.admin, ConsortiumCredit(chain()).mint(m_researcher.address(), Uint256(1'000'000))));
        TEST_OK(send(m_researcher,
                     ConsortiumCredit(chain()).approve(chain().contracts().market, Uint256(1'000'000))));
    }

    void everyOperationOnARequest()
    {
        const StateTable table("request-states.json");
        QVERIFY(table.isRead());
        const auto call = [this](const std::string &operation, const Subject &at) { return requestCall(operation, at); };
        std::map<std::string, Subject> subjects;
        for (const std::string &state : table.list("states")) {
            TEST_VALUE(subjects[state], requestIn(state));
        }
        const std::vector<StateCase> cases = casesOf(table);
        QCOMPARE(cases.size(), std::size_t(8 * 7 * 5));
        std::vector<std::pair<StateCase, Subject>> toDo;
        for (const StateCase &one : cases) {
            if (table.isState(one.expected)) {
                TEST_VALUE(toDo.emplace_back(one, Subject()).second, requestIn(one.state));
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(now() > AccessGrants(chain()).requestOf(toDo.back().second.request)->until, 8000);
        TEST_OK(m_home.enrol(keyOf("a block"), roles::kPatient)); // a view has the time of the newest block
        const std::vector<StateCase> allowed = check(cases, table, subjects, call);
        QCOMPARE(allowed.size(), toDo.size());
        for (const auto &[one, at] : toDo) {
            TEST_OK(send(account(one.role), call(one.operation, at)));
            QVERIFY2(stateOf(at) == lowered(one.expected), (one.text() + ": " + stateOf(at)).c_str());
        }

        TEST_VALUE(const auto index, EventIndex::open(m_home.path() + "/states.sqlite"));
        TEST_OK(index->sync(chain()));
        TEST_VALUE(const auto rows, index->requests({{}, {}, {}, now()}));
        QVERIFY(rows.size() >= toDo.size() + subjects.size());
        for (const IndexedRequest &row : rows) {
            TEST_VALUE(const AccessRequest said, AccessGrants(chain()).requestOf(row.request.id));
            QCOMPARE(requestStateName(row.request.state), requestStateName(said.state));
        }
    }

    void everyOperationOnAPurchase()
    {
        const StateTable table("market-states.json");
        QVERIFY(table.isRead());
        const auto call = [this](const std::string &operation, const Subject &at) { return purchaseCall(operation, at); };
        std::map<std::string, Subject> subjects;
        for (const std::string &state : table.list("states")) {
            TEST_VALUE(subjects[state], purchaseIn(state));
        }
        std::vector<std::pair<StateCase, Subject>> toDo;
        std::vector<StateCase> both = casesOf(table);
        for (StateCase &one : casesOf(table, true))
            both.push_back(std::move(one));
        for (const StateCase &one : both) {
            if (table.isState(one.expected)) {
                TEST_VALUE(toDo.emplace_back(one, Subject()).second, purchaseIn(one.state));
            }
        }

        check(casesOf(table), table, subjects, call);
        const auto doAll = [&](bool late) {
            for (const auto &[one, at] : toDo) {
                if (one.late != late)
                    continue;
                TEST_OK(send(account(one.role), call(one.operation, at)));
                QVERIFY2(purchaseOf(at) == lowered(one.expected), (one.text() + ": " + purchaseOf(at)).c_str());
            }
        };
        doAll(false);
        NetworkProfile profile = chain().profile();
        profile.journal.clear(); // a journal keeps the wall clock, and here the time is moved
        TEST_VALUE(m_home.chain, Chain::connect(profile));
        TEST_OK(chain().rpc().call("evm_increaseTime", {40 * kDay}));
        TEST_OK(chain().rpc().call("evm_mine", nlohmann::json::array()));
        check(casesOf(table, true), table, subjects, call);
        doAll(true);

        TEST_VALUE(const auto index, EventIndex::open(m_home.path() + "/purchases.sqlite"));
        TEST_OK(index->sync(chain()));
        for (const auto &[one, at] : toDo) {
            TEST_VALUE(const auto row, index->purchase(at.request));
            QCOMPARE(row ? purchaseStateName(row->purchase.state) : "none", std::string_view(purchaseOf(at)));
        }
    }
};

QTEST_GUILESS_MAIN(TestStates)
#include "test_states.moc"
