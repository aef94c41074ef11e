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

} // namespace

std::string loginSecretName(const std::string &network)
{
    return nameOf(network, "login");
}

std::string clientKeyName(const std::string &network)
{
    return nameOf(network, "client-key");
}

Status putNetworkSecret(store::Library &library, const std::string &name, const SecretBytes &secret)
{
    return library.vault().put(name, secret.view());
}

net::ReadSecret networkSecrets(store::Library &library)
{
    return [&library](const std::string &name) -> Result<SecretBytes> {
        if (!library.vault().has(name))
            return fail(ErrorCode::ChainUnauthorized, {{"url", name}});
        return library.vault().get(name);
    };
}

} // namespace amana::app
