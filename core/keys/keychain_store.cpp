// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/secret_store.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusReply>
#include <QDBusVariant>
#include <QLibrary>
#include <QThread>

#include <qt6keychain/keychain.h>

#include <chrono>
#include <functional>
#include <future>

namespace amana::keys {

namespace {

/// Long enough for a person to find and type the keyring's password.
constexpr std::chrono::minutes kPromptTime(3);
constexpr std::chrono::milliseconds kLookAgain(500);
constexpr char kSecretService[] = "org.freedesktop.secrets";

/// QtKeychain's jobs need an event loop, and all of them the same one. Callers block, so it is a thread of
/// its own.
class KeychainThread {
public:
    static KeychainThread &instance()
    {
        static KeychainThread thread;
        return thread;
    }
    /// Nothing runs once the application object is gone.
    [[nodiscard]] QObject *context() const { return m_context; }

private:
    KeychainThread() : m_context(new QObject)
    {
        m_context->moveToThread(&m_thread);
        m_thread.setObjectName(QStringLiteral("keychain"));
        m_thread.start();
        qAddPostRoutine([] { instance().stop(); });
    }
    ~KeychainThread() { stop(); }

    void stop()
    {
        if (!m_thread.isRunning())
            return;
        m_context->deleteLater();
        m_context = nullptr;
        m_thread.quit();
        m_thread.wait();
    }

    QThread m_thread;
    QObject *m_context;
};

/// The keyring that runs now, by its name on the bus; empty when none does.
QString keyringOwner()
{
    QDBusConnectionInterface *const daemon = QDBusConnection::sessionBus().interface();
    return daemon == nullptr ? QString() : daemon->serviceOwner(QLatin1String(kSecretService)).value();
}

/// libsecret, behind QtKeychain, keeps the session that it opened with the first keyring it met, and fails for good once
/// that one has ended and another has taken its name. So it is told to forget. Keychain thread only.
void followKeyring()
{
    static QString known;
    const QString owner = keyringOwner();
    if (owner.isEmpty() || owner == known)
        return;
    if (!known.isEmpty())
        if (const auto forget = QLibrary(QStringLiteral("secret-1"), 0).resolve("secret_service_disconnect"))
            forget();
    known = owner;
}

struct Outcome {
    QKeychain::Error error = QKeychain::OtherError;
    QByteArray data;
};

/// Makes the job in the keychain thread, runs it and waits. `make` returns a job that is not started.
Outcome runJob(const std::function<QKeychain::Job *()> &make, bool read)
{
    QObject *const context = KeychainThread::instance().context();
    if (context == nullptr)
        return {};
    const QString owner = keyringOwner();
    const auto promise =
        std::make_shared<std::promise<Outcome>>(); // shared: the job may end after our time is up
    auto future = promise->get_future();
    QMetaObject::invokeMethod(
        context,
        [promise, make, read] {
            followKeyring();
            QKeychain::Job *const job = make();
            job->setInsecureFallback(false);
            QObject::connect(job, &QKeychain::Job::finished, job, [promise, read](QKeychain::Job *done) {
                Outcome outcome{done->error(), {}};
                if (read && outcome.error == QKeychain::NoError)
                    outcome.data = static_cast<QKeychain::ReadPasswordJob *>(done)->binaryData();
                promise->set_value(outcome);
            });
            job->start();
        },
        Qt::QueuedConnection);
    const auto until = std::chrono::steady_clock::now() + kPromptTime;
    while (future.wait_for(kLookAgain) != std::future_status::ready) {
        // Who waits for a window of a keyring that has ended is never told (libsecret 0.20.5).
        const bool ended = !owner.isEmpty() && keyringOwner() != owner;
        if (ended || std::chrono::steady_clock::now() > until)
            return {};
    }
    return future.get();
}

bool reachable(const QDBusConnection &bus, const QString &name)
{
    QDBusConnectionInterface *const daemon = bus.interface();
    if (daemon == nullptr)
        return false;
    return daemon->isServiceRegistered(name).value()
           || daemon->activatableServiceNames().value().contains(name);
}

enum class Keyring { Absent, Locked, Open, Unknown };

/// Asks the Secret Service itself, because QtKeychain reports a locked keyring as "no entry" on reading and
/// as "other error" on writing, and an absent one as "other error" too.
Keyring keyringState()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return Keyring::Absent;
    if (!reachable(bus, QLatin1String(kSecretService))) {
        for (const char *wallet : {"org.kde.kwalletd6", "org.kde.kwalletd5"})
            if (reachable(bus, QLatin1String(wallet)))
                return Keyring::Unknown; // an older KWallet: QtKeychain speaks to it, we cannot look inside
        return Keyring::Absent;
    }
    QDBusInterface service(QLatin1String(kSecretService), QStringLiteral("/org/freedesktop/secrets"),
                           QStringLiteral("org.freedesktop.Secret.Service"), bus);
    const QDBusReply<QDBusObjectPath> collection =
        service.call(QStringLiteral("ReadAlias"), QStringLiteral("default"));
    if (!collection.isValid())
        return Keyring::Absent; // named on the bus, but does not start
    if (collection.value().path() == QLatin1String("/"))
        return Keyring::Unknown; // no keyring was ever made: the service offers to make one on writing
    QDBusInterface properties(QLatin1String(kSecretService), collection.value().path(),
                              QStringLiteral("org.freedesktop.DBus.Properties"), bus);
    const QDBusReply<QDBusVariant> locked = properties.call(
        QStringLiteral("Get"), QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked"));
    if (!locked.isValid())
        return Keyring::Unknown;
    return locked.value().variant().toBool() ? Keyring::Locked : Keyring::Open;
}

/// What a failed job means, now that the keyring was asked (and the person perhaps, by its own window). The keyring
/// may have ended meanwhile: then it is absent, whatever was known before.
Error meaning(QKeychain::Error error, Keyring before)
{
    const Keyring after = keyringState();
    if (before == Keyring::Absent || after == Keyring::Absent || error == QKeychain::NoBackendAvailable)
        return Error(ErrorCode::KeychainAbsent);
    if (error == QKeychain::AccessDenied || error == QKeychain::AccessDeniedByUser)
        return Error(ErrorCode::KeychainLocked);
    if (before == Keyring::Locked && after != Keyring::Open)
        return Error(ErrorCode::KeychainLocked);
    if (error == QKeychain::EntryNotFound)
        return Error(ErrorCode::KeychainNoEntry);
    return Error(ErrorCode::KeychainFailed, {{"backendCode", std::to_string(static_cast<int>(error))}});
}

const QString kService = QStringLiteral("Amana");

template <class Job>
Job *jobFor(const std::string &name)
{
    auto *const job = new Job(kService); // deletes itself when finished
    job->setKey(QString::fromStdString(name));
    return job;
}

} // namespace

Result<SecretBytes> KeychainStore::read(const std::string &name)
{
    const Keyring before = keyringState();
    if (before == Keyring::Absent)
        return fail(ErrorCode::KeychainAbsent);
    Outcome outcome = runJob([name] { return jobFor<QKeychain::ReadPasswordJob>(name); }, true);
    if (outcome.error != QKeychain::NoError)
        return fail(meaning(outcome.error, before));
    SecretBytes secret(bytesOf(outcome.data));
    secureWipe(outcome.data.data(), static_cast<std::size_t>(outcome.data.size()));
    if (secret.empty()) // some backends answer an entry they cannot open with nothing at all
        return fail(before == Keyring::Locked ? ErrorCode::KeychainLocked : ErrorCode::KeychainNoEntry);
    return secret;
}

Status KeychainStore::write(const std::string &name, ByteView secret)
{
    const Keyring before = keyringState();
    if (before == Keyring::Absent)
        return fail(ErrorCode::KeychainAbsent);
    const auto copy = std::make_shared<SecretBytes>(secret); // shared: see runJob
    const Outcome outcome = runJob(
        [name, copy] {
            auto *const job = jobFor<QKeychain::WritePasswordJob>(name);
            job->setBinaryData(toByteArray(copy->view()));
            return job;
        },
        false);
    if (outcome.error != QKeychain::NoError)
        return fail(meaning(outcome.error, before));
    return {};
}

Status KeychainStore::remove(const std::string &name)
{
    const Keyring before = keyringState();
    if (before == Keyring::Absent)
        return fail(ErrorCode::KeychainAbsent);
    const Outcome outcome = runJob([name] { return jobFor<QKeychain::DeletePasswordJob>(name); }, false);
    // Of a locked keyring the backend says "removed", having seen nothing to remove.
    if (outcome.error == QKeychain::NoError && (before != Keyring::Locked || keyringState() == Keyring::Open))
        return {};
    const Error error = meaning(outcome.error, before);
    if (error.code == ErrorCode::KeychainNoEntry)
        return {};
    return fail(error);
}

} // namespace amana::keys
