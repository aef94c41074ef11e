// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/plan.h"
#include "core/keys/secret_store.h"
#include "core/sharing/actor.h"
#include "core/sharing/drafts.h"

#include <map>
#include <memory>
#include <mutex>

namespace amana::app {

/// One open profile with its library and, once connected, its network: what both the command line and the window stand on.
/// Members may be used from any thread; every call may block.
class Session {
public:
    /// ProfileUnknown, keychain.*, passphrase.*, vault.*, store.*. `clock` outlives the session.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const QString &home, const std::string &profile,
                                                               keys::SecretStore &secrets, const Clock &clock);
    /// From an already opened (for instance just created) profile.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const QString &home, keys::OpenProfile profile,
                                                               const Clock &clock);
    ~Session();

    [[nodiscard]] const QString &home() const;
    [[nodiscard]] const QString &folder() const; ///< of the profile
    [[nodiscard]] const Clock &clock() const;
    [[nodiscard]] const keys::OpenProfile &profile() const;
    [[nodiscard]] const crypto::SigningKey &chainKey() const;
    [[nodiscard]] store::Library &library();
    [[nodiscard]] sharing::Drafts drafts();

    /// The de-identifier for a policy; made at first use (it loads the model). Use it under engineMutex().
    /// `policy`: a name, or the path of a user's own policy. DeidModelMissing, DeidPolicyUnknown, DeidPolicyInvalid …
    [[nodiscard]] Result<const deid::Deidentifier *> engine(const std::string &policy, bool useModel = true);
    /// The same for a draft, under the policy that it was made with.
    [[nodiscard]] Result<const deid::Deidentifier *> engine(const sharing::Draft &draft);
    [[nodiscard]] Result<deid::Policy> policy(const sharing::Draft &draft) const;
    [[nodiscard]] std::mutex &engineMutex();

    /// Connects, starting *This computer* when `network` is "local", sends what a crash left in the outbox, publishes this profile's
    /// encryption key when it is an enrolled member without one, and syncs the index. Connected before: checks only that
    /// the chain still answers. The Actor lives as long as the session.
    [[nodiscard]] Result<sharing::Actor *> connect(const std::string &network);

    /// A custodian by profile name on this computer, by address, or "institution" (the publisher's own): needs a key.
    /// SharingUnknownCustodian (custodian).
    [[nodiscard]] Result<Address> addressOf(const std::string &nameOrAddress);

private:
    struct Parts;
    explicit Session(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m;
};

/// <home>/networks/<name>: what all profiles of this computer share of a network.
[[nodiscard]] QString networkFolder(const QString &home, const std::string &network);
/// The shared block store in it.
[[nodiscard]] QString blocksFolder(const QString &home, const std::string &network);
/// The copy that a profile keeps of what the contracts of a network said.
[[nodiscard]] QString indexFile(const QString &profileFolder, const std::string &network);

} // namespace amana::app
