// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/access.h"
#include "core/store/library.h"

/// Passwords, tokens and certificate keys for the nodes of a network, and for the places that keep its blocks. They rest in the profile's vault, whose key is in
/// the keychain; network.json, which all profiles of a home share, has their names only.
namespace amana::app {

/// The names that a network's net::Access gets.
[[nodiscard]] std::string loginSecretName(const std::string &network);
[[nodiscard]] std::string clientKeyName(const std::string &network);
[[nodiscard]] std::string swarmKeyName(const std::string &network);

[[nodiscard]] Status putNetworkSecret(store::Library &library, const std::string &name, const SecretBytes &secret);
/// Refuses with ChainUnauthorized what this profile has not stored. `library` outlives it.
[[nodiscard]] net::ReadSecret networkSecrets(store::Library &library);
/// As networkSecrets, for places that keep blocks: IpfsUnauthorized.
[[nodiscard]] net::ReadSecret storageSecrets(store::Library &library);
/// What stands for a place in the names of secrets, instead of a network.
[[nodiscard]] std::string storageScope(const std::string &network, const std::string &place);

} // namespace amana::app
