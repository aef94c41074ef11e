// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/library_words.h"
#include "app/amana/demo/demo.h"
#include "app/amana/shown.h"
#include "core/chain/registered_dataset.h"
#include "core/content/dag_reader.h"
#include "core/sharing/downloader.h"

#include <QDir>

#include <map>

namespace amana::cli {

namespace {

using nlohmann::json;

/// The sample's records, without the lists and licences beside them.
QStringList sampleFiles(const QString &folder)
{
    QStringList files;
    for (const QString &name : QDir(folder).entryList(QDir::Files, QDir::Name))
        if (name != QStringLiteral("planted.json") && !name.endsWith(QStringLiteral(".license"))
            && !name.startsWith(QStringLiteral("README")))
            files << folder + QLatin1Char('/') + name;
    return files;
}

} // namespace

Status Demo::collect(Told &told)
{
    store::Library &library = m_cast.session(Cast::Clinician).library();
    AMANA_TRY(const store::ImportSummary summary,
              library.import(sampleFiles(m_sample), {}, m_out.progress("store")));
    told.fact("import", importToJson(summary), importLine(summary));
    AMANA_CHECK(claim(summary.found == summary.imported + summary.duplicates + summary.quarantined,
                      "every file found is accounted for"));
    AMANA_CHECK(
        claim(summary.quarantined == 0 && summary.imported == summary.found, "the whole sample is readable"));
    std::map<std::string, int> formats;
    for (const store::ImportedItem &item : summary.items)
        ++formats[item.format];
    for (const auto &[format, count] : formats)
        told.lines << QStringLiteral("%1 × %2").arg(count).arg(toQ(format));
    return choosePerson(told);
}

/// One person's records are shared, and that person decides on them: whoever has most to tell.
Status Demo::choosePerson(Told &told)
{
    store::Library &library = m_cast.session(Cast::Clinician).library();
    AMANA_TRY(const std::vector<store::SubjectEntry> subjects, library.subjects());
    std::size_t most = 0;
    for (const store::SubjectEntry &entry : subjects) {
        AMANA_TRY(const std::vector<store::DocumentEntry> documents, library.documentsOf(entry.subject.key));
        std::size_t fields = 0;
        for (const store::DocumentEntry &document : documents)
            fields += document.fields;
        if (entry.subject.names.empty() || fields <= most)
            continue;
        most = fields;
        m_subject = entry.subject.key;
        m_documents.clear();
        for (const store::DocumentEntry &document : documents)
            m_documents.push_back(document.id);
    }
    AMANA_CHECK(claim(most > 0, "the sample has a patient"));
    told.fact("persons", subjects.size(),
              QStringLiteral("%1 persons; the records of one of them (%2 documents) are shared")
                  .arg(subjects.size())
                  .arg(m_documents.size()));
    return {};
}

Status Demo::deidentify(Told &told)
{
    app::Session &session = m_cast.session(Cast::Clinician);
    m_draft = sharing::Drafts::newId();
    AMANA_CHECK(draftFor(Cast::Clinician, m_documents, m_draft));
    sharing::Drafts drafts = session.drafts();
    AMANA_TRY(const sharing::Draft draft, drafts.get(m_draft));
    AMANA_TRY(const sharing::ReviewCount before, drafts.count(draft));
    std::map<std::string, std::size_t> types;
    std::size_t dropped = 0;
    for (const std::string &document : m_documents) {
        AMANA_TRY(const deid::Plan plan, drafts.plan(m_draft, document));
        for (const records::Edit &edit : plan.edits)
            ++types[edit.type];
        dropped += plan.dropped.size();
    }
    told.fact("model", draft.engine.modelHash,
              QStringLiteral("model %1, rules %2, policy %3")
                  .arg(toQ(draft.engine.modelHash).left(16), toQ(draft.engine.ruleSet), toQ(draft.policy)));
    AMANA_CHECK(claim(!draft.engine.modelHash.empty(), "the bundled model took part"));
    QStringList counts;
    for (const auto &[type, count] : types)
        counts << QStringLiteral("%1 %2").arg(count).arg(toQ(type));
    told.fact("removed", types,
              QStringLiteral("%1 edits: %2").arg(before.edits).arg(counts.join(QStringLiteral(", "))));
    told.fact("droppedFields", dropped,
              QStringLiteral("%1 fields dropped because no rule knows them").arg(dropped));
    AMANA_CHECK(sharing::applyDecisions(drafts, session.library(), m_draft,
                                        R"({"*": {"accept": "all", "sampleSeen": true}})"));
    told.fact("acceptedInDoubt", before.undecided,
              QStringLiteral("%1 proposals in doubt are accepted, that is removed: the safe direction, since "
                             "nobody reviews here")
                  .arg(before.undecided));
    told.fact(
        "sampleSentences", before.sample,
        QStringLiteral("%1 unmarked sentences are passed without a reader; in real work a person reads them")
            .arg(before.sample));
    AMANA_TRY(const sharing::ReviewCount after, drafts.count(draft));
    return claim(after.undecided == 0 && after.sampleLeft == 0, "nothing waits for a decision");
}

Status Demo::encrypt(Told &told)
{
    AMANA_TRY(m_publisher, publisher(Cast::Clinician, m_draft));
    AMANA_TRY(sharing::Actor *const actor, m_cast.actor(Cast::Clinician));
    AMANA_TRY(const std::uint64_t outside, actor->blocks.store().totalBytes());
    AMANA_CHECK(m_publisher->check());
    AMANA_CHECK(m_publisher->seal(m_out.progress("seal")));
    AMANA_TRY(const sharing::SealedSize sealed, m_publisher->sealed());
    m_sealed = sealed.cid;
    told.fact("cid", sealed.cid.text(), QStringLiteral("CID    ") + toQ(sealed.cid.text()));
    told.fact("bytes", sealed.bytes,
              QStringLiteral("size   %1 encrypted; released bytes were scanned, nothing left").arg(sizeOf(sealed.bytes)));
    AMANA_TRY(const std::uint64_t now, actor->blocks.store().totalBytes());
    AMANA_CHECK(claim(now == outside, "nothing leaves before the registration"));
    told.lines << QStringLiteral("nothing has left this computer yet");
    return {};
}

Status Demo::checkPrivilege(Told &told)
{
    AMANA_TRY(sharing::Actor *const actor, m_cast.actor(Cast::Clinician));
    AMANA_TRY(const chain::Member member, chain::IdentityRegistry(actor->chain).memberOf(actor->address()));
    AMANA_CHECK(
        claim((member.roles & chain::roles::kUploader) != 0, "the clinician is an uploader on the chain"));
    AMANA_CHECK(m_publisher->simulate());
    told.fact(
        "roles", roleNames(member.roles),
        QStringLiteral("the contract knows the clinician as %1 of institution %2 and accepts the upload")
            .arg(listOf(roleNames(member.roles)))
            .arg(member.institution));
    return {};
}

Status Demo::registerHash(Told &told)
{
    AMANA_CHECK(m_publisher->registerDataset());
    AMANA_CHECK(m_publisher->announce(m_out.progress("announce")));
    const sharing::Published &published = m_publisher->published();
    m_dataset = published.dataset;
    AMANA_TRY(sharing::Actor *const actor, m_cast.actor(Cast::Clinician));
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(actor->chain, actor->index, m_dataset));
    AMANA_CHECK(claim(dataset.cidDigest == m_sealed.digest && published.cid == m_sealed,
                      "the registry holds the hash of what was sealed"));
    told.fact("dataset", m_dataset, QStringLiteral("dataset      %1").arg(m_dataset));
    told.fact("cid", published.cid.text(),
              QStringLiteral("CID          %1, the same in the registry").arg(toQ(published.cid.text())));
    told.fact("transaction", hexOf(published.transaction),
              QStringLiteral("transaction  ") + toQ(hexOf(published.transaction)));
    told.fact("gas", published.gasUsed, QStringLiteral("gas          %1").arg(published.gasUsed));
    told.fact(
        "parts", published.parts,
        QStringLiteral("size         %1 in %2 part(s)").arg(sizeOf(published.bytes)).arg(published.parts));
    told.facts["bytes"] = published.bytes;
    return {};
}

Status Demo::request(Told &told)
{
    AMANA_TRY(m_request,
              ask(Cast::Researcher, "DUO:0000006", "A study of blood glucose. All of this is invented."));
    AMANA_TRY(sharing::Actor *const actor, m_cast.actor(Cast::Researcher));
    AMANA_CHECK(actor->index.sync(actor->chain));
    AMANA_TRY(const std::vector<chain::OutboxEntry> sent, actor->outbox.entries(1));
    told.fact(
        "request", m_request,
        QStringLiteral("request      %1: health research, 30 days, with a message only the patient can read")
            .arg(m_request));
    told.fact("transaction", hexOf(sent.front().txHash),
              QStringLiteral("transaction  ") + toQ(hexOf(sent.front().txHash)));
    return {};
}

Status Demo::approveAndFetch(Told &told)
{
    AMANA_TRY(const chain::Receipt receipt, approve(m_request, sharing::GrantKind::Research));
    told.fact("transaction", hexOf(receipt.txHash),
              QStringLiteral("approval     ") + toQ(hexOf(receipt.txHash)));
    AMANA_TRY(sharing::Actor *const actor, m_cast.actor(Cast::Researcher));
    AMANA_CHECK(actor->index.sync(actor->chain));
    AMANA_TRY(const auto row, actor->index.request(m_request));
    AMANA_CHECK(claim(row && !row->capsule.isEmpty(), "the keys travel in the approval"));
    told.fact("capsuleBytes", row->capsule.size(),
              QStringLiteral("keys         %1 bytes, encrypted to the researcher, in the approval itself")
                  .arg(row->capsule.size()));
    sharing::Downloader downloader(*actor, m_request, m_cast.folder(QStringLiteral("research")));
    AMANA_CHECK(downloader.checkGrant());
    AMANA_CHECK(downloader.verify(m_out.progress("verify")));
    std::size_t blocks = 0;
    AMANA_CHECK(content::walk(actor->blocks, m_sealed, [&blocks](const content::Cid &, const QByteArray &) {
        ++blocks;
        return Status();
    }));
    told.fact("blocks", blocks,
              QStringLiteral("the contract allows it; %1 blocks fetched, each checked against the CID")
                  .arg(blocks));
    told.facts["cid"] = m_sealed.text();
    return {};
}

Status Demo::openAndShare(Told &told)
{
    AMANA_TRY(sharing::Actor *const actor, m_cast.actor(Cast::Researcher));
    const QString folder = m_cast.folder(QStringLiteral("research"));
    sharing::Downloader downloader(*actor, m_request, folder);
    AMANA_CHECK(downloader.checkGrant());
    AMANA_CHECK(downloader.unwrap());
    AMANA_CHECK(downloader.open(m_out.progress("open")));
    const sharing::Opened &opened = downloader.opened();
    AMANA_CHECK(claim(opened.documents == m_documents.size() && opened.linked == 0,
                      "the researcher has every document and nobody's identity"));
    told.fact("documents", opened.documents,
              QStringLiteral("%1 documents, %2, opened").arg(opened.documents).arg(sizeOf(opened.bytes)));
    told.facts["bytes"] = opened.bytes;
    AMANA_TRY(const ByteSearch::Outcome search, m_planted.below(folder));
    for (const std::string &found : search.found)
        m_out.note(QStringLiteral("left over: ") + toQ(found));
    AMANA_CHECK(claim(search.found.empty(), "none of the planted identifiers is in the researcher's copy"));
    told.fact("searchedFor", m_planted.size(),
              QStringLiteral(
                  "searched for %1 planted identifiers in %2 bytes (also in base64 and UTF-16): none found")
                  .arg(m_planted.size())
                  .arg(search.bytes));
    return {};
}

} // namespace amana::cli
