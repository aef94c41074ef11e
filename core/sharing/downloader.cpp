// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/downloader.h"

#include "core/base/files.h"
#include "core/chain/registered_dataset.h"
#include "core/content/dag_reader.h"
#include "core/crypto/hash.h"
#include "core/sharing/archive.h"
#include "core/sharing/emergency.h"
#include "core/sharing/gateway_pass.h"
#include "core/sharing/own_keys.h"
#include "core/sharing/relink.h"

#include <QBuffer>
#include <QDir>
#include <QTemporaryFile>

#include <map>

namespace amana::sharing {

namespace {

tl::unexpected<Error> invalid(const char *reason)
{
    return fail(ErrorCode::SharingPackageInvalid, {{"reason", reason}});
}

Status writeOwn(const QString &path, ByteView bytes)
{
    return writeFileAtomic(path, toByteArray(bytes), true);
}

/// A name from a manifest that somebody else wrote: one plain component.
bool isSafeName(const std::string &name)
{
    return !name.empty() && name.size() <= 200 && name.front() != '.' && name.find('/') == std::string::npos
        && name.find('\\') == std::string::npos && name.find('\0') == std::string::npos;
}

} // namespace

Downloader::Downloader(Actor &actor, std::uint64_t request, QString folder)
    : m_actor(actor), m_request(request), m_folder(std::move(folder))
{
}

Downloader Downloader::forEmergency(Actor &actor, std::uint64_t dataset, QByteArray capsule, QString folder)
{
    Downloader downloader(actor, 0, std::move(folder));
    downloader.m_grant.dataset = dataset;
    downloader.m_handedOver = std::move(capsule);
    return downloader;
}

Status Downloader::checkGrant()
{
    if (m_request == 0)
        AMANA_CHECK(checkEmergency(m_actor, m_grant.dataset, m_actor.address()));
    else
        AMANA_CHECK(checkRequest());
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(m_actor.chain, m_actor.index, m_grant.dataset));
    m_root = rootOf(dataset);
    return {};
}

Status Downloader::checkRequest()
{
    AMANA_TRY(m_grant, chain::AccessGrants(m_actor.chain).requestOf(m_request));
    const Error::Params params{{"request", std::to_string(m_request)},
                               {"state", std::string(chain::requestStateName(m_grant.state))}};
    if (m_grant.requester != m_actor.address())
        return fail(ErrorCode::ContractNotRequester, params);
    // The contract's clock is that of the newest block, and a quiet chain has an old one: this computer's clock counts too.
    if (m_grant.state == chain::RequestState::Approved
        && static_cast<std::int64_t>(m_grant.until) <= m_actor.clock.now().toSecsSinceEpoch())
        m_grant.state = chain::RequestState::Expired;
    switch (m_grant.state) {
    case chain::RequestState::Approved:
        break;
    case chain::RequestState::Revoked:
        return fail(ErrorCode::SharingRevoked, params);
    case chain::RequestState::Expired:
        return fail(ErrorCode::SharingExpired, params);
    default:
        return fail(ErrorCode::SharingNotApproved, params);
    }
    // Approved, but the dataset was withdrawn, or this member suspended or past its date.
    AMANA_TRY(const bool allowed, chain::AccessGrants(m_actor.chain).isAllowed(m_request));
    if (!allowed)
        return fail(ErrorCode::SharingNotApproved, {{"request", std::to_string(m_request)}, {"state", "notAllowed"}});
    return {};
}

Status Downloader::fetch(const Progress &progress)
{
    const std::string why = m_request == 0 ? "emergency for dataset " + std::to_string(m_grant.dataset)
                                           : "request " + std::to_string(m_request);
    Status brought = m_actor.blocks.bring(m_root, why, progress);
    const bool missing = !brought
                         && (brought.error().code == ErrorCode::BlockMissing || brought.error().code == ErrorCode::IpfsNotFound);
    if (!missing || m_request == 0) // a pass is for a request
        return brought;
    for (const replication::Place &place : m_actor.blocks.places()) {
        if (place.kind != replication::PlaceKind::GuardedGateway)
            continue;
        Status guarded = fetchFrom(place, progress);
        if (guarded)
            return m_actor.blocks.bring(m_root, why, progress);
        if (guarded.error().code == ErrorCode::Cancelled)
            return guarded;
        brought = std::move(guarded);
    }
    return brought;
}

Status Downloader::fetchFrom(const replication::Place &guarded, const Progress &progress)
{
    AMANA_TRY(const auto tls, m_actor.blocks.tlsOf(guarded));
    const GuardedGateway gateway{QUrl(QString::fromStdString(guarded.url)), guarded.key, tls};
    return fetchGuarded(signerOf(m_actor), gateway, m_request, m_root, m_actor.blocks.store(), progress)
        .transform([](const content::FetchReport &) {});
}

Status Downloader::verify(const Progress &progress)
{
    std::uint64_t bytes = 0;
    return content::walk(m_actor.blocks, m_root, [&](const content::Cid &, const QByteArray &block) -> Status {
        bytes += static_cast<std::uint64_t>(block.size());
        progress.report(bytes, 0);
        return progress.cancelled() ? Status(fail(ErrorCode::Cancelled)) : Status();
    });
}

Result<QByteArray> Downloader::sealedCapsule() const
{
    if (m_request == 0)
        return m_handedOver;
    AMANA_CHECK(m_actor.index.sync(m_actor.chain));
    AMANA_TRY(const auto request, m_actor.index.request(m_request));
    if (!request || (request->capsule.isEmpty() && request->capsuleDigest == Digest{}))
        return fail(ErrorCode::SharingNoCapsule, {{"request", std::to_string(m_request)}});
    if (!request->capsule.isEmpty())
        return request->capsule;
    return getObject(m_actor.blocks, request->capsuleDigest);
}

Status Downloader::unwrap()
{
    AMANA_CHECK(checkGrant()); // a revocation while blocks were read must still stop the key
    AMANA_TRY(const QByteArray sealed, sealedCapsule());
    const auto identities = ownIdentities(m_actor.profile);
    AMANA_TRY(m_keys, openCapsule(bytesOf(sealed), identities));
    AMANA_TRY(const content::Cid manifest, content::resolvePath(m_actor.blocks, m_root, "manifest.age"));
    const crypto::AgeIdentity *own = keyFor(m_keys, std::nullopt);
    if (own == nullptr || !opensHead(m_actor.blocks, manifest, *own))
        return fail(ErrorCode::SharingNotForThis, {{"dataset", std::to_string(m_grant.dataset)}});
    return {};
}

Status Downloader::openWith(const content::Cid &file, const crypto::AgeIdentity &identity, QIODevice &out) const
{
    QTemporaryFile sealed; // ciphertext only
    if (!sealed.open())
        return fail(ErrorCode::FileUnwritable, {{"path", QDir::tempPath().toStdString()}});
    AMANA_CHECK(content::readFile(m_actor.blocks, file, sealed));
    if (!sealed.seek(0))
        return fail(ErrorCode::FileUnreadable, {{"path", sealed.fileName().toStdString()}});
    return crypto::ageDecrypt(sealed, out, std::span(&identity, 1));
}

Result<SecretBytes> Downloader::openSmall(const std::string &path, const std::optional<content::Cid> &key) const
{
    const crypto::AgeIdentity *identity = keyFor(m_keys, key);
    if (identity == nullptr)
        return invalid("noKey");
    AMANA_TRY(const content::Cid file, content::resolvePath(m_actor.blocks, m_root, path));
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    AMANA_CHECK(openWith(file, *identity, buffer));
    SecretBytes plain{bytesOf(buffer.data())};
    secureWipe(buffer.buffer().data(), static_cast<std::size_t>(buffer.size()));
    return plain;
}

Status Downloader::openPart(const ManifestPart &part, const QString &folder)
{
    AMANA_TRY(const content::Cid file, content::resolvePath(m_actor.blocks, m_root, part.path));
    const crypto::AgeIdentity *identity = keyFor(m_keys, file);
    if (identity == nullptr) {
        ++m_opened.skippedParts;
        return {};
    }
    QTemporaryFile packed(folder + QStringLiteral("/.part-XXXXXX"));
    if (!packed.open())
        return fail(ErrorCode::FileUnwritable, {{"path", folder.toStdString()}});
    AMANA_CHECK(openWith(file, *identity, packed));
    if (!packed.seek(0))
        return fail(ErrorCode::FileUnreadable, {{"path", folder.toStdString()}});
    std::map<std::string, const ManifestFile *> expected;
    for (const ManifestFile &listed : part.files)
        expected.emplace(listed.entry, &listed);
    ++m_opened.parts;
    return unpackArchive(packed, [&](const ArchiveEntry &entry) -> Status {
        const auto it = expected.find(entry.name);
        if (it == expected.end() || !isSafeName(it->second->name))
            return invalid("unlisted");
        if (toHex(crypto::sha256(bytesOf(entry.bytes))) != it->second->sha256)
            return invalid("digest");
        ++m_opened.documents;
        m_opened.bytes += static_cast<std::uint64_t>(entry.bytes.size());
        return writeOwn(folder + QLatin1Char('/') + QString::fromStdString(it->second->name), bytesOf(entry.bytes));
    });
}

Status Downloader::openLinkage(const ManifestPart &part, const QString &folder)
{
    std::string path = part.path;
    path.replace(0, std::string_view("parts").size(), "linkage");
    AMANA_TRY(const content::Cid file, content::resolvePath(m_actor.blocks, m_root, path));
    if (part.subject.empty() || keyFor(m_keys, file) == nullptr)
        return {};
    AMANA_TRY(const SecretBytes plain, openSmall(path, file));
    AMANA_TRY(const Linkage linkage, linkageFromSecret(plain.text()));
    if (linkage.pseudonym != part.subject || !isSafeName(part.subject))
        return invalid("linkage");
    AMANA_CHECK(makeFolder(folder + QStringLiteral("/linkage")));
    AMANA_CHECK(makeFolder(folder + QStringLiteral("/true")));
    AMANA_CHECK(writeOwn(folder + QStringLiteral("/linkage/%1.json").arg(QString::fromStdString(part.subject)),
                         plain.view()));
    for (const ManifestFile &listed : part.files) {
        const QString name = QString::fromStdString(listed.name);
        AMANA_TRY(const QByteArray released, readFile(folder + QLatin1Char('/') + name));
        AMANA_TRY(const QByteArray linked, relinkDocument(released, listed.format, linkage));
        AMANA_CHECK(writeOwn(folder + QStringLiteral("/true/") + name, bytesOf(linked)));
    }
    ++m_opened.linked;
    return {};
}

Status Downloader::openAll(const QString &folder, const Progress &progress)
{
    AMANA_TRY(const SecretBytes manifest, openSmall("manifest.age", std::nullopt));
    AMANA_TRY(const SecretBytes report, openSmall("report.age", std::nullopt));
    AMANA_CHECK(writeOwn(folder + QStringLiteral("/manifest.json"), manifest.view()));
    AMANA_CHECK(writeOwn(folder + QStringLiteral("/report.json"), report.view()));
    AMANA_TRY(const std::vector<ManifestPart> parts, readManifest(manifest.text()));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_CHECK(openPart(parts[i], folder));
        AMANA_CHECK(openLinkage(parts[i], folder));
        progress.report(i + 1, parts.size());
    }
    return {};
}

Status Downloader::open(const Progress &progress)
{
    const QString target = QDir(m_folder).absolutePath();
    const QDir existing(target);
    if (existing.exists() && !existing.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
        return fail(ErrorCode::FileExists, {{"path", target.toStdString()}});
    const QString temporary = target + QStringLiteral(".opening");
    QDir(temporary).removeRecursively(); // of a run that was cut off
    AMANA_CHECK(makeFolder(temporary));
    m_opened = {target};
    if (Status opened = openAll(temporary, progress); !opened) {
        QDir(temporary).removeRecursively();
        return opened;
    }
    QDir().rmdir(target); // empty, or absent
    if (!QDir().rename(temporary, target))
        return fail(ErrorCode::FileUnwritable, {{"path", target.toStdString()}});
    return {};
}

} // namespace amana::sharing
