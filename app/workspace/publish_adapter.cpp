// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/publish_adapter.h"

#include "app/workspace/chain_words.h"
#include "app/workspace/job_kinds.h"
#include "app/workspace/publish_preview.h"
#include "app/workspace/publish_options.h"
#include "app/workspace/published_list.h"
#include "app/workspace/seat.h"
#include "core/chain/purpose.h"

namespace amana::app {

namespace {

/// Everybody with a key can be a custodian; the institution stands first, for patients without an account.
Result<std::vector<ports::CustodianChoice>> choicesOf(Seat &seat)
{
    AMANA_TRY(const auto entries, seat.index().members());
    std::vector<ports::CustodianChoice> choices;
    ports::CustodianChoice own{kInstitutionChoice, {}, false};
    if (const auto actor = seat.hub().network().online(seat)) {
        const auto institution = sharing::institutionCustodian(**actor);
        own.hasKey = institution.has_value();
        if (institution)
            own.party = seat.contacts().party(institution->address, seat.hub().network().membership().institution);
    }
    choices.push_back(std::move(own));
    for (const chain::IndexedMember &entry : entries)
        choices.push_back({QString::fromStdString(crypto::checksumAddress(entry.who)),
                           seat.contacts().party(entry.who, entry.member.institution), entry.member.hasKey()});
    return choices;
}

} // namespace

ports::Future<std::vector<ports::CustodianChoice>> PublishAdapter::custodianChoices()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return choicesOf(seat); });
}

QStringList PublishAdapter::purposes() const
{
    QStringList uses;
    QStringList modifiers;
    for (const chain::DuoTerm &term : chain::duoTerms())
        if (term.role != chain::DuoRole::Purpose)
            (term.isPermission() ? uses : modifiers) << purposeCode(term.bit);
    return uses + modifiers;
}

ports::Future<ports::PublishPreview> PublishAdapter::preview(const ports::PublishSpec &spec)
{
    return m_hub.onSeat(m_hub.checking(), [spec](Seat &seat) { return previewOf(seat, spec); });
}

ports::Future<ports::JobId> PublishAdapter::start(const ports::PublishSpec &spec)
{
    return m_hub.onSeat(m_hub.reading(), [spec](Seat &seat) -> Result<ports::JobId> {
        AMANA_TRY(jobs::JobSpec job, publishJob(seat, publishParams(spec)));
        return seat.start(std::move(job));
    });
}

ports::Future<std::vector<ports::PublishedRow>> PublishAdapter::published()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return publishedRows(seat); });
}

ports::Future<ports::JobId> PublishAdapter::keep(const QString &dataset)
{
    return m_hub.onSeat(m_hub.reading(), [dataset](Seat &seat) -> Result<ports::JobId> {
        const std::uint64_t number = dataset.toULongLong();
        AMANA_TRY(jobs::JobSpec job, keepJob(seat, keepParams({number, datasetTitle(seat, number).toStdString()})));
        return seat.start(std::move(job));
    });
}

} // namespace amana::app
