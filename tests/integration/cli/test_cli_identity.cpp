// SPDX-License-Identifier: GPL-3.0-or-later
// People and their keys: made, listed, recovered, exported; and what is refused.
#include "runner.h"

#include <QFileInfo>
#include <QTest>

class TestCliIdentity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newListShow();
    void recoverGivesTheSameKeys();
    void exportOpensWhatWasSealed();
    void accountsAreExchangedWithWallets();
    void whichProfile();
    void badInput();

private:
    Runner m_runner;
    std::string m_phrase;
    std::string m_address;
    std::string m_recipient;
};

void TestCliIdentity::newListShow()
{
    QCOMPARE(m_runner.json({QStringLiteral("review")}).errorCode(),
             std::string("profile.unknown")); // none yet
    const Ran made =
        m_runner.json({QStringLiteral("identity"), QStringLiteral("new"), QStringLiteral("Dr. Test One")});
    QVERIFY2(made.code == 0, made.why());
    m_phrase = made.json["recoveryPhrase"].get<std::string>();
    m_address = made.json["address"].get<std::string>();
    m_recipient = made.json["recipient"].get<std::string>();
    QCOMPARE(QString::fromStdString(m_phrase).split(u' ').size(), 24);
    QVERIFY(m_address.starts_with("0x") && m_address.size() == 42);
    QVERIFY(m_recipient.starts_with("age1"));
    SAME_JSON(made.json["role"], "clinician");
    const Ran list = m_runner.json({QStringLiteral("profile"), QStringLiteral("list")});
    QCOMPARE(list.json["profiles"].size(), std::size_t(1));
    SAME_JSON(list.json["profiles"][0]["address"], m_address);
    const Ran show = m_runner.json({QStringLiteral("identity"), QStringLiteral("show")});
    SAME_JSON(show.json["recipient"], m_recipient);
    QVERIFY(!show.out.contains(QByteArray::fromStdString(m_phrase))); // shown once
    const Ran again =
        m_runner.json({QStringLiteral("identity"), QStringLiteral("new"), QStringLiteral("Dr. Test One")});
    QCOMPARE(again.errorCode(), std::string("profile.exists"));
}

void TestCliIdentity::recoverGivesTheSameKeys()
{
    Runner other;
    const QString phrase = other.write(QStringLiteral("phrase"), QByteArray::fromStdString(m_phrase) + '\n');
    QFile::setPermissions(phrase, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const Ran recovered = other.json({QStringLiteral("identity"), QStringLiteral("recover"),
                                      QStringLiteral("Again"), QStringLiteral("--phrase-file"), phrase});
    QVERIFY2(recovered.code == 0, recovered.why());
    SAME_JSON(recovered.json["address"], m_address);
    SAME_JSON(recovered.json["recipient"], m_recipient);
    const Ran piped = other.run({QStringLiteral("identity"), QStringLiteral("recover"),
                                 QStringLiteral("Piped"), QStringLiteral("--json")},
                                QByteArray::fromStdString(m_phrase).toUpper() + "\n");
    QVERIFY2(piped.code == 0, piped.why());
    SAME_JSON(piped.json["address"], m_address);
    const Ran wrong = other.run({QStringLiteral("identity"), QStringLiteral("recover"),
                                 QStringLiteral("Wrong"), QStringLiteral("--json")},
                                "abandon ability able");
    QCOMPARE(wrong.errorCode(), std::string("mnemonic.invalid"));
}

void TestCliIdentity::exportOpensWhatWasSealed()
{
    const QString key = m_runner.path(QStringLiteral("me.key"));
    const Ran exported =
        m_runner.json({QStringLiteral("identity"), QStringLiteral("export"), QStringLiteral("-o"), key});
    QVERIFY2(exported.code == 0, exported.why());
    QCOMPARE(QFileInfo(key).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
             QFileDevice::Permissions());
    QVERIFY(contentOf(key).contains("AGE-SECRET-KEY-1"));
    QVERIFY(!exported.out.contains("AGE-SECRET-KEY"));
    const QString plain = m_runner.write(QStringLiteral("plain"), "for me");
    const QString sealed = m_runner.path(QStringLiteral("plain.age"));
    QCOMPARE(m_runner
                 .json({QStringLiteral("seal"), plain, QStringLiteral("-o"), sealed, QStringLiteral("-r"),
                        QString::fromStdString(m_recipient)})
                 .code,
             0);
    for (const QStringList &with :
         {QStringList{QStringLiteral("-i"), key}, QStringList{}}) { // without: the profile's own
        const QString opened = m_runner.path(QStringLiteral("opened-%1").arg(with.size()));
        const Ran ran =
            m_runner.json(QStringList{QStringLiteral("open"), sealed, QStringLiteral("-o"), opened} + with);
        QVERIFY2(ran.code == 0, ran.why());
        QCOMPARE(contentOf(opened), QByteArray("for me"));
    }
    QCOMPARE(m_runner.json({QStringLiteral("identity"), QStringLiteral("export"), QStringLiteral("-o"), key})
                 .errorCode(),
             std::string("file.exists"));
}

void TestCliIdentity::accountsAreExchangedWithWallets()
{
    const QString file = m_runner.path(QStringLiteral("account.json"));
    const QString password = m_runner.write(QStringLiteral("account.password"), "pass word\n");
    QFile::setPermissions(password, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QStringList with{QStringLiteral("--keystore"), file, QStringLiteral("--keystore-password-file"), password};
    const QStringList exporting{QStringLiteral("identity"), QStringLiteral("export")};
    QCOMPARE(m_runner.json(exporting + QStringList{QStringLiteral("--keystore"), file}).code, 2); // no password
    QVERIFY(!QFile::exists(file));
    const Ran exported = m_runner.json(exporting + with);
    QVERIFY2(exported.code == 0, exported.why());
    SAME_JSON(exported.json["address"], m_address);
    QCOMPARE(QFileInfo(file).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
             QFileDevice::Permissions());
    QCOMPARE(m_runner.json(exporting + with).errorCode(), std::string("file.exists"));
    QCOMPARE(m_runner.json(exporting + with + QStringList{QStringLiteral("-o"), file}).code, 2);

    Runner other;
    const QStringList making{QStringLiteral("identity"), QStringLiteral("new")};
    const Ran made = other.json(making + QStringList{QStringLiteral("From a wallet")} + with);
    QVERIFY2(made.code == 0, made.why());
    SAME_JSON(made.json["address"], m_address);
    SAME_JSON(made.json["importedAccount"], true);
    QVERIFY(made.json["recoveryPhrase"].get<std::string>() != m_phrase);
    QVERIFY(made.json["recipient"].get<std::string>() != m_recipient);
    const QString wrong = other.write(QStringLiteral("wrong.password"), "password\n");
    QFile::setPermissions(wrong, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const Ran refused = other.json(making + QStringList{QStringLiteral("Not made"), QStringLiteral("--keystore"), file,
                                                        QStringLiteral("--keystore-password-file"), wrong});
    QCOMPARE(refused.errorCode(), std::string("keystore.wrongPassword"));
    const Ran list = other.json({QStringLiteral("identity"), QStringLiteral("list")});
    QCOMPARE(list.json["profiles"].size(), std::size_t(1));
}

void TestCliIdentity::whichProfile()
{
    const QString out = m_runner.path(QStringLiteral("second.phrase"));
    const Ran second = m_runner.json({QStringLiteral("profile"), QStringLiteral("new"),
                                      QStringLiteral("Second Test"), QStringLiteral("--role"),
                                      QStringLiteral("patient"), QStringLiteral("--phrase-out"), out});
    QVERIFY2(second.code == 0, second.why());
    QVERIFY(!second.json.contains("recoveryPhrase"));
    QCOMPARE(contentOf(out).split(' ').size(), 24);
    QCOMPARE(m_runner.json({QStringLiteral("review")}).code, 2); // two: which?
    QCOMPARE(m_runner.json({QStringLiteral("review")}, QStringLiteral("Nobody")).errorCode(),
             std::string("profile.unknown"));
    const Ran named = m_runner.json({QStringLiteral("review")}, QStringLiteral("Second Test"));
    QVERIFY2(named.code == 0, named.why());
    QCOMPARE(named.json["drafts"].size(), std::size_t(0));
}

void TestCliIdentity::badInput()
{
    const QString open = m_runner.write(QStringLiteral("open-passphrase"), "readable by all\n");
    QFile::setPermissions(open, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadOther);
    const Ran mode = m_runner.json({QStringLiteral("--passphrase-file"), open, QStringLiteral("review")},
                                   QStringLiteral("Second Test"));
    QCOMPARE(mode.errorCode(), std::string("passphrase.fileMode"));
    const QString wrong = m_runner.write(QStringLiteral("wrong-passphrase"), "another one\n");
    QFile::setPermissions(wrong, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const Ran refused = m_runner.json({QStringLiteral("--passphrase-file"), wrong, QStringLiteral("review")},
                                      QStringLiteral("Second Test"));
    QVERIFY2(refused.errorCode() == "passphrase.wrong", refused.why());
    QCOMPARE(m_runner.json({QStringLiteral("identity"), QStringLiteral("new"), QStringLiteral("../escape")})
                 .errorCode(),
             std::string("profile.badName"));
    QCOMPARE(m_runner.json({QStringLiteral("identity"), QStringLiteral("show"), QStringLiteral("Nobody")})
                 .errorCode(),
             std::string("profile.unknown"));
}

QTEST_GUILESS_MAIN(TestCliIdentity)
#include "test_cli_identity.moc"
