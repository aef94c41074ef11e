// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/profile.h"

#include "core/base/files.h"
#include "core/crypto/random.h"
#include "core/keys/mnemonic.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFileInfo>
#include <QLockFile>

#include <algorithm>
#include <array>

namespace amana::keys {

namespace {

using nlohmann::json;

constexpr int kVersion = 1;
constexpr std::size_t kEntropyBytes = 32;
constexpr std::size_t kVaultKeyBytes = 32;
constexpr std::size_t kAccountBytes = 32; // only where the account was imported
constexpr std::size_t kMaxNameBytes = 64;
constexpr int kLockWaitMs = 30000;
constexpr std::array<std::string_view, 4> kRoles{"clinician", "patient", "researcher", "administrator"};

QString profilesFolder(const QString &home)
{
    return QDir(home).absoluteFilePath(QStringLiteral("profiles"));
}

QString folderOf(const QString &home, const std::string &name)
{
    return profilesFolder(home) + QLatin1Char('/') + QString::fromStdString(name);
}

/// The name is a folder's name on every platform and is read aloud by people; nothing else may hide in it.
Status checkName(const std::string &name)
{
    const QString text = QString::fromStdString(name);
    const auto good = [](QChar c) {
        return c.isLetterOrNumber() || c.isMark() || QStringLiteral(" -_.@").contains(c);
    };
    const bool edges = !text.startsWith(QLatin1Char('.')) && text.trimmed() == text;
    if (name.empty() || name.size() > kMaxNameBytes || !edges || !std::all_of(text.begin(), text.end(), good))
        return fail(ErrorCode::ProfileBadName);
    return {};
}

std::string secretName(const ProfileInfo &info)
{
    return "profile/" + info.id + "/v1";
}

std::string toJson(const ProfileInfo &info, qint64 created)
{
    json versions = json::array();
    for (const KeyVersion &version : info.keyVersions)
        versions.push_back(
            {{"network", version.network}, {"version", version.version}, {"identity", version.identity}});
    const json text{{"format", kVersion},
                    {"id", info.id},
                    {"name", info.name},
                    {"role", roleName(info.role)},
                    {"secrets", info.secrets},
                    {"address", crypto::checksumAddress(info.address)},
                    {"importedAccount", info.importedAccount},
                    {"ageRecipient", info.ageRecipient},
                    {"currentKey", info.currentKey},
                    {"keyVersions", versions},
                    {"created", created}};
    return text.dump(2) + "\n";
}

struct Stored {
    ProfileInfo info;
    qint64 created = 0; // milliseconds since 1970
};

Result<Stored> fromJson(const QByteArray &bytes, const QString &path)
{
    const auto corrupt = [&path] { return fail(ErrorCode::StoreCorrupt, {{"path", path.toStdString()}}); };
    const json text = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    Stored stored;
    ProfileInfo &info = stored.info;
    try { // nlohmann reports a missing or mistyped member by throwing
        if (text.at("format").get<int>() > kVersion)
            return fail(ErrorCode::StoreTooNew, {{"path", path.toStdString()}});
        info.id = text.at("id").get<std::string>();
        info.name = text.at("name").get<std::string>();
        info.secrets = text.at("secrets").get<std::string>();
        info.ageRecipient = text.at("ageRecipient").get<std::string>();
        info.importedAccount = text.value("importedAccount", false);
        info.currentKey = text.at("currentKey").get<std::uint32_t>();
        stored.created = text.at("created").get<qint64>();
        for (const json &version : text.at("keyVersions"))
            info.keyVersions.push_back({version.at("network").get<std::string>(),
                                        version.at("version").get<std::uint16_t>(),
                                        version.at("identity").get<std::uint32_t>()});
        const auto role = roleFromName(text.at("role").get<std::string>());
        const auto address = crypto::parseAddress(text.at("address").get<std::string>());
        if (!role || !address)
            return corrupt();
        info.role = *role;
        info.address = *address;
    } catch (const json::exception &) {
        return corrupt();
    }
    return stored;
}

Result<Stored> load(const QString &home, const std::string &name)
{
    if (!checkName(name))
        return fail(ErrorCode::ProfileUnknown, {{"profile", name}});
    const QString folder = folderOf(home, name);
    const QString path = folder + QStringLiteral("/profile.json");
    if (!QFileInfo::exists(path))
        return fail(ErrorCode::ProfileUnknown, {{"profile", name}});
    AMANA_TRY(const QByteArray bytes, readFile(path, 1 << 20));
    AMANA_TRY(Stored stored, fromJson(bytes, path));
    stored.info.folder = folder;
    return stored;
}

Status save(const ProfileInfo &info, qint64 created)
{
    return writeFileAtomic(info.folder + QStringLiteral("/profile.json"),
                           QByteArray::fromStdString(toJson(info, created)));
}

/// Held while profiles are made or changed, so that two processes do not make the same one.
Status lockProfiles(QLockFile &lock, const QString &home)
{
    AMANA_CHECK(makeFolder(profilesFolder(home)));
    if (!lock.tryLock(kLockWaitMs))
        return fail(ErrorCode::StoreLocked, {{"path", lock.fileName().toStdString()}});
    return {};
}

QString lockFile(const QString &home)
{
    return profilesFolder(home) + QStringLiteral("/.lock");
}

Result<Identity> identityFor(NewProfile &profile)
{
    Identity identity = Identity::generate();
    if (profile.phrase) {
        AMANA_TRY(identity, Identity::fromPhrase(profile.phrase->text()));
    }
    if (profile.account)
        return Identity::withAccount(std::move(identity), std::move(*profile.account));
    return identity;
}

/// What the store keeps of a profile, in one entry: a profile never has one secret without the others.
/// 32 bytes of phrase entropy, 32 of vault key, and 32 of the account where it was imported.
Result<SecretBytes> pack(const Identity &identity, const SecretBytes &vaultKey)
{
    AMANA_TRY(const crypto::SigningKey account, identity.chainKey());
    SecretBytes secret(kEntropyBytes + kVaultKeyBytes + (identity.hasImportedAccount() ? kAccountBytes : 0));
    const auto put = [&secret](ByteView part, std::size_t at) {
        std::copy(part.begin(), part.end(), secret.writable().begin() + static_cast<std::ptrdiff_t>(at));
    };
    put(identity.entropy().view(), 0);
    put(vaultKey.view(), kEntropyBytes);
    if (identity.hasImportedAccount())
        put(account.secret().view(), kEntropyBytes + kVaultKeyBytes);
    return secret;
}

struct Unpacked {
    Identity identity;
    SecretBytes vaultKey;
};

/// StoreCorrupt without parameters when it is not what pack() made.
Result<Unpacked> unpack(const SecretBytes &secret)
{
    const bool imported = secret.size() == kEntropyBytes + kVaultKeyBytes + kAccountBytes;
    if (!imported && secret.size() != kEntropyBytes + kVaultKeyBytes)
        return fail(ErrorCode::StoreCorrupt);
    AMANA_TRY(Identity identity, Identity::fromEntropy(SecretBytes(secret.view().first(kEntropyBytes))));
    if (imported) {
        AMANA_TRY(crypto::SigningKey account,
                  crypto::SigningKey::fromSecret(SecretBytes(secret.view().last(kAccountBytes))));
        identity = Identity::withAccount(std::move(identity), std::move(account));
    }
    return Unpacked{std::move(identity), SecretBytes(secret.view().subspan(kEntropyBytes, kVaultKeyBytes))};
}

} // namespace

std::string_view roleName(ProfileRole role)
{
    return kRoles[static_cast<std::size_t>(role)];
}

Result<ProfileRole> roleFromName(std::string_view name)
{
    const auto found = std::find(kRoles.begin(), kRoles.end(), name);
    if (found == kRoles.end())
        return fail(ErrorCode::UsageInvalid, {{"what", "role"}});
    return static_cast<ProfileRole>(found - kRoles.begin());
}

Result<OpenProfile> createProfile(const QString &home, NewProfile profile, SecretStore &store)
{
    AMANA_CHECK(checkName(profile.name));
    QLockFile lock(lockFile(home));
    AMANA_CHECK(lockProfiles(lock, home));
    ProfileInfo info;
    info.folder = folderOf(home, profile.name);
    if (QFileInfo::exists(info.folder + QStringLiteral("/profile.json")))
        return fail(ErrorCode::ProfileExists, {{"profile", profile.name}});
    AMANA_TRY(Identity identity, identityFor(profile));
    AMANA_TRY(const crypto::SigningKey key, identity.chainKey());
    info.id = toHex(crypto::randomDigest()).substr(0, 32);
    info.name = profile.name;
    info.role = profile.role;
    info.secrets = store.kind();
    info.address = key.address();
    info.importedAccount = identity.hasImportedAccount();
    info.ageRecipient = identity.ageIdentity(0).recipient().text();
    SecretBytes vaultKey = crypto::randomSecret(kVaultKeyBytes);

    // Written before profile.json, and read back: a profile that shows in the list can be opened.
    AMANA_TRY(const SecretBytes secret, pack(identity, vaultKey));
    AMANA_CHECK(store.write(secretName(info), secret.view()));
    AMANA_TRY(const SecretBytes check, store.read(secretName(info)));
    if (!check.equals(secret.view()))
        return fail(ErrorCode::KeychainFailed);
    AMANA_CHECK(makeFolder(info.folder));
    AMANA_CHECK(save(info, QDateTime::currentMSecsSinceEpoch()));
    return OpenProfile{std::move(info), std::move(identity), std::move(vaultKey)};
}

Result<OpenProfile> openProfile(const QString &home, const std::string &name, SecretStore &store)
{
    AMANA_TRY(Stored stored, load(home, name));
    ProfileInfo &info = stored.info;
    if (info.secrets != store.kind())
        return fail(info.secrets == "passphrase" ? ErrorCode::PassphraseNeeded : ErrorCode::KeychainNoEntry,
                    {{"profile", name}, {"secrets", info.secrets}});
    AMANA_TRY(const SecretBytes secret, store.read(secretName(info)));
    const auto corrupt = [&info] {
        return fail(ErrorCode::StoreCorrupt,
                    {{"path", (info.folder + QStringLiteral("/profile.json")).toStdString()}});
    };
    auto secrets = unpack(secret);
    if (!secrets)
        return corrupt();
    AMANA_TRY(const crypto::SigningKey key, secrets->identity.chainKey());
    if (key.address() != info.address || secrets->identity.hasImportedAccount() != info.importedAccount)
        return corrupt();
    return OpenProfile{std::move(info), std::move(secrets->identity), std::move(secrets->vaultKey)};
}

Result<ProfileInfo> readProfile(const QString &home, const std::string &name)
{
    AMANA_TRY(Stored stored, load(home, name));
    return std::move(stored.info);
}

Result<std::vector<ProfileInfo>> listProfiles(const QString &home)
{
    std::vector<Stored> all;
    const QDir folder(profilesFolder(home));
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        auto stored = load(home, name.toStdString());
        if (!stored && stored.error().code == ErrorCode::ProfileUnknown)
            continue; // a folder without profile.json: a creation that was cut short
        if (!stored)
            return fail(std::move(stored).error());
        all.push_back(std::move(*stored));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Stored &a, const Stored &b) { return a.created < b.created; });
    std::vector<ProfileInfo> infos;
    for (Stored &stored : all)
        infos.push_back(std::move(stored.info));
    return infos;
}

Status recordKeyVersion(const QString &home, const std::string &name, const KeyVersion &version)
{
    QLockFile lock(lockFile(home));
    AMANA_CHECK(lockProfiles(lock, home));
    AMANA_TRY(Stored stored, load(home, name));
    auto &versions = stored.info.keyVersions;
    std::erase_if(versions, [&version](const KeyVersion &known) {
        return known.network == version.network && known.version == version.version;
    });
    versions.push_back(version);
    return save(stored.info, stored.created);
}

Result<ProfileInfo> useKey(const QString &home, const OpenProfile &profile, std::uint32_t n)
{
    QLockFile lock(lockFile(home));
    AMANA_CHECK(lockProfiles(lock, home));
    AMANA_TRY(Stored stored, load(home, profile.info.name));
    stored.info.currentKey = n;
    stored.info.ageRecipient = profile.identity.ageIdentity(n).recipient().text();
    AMANA_CHECK(save(stored.info, stored.created));
    return std::move(stored.info);
}

} // namespace amana::keys
