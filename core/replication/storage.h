// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/replication/place_client.h"
#include "core/replication/records.h"

#include <mutex>

namespace amana::replication {

/// The blocks of one network as its users see them: those in this computer's store, and where one is missing, those of
/// the places that the user named. What comes from a place is verified and stays here. Thread-safe; blocks.
///
/// What is announced is pinned here, and recorded as something that every place which keeps copies shall have; replicate()
/// makes it so, as often as it takes.
class Storage final : public content::BlockSink, public content::BlockSource {
public:
    /// `folder` is the network's: blocks/, storage.json, kept/. StoreCorrupt and failures of BlockStore::open. `clock`
    /// outlives it.
    [[nodiscard]] static Result<std::unique_ptr<Storage>> open(const QString &folder, net::ReadSecret secrets, const Clock &clock);
    ~Storage() override;

    /// Of this computer only.
    [[nodiscard]] content::BlockStore &store() const { return *m_store; }
    [[nodiscard]] Status put(const content::Cid &cid, ByteView block) override { return m_store->put(cid, block); }
    [[nodiscard]] Status flush() override { return m_store->flush(); }

    [[nodiscard]] const std::vector<Place> &places() const { return m_places; }
    /// Whether anybody but this computer keeps copies.
    [[nodiscard]] bool hasKeepers() const;

    /// Certificates as the place asks for them. IpfsUntrusted, errors of ReadSecret.
    [[nodiscard]] Result<std::optional<QSslConfiguration>> tlsOf(const Place &place) const;

    /// The whole graph is here when this returns, pinned under `name`; what is missing is fetched from the places, many
    /// blocks at once. Guarded gateways want a pass, which is not made here: core/sharing fetches from those. BlockMissing,
    /// IpfsNotFound and failures of content::fetchDag. Progress counts bytes.
    [[nodiscard]] Status bring(const content::Cid &root, const std::string &name, const Progress &progress = {});

    /// Pins what is here and records that others shall keep it. Sends nothing. BlockMissing.
    [[nodiscard]] Status announce(const content::Cid &root, const std::string &name);
    /// Asks every place that keeps copies, gives it the graph when it has too few, and looks whether somebody else finds
    /// it. A place that fails is in the record, and is no failure; Cancelled, BlockMissing, failures of Records.
    /// Progress counts bytes, anew for each place.
    [[nodiscard]] Result<Record> replicate(const content::Cid &root, const Progress &progress = {});
    /// As replicate, but gives nobody anything: what is there now.
    [[nodiscard]] Result<Record> look(const content::Cid &root);
    /// Takes back what was announced and not yet given to anybody.
    [[nodiscard]] Status retract(const content::Cid &root);
    /// Nobody need keep it for us any longer: no place, no pin, no record. The first failure of a place ends it; what was
    /// done is done. Other reasons for which it is pinned here stay.
    [[nodiscard]] Status withdraw(const content::Cid &root);
    /// In the order of their names.
    [[nodiscard]] Result<std::vector<Record>> records() const { return m_records.all(); }
    [[nodiscard]] Result<std::optional<Record>> recordOf(const content::Cid &root) const { return m_records.of(root); }

protected:
    [[nodiscard]] Result<QByteArray> fetch(const content::Cid &cid) const override;

private:
    /// A place, and until when it is left alone because it did not answer.
    struct Contact {
        std::unique_ptr<PlaceClient> client;
        std::chrono::steady_clock::time_point restingUntil{};
    };

    Storage(std::unique_ptr<content::BlockStore> store, std::vector<Place> places, const PlaceContext &context,
            const Clock &clock);
    Result<QByteArray> fromPlaces(const content::Cid &cid) const;
    bool isResting(const Contact &contact) const;
    void rest(Contact &contact, const Error &why) const;
    std::vector<content::Gateway> gateways() const;
    Result<Record> ask(const content::Cid &root, bool give, const Progress &progress);
    Status askPlace(const Place &place, PlaceClient &client, const Offer &offer, bool give, const Progress &progress);
    Status noteFound(const content::Cid &root);
    std::vector<std::string> origins() const;

    const std::unique_ptr<content::BlockStore> m_store;
    const std::vector<Place> m_places;
    const PlaceContext m_context;
    const Records m_records;
    const Clock &m_clock;
    mutable std::mutex m_mutex; // guards the times of m_contacts
    mutable std::vector<Contact> m_contacts; // one a place
};

} // namespace amana::replication
