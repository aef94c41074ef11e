// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/publisher.h"

#include "core/base/utf8.h"
#include "core/chain/contracts.h"
#include "core/chain/purpose.h"
#include "core/chain/revert.h"
#include "core/content/block_store.h"
#include "core/crypto/random.h"
#include "core/sharing/attestation.h"
#include "core/sharing/release.h"

#include <QDir>
#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace amana::sharing {

namespace {

using nlohmann::json;

std::string custodyOf(const PublishOptions &options)
{
    for (const Custodian &custodian : options.custodians)
        if (custodian.institution)
            return "institution";
    return options.custodians.size() == 1 ? "patient" : "committee";
}

Status checkOptions(const Actor &actor, const PublishOptions &options)
{
    if (options.custodians.empty())
        return fail(ErrorCode::SharingUnknownCustodian, {{"custodian", ""}});
    AMANA_CHECK(checkSale(actor, options.sale));
    return duoMask(options.purposes).transform([](std::uint64_t) {});
}

} // namespace

Result<std::uint64_t> duoMask(const std::vector<std::string> &terms)
{
    std::uint64_t mask = 0;
    bool anyUse = false;
    for (const std::string &text : terms) {
        AMANA_TRY(const chain::DuoTerm term, chain::duoTerm(text));
        mask |= std::uint64_t(1) << term.bit;
        anyUse = anyUse || term.isPermission();
    }
    if (!anyUse)
        return fail(ErrorCode::SharingUnknownPurpose, {{"purpose", terms.empty() ? "" : terms.front()}});
    return mask;
}

Result<Custodian> custodianAt(const Actor &actor, const Address &address)
{
    auto key = newestRecipient(actor.chain, address);
    if (!key)
        return fail(Error(ErrorCode::SharingUnknownCustodian, {{"custodian", crypto::checksumAddress(address)}})
                        .because(std::move(key).error()));
    return Custodian{address, *key, false};
}

Result<Custodian> institutionCustodian(const Actor &actor)
{
    const chain::IdentityRegistry registry(actor.chain);
    AMANA_TRY(const chain::Member member, registry.memberOf(actor.address()));
    if (member.institution == 0)
        return fail(ErrorCode::SharingUnknownCustodian, {{"custodian", "institution"}});
    AMANA_TRY(const chain::Institution institution, registry.institutionOf(member.institution));
    AMANA_TRY(Custodian custodian, custodianAt(actor, institution.admin));
    custodian.institution = true;
    return custodian;
}

/// A sealed package that waits: how it is registered and what goes out when it is. In the vault, because it holds keys.
struct Publisher::Staged {
    content::Cid cid;
    std::uint64_t bytes = 0;
    std::size_t parts = 0;
    Digest subjectsRoot{};
    QByteArray card;
    QByteArray attestation;
    std::string options; ///< what it was sealed with: others need another package
};

Publisher::Publisher(Actor &actor, const deid::Deidentifier &engine, PublishOptions options)
    : m_actor(actor), m_engine(engine), m_options(std::move(options)), m_drafts(actor.library)
{
}

QString Publisher::stagingFolder() const
{
    return m_actor.folder + QStringLiteral("/staging/") + QString::fromStdString(m_options.draft);
}

Result<std::string> Publisher::publicText(const std::string &text) const
{
    std::u32string characters = decodeUtf8(text);
    AMANA_TRY(const auto found, m_engine.detect({characters}));
    for (auto it = found.front().rbegin(); it != found.front().rend(); ++it)
        if (it->score >= m_engine.policy().ruleFor(it->type).threshold) // in doubt: the consequences page asks
            characters.replace(it->span.begin, it->span.length(), decodeUtf8("[" + it->type + "]"));
    return encodeUtf8(characters);
}

Result<Card> Publisher::makeCard(std::size_t subjects, std::size_t documents,
                                 const std::vector<std::string> &formats) const
{
    Card card;
    AMANA_TRY(const std::uint64_t mask, duoMask(m_options.purposes));
    for (const chain::DuoTerm &term : chain::duoTermsIn(mask))
        card.purposes.emplace_back(term.id);
    card.custody = custodyOf(m_options);
    for (const Custodian &custodian : m_options.custodians)
        card.custodians.push_back({crypto::checksumAddress(custodian.address), custodian.recipient.text()});
    if (subjects <= 1)
        return card; // one person: anything more could point at them
    AMANA_TRY(card.title, publicText(m_options.title));
    for (const std::string &keyword : m_options.keywords) {
        AMANA_TRY(std::string clean, publicText(keyword));
        card.keywords.push_back(std::move(clean));
    }
    card.records = publicCount(documents);
    card.subjects = publicCount(subjects);
    card.formats = formats;
    card.policy = m_engine.policy().own ? kOwnPolicy : m_engine.policy().name;
    return card;
}

Result<PublishPreview> Publisher::preview(const Progress &progress)
{
    AMANA_TRY(const Draft draft, m_drafts.get(m_options.draft));
    PublishPreview preview;
    std::map<std::string, std::size_t> removed;
    std::set<std::string> subjects;
    std::set<std::string> formats;
    std::map<std::string, deid::risk::Person> people;
    for (const std::string &id : draft.documents) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_TRY(const records::Document document, m_actor.library.document(id));
        AMANA_TRY(const deid::Plan plan, m_drafts.plan(draft.id, id));
        for (const records::Edit &edit : plan.edits)
            removed[edit.type] += edit.decision != records::Decision::Rejected;
        if (!document.subject.key.empty()) {
            subjects.insert(document.subject.key);
            deid::risk::describe(people[document.subject.key], deid::asPlanned(document, plan));
        }
        formats.insert(document.format);
        preview.bytes += static_cast<std::uint64_t>(document.bytes.size());
    }
    preview.documents = draft.documents.size();
    preview.subjects = subjects.size();
    preview.removed.assign(removed.begin(), removed.end());
    std::vector<deid::risk::Person> told;
    for (auto &[key, person] : people)
        told.push_back(std::move(person));
    AMANA_TRY(preview.people, deid::risk::riskOf(told));
    AMANA_TRY(preview.card, makeCard(preview.subjects, preview.documents, {formats.begin(), formats.end()}));
    return preview;
}

Result<chain::Call> Publisher::publishCall(const chain::Details &details) const
{
    chain::PublishParams params;
    static_cast<chain::Details &>(params) = details;
    params.codec = static_cast<std::uint8_t>(content::Codec::DagPb);
    params.threshold = static_cast<std::uint8_t>(m_options.threshold);
    AMANA_TRY(params.duoMask, duoMask(m_options.purposes));
    params.currency = m_options.sale.price.currency;
    params.price = m_options.sale.price.value;
    params.breakGlass = m_options.breakGlass;
    for (const Custodian &custodian : m_options.custodians)
        params.custodians.push_back(custodian.address);
    chain::Call call = chain::DatasetRegistry(m_actor.chain).publish(params);
    call.label = "publish";
    return call;
}

Status Publisher::simulate() const
{
    AMANA_CHECK(checkOptions(m_actor, m_options));
    // Asked before anything is sealed, with stand-in digests: the answer on role, threshold, custodians and purposes.
    AMANA_TRY(const chain::Call call, publishCall({crypto::randomDigest(), crypto::randomDigest(),
                                                   crypto::randomDigest(), crypto::randomDigest()}));
    return m_actor.chain.view(call, m_actor.address()).transform([](const QByteArray &) {});
}

Status Publisher::check()
{
    AMANA_CHECK(checkOptions(m_actor, m_options));
    AMANA_TRY(const Draft draft, m_drafts.get(m_options.draft));
    if (draft.state == DraftState::Published)
        return restorePublished(draft);
    AMANA_CHECK(m_drafts.finish(m_options.draft));
    AMANA_TRY(const auto earlier, m_actor.outbox.receiptOf(m_actor.chain, "publish/" + m_options.draft));
    if (earlier)
        return {}; // registered before a crash: what is left is the announcing
    return simulate();
}

/// What a sealed package depends on, for comparing.
std::string Publisher::optionsText() const
{
    json custodians = json::array();
    for (const Custodian &custodian : m_options.custodians)
        custodians.push_back({crypto::checksumAddress(custodian.address), custodian.recipient.text()});
    return json{{"title", m_options.title},
                {"keywords", m_options.keywords},
                {"purposes", m_options.purposes},
                {"threshold", m_options.threshold},
                {"custodians", custodians}}
        .dump();
}

/// Whether a registration is on its way or on the chain: then its package is the one that must be announced.
Result<bool> Publisher::wasSent() const
{
    constexpr int kAll = 1'000'000;
    AMANA_TRY(const auto entries, m_actor.outbox.entries(kAll));
    return std::any_of(entries.begin(), entries.end(), [this](const chain::OutboxEntry &entry) {
        return entry.dedupeKey == "publish/" + m_options.draft && entry.state >= chain::OutboxState::Signed
               && entry.state <= chain::OutboxState::Final;
    });
}

/// The library may know more of its people than it did when the plan was made: then the plan is made again, once.
Result<Release> Publisher::release(const Draft &draft, const Progress &progress)
{
    auto first = releaseDraft(m_drafts, m_actor.library, draft, m_engine.policy(), progress);
    if (first || first.error().code != ErrorCode::DeidResidue)
        return first;
    AMANA_CHECK(m_drafts.planAgain(draft.id, m_engine, progress));
    AMANA_CHECK(m_drafts.finish(draft.id));
    return releaseDraft(m_drafts, m_actor.library, draft, m_engine.policy(), progress);
}

Status Publisher::seal(const Progress &progress)
{
    if (isDone())
        return {};
    if (const auto waiting = staged()) {
        AMANA_TRY(const bool sent, wasSent());
        if (sent || waiting->options == optionsText())
            return {};
    }
    AMANA_TRY(const Draft draft, m_drafts.get(m_options.draft));
    AMANA_TRY(Release release, this->release(draft, progress));
    AMANA_TRY(const Card card, makeCard(release.linkages.size(), release.documents.size(), release.formats));
    AMANA_TRY(const QByteArray cardBytes, cardToJson(card));

    PackageInput input;
    AMANA_TRY(const std::string title, publicText(m_options.title));
    input.description = {title, card.keywords, card.purposes, draft.policy,
                         m_actor.clock.now().date().toString(Qt::ISODate).toStdString()};
    input.report = reportOf(draft, release, crypto::checksumAddress(m_actor.address()));
    input.reportSalt = crypto::randomDigest();
    input.documents = std::move(release.documents);
    input.linkages = std::move(release.linkages);
    for (const Custodian &custodian : m_options.custodians)
        input.custodians.push_back(custodian.recipient);
    QDir(stagingFolder()).removeRecursively(); // a half-sealed one of a crash
    AMANA_TRY(const auto staging, content::BlockStore::open(stagingFolder()));
    AMANA_TRY(const SealedPackage package, sealPackage(input, *staging, progress));

    const Digest cardDigest = content::Cid::of(content::Codec::Raw, bytesOf(cardBytes)).digest;
    const Attestation attestation =
        signAttestation(package.cid.digest, cardDigest, SaltedReport{input.reportSalt, input.report}.hash(),
                        m_actor.chain.profile().chainId, m_actor.chain.contracts().datasets, m_actor.chainKey);
    return stage(package, cardBytes, attestationToJson(attestation));
}

Status Publisher::stage(const SealedPackage &package, const QByteArray &card, const QByteArray &attestation)
{
    const SecretBytes keys = capsuleText(package.keys);
    AMANA_CHECK(m_actor.library.putDraft(m_options.draft + ".keys", keys.view()));
    const SecretBytes withdrawals = withdrawalRightsToSecret(package.withdrawals.rights);
    AMANA_CHECK(m_actor.library.putDraft(m_options.draft + ".withdrawals", withdrawals.view()));
    const std::string text = json{{"cid", package.cid.text()},
                                  {"bytes", package.bytes},
                                  {"parts", package.parts},
                                  {"subjectsRoot", toHex(package.withdrawals.root)},
                                  {"card", card.toStdString()},
                                  {"attestation", attestation.toStdString()},
                                  {"options", optionsText()}}
                                 .dump();
    return m_actor.library.putDraft(m_options.draft + ".staged", bytesOf(text));
}

Result<Publisher::Staged> Publisher::staged() const
{
    AMANA_TRY(const SecretBytes text, m_actor.library.draft(m_options.draft + ".staged"));
    const json object = json::parse(text.text(), nullptr, false);
    if (!object.is_object())
        return fail(ErrorCode::StoreCorrupt, {{"place", "staged"}});
    Staged staged;
    AMANA_TRY(staged.cid, content::Cid::parse(object.value("cid", "")));
    staged.bytes = object.value("bytes", std::uint64_t(0));
    staged.parts = object.value("parts", std::size_t(0));
    AMANA_TRY(staged.subjectsRoot, digestFromHex(object.value("subjectsRoot", "")));
    staged.card = QByteArray::fromStdString(object.value("card", ""));
    staged.attestation = QByteArray::fromStdString(object.value("attestation", ""));
    staged.options = object.value("options", "");
    return staged;
}

Status Publisher::unstage()
{
    AMANA_CHECK(m_actor.library.removeDraft(m_options.draft + ".staged"));
    QDir(stagingFolder()).removeRecursively();
    return {};
}

Status Publisher::registerDataset()
{
    if (isDone())
        return {};
    AMANA_TRY(const Staged staged, this->staged());
    const Digest card = content::Cid::of(content::Codec::Raw, bytesOf(staged.card)).digest;
    const Digest report = content::Cid::of(content::Codec::Raw, bytesOf(staged.attestation)).digest;
    AMANA_TRY(chain::Call call, publishCall({staged.cid.digest, card, report, staged.subjectsRoot}));
    call.dedupeKey = "publish/" + m_options.draft;
    auto receipt = m_actor.outbox.send(m_actor.chain, m_actor.chainKey, call);
    if (!receipt) {
        // The contract said no: nothing went out, and the keys of what was sealed are of no use to anybody.
        if (chain::isRefusal(receipt.error())) {
            AMANA_CHECK(unstage());
            AMANA_CHECK(m_actor.library.removeDraft(m_options.draft + ".keys"));
            AMANA_CHECK(m_actor.library.removeDraft(m_options.draft + ".withdrawals"));
        }
        return fail(std::move(receipt).error());
    }
    AMANA_TRY(m_published.dataset, chain::publishedId(*receipt));
    AMANA_CHECK(offerForSale());
    m_published.cid = staged.cid;
    m_published.transaction = receipt->txHash;
    m_published.gasUsed = receipt->gasUsed;
    m_published.bytes = staged.bytes;
    m_published.parts = staged.parts;
    return {};
}

/// What has a price can be paid for once it is listed; before, nobody can ask for it: no byte of it is out.
Status Publisher::offerForSale()
{
    if (m_options.sale.isFree())
        return {};
    const chain::Terms terms = termsOf(m_options.sale, m_actor.address());
    chain::Call call = chain::Market(m_actor.chain).list(m_published.dataset, terms);
    call.dedupeKey = "list/" + m_options.draft;
    return m_actor.outbox.send(m_actor.chain, m_actor.chainKey, call).transform([](const chain::Receipt &) {});
}

Result<SealedSize> Publisher::sealed() const
{
    AMANA_TRY(const Staged staged, this->staged());
    return SealedSize{staged.cid, staged.bytes};
}

Status Publisher::adoptStaged(const content::Cid &root, const Progress &progress)
{
    AMANA_TRY(const auto staging, content::BlockStore::open(stagingFolder()));
    Status adopted = m_actor.blocks.store().adopt(*staging, root, progress);
    // somebody touched the sealed blocks after they were registered
    if (!adopted
        && (adopted.error().code == ErrorCode::BlockMissing || adopted.error().code == ErrorCode::BlockAltered))
        return fail(Error(ErrorCode::SourceChanged, {{"cid", root.text()}}).because(adopted.error()));
    return adopted;
}

Status Publisher::announce(const Progress &progress)
{
    if (isDone())
        return {};
    AMANA_TRY(const Staged staged, this->staged());
    AMANA_CHECK(adoptStaged(staged.cid, progress));
    const std::string number = std::to_string(m_published.dataset);
    AMANA_CHECK(m_actor.blocks.announce(staged.cid, "dataset " + number));
    AMANA_CHECK(putObject(m_actor.blocks, staged.card, "card " + number));
    AMANA_CHECK(putObject(m_actor.blocks, staged.attestation, "report " + number));
    AMANA_TRY(Draft draft, m_drafts.get(m_options.draft));
    draft.state = DraftState::Published;
    draft.dataset = m_published.dataset;
    draft.cid = staged.cid.text();
    draft.transaction = "0x" + toHex(m_published.transaction);
    AMANA_CHECK(m_drafts.save(draft));
    m_done = true;
    return unstage();
}

Status Publisher::restorePublished(const Draft &draft)
{
    m_done = true;
    m_published.dataset = draft.dataset;
    AMANA_TRY(m_published.cid, content::Cid::parse(draft.cid));
    AMANA_TRY(m_published.transaction, digestFromHex(draft.transaction));
    return unstage(); // a crash may have come between the last two writes
}

} // namespace amana::sharing
