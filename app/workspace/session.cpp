// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session.h"

#include "app/workspace/network_secrets.h"
#include "app/workspace/paths.h"
#include "app/workspace/policies.h"
#include "core/base/files.h"
#include "core/chain/contracts.h"
#include "core/chain/local_node.h"
#include "core/sharing/card_words.h"
#include "core/sharing/own_keys.h"

namespace amana::app {

namespace {

constexpr const char *kLocalNetwork = "local";

/// What belongs to one connected network. `actor` refers to the others, so it is destroyed first.
struct Connection {
    std::unique_ptr<chain::Chain> chain;
    std::unique_ptr<replication::Storage> blocks;
    std::unique_ptr<chain::EventIndex> index;
    std::unique_ptr<sharing::Actor> actor;
};

Result<std::unique_ptr<chain::Chain>> connectChain(const QString &home, const std::string &network,
                                                   const crypto::SigningKey &key, store::Library &library)
{
    if (network == kLocalNetwork) {
        AMANA_TRY(const chain::NetworkProfile profile, chain::LocalNode::ensureRunning(home, key));
        return chain::Chain::connect(profile);
    }
    AMANA_TRY(const chain::NetworkProfile profile, chain::loadNetwork(home, network));
    return chain::Chain::connect(profile, networkSecrets(library));
}

deid::DeidOptions optionsFor(const QString &home, const sharing::Draft &draft)
{
    deid::DeidOptions options = deidOptions(home);
    options.policy = draft.policy;
    options.ownPolicy = draft.ownPolicy;
    return options;
}

} // namespace

struct Session::Parts {
    QString home;
    QString folder;
    const Clock &clock;
    keys::OpenProfile profile;
    crypto::SigningKey chainKey;
    std::unique_ptr<store::Library> library;
    std::unique_ptr<chain::Outbox> outbox;
    std::mutex mutex; // guards the two maps
    std::map<std::string, Connection> connections;
    std::vector<Connection> retired;
    std::mutex engineMutex;
    std::map<std::string, std::unique_ptr<deid::Deidentifier>> engines;

    Result<const deid::Deidentifier *> engine(deid::DeidOptions options);
};

/// Told apart by what the policy file says: its user may change it while the program runs.
Result<const deid::Deidentifier *> Session::Parts::engine(deid::DeidOptions options)
{
    AMANA_TRY(const deid::Policy policy, deid::policyOf(options));
    if (policy.own)
        options.ownPolicy = policy.own->source;
    const std::lock_guard lock(mutex);
    std::unique_ptr<deid::Deidentifier> &engine = engines[policy.sha256 + (options.useModel ? "" : "/rules")];
    if (!engine) {
        AMANA_TRY(engine, deid::Deidentifier::create(options));
    }
    return engine.get();
}

Session::Session(std::unique_ptr<Parts> parts) : m(std::move(parts)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(const QString &home, const std::string &profile,
                                               keys::SecretStore &secrets, const Clock &clock)
{
    AMANA_TRY(keys::OpenProfile opened, keys::openProfile(home, profile, secrets));
    return open(home, std::move(opened), clock);
}

Result<std::unique_ptr<Session>> Session::open(const QString &home, keys::OpenProfile profile, const Clock &clock)
{
    AMANA_TRY(crypto::SigningKey key, profile.identity.chainKey());
    const QString folder = profile.info.folder;
    AMANA_TRY(auto library, store::Library::open(folder, profile.vaultKey));
    AMANA_TRY(auto outbox, chain::Outbox::open(folder));
    std::unique_ptr<Parts> parts(new Parts{home, folder, clock, std::move(profile), std::move(key),
                                           std::move(library), std::move(outbox), {}, {}, {}, {}, {}});
    return std::unique_ptr<Session>(new Session(std::move(parts)));
}

const QString &Session::home() const { return m->home; }
const QString &Session::folder() const { return m->folder; }
const Clock &Session::clock() const { return m->clock; }
const keys::OpenProfile &Session::profile() const { return m->profile; }
const crypto::SigningKey &Session::chainKey() const { return m->chainKey; }
store::Library &Session::library() { return *m->library; }
sharing::Drafts Session::drafts() { return sharing::Drafts(*m->library); }
std::mutex &Session::engineMutex() { return m->engineMutex; }

Result<const deid::Deidentifier *> Session::engine(const std::string &policy, bool useModel)
{
    deid::DeidOptions options = deidOptions(m->home);
    options.policy = policy;
    options.useModel = useModel;
    return m->engine(std::move(options));
}

Result<const deid::Deidentifier *> Session::engine(const sharing::Draft &draft)
{
    return m->engine(optionsFor(m->home, draft));
}

Result<deid::Policy> Session::policy(const sharing::Draft &draft) const
{
    return deid::policyOf(optionsFor(m->home, draft));
}

Result<sharing::Actor *> Session::connect(const std::string &network)
{
    const std::lock_guard lock(m->mutex);
    if (const auto it = m->connections.find(network); it != m->connections.end()) {
        if (it->second.chain->head())
            return it->second.actor.get();
        // The node went away: connect anew, on whatever port it has now. A job may still hold the old actor.
        m->retired.push_back(std::move(it->second));
        m->connections.erase(it);
    }
    Connection connection;
    AMANA_TRY(connection.chain, connectChain(m->home, network, m->chainKey, *m->library));
    AMANA_TRY(connection.blocks, replication::Storage::open(networkFolder(m->home, network), storageSecrets(*m->library), m->clock));
    AMANA_TRY(connection.index, chain::EventIndex::open(indexFile(m->folder, network)));
    connection.actor.reset(new sharing::Actor{m->profile, m->chainKey, *m->library, *connection.blocks,
                                              *connection.chain, *m->outbox, *connection.index, m->clock, m->folder});
    AMANA_CHECK(m->outbox->update(*connection.chain)); // sends what a crash left; waits for nothing
    AMANA_CHECK(sharing::ensureKeyPublished(*connection.actor, m->home));
    AMANA_CHECK(connection.index->sync(*connection.chain));
    AMANA_CHECK(sharing::rememberCards(connection.blocks->store(), *connection.index));
    return m->connections.emplace(network, std::move(connection)).first->second.actor.get();
}

Result<Address> Session::addressOf(const std::string &nameOrAddress)
{
    if (nameOrAddress.starts_with("0x"))
        return crypto::parseAddress(nameOrAddress);
    auto info = keys::readProfile(m->home, nameOrAddress);
    if (!info)
        return fail(Error(ErrorCode::SharingUnknownCustodian, {{"custodian", nameOrAddress}})
                        .because(std::move(info).error()));
    return info->address;
}

QString networkFolder(const QString &home, const std::string &network)
{
    return home + QStringLiteral("/networks/%1").arg(QString::fromStdString(network));
}

QString blocksFolder(const QString &home, const std::string &network)
{
    return networkFolder(home, network) + QStringLiteral("/blocks");
}

QString indexFile(const QString &profileFolder, const std::string &network)
{
    return profileFolder + QStringLiteral("/index-%1.sqlite").arg(QString::fromStdString(network));
}

} // namespace amana::app
