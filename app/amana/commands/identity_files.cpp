// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/identity_files.h"
#include "app/amana/shown.h"
#include "app/amana/terminal.h"
#include "core/keys/keystore.h"
#include "core/keys/profile.h"

#include <QFile>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::cli {

namespace {

/// A standard age identity file with every key that may stand behind a version of this profile, newest first.
SecretBytes identityFile(const keys::OpenProfile &profile)
{
    std::vector<SecretBytes> lines;
    std::size_t size = 0;
    for (std::int64_t n = profile.info.currentKey; n >= 0; --n) {
        const crypto::AgeIdentity identity = profile.identity.ageIdentity(static_cast<std::uint32_t>(n));
        lines.push_back(SecretBytes::fromText("# public key: " + identity.recipient().text() + "\n"));
        lines.push_back(identity.text());
        lines.push_back(SecretBytes::fromText("\n"));
    }
    for (const SecretBytes &line : lines)
        size += line.size();
    SecretBytes whole(size);
    auto at = whole.writable().begin();
    for (const SecretBytes &line : lines)
        at = std::copy(line.view().begin(), line.view().end(), at);
    return whole;
}

Status exportAccount(const Context &context, const Arguments &arguments, const keys::OpenProfile &profile)
{
    const QString path = arguments.value(QStringLiteral("keystore"));
    AMANA_TRY(const SecretBytes password, keystorePassword(arguments, true));
    AMANA_TRY(const crypto::SigningKey account, profile.identity.chainKey());
    AMANA_TRY(const QByteArray file, keys::writeKeystore(account, password));
    AMANA_CHECK(writeNewSecretFile(path, SecretBytes(bytesOf(file))));
    context.out.json({{"keystore", path.toStdString()}, {"address", crypto::checksumAddress(account.address())}});
    context.out.line(QStringLiteral("%1 holds the account of %2, protected by its password, for wallets that read key"
                                    " files of version 3.")
                         .arg(path, toQ(profile.info.name)));
    return {};
}

Status exportAgeKeys(const Context &context, const QString &path, const keys::OpenProfile &profile)
{
    AMANA_CHECK(writeNewSecretFile(path, identityFile(profile)));
    context.out.json({{"file", path.toStdString()}, {"recipient", profile.info.ageRecipient}});
    context.out.line(
        QStringLiteral("%1 holds the secret age key of %2. Whoever has it opens what was sealed for them.")
            .arg(path, toQ(profile.info.name)));
    return {};
}

} // namespace

Result<SecretBytes> keystorePassword(const Arguments &arguments, bool isNew)
{
    if (arguments.has(QStringLiteral("keystore-password-file")))
        return keys::readPassphraseFile(arguments.value(QStringLiteral("keystore-password-file")));
    if (!canAsk())
        return arguments.misuse("missingOption", QStringLiteral("--keystore-password-file"));
    AMANA_TRY(SecretBytes first, askSecret(QStringLiteral("Password of the key file:")));
    if (!isNew)
        return first;
    AMANA_TRY(const SecretBytes second, askSecret(QStringLiteral("The same again:")));
    if (!first.equals(second.view()))
        return fail(ErrorCode::PassphraseWrong);
    return first;
}

Status exportIdentity(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("identity export"), QStringLiteral("-o FILE | --keystore FILE"),
        QStringLiteral("Writes the age keys of the profile as a standard age identity file (mode 0600),"
                       " so that the public age tool opens what was sealed for it; or its account as a key file"
                       " of version 3, for other wallets."));
    arguments.option({QStringLiteral("o")}, QStringLiteral("FILE"), QStringLiteral("a new file for the age keys"));
    arguments.option({QStringLiteral("keystore")}, QStringLiteral("FILE"),
                     QStringLiteral("a new key file for the account"));
    arguments.option({QStringLiteral("keystore-password-file")}, QStringLiteral("FILE"),
                     QStringLiteral("a file with mode 0600 that holds the key file's password"));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    const bool toKeystore = arguments.has(QStringLiteral("keystore"));
    if (toKeystore && arguments.has(QStringLiteral("o")))
        return arguments.misuse("conflict", QStringLiteral("-o --keystore"));
    const QString option = toKeystore ? QStringLiteral("keystore") : QStringLiteral("o");
    AMANA_TRY(const QString path, arguments.required(option));
    if (QFile::exists(path)) // before anything is asked or derived
        return fail(ErrorCode::FileExists, {{"path", path.toStdString()}});
    AMANA_TRY(const std::string name, context.profileName());
    AMANA_TRY(const keys::ProfileInfo known, keys::readProfile(context.home, name));
    AMANA_TRY(const auto store, context.secrets());
    AMANA_TRY(const keys::OpenProfile profile, keys::openProfile(context.home, known.name, *store));
    return toKeystore ? exportAccount(context, arguments, profile) : exportAgeKeys(context, path, profile);
}

} // namespace amana::cli
