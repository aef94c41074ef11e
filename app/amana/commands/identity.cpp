// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/identity_files.h"
#include "app/amana/shown.h"
#include "app/amana/terminal.h"
#include "app/workspace/values.h"
#include "core/base/files.h"
#include "core/keys/keystore.h"
#include "core/keys/profile.h"

#include <QDateTime>
#include <QFile>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <sstream>

namespace amana::cli {

namespace {

using nlohmann::json;

json infoToJson(const keys::ProfileInfo &info)
{
    json versions = json::array();
    for (const keys::KeyVersion &version : info.keyVersions)
        versions.push_back(
            {{"network", version.network}, {"version", version.version}, {"key", version.identity}});
    return {{"name", info.name},
            {"role", std::string(keys::roleName(info.role))},
            {"address", crypto::checksumAddress(info.address)},
            {"importedAccount", info.importedAccount},
            {"recipient", info.ageRecipient},
            {"fingerprint", app::fingerprintOf(info.ageRecipient).toStdString()},
            {"secrets", info.secrets},
            {"keyVersions", versions}};
}

void printInfo(const Output &out, const keys::ProfileInfo &info)
{
    out.line(QStringLiteral("Name         %1 (%2)").arg(toQ(info.name), toQ(keys::roleName(info.role))));
    out.line(QStringLiteral("Address      %1").arg(toQ(crypto::checksumAddress(info.address))));
    if (info.importedAccount)
        out.line(QStringLiteral(
            "             from a key file: the recovery phrase does not hold it, so keep the key file"));
    out.line(QStringLiteral("Age key      %1").arg(toQ(info.ageRecipient)));
    out.line(QStringLiteral("Fingerprint  %1").arg(app::fingerprintOf(info.ageRecipient)));
    out.line(QStringLiteral("Secrets in   %1").arg(toQ(info.secrets)));
}

Result<keys::ProfileRole> roleFrom(const Arguments &arguments)
{
    const QString name = arguments.has(QStringLiteral("role")) ? arguments.value(QStringLiteral("role"))
                                                               : QStringLiteral("clinician");
    auto role = keys::roleFromName(name.toStdString());
    if (!role)
        return arguments.misuse("unknownRole", name);
    return role;
}

/// A passphrase typed twice, for a machine without a keychain. PassphraseWrong when the two differ.
Result<std::unique_ptr<keys::SecretStore>> newPassphraseStore(const Context &context)
{
    context.out.note(
        QStringLiteral("There is no keychain on this machine, so a passphrase protects the keys."));
    AMANA_TRY(SecretBytes first, askSecret(QStringLiteral("New passphrase:")));
    AMANA_TRY(const SecretBytes second, askSecret(QStringLiteral("The same again:")));
    if (!first.equals(second.view()))
        return fail(ErrorCode::PassphraseWrong);
    AMANA_TRY(auto store,
              keys::PassphraseStore::open(context.home + QStringLiteral("/secrets.age"), std::move(first)));
    return std::unique_ptr<keys::SecretStore>(std::move(store));
}

/// What `identity new` and `identity recover` have in common.
void declareProfile(Arguments &arguments)
{
    arguments.option({QStringLiteral("role")}, QStringLiteral("ROLE"),
                     QStringLiteral("clinician (default), patient, researcher or administrator"));
    arguments.option({QStringLiteral("keystore")}, QStringLiteral("FILE"),
                     QStringLiteral("take the account from a wallet's key file (version 3), not from the phrase"));
    arguments.option({QStringLiteral("keystore-password-file")}, QStringLiteral("FILE"),
                     QStringLiteral("a file with mode 0600 that holds the key file's password"));
}

/// Name, role, and the account of --keystore; the phrase is the caller's.
Result<keys::NewProfile> profileFrom(const Arguments &arguments)
{
    AMANA_TRY(const keys::ProfileRole role, roleFrom(arguments));
    keys::NewProfile profile{arguments.positional(0).toStdString(), role, std::nullopt};
    if (!arguments.has(QStringLiteral("keystore")))
        return profile;
    AMANA_TRY(const QByteArray file, readFile(arguments.value(QStringLiteral("keystore"))));
    AMANA_TRY(const SecretBytes password, keystorePassword(arguments, false));
    AMANA_TRY(profile.account, keys::readKeystore(file, password));
    return profile;
}

Result<keys::OpenProfile> create(const Context &context, const keys::NewProfile &wanted)
{
    const auto spec = [&wanted] {
        keys::NewProfile profile{wanted.name, wanted.role, std::nullopt};
        if (wanted.phrase)
            profile.phrase = wanted.phrase->clone();
        if (wanted.account)
            profile.account = wanted.account->clone();
        return profile;
    };
    AMANA_TRY(auto store, context.secrets());
    auto created = keys::createProfile(context.home, spec(), *store);
    if (created || created.error().code != ErrorCode::KeychainAbsent || !canAsk())
        return created;
    AMANA_TRY(store, newPassphraseStore(context));
    return keys::createProfile(context.home, spec(), *store);
}

/// Whether the person has written the phrase down: three of its words are asked for.
Status checkPhrase(const Context &context, const SecretBytes &phrase)
{
    std::vector<std::string> words;
    std::istringstream stream{std::string(phrase.text())};
    for (std::string word; stream >> word;)
        words.push_back(word);
    for (const std::size_t place : {std::size_t(2), words.size() / 2, words.size() - 1}) {
        for (;;) {
            AMANA_TRY(const SecretBytes answer,
                      askSecret(QStringLiteral("To check, word number %1:").arg(place + 1)));
            if (answer.text() == words[place])
                break;
            context.out.note(QStringLiteral("That is another word. Look at your copy."));
        }
    }
    for (std::string &word : words)
        secureWipe(word.data(), word.size());
    return {};
}

Status showPhrase(const Context &context, const Arguments &arguments, const SecretBytes &phrase)
{
    if (arguments.has(QStringLiteral("phrase-out"))) {
        AMANA_CHECK(writeNewSecretFile(arguments.value(QStringLiteral("phrase-out")), phrase));
        context.out.line(QStringLiteral("The recovery phrase is in %1. Write it down and delete the file.")
                             .arg(arguments.value(QStringLiteral("phrase-out"))));
        return {};
    }
    context.out.json({{"recoveryPhrase", std::string(phrase.text())}});
    context.out.line(QStringLiteral("\nRecovery phrase, shown this once. Write it down and keep it safe:\n"));
    context.out.line(toQ(phrase.text()));
    context.out.line();
    const bool check = canAsk() && !context.out.isJson();
    context.out.json({{"phraseChecked", check}});
    return check ? checkPhrase(context, phrase) : Status();
}

Status newIdentity(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("identity new"), QStringLiteral("NAME"),
                        QStringLiteral("Makes a profile with new keys and shows its recovery phrase once."));
    declareProfile(arguments);
    arguments.option({QStringLiteral("phrase-out")}, QStringLiteral("FILE"),
                     QStringLiteral("write the phrase to a new file with mode 0600 instead of showing it"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    if (QFile::exists(
            arguments.value(QStringLiteral("phrase-out")))) // before there are keys whose phrase nobody saw
        return fail(ErrorCode::FileExists, {{"path", arguments.text(QStringLiteral("phrase-out"))}});
    AMANA_TRY(const keys::NewProfile wanted, profileFrom(arguments));
    AMANA_TRY(const keys::OpenProfile profile, create(context, wanted));
    context.out.json(infoToJson(profile.info));
    printInfo(context.out, profile.info);
    return showPhrase(context, arguments, profile.identity.phrase());
}

Result<SecretBytes> readPhrase(const Arguments &arguments)
{
    if (arguments.has(QStringLiteral("phrase-file")))
        return keys::readPassphraseFile(arguments.value(QStringLiteral("phrase-file")));
    return canAsk() ? askSecret(QStringLiteral("Recovery phrase (24 words):")) : readSecretFromInput();
}

Status recoverIdentity(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("identity recover"), QStringLiteral("NAME"),
        QStringLiteral("Makes a profile from a recovery phrase: typed, piped in, or from a file."));
    declareProfile(arguments);
    arguments.option({QStringLiteral("phrase-file")}, QStringLiteral("FILE"),
                     QStringLiteral("a file with mode 0600 that holds the phrase"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(keys::NewProfile wanted, profileFrom(arguments));
    AMANA_TRY(wanted.phrase, readPhrase(arguments));
    AMANA_TRY(const keys::OpenProfile profile, create(context, wanted));
    context.out.json(infoToJson(profile.info));
    printInfo(context.out, profile.info);
    return {};
}

Status listIdentities(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("identity list"), {}, QStringLiteral("The profiles of this home."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const std::vector<keys::ProfileInfo> all, keys::listProfiles(context.home));
    json rows = json::array();
    std::vector<QStringList> table;
    for (const keys::ProfileInfo &info : all) {
        rows.push_back(infoToJson(info));
        table.push_back({toQ(info.name), toQ(keys::roleName(info.role)),
                         toQ(crypto::checksumAddress(info.address)), app::fingerprintOf(info.ageRecipient)});
    }
    context.out.json({{"profiles", rows}});
    context.out.table({QStringLiteral("Name"), QStringLiteral("Role"), QStringLiteral("Address"),
                       QStringLiteral("Fingerprint")},
                      table, QStringLiteral("No profile yet: amana identity new NAME"));
    return {};
}

Status showIdentity(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("identity show"), QStringLiteral("[NAME]"),
                        QStringLiteral("The public side of a profile: address, age key, fingerprint."));
    AMANA_CHECK(arguments.parse(context, list, 0, 1));
    std::string name = arguments.positional(0).toStdString();
    if (name.empty()) {
        AMANA_TRY(name, context.profileName());
    }
    AMANA_TRY(const keys::ProfileInfo info, keys::readProfile(context.home, name));
    context.out.json(infoToJson(info));
    printInfo(context.out, info);
    return {};
}

Status rotateKey(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("identity rotate"), {},
                        QStringLiteral("Makes a new encryption key for the profile, from the same recovery phrase. Each"
                                       " network learns it at the next connection; earlier keys go on opening what was"
                                       " encrypted for them."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const std::string name, context.profileName());
    AMANA_TRY(const auto store, context.secrets());
    AMANA_TRY(const keys::OpenProfile profile, keys::openProfile(context.home, name, *store));
    AMANA_TRY(const keys::ProfileInfo info, keys::useKey(context.home, profile, profile.info.currentKey + 1));
    context.out.json(infoToJson(info));
    printInfo(context.out, info);
    return {};
}

} // namespace

std::vector<Command> identityCommands()
{
    return {{QStringLiteral("identity"),
             QStringLiteral("new, list, show, recover, rotate, export: people and their keys"),
             dispatch(QStringLiteral("identity"), {{QStringLiteral("new"), newIdentity},
                                                   {QStringLiteral("list"), listIdentities},
                                                   {QStringLiteral("show"), showIdentity},
                                                   {QStringLiteral("recover"), recoverIdentity},
                                                   {QStringLiteral("rotate"), rotateKey},
                                                   {QStringLiteral("export"), exportIdentity}})},
            {QStringLiteral("profile"), QStringLiteral("new, list: the profiles of this home"),
             dispatch(QStringLiteral("profile"),
                      {{QStringLiteral("new"), newIdentity}, {QStringLiteral("list"), listIdentities}})}};
}

} // namespace amana::cli
