// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <functional>
#include <string>

namespace amana::chain {

/// Reads a secret of a network by its name, from where the profile keeps them. Called from any thread; may block.
using ReadSecret = std::function<Result<SecretBytes>(const std::string &name)>;

/// How the nodes of a network know us, and how we know them. Holds names of secrets, never secrets: it is
/// stored in network.json.
struct NodeAccess {
    enum class Login {
        None,
        Password, ///< POST /login {username, password} gives a JSON Web Token (Besu)
        Bearer    ///< the secret is the token
    };

    Login login = Login::None;
    std::string user;              ///< of Password
    std::string secret;            ///< name of the password or token
    std::string authority;         ///< PEM; when set, only certificates under it are trusted
    std::string clientCertificate; ///< PEM, not secret; empty: none is shown
    std::string clientKey;         ///< name of the certificate's key, a PEM

    bool operator==(const NodeAccess &) const = default;
};

} // namespace amana::chain
