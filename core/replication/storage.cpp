// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replication/storage.h"

#include "core/content/dag_fetch.h"
#include "core/content/dag_reader.h"
#include "core/net/access_tls.h"

#include <algorithm>

namespace amana::replication {

namespace {

constexpr std::chrono::seconds kRest(60); // a place that does not answer costs its time once a minute

/// The place itself is the trouble, not the block.
bool isOutage(const Error &error)
{
    switch (error.code) {
    case ErrorCode::BlockMissing:
    case ErrorCode::IpfsNotFound: return false;
    default: return true;
    }
}

} // namespace

Storage::Storage(std::unique_ptr<content::BlockStore> store, std::vector<Place> places, const PlaceContext &context,
                 const Clock &clock)
    : m_store(std::move(store)), m_places(std::move(places)), m_context(context), m_records(context.folder + QStringLiteral("/kept")), m_clock(clock)
{
    for (const Place &place : m_places)
        m_contacts.push_back({clientOf(place, context)});
}

Storage::~Storage() = default;

Result<std::unique_ptr<Storage>> Storage::open(const QString &folder, net::ReadSecret secrets, const Clock &clock)
{
    AMANA_TRY(std::vector<Place> places, loadPlaces(folder));
    AMANA_TRY(auto store, content::BlockStore::open(folder + QStringLiteral("/blocks")));
    return std::unique_ptr<Storage>(
        new Storage(std::move(store), std::move(places), {folder, std::move(secrets)}, clock));
}

bool Storage::hasKeepers() const
{
    return std::any_of(m_places.begin(), m_places.end(), [](const Place &place) { return keepsCopies(place.kind); });
}

Result<QByteArray> Storage::fetch(const content::Cid &cid) const
{
    auto here = m_store->fetch(cid);
    if (here || here.error().code != ErrorCode::BlockMissing || m_places.empty())
        return here;
    auto there = fromPlaces(cid);
    if (!there)
        return fail(Error(here.error()).because(there.error()));
    AMANA_CHECK(m_store->put(cid, bytesOf(*there)));
    return there;
}

bool Storage::isResting(const Contact &contact) const
{
    const std::lock_guard lock(m_mutex);
    return std::chrono::steady_clock::now() < contact.restingUntil;
}

void Storage::rest(Contact &contact, const Error &why) const
{
    if (!isOutage(why))
        return;
    const std::lock_guard lock(m_mutex);
    contact.restingUntil = std::chrono::steady_clock::now() + kRest;
}

Result<QByteArray> Storage::fromPlaces(const content::Cid &cid) const
{
    Error last(ErrorCode::BlockMissing, {{"cid", cid.text()}});
    for (Contact &contact : m_contacts) {
        if (isResting(contact))
            continue;
        auto block = contact.client->block(cid);
        if (block)
            if (const Status good = verify(cid, bytesOf(*block)); !good)
                block = fail(good.error());
        if (block)
            return block;
        rest(contact, block.error());
        last = block.error();
    }
    return fail(std::move(last));
}

std::vector<content::Gateway> Storage::gateways() const
{
    std::vector<content::Gateway> found;
    for (const Contact &contact : m_contacts)
        if (auto gateway = contact.client->gateway(); gateway && *gateway)
            found.push_back(std::move(**gateway));
    return found;
}

Result<std::optional<QSslConfiguration>> Storage::tlsOf(const Place &place) const
{
    return net::tlsOf(place.access, m_context.secrets, ErrorCode::IpfsUntrusted);
}

Status Storage::bring(const content::Cid &root, const std::string &name, const Progress &progress)
{
    Status pinned = m_store->pin(root, name, progress.quiet());
    if (pinned || pinned.error().code != ErrorCode::BlockMissing || m_places.empty())
        return pinned;
    const std::vector<content::Gateway> sources = gateways();
    Status fetched = fail(pinned.error());
    if (!sources.empty())
        fetched = content::fetchDag(root, sources, *m_store, progress).transform([](const content::FetchReport &) {});
    if (fetched || fetched.error().code == ErrorCode::Cancelled)
        return fetched ? m_store->pin(root, name, progress.quiet()) : fetched;
    // Nodes give single blocks where no gateway has them.
    std::uint64_t bytes = 0;
    const Status walked = content::walk(*this, root, [&](const content::Cid &, const QByteArray &block) -> Status {
        bytes += static_cast<std::uint64_t>(block.size());
        progress.report(bytes, 0);
        return progress.cancelled() ? Status(fail(ErrorCode::Cancelled)) : Status();
    });
    if (!walked)
        return fail(sources.empty() || walked.error().code == ErrorCode::Cancelled ? walked.error() : fetched.error());
    AMANA_CHECK(m_store->flush());
    return m_store->pin(root, name, progress.quiet());
}

} // namespace amana::replication
