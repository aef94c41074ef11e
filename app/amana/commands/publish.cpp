// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"
#include "app/amana/commands/commands.h"
#include "app/amana/commands/library_words.h"
#include "app/amana/commands/storage.h"
#include "app/amana/policy_words.h"
#include "app/amana/shown.h"
#include "app/amana/terminal.h"
#include "app/workspace/policies.h"
#include "app/workspace/session.h"
#include "core/base/files.h"
#include "core/deid/report_figures.h"
#include "core/sharing/keeping.h"
#include "core/sharing/publisher.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace amana::cli {

namespace {

using nlohmann::json;

constexpr const char *kDefaultPolicy = "longitudinal";
constexpr qint64 kMaxDecisions = 64 << 20;

void declare(Arguments &arguments)
{
    arguments.option({QStringLiteral("dataset")}, QStringLiteral("ID"),
                     QStringLiteral("a dataset in review"));
    arguments.option({QStringLiteral("title")}, QStringLiteral("TEXT"),
                     QStringLiteral("public, after de-identification"));
    arguments.option({QStringLiteral("keyword")}, QStringLiteral("TEXT"),
                     QStringLiteral("public (repeatable)"));
    arguments.option({QStringLiteral("custodian")}, QStringLiteral("NAME|ADDRESS|institution"),
                     QStringLiteral("who decides on requests (repeatable)"));
    arguments.option({QStringLiteral("threshold")}, QStringLiteral("K"),
                     QStringLiteral("votes needed (default 1)"));
    arguments.option({QStringLiteral("purpose")}, QStringLiteral("DUO:…"),
                     QStringLiteral("permitted use (repeatable)"));
    arguments.option({QStringLiteral("policy")}, QStringLiteral("NAME|FILE.json"), policyHelp());
    arguments.option({QStringLiteral("decisions")}, QStringLiteral("FILE"),
                     QStringLiteral("decisions of the review"));
    arguments.option({QStringLiteral("price")}, QStringLiteral("AMOUNT"),
                     QStringLiteral("of one request, in one argument: \"5 AMC\", \"0.01 ETH\" (default: free)"));
    arguments.option({QStringLiteral("arbiter")}, QStringLiteral("NAME|ADDRESS"),
                     QStringLiteral("decides disputes; needed with a price"));
    arguments.option({QStringLiteral("payee")}, QStringLiteral("NAME|ADDRESS:PERCENT"),
                     QStringLiteral("who is paid (repeatable; default: you, 100)"));
    arguments.flag(QStringLiteral("break-glass"), QStringLiteral("permits emergency access for 24 hours, reviewed after"));
    arguments.flag(QStringLiteral("yes"), QStringLiteral("answers the confirmation; decides nothing else"));
    arguments.flag(QStringLiteral("again"), QStringLiteral("publish the same files once more"));
}

Status checkUsage(const Arguments &arguments)
{
    const bool fromDraft = arguments.has(QStringLiteral("dataset"));
    if (fromDraft == !arguments.positionals().isEmpty())
        return arguments.misuse(fromDraft ? "conflict" : "tooFew", QStringLiteral("PATH… | --dataset ID"));
    if (!fromDraft)
        AMANA_CHECK(arguments.required(QStringLiteral("title")));
    AMANA_CHECK(arguments.required(QStringLiteral("custodian")));
    AMANA_CHECK(arguments.required(QStringLiteral("purpose")));
    AMANA_TRY(const std::uint64_t threshold, arguments.number(QStringLiteral("threshold"), 1));
    if (threshold == 0 || threshold > 255)
        return arguments.misuse("badNumber", arguments.value(QStringLiteral("threshold")));
    for (const char *name : {"arbiter", "payee"})
        if (arguments.has(QLatin1String(name)) && !arguments.has(QStringLiteral("price")))
            return arguments.misuse("missingOption", QStringLiteral("--price"));
    return sharing::duoMask(arguments.texts(QStringLiteral("purpose"))).transform([](std::uint64_t) {});
}

/// The same documents under the same policy are one dataset: a command that is run again goes on with it.
Result<std::optional<sharing::Draft>> earlierDraft(sharing::Drafts &drafts,
                                                   std::vector<std::string> documents,
                                                   const deid::Policy &policy, bool again)
{
    AMANA_TRY(const std::vector<sharing::Draft> all, drafts.list());
    std::sort(documents.begin(), documents.end());
    for (const sharing::Draft &draft : all) {
        std::vector<std::string> own = draft.documents;
        std::sort(own.begin(), own.end());
        const std::string source = policy.own ? policy.own->source : std::string();
        if (own == documents && draft.policy == policy.name && draft.ownPolicy == source
            && !(again && draft.state == sharing::DraftState::Published))
            return std::optional(draft);
    }
    return std::optional<sharing::Draft>();
}

Result<sharing::Draft> draftFromPaths(Context &context, const Arguments &arguments, app::Session &session)
{
    AMANA_TRY(const store::ImportSummary summary,
              session.library().import(arguments.positionals(), {}, context.out.progress("store")));
    context.out.json({{"import", importToJson(summary)}});
    context.out.note(importLine(summary));
    if (auto error = nothingTaken(summary))
        return fail(std::move(*error));
    std::vector<std::string> documents;
    for (const store::ImportedItem &item : summary.items)
        for (const std::string &id : item.documents)
            if (item.state != store::ItemState::Quarantined
                && std::find(documents.begin(), documents.end(), id) == documents.end())
                documents.push_back(id);
    const std::string policy =
        arguments.has(QStringLiteral("policy")) ? arguments.text(QStringLiteral("policy")) : kDefaultPolicy;
    sharing::Drafts drafts = session.drafts();
    deid::DeidOptions asked = app::deidOptions(context.home);
    asked.policy = policy;
    AMANA_TRY(const deid::Policy rules, deid::policyOf(asked)); // a bad file is told before the model is loaded
    AMANA_TRY(const auto earlier,
              earlierDraft(drafts, documents, rules, arguments.has(QStringLiteral("again"))));
    if (earlier)
        return *earlier;
    AMANA_TRY(const deid::Deidentifier *const engine, session.engine(policy));
    return drafts.create(sharing::Drafts::newId(), arguments.text(QStringLiteral("title")), documents,
                         *engine, context.clock, context.out.progress("deidentify"));
}

/// Nothing may wait for a decision. Looking does not end the review.
Status checkDecided(sharing::Drafts &drafts, const sharing::Draft &draft)
{
    AMANA_TRY(const sharing::ReviewCount count, drafts.count(draft));
    if (count.undecided + count.sampleLeft == 0)
        return {};
    return fail(ErrorCode::ReviewUndecided, {{"dataset", draft.id},
                                             {"count", std::to_string(count.undecided + count.sampleLeft)},
                                             {"sample", std::to_string(count.sampleLeft)}});
}

/// --payee "Clinic:70".
Result<chain::Payee> payeeFrom(const QString &text, app::Session &session)
{
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon < 1)
        return fail(ErrorCode::MoneyBadShare, {{"share", text.toStdString()}});
    AMANA_TRY(const std::uint16_t share, sharing::shareFromText(text.mid(colon + 1).toStdString()));
    AMANA_TRY(const Address who, session.addressOf(text.left(colon).toStdString()));
    return chain::Payee{who, share};
}

Result<sharing::Sale> saleFor(const Arguments &arguments, app::Session &session, const sharing::Actor &actor)
{
    sharing::Sale sale;
    const QString price = arguments.value(QStringLiteral("price"));
    if (price.isEmpty() || price == QStringLiteral("0"))
        return sale;
    AMANA_TRY(sale.price, chain::amountFromText(price.toStdString(), actor.chain.profile().currency));
    if (arguments.has(QStringLiteral("arbiter"))) {
        AMANA_TRY(sale.arbiter, session.addressOf(arguments.text(QStringLiteral("arbiter"))));
    }
    for (const QString &text : arguments.values(QStringLiteral("payee"))) {
        AMANA_TRY(const chain::Payee payee, payeeFrom(text, session));
        sale.payees.push_back(payee);
    }
    return sale;
}

Result<sharing::PublishOptions> optionsFor(const Arguments &arguments, const sharing::Draft &draft,
                                           app::Session &session, const sharing::Actor &actor)
{
    sharing::PublishOptions options;
    options.draft = draft.id;
    options.title =
        arguments.has(QStringLiteral("title")) ? arguments.text(QStringLiteral("title")) : draft.title;
    options.keywords = arguments.texts(QStringLiteral("keyword"));
    options.purposes = arguments.texts(QStringLiteral("purpose"));
    AMANA_TRY(const std::uint64_t threshold, arguments.number(QStringLiteral("threshold"), 1));
    options.threshold = static_cast<int>(threshold);
    options.breakGlass = arguments.has(QStringLiteral("break-glass"));
    AMANA_TRY(options.sale, saleFor(arguments, session, actor));
    for (const std::string &name : arguments.texts(QStringLiteral("custodian"))) {
        if (name == "institution") {
            AMANA_TRY(sharing::Custodian custodian, sharing::institutionCustodian(actor));
            options.custodians.push_back(std::move(custodian));
        } else {
            AMANA_TRY(const Address address, session.addressOf(name));
            AMANA_TRY(sharing::Custodian custodian, sharing::custodianAt(actor, address));
            options.custodians.push_back(std::move(custodian));
        }
    }
    return options;
}

json previewToJson(const sharing::PublishPreview &preview)
{
    json removed = json::object();
    for (const auto &[type, count] : preview.removed)
        removed[type] = count;
    const auto card = sharing::cardToJson(preview.card);
    return {{"card", card ? json::parse(card->begin(), card->end(), nullptr, false) : json()},
            {"documents", preview.documents},
            {"subjects", preview.subjects},
            {"removed", removed},
            {"people", deid::peopleToJson(preview.people)}};
}

/// How likely somebody who knows a person finds the record, by what the records tell of people beside their health.
QString alikeLine(const deid::risk::PeopleRisk &risk)
{
    if (risk.people < 2)
        return risk.people == 0 ? QStringLiteral("no person") : QStringLiteral("one person: nobody to be mistaken for");
    if (risk.told.empty())
        return QStringLiteral("%1 people, of whom nothing is told that tells them apart").arg(risk.people);
    return QStringLiteral("%1 people in %2 group(s) by %3; smallest group %4, alone in theirs %5 %, marketer risk %6 %")
        .arg(risk.people)
        .arg(risk.measures.classes)
        .arg(listOf(risk.told))
        .arg(risk.measures.smallest)
        .arg(risk.measures.unique * 100, 0, 'f', 0)
        .arg(risk.measures.marketer * 100, 0, 'f', 0);
}

/// What will happen, before it happens.
void printPreview(const Output &out, const sharing::PublishPreview &preview, const std::string &network,
                  const std::string &native, const sharing::PublishOptions &options)
{
    const sharing::Card &card = preview.card;
    out.note(QStringLiteral("\nThis will be published on “%1” and cannot be taken back:").arg(toQ(network)));
    out.note(QStringLiteral("  public title     %1")
                 .arg(card.title.empty() ? QStringLiteral("(none: one person)") : toQ(card.title)));
    if (!card.keywords.empty())
        out.note(QStringLiteral("  public keywords  %1").arg(listOf(card.keywords)));
    out.note(QStringLiteral("  permitted use    %1").arg(listOf(card.purposes)));
    out.note(QStringLiteral("  encrypted        %1 document(s) of %2 person(s), %3")
                 .arg(preview.documents)
                 .arg(preview.subjects)
                 .arg(sizeOf(preview.bytes)));
    for (const auto &[type, count] : preview.removed)
        out.note(QStringLiteral("  removed          %1 × %2").arg(count).arg(toQ(type)));
    out.note(QStringLiteral("  alike            %1").arg(alikeLine(preview.people)));
    out.note(QStringLiteral("  deciding (%1)    %2 of %3 custodian(s); each of them alone holds the keys and "
                            "can open the data")
                 .arg(toQ(card.custody))
                 .arg(options.threshold)
                 .arg(card.custodians.size()));
    if (!options.sale.isFree())
        out.note(QStringLiteral("  price            %1 a request, held by the contract until the buyer accepts, or 3 days"
                                " after delivery")
                     .arg(toQ(chain::amountText(options.sale.price, native))));
    if (options.breakGlass)
        out.note(QStringLiteral("  emergencies      a member with that role may be served for 24 hours without a"
                                " custodian’s yes; an auditor reviews it"));
    out.note(
        QStringLiteral("  Whoever receives keys can open those data for ever, also after a revocation.\n"));
}

Status confirm(const Arguments &arguments, const std::string &draft)
{
    if (arguments.has(QStringLiteral("yes")) || (canAsk() && askYes(QStringLiteral("Publish?"))))
        return {};
    return fail(ErrorCode::SharingNeedsConfirmation, {{"dataset", draft}});
}

void printPublished(const Output &out, const sharing::Draft &draft, const sharing::Published &published)
{
    json object{{"dataset", published.dataset},
                {"draft", draft.id},
                {"cid", published.cid.text()},
                {"transaction", hexOf(published.transaction)},
                {"alreadyPublished", published.bytes == 0}};
    out.line(QStringLiteral("Dataset %1").arg(published.dataset));
    out.line(QStringLiteral("CID          %1").arg(toQ(published.cid.text())));
    out.line(QStringLiteral("Transaction  %1").arg(toQ(hexOf(published.transaction))));
    if (published.bytes > 0) { // else it was published by an earlier run
        object.update({{"gas", published.gasUsed}, {"bytes", published.bytes}, {"parts", published.parts}});
        out.line(QStringLiteral("Gas          %1").arg(published.gasUsed));
        out.line(QStringLiteral("Encrypted    %1 in %2 part(s)")
                     .arg(sizeOf(published.bytes))
                     .arg(published.parts));
    }
    out.json(object);
}

Status runSteps(Context &context, sharing::Publisher &publisher)
{
    AMANA_CHECK(publisher.check());
    AMANA_CHECK(publisher.seal(context.out.progress("seal")));
    context.out.note(QStringLiteral("Encrypted. Registering…"));
    AMANA_CHECK(publisher.registerDataset());
    return publisher.announce(context.out.progress("announce"));
}

Status publishDraft(Context &context, const Arguments &arguments, app::Session &session,
                    const sharing::Draft &draft)
{
    AMANA_TRY(sharing::Actor *const actor, context.connect(session));
    AMANA_TRY(const sharing::PublishOptions options, optionsFor(arguments, draft, session, *actor));
    AMANA_TRY(const deid::Deidentifier *const engine, session.engine(draft));
    sharing::Publisher publisher(*actor, *engine, options);
    if (draft.state != sharing::DraftState::Published) {
        AMANA_TRY(const sharing::PublishPreview preview, publisher.preview(context.out.progress("read")));
        context.out.json(previewToJson(preview));
        const std::string &native = actor->chain.profile().currency;
        if (!options.sale.isFree())
            context.out.json({{"price", amountToJson(options.sale.price, native)}});
        AMANA_CHECK(publisher.simulate()); // a refusal is told before anybody is asked to confirm
        printPreview(context.out, preview, context.network, native, options);
        AMANA_CHECK(confirm(arguments, draft.id));
    }
    AMANA_CHECK(runSteps(context, publisher));
    printPublished(context.out, draft, publisher.published());
    AMANA_TRY(const replication::Record kept,
              sharing::replicateDataset(*actor, publisher.published().dataset, context.out.progress("keep")));
    printTruths(context.out, kept, actor->blocks.hasKeepers());
    return {};
}

Status publish(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("publish"), QStringLiteral("PATH… | --dataset ID"),
        QStringLiteral(
            "De-identifies, packages, encrypts, registers and stores. Whatever waits for a decision"
            " stops it (review.undecided) and names the dataset: decide with “amana review”, then"
            " go on with --dataset. Run again after a crash it goes on where it stopped."));
    declare(arguments);
    AMANA_CHECK(arguments.parse(context, list, 0, kAnyNumber));
    AMANA_CHECK(checkUsage(arguments));
    AMANA_TRY(const auto session, context.session());
    sharing::Drafts drafts = session->drafts();
    AMANA_TRY(const sharing::Draft draft, arguments.has(QStringLiteral("dataset"))
                                              ? drafts.get(arguments.text(QStringLiteral("dataset")))
                                              : draftFromPaths(context, arguments, *session));
    AMANA_TRY(const deid::Policy policy, session->policy(draft));
    context.out.json({{"draft", draft.id}, {"policy", policyToJson(policy)}});
    tellOwnPolicy(context.out, policy);
    if (arguments.has(QStringLiteral("decisions")) && draft.state == sharing::DraftState::Open) {
        AMANA_TRY(const QByteArray text,
                  readFile(arguments.value(QStringLiteral("decisions")), kMaxDecisions));
        AMANA_CHECK(sharing::applyDecisions(drafts, session->library(), draft.id,
                                            {text.constData(), static_cast<std::size_t>(text.size())}));
    }
    if (Status decided = checkDecided(drafts, draft); !decided) {
        context.out.note(
            QStringLiteral("Decide with   amana review %1\nand go on with amana publish --dataset %1 …\n")
                .arg(toQ(draft.id)));
        return decided;
    }
    return publishDraft(context, arguments, *session, draft);
}

} // namespace

std::vector<Command> publishCommands()
{
    return {{QStringLiteral("publish"), QStringLiteral("de-identify, encrypt, register and store a dataset"),
             publish}};
}

} // namespace amana::cli
