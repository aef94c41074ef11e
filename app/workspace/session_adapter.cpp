// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session_adapter.h"

#include "app/workspace/secret_choice.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"
#include "core/base/log.h"
#include "core/crypto/secp256k1.h"


namespace amana::app {

namespace {

ports::KeyRow keyRow(const char *kind, const std::string &value, const std::string &place)
{
    ports::KeyRow row;
    row.kind = QLatin1String(kind);
    row.fingerprint = fingerprintOf(value);
    row.value = QString::fromStdString(value);
    row.secretPlace = QString::fromStdString(place);
    return row;
}

std::vector<ports::KeyRow> keysOf(Seat &seat)
{
    const keys::OpenProfile &profile = seat.session().profile();
    const keys::ProfileInfo &info = profile.info;
    std::vector<ports::KeyRow> rows{keyRow("signing", crypto::checksumAddress(info.address), info.secrets)};
    const auto stored = keys::readProfile(seat.session().home(), info.name); // versions are recorded while we are open
    const std::vector<keys::KeyVersion> &versions = stored ? stored->keyVersions : info.keyVersions;
    for (std::int64_t n = info.currentKey; n >= 0; --n) {
        const auto index = static_cast<std::uint32_t>(n);
        ports::KeyRow row = keyRow("encryption", profile.identity.ageIdentity(index).recipient().text(), info.secrets);
        row.current = index == info.currentKey;
        for (const keys::KeyVersion &version : versions)
            if (version.identity == index && version.network == seat.hub().networkName())
                row.version = version.version;
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

void SessionAdapter::openFirst()
{
    [[maybe_unused]] const auto opened = m_hub.opening().run([this]() -> Status {
        std::string name = m_hub.options().profile.toStdString();
        if (name.empty()) {
            AMANA_TRY(const auto profiles, keys::listProfiles(m_hub.options().home));
            if (profiles.size() != 1)
                return {};
            name = profiles.front().name;
        }
        const auto info = open(name, nullptr);
        if (!info)
            log(LogLevel::Info, info.error());
        return {};
    });
}

ports::SessionInfo SessionAdapter::current() const
{
    ports::SessionInfo info;
    info.network = m_hub.network().status();
    const std::shared_ptr<Seat> seat = m_hub.seat();
    if (!seat)
        return info;
    info.open = true;
    info.profile = portProfile(seat->profile());
    const chain::Member member = m_hub.network().membership();
    info.roles = member.roles;
    if (member.institution != 0)
        info.institution = seat->contacts().institutionName(member.institution);
    const auto now = static_cast<std::uint64_t>(m_hub.clock().now().toSecsSinceEpoch());
    info.roleValid = member.institution != 0 && !member.suspended && member.validUntil > now;
    return info;
}

ports::Future<std::vector<ports::ProfileInfo>> SessionAdapter::profiles()
{
    return m_hub.reading().run([this]() -> Result<std::vector<ports::ProfileInfo>> {
        AMANA_TRY(const auto profiles, keys::listProfiles(m_hub.options().home));
        std::vector<ports::ProfileInfo> rows;
        for (const keys::ProfileInfo &profile : profiles)
            rows.push_back(portProfile(profile));
        return rows;
    });
}

Status SessionAdapter::sitDown(std::unique_ptr<Session> session)
{
    AMANA_TRY(std::shared_ptr<Seat> seat, Seat::take(m_hub, std::move(session)));
    m_hub.network().forget();
    m_hub.setSeat(seat);
    Q_EMIT m_hub.events().sessionChanged();
    Q_EMIT m_hub.events().libraryChanged();
    Q_EMIT m_hub.events().draftsChanged();
    AMANA_CHECK(seat->resumeJobs());
    if (m_hub.options().goOnline) // after this, so that the profile is shown before the chain answers
        [[maybe_unused]] const auto going = m_hub.onSeat(m_hub.opening(), [](Seat &sitting) -> Status {
            return sitting.hub().network().connect(sitting).transform([](sharing::Actor *) {});
        });
    return {};
}

Result<ports::CreatedProfile> SessionAdapter::create(const ports::NewProfile &spec)
{
    const QString &home = m_hub.options().home;
    AMANA_TRY(auto store, secretStoreForNew(home, spec.passphrase, m_hub.options().passphraseFile));
    auto made = keys::createProfile(home, {spec.name.toStdString(), keysRole(spec.role), {}}, *store);
    if (!made && made.error().code == ErrorCode::KeychainAbsent)
        return fail(Error(ErrorCode::PassphraseNeeded).because(std::move(made).error()));
    if (!made)
        return fail(std::move(made).error());
    ports::CreatedProfile created;
    created.profile = portProfile(made->info);
    created.recoveryPhrase = std::make_shared<const SecretBytes>(made->identity.phrase());
    AMANA_TRY(auto session, Session::open(home, std::move(*made), m_hub.clock()));
    AMANA_CHECK(sitDown(std::move(session)));
    return created;
}

ports::Future<ports::CreatedProfile> SessionAdapter::createProfile(const ports::NewProfile &spec)
{
    return m_hub.opening().run([this, spec] { return create(spec); });
}

Result<ports::SessionInfo> SessionAdapter::open(const std::string &name, const ports::Secret &passphrase)
{
    const QString &home = m_hub.options().home;
    if (const auto seat = m_hub.seat(); seat && seat->profile().name == name)
        return current();
    AMANA_TRY(const keys::ProfileInfo info, keys::readProfile(home, name));
    AMANA_TRY(auto store, secretStoreFor(home, info.secrets, passphrase, m_hub.options().passphraseFile));
    AMANA_TRY(auto session, Session::open(home, name, *store, m_hub.clock()));
    AMANA_CHECK(sitDown(std::move(session)));
    return current();
}

ports::Future<ports::SessionInfo> SessionAdapter::openProfile(const QString &name, ports::Secret passphrase)
{
    return m_hub.opening().run(
        [this, name = name.toStdString(), passphrase = std::move(passphrase)] { return open(name, passphrase); });
}

ports::Future<std::vector<ports::KeyRow>> SessionAdapter::keys()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) -> Result<std::vector<ports::KeyRow>> { return keysOf(seat); });
}

ports::Future<ports::NetworkStatus> SessionAdapter::startNetwork()
{
    return m_hub.onSeat(m_hub.opening(), [](Seat &seat) -> Result<ports::NetworkStatus> {
        return seat.hub().network().start(seat);
    });
}

ports::Future<ports::NetworkStatus> SessionAdapter::stopNetwork()
{
    return m_hub.opening().run([this]() -> Result<ports::NetworkStatus> { return m_hub.network().stop(); });
}

} // namespace amana::app
