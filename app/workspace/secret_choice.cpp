// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/secret_choice.h"

namespace amana::app {

namespace {

Result<std::unique_ptr<keys::SecretStore>> passphraseStore(const QString &home, SecretBytes passphrase)
{
    AMANA_TRY(auto store, keys::PassphraseStore::open(home + QStringLiteral("/secrets.age"), std::move(passphrase)));
    return std::unique_ptr<keys::SecretStore>(std::move(store));
}

QString chosenFile(const QString &passphraseFile)
{
    return passphraseFile.isEmpty() ? qEnvironmentVariable("AMANA_PASSPHRASE_FILE") : passphraseFile;
}

} // namespace

Result<std::unique_ptr<keys::SecretStore>> secretStoreFor(const QString &home, const std::string &kind,
                                                          const ports::Secret &typed, const QString &passphraseFile)
{
    if (kind == "keychain")
        return std::unique_ptr<keys::SecretStore>(std::make_unique<keys::KeychainStore>());
    if (kind != "passphrase")
        return fail(ErrorCode::UsageInvalid, {{"reason", "badValue"}, {"value", kind}});
    if (typed)
        return passphraseStore(home, typed->clone());
    const QString file = chosenFile(passphraseFile);
    if (file.isEmpty())
        return fail(ErrorCode::PassphraseNeeded);
    AMANA_TRY(SecretBytes passphrase, keys::readPassphraseFile(file));
    return passphraseStore(home, std::move(passphrase));
}

Result<std::unique_ptr<keys::SecretStore>> secretStoreForNew(const QString &home, const ports::Secret &typed,
                                                             const QString &passphraseFile)
{
    const bool byPassphrase = typed || !chosenFile(passphraseFile).isEmpty();
    return secretStoreFor(home, byPassphrase ? "passphrase" : "keychain", typed, passphraseFile);
}

} // namespace amana::app
