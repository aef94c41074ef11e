// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/demo/demo.h"

#include "app/amana/shown.h"
#include "app/workspace/paths.h"
#include "core/base/files.h"

#include <QElapsedTimer>

#include <set>

#include <sys/resource.h>

namespace amana::cli {

namespace {

using nlohmann::json;

/// Every string of planted.json below "files": the identifiers that were put into the sample.
Result<std::vector<std::string>> plantedIn(const QString &sample)
{
    AMANA_TRY(const QByteArray bytes, readFile(sample + QStringLiteral("/planted.json")));
    const json root = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    std::set<std::string> texts;
    const auto walk = [&texts](const auto &self, const json &node) -> void {
        if (node.is_string())
            texts.insert(node.get<std::string>());
        for (const json &child : node)
            if (child.is_structured() || (node.is_array() && child.is_string()))
                self(self, child);
    };
    if (root.is_object())
        walk(walk, root.contains("files") ? root["files"] : root);
    AMANA_CHECK(claim(texts.size() > 10, "the sample lists what was planted in it"));
    return std::vector<std::string>(texts.begin(), texts.end());
}

/// Most memory of this process so far, in bytes.
std::uint64_t peakMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

} // namespace

Status claim(bool holds, const char *what)
{
    return holds ? Status() : Status(fail(ErrorCode::InternalClaimFailed, {{"claim", what}}));
}

void Demo::Told::fact(const char *key, const json &value, const QString &line)
{
    facts[key] = value;
    lines << line;
}

Demo::Demo(Cast &cast, const Output &out, const Clock &clock)
    : m_cast(cast), m_out(out), m_clock(clock), m_sample(app::resourcesFolder() + QStringLiteral("/sample"))
{}

Status Demo::step(const char *number, const QString &title, const Work &work)
{
    if (m_out.progress("step").cancelled())
        return fail(ErrorCode::Cancelled);
    QElapsedTimer timer;
    timer.start();
    m_out.line(QStringLiteral("\n%1  %2").arg(toQ(number), title));
    Told told;
    const Status done = work(told);
    const qint64 milliseconds = timer.elapsed();
    for (const QString &line : told.lines)
        m_out.line(QStringLiteral("     ") + line);
    m_out.line(QStringLiteral("     %1 ms").arg(milliseconds));
    told.facts.update({{"step", number},
                       {"title", title.toStdString()},
                       {"milliseconds", milliseconds},
                       {"done", done.has_value()}});
    m_steps.push_back(std::move(told.facts));
    m_out.json({{"steps", m_steps}});
    return done;
}

Status Demo::run()
{
    QElapsedTimer timer;
    timer.start();
    AMANA_TRY(std::vector<std::string> planted, plantedIn(m_sample));
    m_planted = ByteSearch(std::move(planted));
    m_out.line(
        QStringLiteral("Four invented people on a chain of their own. Nothing here is about a real person."));
    using Part = Status (Demo::*)(Told &);
    const std::tuple<const char *, const char *, Part> parts[] = {
        {"0", "Set up: profiles, a local chain, contracts, members", &Demo::setUp},
        {"1", "Collect: import the clinician's files", &Demo::collect},
        {"2", "De-identify: the bundled model and rules, then a review", &Demo::deidentify},
        {"3", "Encrypt and package: age, tar, zstd, IPFS blocks", &Demo::encrypt},
        {"4", "The contract checks the privilege to upload", &Demo::checkPrivilege},
        {"5", "The hash goes on the chain, then the bytes go out", &Demo::registerHash},
        {"6", "A researcher asks for access", &Demo::request},
        {"7", "The patient approves; the contract allows the download", &Demo::approveAndFetch},
        {"8", "Decrypted and shared with the researcher", &Demo::openAndShare},
        {"care", "A doctor of another institution receives the true name and dates", &Demo::care},
    };
    for (const auto &[number, title, part] : parts)
        AMANA_CHECK(step(number, QString::fromUtf8(title),
                         [this, part = part](Told &told) { return (this->*part)(told); }));
    AMANA_CHECK(refusals());
    AMANA_CHECK(step("search", QStringLiteral("Every byte that was published or stored is searched"),
                     [this](Told &told) { return searchEverything(told); }));
    const double seconds = static_cast<double>(timer.elapsed()) / 1000;
    m_out.line(QStringLiteral("\nAll came out as claimed, in %1 s; at most %2 of memory.")
                   .arg(seconds, 0, 'f', 1)
                   .arg(sizeOf(peakMemory())));
    m_out.json({{"seconds", seconds}, {"peakMemoryBytes", peakMemory()}, {"ok", true}});
    return {};
}

Status Demo::setUp(Told &told)
{
    AMANA_CHECK(m_cast.gather());
    for (const auto role : {Cast::Clinician, Cast::Patient, Cast::Researcher, Cast::Elsewhere}) {
        const std::string address = crypto::checksumAddress(m_cast.session(role).chainKey().address());
        told.lines << QStringLiteral("%1  %2").arg(toQ(address), toQ(Cast::name(role)));
        told.facts["people"].push_back({{"name", Cast::name(role)}, {"address", address}});
    }
    return {};
}

Status Demo::draftFor(Cast::Role role, const std::vector<std::string> &documents, const std::string &draft)
{
    app::Session &session = m_cast.session(role);
    sharing::Drafts drafts = session.drafts();
    AMANA_TRY(const deid::Deidentifier *const engine, session.engine("longitudinal"));
    AMANA_CHECK(drafts.create(draft, "Synthetic demonstration records", documents, *engine, m_clock,
                              m_out.progress("deidentify")));
    return {};
}

Result<std::unique_ptr<sharing::Publisher>> Demo::publisher(Cast::Role role, const std::string &draft)
{
    AMANA_TRY(sharing::Actor *const actor, m_cast.actor(role));
    AMANA_TRY(const deid::Deidentifier *const engine, m_cast.session(role).engine("longitudinal"));
    sharing::PublishOptions options{
        draft, "Synthetic demonstration records", {"glucose"}, {"DUO:0000006", "DUO:0000043"}, {}, 1};
    AMANA_TRY(sharing::Custodian patient,
              sharing::custodianAt(*actor, m_cast.session(Cast::Patient).chainKey().address()));
    options.custodians.push_back(std::move(patient));
    return std::make_unique<sharing::Publisher>(*actor, *engine, std::move(options));
}

Result<std::uint64_t> Demo::ask(Cast::Role role, const char *purpose, const std::string &text)
{
    AMANA_TRY(sharing::Actor *const actor, m_cast.actor(role));
    const auto until = static_cast<std::uint64_t>(m_clock.now().addDays(30).toSecsSinceEpoch());
    AMANA_TRY(const chain::Receipt receipt,
              sharing::Requester(*actor).request(m_dataset, {{purpose}, until, {Cast::name(role), "", text}}));
    return chain::requestedId(receipt);
}

/// The patient reads the message first: approving means having been able to.
Result<chain::Receipt> Demo::approve(std::uint64_t request, sharing::GrantKind kind)
{
    AMANA_TRY(sharing::Actor *const patient, m_cast.actor(Cast::Patient));
    AMANA_CHECK(patient->index.sync(patient->chain));
    AMANA_TRY(const auto row, patient->index.request(request));
    AMANA_CHECK(claim(row.has_value(), "the request is in the patient's list"));
    sharing::CustodianDesk desk(*patient);
    AMANA_CHECK(desk.readMessage(row->messageDigest));
    return desk.approve(request, row->request.revision, kind);
}

} // namespace amana::cli
