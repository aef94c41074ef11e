// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/network_secrets.h"

#include "core/crypto/hash.h"

namespace amana::app {

namespace {

/// The vault's names are plain; a network's name need not be.
std::string nameOf(const std::string &network, const char *what)
{
    return "network-" + toHex(crypto::sha256(bytesOf(network))).substr(0, 32) + "-" + what;
}

net::ReadSecret secretsOf(store::Library &library, ErrorCode missing)
{
    return [&library, missing](const std::string &name) -> Result<SecretBytes> {
        if (!library.vault().has(name))
            return fail(missing, {{"url", name}});
        return library.vault().get(name);
    };
}

} // namespace

std::string loginSecretName(const std::string &network)
{
    return nameOf(network, "login");
}

std::string clientKeyName(const std::string &network)
{
    return nameOf(network, "client-key");
}

std::string swarmKeyName(const std::string &network)
{
    return nameOf(network, "swarm-key");
}

Status putNetworkSecret(store::Library &library, const std::string &name, const SecretBytes &secret)
{
    return library.vault().put(name, secret.view());
}

net::ReadSecret networkSecrets(store::Library &library)
{
    return secretsOf(library, ErrorCode::ChainUnauthorized);
}

net::ReadSecret storageSecrets(store::Library &library)
{
    return secretsOf(library, ErrorCode::IpfsUnauthorized);
}

std::string storageScope(const std::string &network, const std::string &place)
{
    return network + "/storage/" + place; // no name of a network has a slash
}

} // namespace amana::app
