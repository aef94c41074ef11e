// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/cli.h"
#include "core/net/access.h"
#include "core/store/library.h"

/// The options by which a server of others lets us in: nodes of a chain, and places that keep blocks.
namespace amana::cli {

/// --user --authority --client-certificate, and those of declareAccessSecrets. `user` is the help of --user.
void declareAccess(Arguments &arguments, const QString &user);
/// --password-file --token-file --client-key-file
void declareAccessSecrets(Arguments &arguments);

/// What they say, with the names that secrets of `scope` get (see app/workspace/network_secrets.h). `withUser`: what --user
/// means to this kind of server. UsageInvalid, failures of readFile.
[[nodiscard]] Result<net::Access> accessFrom(const Arguments &arguments, const std::string &scope,
                                             net::Access::Login withUser);
/// Puts what the options name into the profile's vault. UsageInvalid for what `access` does not ask for.
[[nodiscard]] Status keepAccessSecrets(const Arguments &arguments, const net::Access &access, store::Library &library);

} // namespace amana::cli
