// SPDX-License-Identifier: GPL-3.0-or-later
// Fifty members, a thousand requests and what becomes of them, several members at once, each with an outbox of its own:
// afterwards the index says of every one what the contracts say.
#include "bare_node.h"

#include "core/crypto/hash.h"

#include <QElapsedTimer>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;

namespace {

constexpr unsigned kSeed = 20261123;
constexpr int kUploaders = 5;
constexpr int kCustodians = 10;
constexpr int kResearchers = 35; // with the others fifty
constexpr std::size_t kDatasets = 20;
constexpr std::size_t kRequests = 1000;
constexpr int kThreads = 6;
constexpr std::uint64_t kSoon = 3600;        // seconds; over when the test looks
constexpr std::uint64_t kLater = 365 * 86400;

/// What becomes of a request, in order.
enum class Course { Open, Voted, Approved, Denied, Returned, Resubmitted, ApprovedAfterReturn, Cancelled, Revoked, Last };

struct Person {
    explicit Person(const std::string &name) : key(keyOf(name)) {}
    crypto::SigningKey key;
    std::unique_ptr<Outbox> outbox{};
};

struct Published {
    std::uint64_t id = 0;
    std::uint8_t threshold = 1;
    std::vector<Person *> custodians;
};

struct Plan {
    Person *asker = nullptr;
    Published *dataset = nullptr;
    std::uint8_t purpose = 0;
    Course course = Course::Open;
    bool expires = false;
    std::uint64_t id = 0; ///< once it was asked
};

Digest noteOf(const Plan &plan)
{
    return digestOf("note " + std::to_string(plan.id));
}

} // namespace

class TestManyMembers : public QObject {
    Q_OBJECT

    BareNode m_node;
    std::vector<std::unique_ptr<Person>> m_members;
    std::vector<Published> m_datasets;
    std::vector<Plan> m_plans;
    const Published *m_renewed = nullptr; ///< all grants on it were ended
    std::uint64_t m_start = 0;
    std::mutex m_mutex; // guards m_error
    std::string m_error;

    Chain &chain() { return *m_node.chain; }
    Result<Receipt> send(Person &member, const Call &call) { return member.outbox->send(chain(), member.key, call); }
    Status join(const std::string &name, std::uint32_t roleBits);
    Status publish(std::size_t number, std::mt19937 &random);
    void plan();
    Status ask(Plan &plan);
    Status decide(const Plan &plan);
    Status approve(const Plan &plan, std::uint32_t revision, bool whole);
    Wish wishOf(const Plan &plan) const
    {
        return {plan.purpose, 0, m_start + (plan.expires ? kSoon : kLater), digestOf("message")};
    }
    /// Every plan once, several at the same time; the error of the first that failed.
    std::string together(const std::function<Status(Plan &)> &work);
    std::vector<Person *> custodians()
    {
        std::vector<Person *> list;
        for (int i = 0; i < kCustodians; ++i)
            list.push_back(m_members[std::size_t(kUploaders + i)].get());
        return list;
    }

public:
    static void initMain() { qputenv("QTEST_FUNCTION_TIMEOUT", "840000"); } // ms; a busy machine

private Q_SLOTS:
    void initTestCase();
    void aThousandRequestsTakeTheirCourse();
    void theIndexSaysWhatTheContractsSay();
    void everyDecisionIsInTheHistory();
};

Status TestManyMembers::join(const std::string &name, std::uint32_t roleBits)
{
    auto member = std::make_unique<Person>(name);
    const QString folder = m_node.folder.filePath(QString::fromStdString(name));
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::FileUnwritable);
    AMANA_TRY(member->outbox, Outbox::open(folder));
    const IdentityRegistry identity(chain());
    Person &admin = m_members.empty() ? *member : *m_members.front(); // the first one
    AMANA_CHECK(send(admin, identity.setMember(member->key.address(), 1, roleBits)));
    AMANA_CHECK(send(*member, identity.setKey(digestOf("key of " + name))));
    m_members.push_back(std::move(member));
    return {};
}

Status TestManyMembers::publish(std::size_t number, std::mt19937 &random)
{
    Published published;
    published.custodians = custodians();
    std::shuffle(published.custodians.begin(), published.custodians.end(), random);
    published.custodians.resize(1 + random() % 4);
    published.threshold = static_cast<std::uint8_t>(1 + random() % published.custodians.size());
    std::vector<Address> addresses;
    for (const Person *custodian : published.custodians)
        addresses.push_back(custodian->key.address());
    PublishParams params = dataset("dataset " + std::to_string(number), addresses);
    params.threshold = published.threshold;
    AMANA_TRY(const Receipt receipt,
              send(*m_members[number % kUploaders], DatasetRegistry(chain()).publish(params)));
    AMANA_TRY(published.id, publishedId(receipt));
    m_datasets.push_back(std::move(published));
    return {};
}

/// Nobody may ask twice for the same use of the same dataset while the first request waits.
void TestManyMembers::plan()
{
    std::mt19937 random(kSeed);
    std::set<std::tuple<Person *, Published *, int>> waiting;
    while (m_plans.size() < kRequests) {
        Plan plan;
        plan.asker = m_members[kUploaders + kCustodians + random() % kResearchers].get();
        plan.dataset = &m_datasets[random() % m_datasets.size()];
        plan.purpose = random() % 2 == 0 ? kPurposeHealth : kPurposeDisease;
        plan.course = static_cast<Course>(random() % static_cast<unsigned>(Course::Last));
        plan.expires = random() % 8 == 0;
        const std::tuple place(plan.asker, plan.dataset, int(plan.purpose));
        // All ask before anybody decides.
        if (waiting.insert(place).second)
            m_plans.push_back(plan);
    }
}

std::string TestManyMembers::together(const std::function<Status(Plan &)> &work)
{
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&] {
            for (std::size_t i = next++; i < m_plans.size(); i = next++) {
                const Status done = work(m_plans[i]);
                if (done)
                    continue;
                const std::lock_guard lock(m_mutex);
                if (m_error.empty())
                    m_error = "request " + std::to_string(i) + ": " + done.error().debugString();
                return;
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    return m_error;
}

Status TestManyMembers::ask(Plan &plan)
{
    AMANA_TRY(const Receipt receipt, send(*plan.asker, AccessGrants(chain()).request(plan.dataset->id, wishOf(plan))));
    AMANA_TRY(plan.id, requestedId(receipt));
    return {};
}

/// All votes that it takes, or all but the last.
Status TestManyMembers::approve(const Plan &plan, std::uint32_t revision, bool whole)
{
    const AccessGrants access(chain());
    for (int vote = 1; vote <= plan.dataset->threshold; ++vote) {
        Approval approval{plan.id, {revision, 1, 0, 0}, {}, {}};
        if (vote == plan.dataset->threshold) {
            if (!whole)
                return {};
            approval.capsule = "capsule of " + QByteArray::number(qulonglong(plan.id));
            approval.capsuleDigest = crypto::sha256(bytesOf(approval.capsule));
        }
        AMANA_CHECK(send(*plan.dataset->custodians[std::size_t(vote - 1)], access.approve(approval)));
    }
    return {};
}

Status TestManyMembers::decide(const Plan &plan)
{
    const AccessGrants access(chain());
    Person &custodian = *plan.dataset->custodians.back();
    switch (plan.course) {
    case Course::Open:
    case Course::Last:
        return {};
    case Course::Voted:
        return approve(plan, 1, false);
    case Course::Approved:
        return approve(plan, 1, true);
    case Course::Denied:
        AMANA_CHECK(send(custodian, access.deny(plan.id, noteOf(plan))));
        return {};
    case Course::Returned:
    case Course::Resubmitted:
    case Course::ApprovedAfterReturn:
        AMANA_CHECK(send(custodian, access.returnForChanges(plan.id, noteOf(plan))));
        if (plan.course == Course::Returned)
            return {};
        AMANA_CHECK(send(*plan.asker, access.resubmit(plan.id, wishOf(plan))));
        return plan.course == Course::Resubmitted ? Status() : approve(plan, 2, true);
    case Course::Cancelled:
        AMANA_CHECK(send(*plan.asker, access.cancel(plan.id)));
        return {};
    case Course::Revoked:
        AMANA_CHECK(approve(plan, 1, true));
        AMANA_CHECK(send(custodian, access.revoke(plan.id)));
        return {};
    }
    return {};
}

void TestManyMembers::initTestCase()
{
    std::printf("seed %u\n", kSeed);
    TEST_OK(m_node.start());
    for (int i = 0; i < kUploaders + kCustodians + kResearchers; ++i) {
        const std::uint32_t role = i < kUploaders                 ? roles::kUploader
                                   : i < kUploaders + kCustodians ? roles::kPatient
                                                                  : roles::kResearcher;
        TEST_OK(join(i == 0 ? "admin" : "member " + std::to_string(i), role));
    }
    std::mt19937 random(kSeed);
    m_datasets.reserve(kDatasets);
    for (std::size_t i = 0; i < kDatasets; ++i)
        TEST_OK(publish(i, random));
    TEST_VALUE(const Block head, chain().head());
    m_start = head.time;
    plan();
}

void TestManyMembers::aThousandRequestsTakeTheirCourse()
{
    QElapsedTimer timer;
    timer.start();
    const std::string asked = together([this](Plan &plan) { return ask(plan); });
    QVERIFY2(asked.empty(), asked.c_str());
    const std::string decided = together([this](Plan &plan) { return decide(plan); });
    QVERIFY2(decided.empty(), decided.c_str());
    // All grants of one dataset end at once, one on which several vote, and one dataset is withdrawn.
    m_renewed = &*std::find_if(m_datasets.begin() + 2, m_datasets.end(), [](const Published &d) { return d.threshold > 1; });
    TEST_OK(send(*m_renewed->custodians[0], DatasetRegistry(chain()).revokeAll(m_renewed->id)));
    TEST_OK(send(*m_members[1], DatasetRegistry(chain()).withdraw(m_datasets[1].id)));
    TEST_OK(chain().rpc().call("evm_increaseTime", {2 * kSoon}));
    TEST_OK(chain().rpc().call("evm_mine", nlohmann::json::array()));
    TEST_VALUE(const std::uint64_t count, AccessGrants(chain()).count());
    QCOMPARE(count, std::uint64_t(kRequests));
    TEST_VALUE(const Block head, chain().head());
    std::printf("%zu requests of %zu members, block %llu, %.1f s\n", m_plans.size(), m_members.size(),
                static_cast<unsigned long long>(head.number), static_cast<double>(timer.elapsed()) / 1e3);
}

void TestManyMembers::theIndexSaysWhatTheContractsSay()
{
    TEST_VALUE(const auto index, EventIndex::open(m_node.folder.filePath("index.sqlite")));
    TEST_OK(index->sync(chain()));
    const AccessGrants access(chain());
    std::map<RequestState, int> states;
    int allowed = 0;
    int voted = 0;
    int begunAnew = 0; // their votes were of the time before all grants ended
    for (const Plan &plan : m_plans) {
        TEST_VALUE(const auto found, index->request(plan.id));
        QVERIFY(found);
        TEST_VALUE(const AccessRequest there, access.requestOf(plan.id));
        const AccessRequest &here = found->request;
        QCOMPARE(here.requester, there.requester);
        QCOMPARE(here.requester, plan.asker->key.address());
        QCOMPARE(here.dataset, there.dataset);
        QCOMPARE(here.dataset, plan.dataset->id);
        QCOMPARE(here.purpose, there.purpose);
        QCOMPARE(here.until, there.until);
        QCOMPARE(here.state, there.state);
        QCOMPARE(here.revision, there.revision);
        const bool pending = here.state == RequestState::Requested || here.state == RequestState::Returned;
        if (pending || here.state == RequestState::Approved) {
            QCOMPARE(int(here.votes), int(there.votes));
            QCOMPARE(here.generation, there.generation);
            voted += here.votes > 0 ? 1 : 0;
            begunAnew += plan.course == Course::Voted && plan.dataset == m_renewed ? 1 : 0;
        }
        TEST_VALUE(const bool mayOpen, access.isAllowed(plan.id));
        TEST_VALUE(const auto entry, index->dataset(plan.dataset->id));
        QVERIFY(entry);
        QCOMPARE(here.state == RequestState::Approved && entry->dataset.status != DatasetStatus::Withdrawn, mayOpen);
        allowed += mayOpen ? 1 : 0;
        ++states[here.state];
        if (here.state == RequestState::Approved)
            QCOMPARE(found->capsule, "capsule of " + QByteArray::number(qulonglong(plan.id)));
    }
    for (const RequestState state : {RequestState::Requested, RequestState::Returned, RequestState::Approved,
                                     RequestState::Denied, RequestState::Cancelled, RequestState::Revoked,
                                     RequestState::Expired}) {
        std::printf("%-9s %d\n", std::string(requestStateName(state)).c_str(), states[state]);
        QVERIFY2(states[state] >= 10, requestStateName(state).data());
    }
    QVERIFY(allowed >= 10 && allowed < states[RequestState::Approved]); // one dataset was withdrawn
    QVERIFY(voted >= 10);
    QVERIFY(begunAnew >= 1);

    for (const Published &published : m_datasets) {
        TEST_VALUE(const auto found, index->dataset(published.id));
        QVERIFY(found);
        TEST_VALUE(const DatasetEntry there, DatasetRegistry(chain()).entry(published.id));
        QCOMPARE(found->dataset.owner, there.owner);
        QCOMPARE(found->dataset.institution, there.institution);
        QCOMPARE(found->dataset.status, there.status);
        QCOMPARE(found->dataset.threshold, there.threshold);
        QCOMPARE(found->dataset.duoMask, there.duoMask);
        QCOMPARE(found->dataset.generation, there.generation);
        QCOMPARE(found->dataset.commitment, there.commitment);
        QCOMPARE(found->custodians.size(), published.custodians.size());
    }
    TEST_VALUE(const auto members, index->members());
    QCOMPARE(members.size(), std::size_t(kUploaders + kCustodians + kResearchers)); // the administrator is the first
}

/// One event for every vote and decision, by whoever made it.
void TestManyMembers::everyDecisionIsInTheHistory()
{
    TEST_VALUE(const auto index, EventIndex::open(m_node.folder.filePath("index.sqlite")));
    std::map<std::uint64_t, std::map<std::string, int>> kinds;
    TEST_VALUE(const auto rows, index->history({.limit = 100'000}));
    for (const HistoryRow &row : rows)
        ++kinds[row.request][row.kind];
    for (const Plan &plan : m_plans) {
        auto &told = kinds[plan.id];
        const bool whole = plan.course == Course::Approved || plan.course == Course::ApprovedAfterReturn
                           || plan.course == Course::Revoked;
        const bool voted = whole || plan.course == Course::Voted;
        const bool returned = plan.course == Course::Returned || plan.course == Course::Resubmitted
                              || plan.course == Course::ApprovedAfterReturn;
        const bool again = returned && plan.course != Course::Returned;
        QCOMPARE(told["AccessRequested"], again ? 2 : 1);
        QCOMPARE(told["AccessVoted"], voted ? plan.dataset->threshold - 1 : 0);
        QCOMPARE(told["AccessApproved"], whole ? 1 : 0);
        QCOMPARE(told["AccessReturned"], returned ? 1 : 0);
        QCOMPARE(told["AccessDenied"], plan.course == Course::Denied ? 1 : 0);
        QCOMPARE(told["AccessCancelled"], plan.course == Course::Cancelled ? 1 : 0);
        QCOMPARE(told["AccessRevoked"], plan.course == Course::Revoked ? 1 : 0);
    }
}

QTEST_GUILESS_MAIN(TestManyMembers)
#include "test_many_members.moc"
