// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/identity.h"
#include "core/keys/secret_store.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

/// Profiles: one person on this machine, in <home>/profiles/<name>/.
namespace amana::keys {

enum class ProfileRole { Clinician, Patient, Researcher, Administrator };
[[nodiscard]] std::string_view roleName(ProfileRole role);             ///< "clinician" …
[[nodiscard]] Result<ProfileRole> roleFromName(std::string_view name); ///< UsageInvalid

/// Which age identity stands behind a key version on a network's IdentityRegistry.
struct KeyVersion {
    std::string network;
    std::uint16_t version = 0;
    std::uint32_t identity = 0; ///< n of Identity::ageIdentity

    bool operator==(const KeyVersion &) const = default;
};

/// What may be read without any secret: profile.json.
struct ProfileInfo {
    std::string id;   ///< random; names the secret in the store
    std::string name; ///< as the user wrote it; also the folder's name
    ProfileRole role = ProfileRole::Clinician;
    std::string secrets;      ///< kind of the SecretStore
    Address address{};        ///< chain key 0
    bool importedAccount = false; ///< chain key 0 comes from a key file: the recovery phrase does not hold it
    std::string ageRecipient; ///< of identity `currentKey`
    std::uint32_t currentKey = 0;
    std::vector<KeyVersion> keyVersions;
    QString folder; ///< absolute; not stored
};

/// A profile with its secrets. Move-only.
struct OpenProfile {
    ProfileInfo info;
    Identity identity;
    SecretBytes vaultKey; ///< 32 bytes
};

struct NewProfile {
    std::string name; ///< 1 to 64 bytes: letters, digits, space, - _ . @ and no leading dot (ProfileBadName)
    ProfileRole role = ProfileRole::Clinician;
    std::optional<SecretBytes> phrase; ///< to restore a person from the recovery phrase
    std::optional<crypto::SigningKey> account{}; ///< chain key 0 from a wallet, instead of the phrase's
};

/// Makes keys, stores the secrets, then writes profile.json: a profile that can be seen can be opened.
/// ProfileExists, ProfileBadName, MnemonicInvalid and the errors of the store and of files.
[[nodiscard]] Result<OpenProfile> createProfile(const QString &home, NewProfile profile, SecretStore &store);

/// ProfileUnknown; StoreCorrupt (profile.json, or secrets that do not give its address); KeychainNoEntry,
/// KeychainLocked, KeychainAbsent, PassphraseWrong…: as the store says. Never makes a key.
[[nodiscard]] Result<OpenProfile> openProfile(const QString &home, const std::string &name,
                                              SecretStore &store);

/// ProfileUnknown, StoreCorrupt.
[[nodiscard]] Result<ProfileInfo> readProfile(const QString &home, const std::string &name);
/// In order of creation. An unreadable profile.json fails with StoreCorrupt.
[[nodiscard]] Result<std::vector<ProfileInfo>> listProfiles(const QString &home);
/// Remembers a key version; a repeated one replaces the former for that network and version.
[[nodiscard]] Status recordKeyVersion(const QString &home, const std::string &name,
                                      const KeyVersion &version);
/// Makes `n` of Identity::ageIdentity the current encryption key, from the next opening of the profile on. Earlier keys
/// go on opening what was sealed for them.
[[nodiscard]] Result<ProfileInfo> useKey(const QString &home, const OpenProfile &profile, std::uint32_t n);

} // namespace amana::keys
