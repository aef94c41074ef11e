// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace amana;

namespace {

/// A message bus and, on it, a keyring; both end with the object.
class Session {
public:
    explicit Session(const QString &folder, bool withServices = true) : m_folder(folder)
    {
        const QString config = folder + "/bus.conf";
        // Without service folders nothing can be started on demand: a desktop without a keychain.
        const QByteArray services = withServices ? "<standard_session_servicedirs/>" : "";
        const bool written =
            writeFileAtomic(
                config, "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
                        "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">"
                        "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>"
                            + services
                            + "<policy context=\"default\"><allow send_destination=\"*\"/>"
                              "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>")
                .has_value();
        m_bus.start("dbus-daemon", {"--config-file=" + config, "--nofork", "--print-address=1"});
        if (written && m_bus.waitForStarted() && m_bus.waitForReadyRead())
            m_address = QString::fromUtf8(m_bus.readLine()).trimmed();
    }
    ~Session()
    {
        end(m_prompter);
        end(m_keyring);
        end(m_bus);
    }

    QString address() const { return m_address; }

    /// Starts the keyring; with a password it is unlocked (and made, the first time).
    bool startKeyring(const QByteArray &password)
    {
        QStringList arguments{"--foreground", "--components=secrets",
                              "--control-directory=" + m_folder + "/control"};
        if (!password.isEmpty())
            arguments << "--unlock";
        m_keyring.setProcessEnvironment(environment());
        m_keyring.start("gnome-keyring-daemon", arguments);
        if (!m_keyring.waitForStarted())
            return false;
        m_keyring.write(password);
        m_keyring.closeWriteChannel();
        for (int i = 0; i < 100; ++i) { // until it has its name on the bus
            QProcess ask;
            ask.setProcessEnvironment(environment());
            ask.start("dbus-send", {"--session", "--print-reply", "--dest=org.freedesktop.DBus", "/",
                                    "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"});
            ask.waitForFinished();
            if (ask.readAllStandardOutput().contains("true"))
                return true;
            QTest::qWait(50);
        }
        return false;
    }
    void stopKeyring() { end(m_keyring); }
    /// As a crash would end it.
    void killKeyring()
    {
        m_keyring.kill();
        m_keyring.waitForFinished();
    }

    /// Stands in for the unlock window: "cancel" or "silent".
    bool startPrompter(const QString &manner)
    {
        m_prompter.setProcessEnvironment(environment());
        m_prompter.start(QCoreApplication::applicationDirPath() + "/keychain-prompter", {manner});
        return m_prompter.waitForReadyRead() && m_prompter.readLine() == "ready\n";
    }
    bool waitForQuestion() { return m_prompter.canReadLine() || m_prompter.waitForReadyRead(20000); }
    /// What was asked since the last time.
    QByteArray question() { return waitForQuestion() ? m_prompter.readLine() : QByteArray(); }

    void start(QProcess &process, const QStringList &arguments) const
    {
        process.setProcessEnvironment(environment());
        process.start(QCoreApplication::applicationDirPath() + "/keychain-helper", arguments);
    }

    QString helper(const QStringList &arguments) const
    {
        QProcess process;
        start(process, arguments);
        process.waitForFinished(60000);
        return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    }

private:
    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("DBUS_SESSION_BUS_ADDRESS",
                           m_address.isEmpty() ? "unix:path=/nonexistent" : m_address);
        environment.insert("HOME", m_folder);
        environment.insert("XDG_DATA_HOME", m_folder + "/data");
        environment.insert("XDG_RUNTIME_DIR", m_folder);
        environment.remove("DISPLAY");
        environment.remove("WAYLAND_DISPLAY");
        environment.remove("GNOME_KEYRING_CONTROL");
        return environment;
    }
    static void end(QProcess &process)
    {
        if (process.state() == QProcess::NotRunning)
            return;
        process.terminate();
        if (!process.waitForFinished(5000))
            process.kill();
        process.waitForFinished();
    }

    QString m_folder;
    QProcess m_bus;
    QProcess m_keyring;
    QProcess m_prompter;
    QString m_address;
};

} // namespace

class TestKeychain : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void unlockedThenLocked()
    {
        Session session(m_folder.path());
        QVERIFY(!session.address().isEmpty());
        QVERIFY(session.startKeyring("keyring password"));

        QElapsedTimer timer;
        timer.start();
        QCOMPARE(session.helper({"write", "profile/1/v1", "00ff0a0020"}), "ok");
        QCOMPARE(session.helper({"read", "profile/1/v1"}), "00ff0a0020");
        qInfo("a write and a read, each in a process of its own: %lld ms", timer.elapsed());
        QCOMPARE(session.helper({"write", "profile/1/v1", "0102"}), "ok");
        QCOMPARE(session.helper({"read", "profile/1/v1"}), "0102");
        QCOMPARE(session.helper({"read", "profile/2/v1"}), "keychain.noEntry");
        QCOMPARE(session.helper({"write", "gone", "01"}), "ok");
        QCOMPARE(session.helper({"remove", "gone"}), "ok");
        QCOMPARE(session.helper({"read", "gone"}), "keychain.noEntry");
        QCOMPARE(session.helper({"remove", "gone"}), "ok");

        const QString home = m_folder.filePath("home");
        const QString account = session.helper({"create", home});
        QVERIFY(account.startsWith("0x"));
        QCOMPARE(session.helper({"open", home}), account);
        const QByteArray before = readFile(home + "/profiles/p/profile.json").value();

        // The same keyring, not unlocked: the three failures stay apart, and no key is made.
        session.stopKeyring();
        QVERIFY(session.startKeyring({}));
        QCOMPARE(session.helper({"read", "profile/1/v1"}), "keychain.locked");
        QCOMPARE(session.helper({"read", "never there"}), "keychain.locked");
        QCOMPARE(session.helper({"write", "profile/1/v1", "03"}), "keychain.locked");
        QCOMPARE(session.helper({"remove", "profile/1/v1"}), "keychain.locked");
        QCOMPARE(session.helper({"open", home}), "keychain.locked");
        QCOMPARE(session.helper({"create", m_folder.filePath("other")}), "keychain.locked");
        QVERIFY(!QFile::exists(m_folder.filePath("other") + "/profiles/p/profile.json"));
        QCOMPARE(readFile(home + "/profiles/p/profile.json").value(), before);

        // Unlocked again, everything is as it was.
        session.stopKeyring();
        QVERIFY(session.startKeyring("keyring password"));
        QCOMPARE(session.helper({"read", "profile/1/v1"}), "0102");
        QCOMPARE(session.helper({"open", home}), account);
    }

    // The desktop asks for the keyring's password, and the person cancels.
    void cancelledPrompt()
    {
        QTemporaryDir folder;
        Session session(folder.path(), false);
        QVERIFY(session.startKeyring("keyring password"));
        QCOMPARE(session.helper({"write", "x", "01"}), "ok");
        session.stopKeyring();
        QVERIFY(session.startKeyring({}));
        QVERIFY(session.startPrompter("cancel"));
        QCOMPARE(session.helper({"read", "x"}), "keychain.locked");
        QCOMPARE(session.question(), QByteArray("asked\n"));
        QCOMPARE(session.helper({"write", "x", "02"}), "keychain.locked");
        QCOMPARE(session.question(), QByteArray("asked\n"));
        QCOMPARE(session.helper({"create", folder.filePath("home")}), "keychain.locked");
        QVERIFY(!QFile::exists(folder.filePath("home") + "/profiles/p/profile.json"));
        session.stopKeyring();
        QVERIFY(session.startKeyring("keyring password"));
        QCOMPARE(session.helper({"read", "x"}), "01");
    }

    // The keyring ends while its window is open: the one who waits is told, and soon.
    void theKeyringEndsDuringThePrompt()
    {
        QTemporaryDir folder;
        Session session(folder.path(), false);
        QVERIFY(session.startKeyring("keyring password"));
        QCOMPARE(session.helper({"write", "x", "01"}), "ok");
        session.stopKeyring();
        QVERIFY(session.startKeyring({}));
        QVERIFY(session.startPrompter("silent"));
        QProcess reading;
        session.start(reading, {"read", "x"});
        QVERIFY(session.waitForQuestion());
        session.killKeyring();
        QVERIFY(reading.waitForFinished(20000));
        QCOMPARE(reading.readAllStandardOutput(), QByteArray("keychain.absent\n"));
    }

    // One process, whose keyring ends between two uses and comes back.
    void theKeyringEndsInBetween()
    {
        QTemporaryDir folder;
        Session session(folder.path(), false);
        QVERIFY(session.startKeyring("keyring password"));
        QCOMPARE(session.helper({"write", "x", "01"}), "ok");
        QProcess reading;
        session.start(reading, {"reads", "x"});
        const auto next = [&reading] {
            reading.write("\n");
            reading.waitForReadyRead(30000);
            return reading.readLine();
        };
        QCOMPARE(next(), QByteArray("01\n"));
        session.killKeyring();
        QCOMPARE(next(), QByteArray("keychain.absent\n"));
        QVERIFY(session.startKeyring("keyring password"));
        QCOMPARE(next(), QByteArray("01\n"));
        reading.closeWriteChannel();
        QVERIFY(reading.waitForFinished(20000));
    }

    void noKeychain()
    {
        QTemporaryDir folder;
        const Session session(folder.path(), false);
        QVERIFY(!session.address().isEmpty());
        for (const QStringList &use :
             {QStringList{"read", "x"}, QStringList{"write", "x", "01"}, QStringList{"remove", "x"},
              QStringList{"create", folder.filePath("home")}})
            QCOMPARE(session.helper(use), "keychain.absent");
    }

    void noMessageBus()
    {
        QTemporaryDir folder;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.filePath("nobody"));
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationDirPath() + "/keychain-helper", {"read", "x"});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.readAllStandardOutput().trimmed(), QByteArray("keychain.absent"));
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "test_keychain.moc"
