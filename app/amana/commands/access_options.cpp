// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/access_options.h"

#include "app/workspace/network_secrets.h"
#include "core/base/files.h"

namespace amana::cli {

using Login = net::Access::Login;

namespace {

constexpr std::int64_t kMaxPem = 1 << 20;

Result<std::string> pemOption(const Arguments &arguments, const QString &name)
{
    if (!arguments.has(name))
        return std::string();
    AMANA_TRY(const QByteArray pem, readFile(arguments.value(name), kMaxPem));
    return pem.toStdString();
}

} // namespace

void declareAccess(Arguments &arguments, const QString &user)
{
    arguments.option({QStringLiteral("user")}, QStringLiteral("NAME"), user);
    arguments.option({QStringLiteral("authority")}, QStringLiteral("FILE"),
                     QStringLiteral("trust only certificates under this one (PEM)"));
    arguments.option({QStringLiteral("client-certificate")}, QStringLiteral("FILE"),
                     QStringLiteral("shown to the server (PEM), with --client-key-file"));
    declareAccessSecrets(arguments);
}

void declareAccessSecrets(Arguments &arguments)
{
    arguments.option({QStringLiteral("password-file")}, QStringLiteral("FILE"),
                     QStringLiteral("a file with mode 0600 that holds the password of --user"));
    arguments.option({QStringLiteral("token-file")}, QStringLiteral("FILE"),
                     QStringLiteral("a file with mode 0600 that holds a bearer token"));
    arguments.option({QStringLiteral("client-key-file")}, QStringLiteral("FILE"),
                     QStringLiteral("a file with mode 0600 that holds the key of the client certificate (PEM)"));
}

Result<net::Access> accessFrom(const Arguments &arguments, const std::string &scope, Login withUser)
{
    const bool user = arguments.has(QStringLiteral("user"));
    const bool token = arguments.has(QStringLiteral("token-file"));
    if (user && token)
        return arguments.misuse("conflict", QStringLiteral("--user --token-file"));
    net::Access access;
    if (user) {
        AMANA_CHECK(arguments.required(QStringLiteral("password-file")));
        access.login = withUser;
        access.user = arguments.text(QStringLiteral("user"));
    } else if (token) {
        access.login = Login::Bearer;
    }
    if (user || token)
        access.secret = app::loginSecretName(scope);
    AMANA_TRY(access.authority, pemOption(arguments, QStringLiteral("authority")));
    AMANA_TRY(access.clientCertificate, pemOption(arguments, QStringLiteral("client-certificate")));
    if (!access.clientCertificate.empty()) {
        AMANA_CHECK(arguments.required(QStringLiteral("client-key-file")));
        access.clientKey = app::clientKeyName(scope);
    }
    return access;
}

Status keepAccessSecrets(const Arguments &arguments, const net::Access &access, store::Library &library)
{
    const bool user = access.login == Login::Password || access.login == Login::Basic;
    const std::pair<QString, std::string> files[] = {
        {QStringLiteral("password-file"), user ? access.secret : std::string()},
        {QStringLiteral("token-file"), access.login == Login::Bearer ? access.secret : std::string()},
        {QStringLiteral("client-key-file"), access.clientKey}};
    for (const auto &[option, name] : files) {
        if (!arguments.has(option))
            continue;
        if (name.empty()) // it asks for nothing like it
            return arguments.misuse("badValue", QStringLiteral("--") + option);
        AMANA_TRY(const SecretBytes secret, keys::readPassphraseFile(arguments.value(option)));
        AMANA_CHECK(app::putNetworkSecret(library, name, secret));
    }
    return {};
}

} // namespace amana::cli
