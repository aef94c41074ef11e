// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QDateTime>

#include <cstdint>
#include <vector>

namespace amana::ports {

/// What a person said to be when the profile was made. It changes defaults and words; rights are roles on the chain.
enum class ProfileRole { Clinician, Patient, Researcher, Administrator };

/// Bits of the identity registry, as in the contract.
enum ChainRole : std::uint32_t {
    RoleUploader = 1,
    RolePatient = 2,
    RoleResearcher = 4,
    RoleAdministrator = 8,
    RoleBreakGlass = 16,
    RoleAuditor = 32,
};

struct ProfileInfo {
    QString name;
    ProfileRole role = ProfileRole::Clinician;
    QString address;     ///< EIP-55
    QString fingerprint; ///< short, for comparing by voice or on paper
    QDateTime created;
};

enum class NetworkState { Offline, Starting, Online, Wrong }; ///< Wrong: other chain or other contract code

struct NetworkStatus {
    QString name;             ///< "local" or the user's own name
    bool thisComputer = true; ///< no other machine takes part
    NetworkState state = NetworkState::Offline;
    std::uint64_t block = 0;
    Error::Params details;    ///< rpc, chain, contracts: for "Copy details"
    std::shared_ptr<const Error> error; ///< why it is offline or wrong; shared: an Error has no empty value
};

struct SessionInfo {
    bool open = false;            ///< false: no profile yet, or still locked
    ProfileInfo profile;
    std::uint32_t roles = 0;      ///< ChainRole bits; 0: not enrolled
    QString institution;
    bool roleValid = false;       ///< enrolled, neither suspended nor past its date
    NetworkStatus network;
};

struct NewProfile {
    QString name;
    ProfileRole role = ProfileRole::Clinician;
    Secret passphrase;            ///< null: the system keychain
};

struct CreatedProfile {
    ProfileInfo profile;
    Secret recoveryPhrase;        ///< 24 words, one space between; shown once
};

struct KeyRow {
    QString kind;                 ///< "signing" | "encryption"
    QString fingerprint;
    QString value;                ///< public: address or age recipient
    unsigned version = 0;         ///< of an encryption key; 0: not on the chain yet
    QString secretPlace;          ///< "keychain" | "passphrase" | "memory"
    bool current = true;
};

/// Who sits here, with which keys, on which network.
class SessionPort {
public:
    virtual ~SessionPort() = default;

    [[nodiscard]] virtual SessionInfo current() const = 0; ///< a snapshot in memory: quick
    virtual Future<std::vector<ProfileInfo>> profiles() = 0;
    /// profile.exists, keychain.*, passphrase.needed (no keychain and none given). The new profile becomes current.
    virtual Future<CreatedProfile> createProfile(const NewProfile &spec) = 0;
    /// profile.unknown, keychain.locked|absent|noEntry, passphrase.needed|wrong.
    virtual Future<SessionInfo> openProfile(const QString &name, Secret passphrase) = 0;
    virtual Future<std::vector<KeyRow>> keys() = 0;
    virtual Future<NetworkStatus> startNetwork() = 0;
    virtual Future<NetworkStatus> stopNetwork() = 0;
};

} // namespace amana::ports
