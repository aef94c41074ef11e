// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/demo/demo.h"
#include "app/amana/shown.h"
#include "core/base/files.h"
#include "core/sharing/downloader.h"

#include <QDir>

#include <algorithm>
#include <sstream>

namespace amana::cli {

namespace {

using nlohmann::json;

/// In random bytes of a few megabytes shorter texts appear by chance.
constexpr std::size_t kShortestInRandomBytes = 6;

std::vector<std::string> longOnes(const std::vector<std::string> &texts)
{
    std::vector<std::string> kept;
    for (const std::string &text : texts)
        if (text.size() >= kShortestInRandomBytes)
            kept.push_back(text);
    return kept;
}

/// A name may be stored in pieces: given name here, family name there.
std::vector<std::string> wordsOf(const std::string &name)
{
    std::vector<std::string> words;
    std::istringstream stream(name);
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

} // namespace

Status Demo::care(Told &told)
{
    AMANA_TRY(const std::uint64_t request,
              ask(Cast::Elsewhere, "DUO:0000043", "She is in our clinic now. Invented."));
    AMANA_TRY(const chain::Receipt receipt, approve(request, sharing::GrantKind::Care));
    told.fact("request", request,
              QStringLiteral("request      %1: clinical care, approved as care by the patient").arg(request));
    told.fact("transaction", hexOf(receipt.txHash),
              QStringLiteral("approval     ") + toQ(hexOf(receipt.txHash)));
    AMANA_TRY(sharing::Actor *const actor, m_cast.actor(Cast::Elsewhere));
    const QString folder = m_cast.folder(QStringLiteral("care"));
    sharing::Downloader downloader(*actor, request, folder);
    AMANA_CHECK(downloader.checkGrant());
    AMANA_CHECK(downloader.verify());
    AMANA_CHECK(downloader.unwrap());
    AMANA_CHECK(downloader.open());
    AMANA_CHECK(claim(downloader.opened().linked == 1, "the care grant says who the person is"));

    // Byte searches, with the library's own knowledge of the person: true in one copy, absent from the other.
    AMANA_TRY(const records::Subject subject, m_cast.session(Cast::Clinician).library().subject(m_subject));
    AMANA_CHECK(
        claim(!subject.names.empty() && !subject.birthDate.empty(), "the records say whose they are"));
    const std::string name =
        *std::max_element(subject.names.begin(), subject.names.end(), [](const auto &a, const auto &b) {
            return a.size() < b.size(); // records hold pieces of it too
        });
    std::vector<std::string> truth = wordsOf(name);
    truth.push_back(subject.birthDate);
    AMANA_TRY(const ByteSearch::Outcome inResearch,
              ByteSearch(truth).below(m_cast.folder(QStringLiteral("research"))));
    for (const std::string &text : truth) {
        AMANA_TRY(const ByteSearch::Outcome inCare,
                  ByteSearch({text}).below(folder + QStringLiteral("/true")));
        AMANA_CHECK(claim(!inCare.found.empty(), "the doctor's copy has the true name and birth date"));
    }
    AMANA_CHECK(claim(inResearch.found.empty(), "the researcher's copy has neither name nor birth date"));
    told.fact("trueNameInCareCopy", true,
              QStringLiteral("the doctor's copy has the true name, “%1”, and birth date, %2 (invented)")
                  .arg(toQ(name), toQ(subject.birthDate)));
    told.fact("trueNameInResearchCopy", false,
              QStringLiteral("the researcher's copy of the same dataset has neither (byte search)"));
    return {};
}

Status Demo::searchEverything(Told &told)
{
    const ByteSearch search(longOnes(m_planted.texts()));
    AMANA_TRY(const ByteSearch::Outcome stored, search.below(m_cast.home()));
    for (const std::string &found : stored.found)
        m_out.note(QStringLiteral("left over: ") + toQ(found));
    AMANA_CHECK(claim(stored.found.empty(), "no planted identifier is in any stored or published byte"));
    told.fact("files", stored.files,
              QStringLiteral("%1 identifiers searched in %2 files, %3: blocks, chain, databases, vaults")
                  .arg(search.size())
                  .arg(stored.files)
                  .arg(sizeOf(stored.bytes)));
    told.facts["bytes"] = stored.bytes;
    // A search that can find nothing proves nothing: where the truth is allowed, it must be found.
    AMANA_TRY(const ByteSearch::Outcome known, search.below(m_cast.folder(QStringLiteral("care/true"))));
    AMANA_CHECK(claim(!known.found.empty(), "the search finds identifiers where they are"));
    told.fact("foundInCareCopy", known.found.size(),
              QStringLiteral("none found; in the doctor's copy, where they belong, the same search finds %1")
                  .arg(known.found.size()));
    return {};
}

Status Demo::refused(const char *what, const QString &words, ErrorCode expected, const Status &outcome,
                     std::optional<std::uint64_t> request)
{
    AMANA_CHECK(claim(!outcome.has_value(), what));
    if (outcome.error().code != expected)
        return fail(Error(ErrorCode::InternalClaimFailed, {{"claim", what}}).because(outcome.error()));
    json row{{"what", what}, {"words", words.toStdString()}};
    row.update(errorToJson(outcome.error()));
    if (request) { // what the contract itself says about this request
        AMANA_TRY(sharing::Actor *const actor, m_cast.actor(Cast::Researcher));
        const chain::AccessGrants grants(actor->chain);
        AMANA_TRY(const bool allowed, grants.isAllowed(*request));
        AMANA_TRY(const chain::RequestState state, grants.stateOf(*request));
        AMANA_CHECK(claim(!allowed, "the contract does not allow it"));
        row["contract"] = {{"isAllowed", allowed}, {"state", std::string(chain::requestStateName(state))}};
    }
    m_refusals.push_back(row);
    m_out.json({{"refusals", m_refusals}});
    m_out.line(QStringLiteral("     %1\n       [%2] %3. %4")
                   .arg(words, toQ(row["code"].get<std::string>()), toQ(row["title"].get<std::string>()),
                        toQ(row["meaning"].get<std::string>())));
    return {};
}

/// The researcher does all that the clinician did, with one of the sample's files; only the role is missing.
Status Demo::uploadWithoutRole()
{
    app::Session &session = m_cast.session(Cast::Researcher);
    const QStringList notes = QDir(m_sample).entryList({QStringLiteral("*.txt")}, QDir::Files, QDir::Name);
    AMANA_CHECK(claim(!notes.isEmpty(), "the sample has a note"));
    AMANA_TRY(const store::ImportSummary summary,
              session.library().import({m_sample + QLatin1Char('/') + notes.front()}));
    AMANA_CHECK(claim(summary.imported == 1, "the note is readable"));
    const std::string draft = sharing::Drafts::newId();
    sharing::Drafts drafts = session.drafts();
    AMANA_TRY(const deid::Deidentifier *const engine, session.engine("longitudinal", false));
    AMANA_CHECK(drafts.create(draft, "Demonstration", summary.items.front().documents, *engine, m_clock, {}));
    AMANA_CHECK(sharing::applyDecisions(drafts, session.library(), draft,
                                        R"({"*": {"accept": "all", "sampleSeen": true}})"));
    AMANA_TRY(sharing::Actor *const actor, m_cast.actor(Cast::Researcher));
    AMANA_TRY(const sharing::Custodian patient,
              sharing::custodianAt(*actor, m_cast.session(Cast::Patient).chainKey().address()));
    sharing::Publisher publisher(*actor, *engine,
                                 {draft, "Demonstration", {}, {"DUO:0000006"}, {patient}, 1});
    return publisher.check();
}

Status Demo::refusals()
{
    m_out.line(QStringLiteral("\nWhat the contract refuses"));
    AMANA_CHECK(refused("upload without the role",
                        QStringLiteral("The researcher tries to publish, without the uploader role."),
                        ErrorCode::ContractMissingRole, uploadWithoutRole(), std::nullopt));
    const auto wrongPurpose = ask(Cast::Researcher, "DUO:0000011", "Invented.");
    AMANA_CHECK(refused(
        "purpose not allowed",
        QStringLiteral("The researcher asks for ancestry research, which the dataset does not permit."),
        ErrorCode::ContractPurposeNotAllowed, wrongPurpose ? Status() : Status(fail(wrongPurpose.error())),
        std::nullopt));
    AMANA_TRY(const std::uint64_t second, ask(Cast::Researcher, "DUO:0000007", "A second study. Invented."));
    AMANA_TRY(sharing::Actor *const researcher, m_cast.actor(Cast::Researcher));
    const QString early = m_cast.folder(QStringLiteral("early"));
    AMANA_CHECK(refused("download before approval",
                        QStringLiteral("The researcher tries to download a request that nobody approved."),
                        ErrorCode::SharingNotApproved,
                        sharing::Downloader(*researcher, second, early).unwrap(), second));
    AMANA_TRY(sharing::Actor *const patient, m_cast.actor(Cast::Patient));
    AMANA_CHECK(sharing::CustodianDesk(*patient).revoke(m_request));
    const QString late = m_cast.folder(QStringLiteral("late"));
    AMANA_CHECK(refused("download after revocation",
                        QStringLiteral("The patient revoked; the researcher tries to download again."),
                        ErrorCode::SharingRevoked, sharing::Downloader(*researcher, m_request, late).unwrap(),
                        m_request));
    return claim(!QDir(early).exists() && !QDir(late).exists(), "a refused download leaves no folder");
}

} // namespace amana::cli
