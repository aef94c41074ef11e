// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replication/storage.h"

#include "core/base/log.h"

#include <algorithm>

namespace amana::replication {

Status Storage::announce(const content::Cid &root, const std::string &name)
{
    AMANA_CHECK(m_store->pin(root, name));
    return m_records.begin(root, name);
}

Result<Record> Storage::replicate(const content::Cid &root, const Progress &progress)
{
    return ask(root, true, progress);
}

Result<Record> Storage::look(const content::Cid &root)
{
    return ask(root, false, {});
}

/// Where pinning services can fetch from: our own Kubo nodes, which come first in replicate().
std::vector<std::string> Storage::origins() const
{
    const bool wanted = std::any_of(m_places.begin(), m_places.end(),
                                    [](const Place &place) { return place.kind == PlaceKind::PinningService; });
    std::vector<std::string> found;
    for (const Contact &contact : m_contacts)
        if (wanted)
            std::ranges::move(contact.client->origins(), std::back_inserter(found));
    return found;
}

Result<Record> Storage::ask(const content::Cid &root, bool give, const Progress &progress)
{
    AMANA_TRY(const auto record, m_records.of(root));
    if (!record)
        return fail(ErrorCode::BlockMissing, {{"cid", root.text()}});
    // Kubo nodes first: pinning services fetch from them.
    std::vector<std::size_t> order;
    for (const bool pinning : {false, true})
        for (std::size_t i = 0; i < m_places.size(); ++i)
            if (keepsCopies(m_places[i].kind) && (m_places[i].kind == PlaceKind::PinningService) == pinning)
                order.push_back(i);
    const Offer offer{{root, record->name}, *m_store, give ? origins() : std::vector<std::string>()};
    for (const std::size_t i : order) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_CHECK(askPlace(m_places[i], *m_contacts[i].client, offer, give, progress));
    }
    AMANA_CHECK(noteFound(root));
    AMANA_TRY(auto done, m_records.of(root));
    if (!done) // withdrawn meanwhile
        return fail(ErrorCode::BlockMissing, {{"cid", root.text()}});
    return std::move(*done);
}

Status Storage::askPlace(const Place &place, PlaceClient &client, const Offer &offer, bool give, const Progress &progress)
{
    const std::int64_t now = m_clock.now().toSecsSinceEpoch();
    bool asked = false;
    auto copies = client.look(offer.graph.root);
    if (give && copies && copies->kept < copies->wanted) {
        asked = true;
        copies = client.keep(offer, progress);
    }
    if (!copies && copies.error().code == ErrorCode::Cancelled)
        return fail(copies.error());
    if (!copies)
        log(LogLevel::Warning, copies.error());
    return m_records.update(offer.graph.root, [&](Record &record) {
        Receipt &receipt = record.at(place.name);
        if (asked)
            receipt.asked = now;
        receipt.problem = copies ? std::string() : std::string(errorId(copies.error().code));
        receipt.detail = copies ? copies->detail : copies.error().param("detail");
        if (!copies)
            return; // nobody knows: what was last seen stays, with its date
        receipt.checked = now;
        receipt.kept = copies->kept;
        receipt.wanted = copies->wanted;
        receipt.id = copies->id;
    });
}

/// One other computer that can give the root is the proof; that all who were asked deny it is one too.
Status Storage::noteFound(const content::Cid &root)
{
    bool denied = false;
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const auto finds = m_contacts[i].client->finds(root);
        denied = denied || finds;
        if (!finds || !*finds)
            continue;
        return m_records.update(root, [&](Record &record) {
            record.foundBy = m_places[i].name;
            record.foundAt = m_clock.now().toSecsSinceEpoch();
        });
    }
    if (!denied)
        return {};
    return m_records.update(root, [](Record &record) { record.foundBy.clear(); });
}

Status Storage::withdraw(const content::Cid &root)
{
    AMANA_TRY(const auto record, m_records.of(root));
    if (!record)
        return {};
    for (std::size_t i = 0; i < m_places.size(); ++i)
        if (keepsCopies(m_places[i].kind))
            AMANA_CHECK(m_contacts[i].client->drop(root));
    return retract(root);
}

Status Storage::retract(const content::Cid &root)
{
    AMANA_TRY(const auto record, m_records.of(root));
    if (record)
        AMANA_CHECK(m_store->unpin(root, record->name));
    return m_records.remove(root);
}

} // namespace amana::replication
