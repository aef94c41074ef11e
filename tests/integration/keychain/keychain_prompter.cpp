// SPDX-License-Identifier: GPL-3.0-or-later
// Stands where the desktop's unlock window stands, on a message bus of its own: keychain-prompter cancel | silent.
// Prints "asked" when the keyring asks for its password; then cancels, or never answers.
// Protocol: gcr 3.41, gcr/org.gnome.keyring.Prompter.xml.
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QTimer>
#include <QVariantMap>

#include <cstdio>

class Prompter : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.gnome.keyring.internal.Prompter")

public:
    explicit Prompter(bool answers) : m_answers(answers) {}

public Q_SLOTS:
    void BeginPrompting(const QDBusObjectPath &callback) { ready(callback, QString(), QString()); }

    void PerformPrompt(const QDBusObjectPath &callback, const QString &, const QVariantMap &, const QString &exchange)
    {
        std::puts("asked");
        std::fflush(stdout);
        if (m_answers)
            ready(callback, QStringLiteral("no"), exchange);
    }

    void StopPrompting(const QDBusObjectPath &callback) { tell(callback, QStringLiteral("PromptDone"), {}); }

private:
    void ready(const QDBusObjectPath &callback, const QString &answer, const QString &exchange)
    {
        tell(callback, QStringLiteral("PromptReady"), {answer, QVariantMap(), exchange});
    }
    /// Only after the reply to the present call: the keyring does not wait for it before.
    void tell(const QDBusObjectPath &callback, const QString &method, const QVariantList &arguments)
    {
        QDBusMessage call = QDBusMessage::createMethodCall(message().service(), callback.path(),
                                                           QStringLiteral("org.gnome.keyring.internal.Prompter.Callback"),
                                                           method);
        call.setArguments(arguments);
        QTimer::singleShot(0, this, [call, bus = connection()] { bus.send(call); });
    }

    bool m_answers;
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Prompter prompter(QCoreApplication::arguments().value(1) == QStringLiteral("cancel"));
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.registerObject(QStringLiteral("/org/gnome/keyring/Prompter"), &prompter, QDBusConnection::ExportAllSlots)
        || !bus.registerService(QStringLiteral("org.gnome.keyring.SystemPrompter")))
        return 1;
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

#include "keychain_prompter.moc"
