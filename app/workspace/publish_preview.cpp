// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/publish_preview.h"

#include "app/workspace/publish_options.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

namespace amana::app {

namespace {

void note(ports::PublishPreview &preview, const Status &status)
{
    if (!status)
        preview.problems.push_back(status.error());
}

void fillFromCore(ports::PublishPreview &preview, const sharing::PublishPreview &made)
{
    preview.title = QString::fromStdString(made.card.title);
    preview.keywords = toQStrings(made.card.keywords);
    preview.documents = static_cast<int>(made.documents);
    preview.subjects = static_cast<int>(made.subjects);
    preview.bytes = static_cast<qint64>(made.bytes);
    for (const auto &[type, count] : made.removed)
        preview.removed.emplace_back(QString::fromStdString(type), static_cast<int>(count));
    preview.custody = QString::fromStdString(made.card.custody);
}

/// One part a subject, and one for what belongs to no one.
Result<int> partsOf(Seat &seat, const sharing::Draft &draft)
{
    AMANA_TRY(const auto entries, seat.library().documents());
    std::set<std::string> subjects;
    for (const store::DocumentEntry &entry : entries)
        if (std::find(draft.documents.begin(), draft.documents.end(), entry.id) != draft.documents.end())
            subjects.insert(entry.subject);
    return static_cast<int>(subjects.size());
}

/// Gas is free on This computer and on the consortium chains that Amana is made for; elsewhere the most it can
/// cost is told.
Result<QString> feeOf(const sharing::Actor &actor)
{
    AMANA_TRY(const chain::Fees fees, actor.chain.suggestFees());
    if (fees.maxFeePerGas.isZero())
        return QStringLiteral("0");
    return QStringLiteral("≤ %1 wei/gas").arg(QString::fromStdString(fees.maxFeePerGas.toDecimal()));
}

Result<sharing::PublishOptions> optionsOf(Seat &seat, const sharing::Actor &actor, const ports::PublishSpec &spec,
                                          ports::PublishPreview &preview)
{
    AMANA_TRY(sharing::PublishOptions options, publishOptions(actor, spec));
    const chain::Member me = seat.hub().network().membership();
    for (const sharing::Custodian &custodian : options.custodians) {
        preview.custodians.push_back(
            seat.contacts().party(custodian.address, custodian.institution ? me.institution : 0));
        preview.publisherCanOpen = preview.publisherCanOpen || custodian.address == seat.address();
    }
    if (!options.sale.isFree()) {
        preview.price = QString::fromStdString(chain::amountText(options.sale.price, actor.chain.profile().currency));
        preview.arbiter = seat.contacts().party(options.sale.arbiter);
    }
    preview.emergencyAccess = options.breakGlass;
    return options;
}

/// A job may use the model for minutes; who closes the window does not wait for it.
Result<std::unique_lock<std::mutex>> lockEngine(Seat &seat)
{
    std::unique_lock lock(seat.session().engineMutex(), std::try_to_lock);
    while (!lock.owns_lock()) {
        if (seat.hub().isShuttingDown())
            return fail(ErrorCode::Cancelled);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        [[maybe_unused]] const bool locked = lock.try_lock();
    }
    return lock;
}

Status previewContent(Seat &seat, sharing::Actor &actor, const sharing::Draft &draft, sharing::PublishOptions options,
                      ports::PublishPreview &preview)
{
    AMANA_TRY(const deid::Deidentifier *engine, seat.session().engine(draft));
    sharing::Publisher publisher(actor, *engine, std::move(options));
    note(preview, publisher.simulate());
    AMANA_TRY(const std::unique_lock lock, lockEngine(seat));
    AMANA_TRY(const sharing::PublishPreview made, publisher.preview());
    fillFromCore(preview, made);
    return {};
}

} // namespace

Result<ports::PublishPreview> previewOf(Seat &seat, const ports::PublishSpec &spec)
{
    ports::PublishPreview preview;
    preview.threshold = spec.threshold;
    const ports::NetworkStatus network = seat.hub().network().status();
    preview.network = network.name;
    preview.thisComputer = network.thisComputer;
    const sharing::Drafts drafts = seat.session().drafts();
    AMANA_TRY(const sharing::Draft draft, drafts.get(spec.draft.toStdString()));
    preview.documents = static_cast<int>(draft.documents.size());
    preview.sampled = draft.sampleWanted > 0;
    preview.policy = QString::fromStdString(draft.policy);
    preview.policyBase = QString::fromStdString(draft.engine.policyBase);
    preview.policyWeaker = toQStrings(draft.engine.policyWeaker);
    AMANA_TRY(preview.parts, partsOf(seat, draft));
    AMANA_TRY(const sharing::ReviewCount count, drafts.count(draft));
    if (count.undecided + count.sampleLeft > 0)
        preview.problems.emplace_back(ErrorCode::ReviewUndecided,
                                      Error::Params{{"dataset", draft.id},
                                                    {"count", std::to_string(count.undecided)},
                                                    {"sample", std::to_string(count.sampleLeft)}});
    auto actor = seat.hub().network().connect(seat);
    if (!actor) {
        preview.problems.push_back(actor.error());
        return preview;
    }
    if (const auto fee = feeOf(**actor))
        preview.fee = *fee;
    auto options = optionsOf(seat, **actor, spec, preview);
    if (!options) {
        preview.problems.push_back(options.error());
        return preview;
    }
    note(preview, previewContent(seat, **actor, draft, std::move(*options), preview));
    return preview;
}

} // namespace amana::app
