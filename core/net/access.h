// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <QByteArray>

#include <functional>
#include <optional>
#include <string>

namespace amana::net {

/// Reads a secret by its name, from where the profile keeps them. Called from any thread; may block.
using ReadSecret = std::function<Result<SecretBytes>(const std::string &name)>;

/// How a server knows us, and how we know it. Holds names of secrets, never secrets: it is stored as it is.
struct Access {
    enum class Login {
        None,
        Password, ///< POST /login {username, password} gives a JSON Web Token (Besu)
        Bearer,   ///< the secret is the token
        Basic     ///< user and password with each request (RFC 7617)
    };

    Login login = Login::None;
    std::string user;              ///< of Password and Basic
    std::string secret;            ///< name of the password or token
    std::string authority;         ///< PEM; when set, only certificates under it are trusted
    std::string clientCertificate; ///< PEM, not secret; empty: none is shown
    std::string clientKey;         ///< name of the certificate's key, a PEM

    bool operator==(const Access &) const = default;
};

/// The Authorization header for Bearer and Basic; empty for None. Nothing when it cannot be made: the secret cannot be
/// read, or is no text that fits into a header. Password needs a conversation first: nothing.
[[nodiscard]] std::optional<QByteArray> authorizationOf(const Access &access, const ReadSecret &secrets);
/// "Bearer …", unless it is no token.
[[nodiscard]] std::optional<QByteArray> bearerOf(std::string_view token);

} // namespace amana::net
