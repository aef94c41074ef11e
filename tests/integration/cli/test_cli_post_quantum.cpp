// SPDX-License-Identifier: GPL-3.0-or-later
// `amana seal` and `amana open` with hybrid post-quantum keys; where OpenSSL has no ML-KEM, what they say instead.
#include "core/crypto/age.h"
#include "core/crypto/bech32.h"
#include "runner.h"

#include <QTest>

using namespace amana;
using namespace amana::crypto;

namespace {

// of the C2SP age test kit (CC0)
const QByteArray kKey = "AGE-SECRET-KEY-PQ-1HZLGZUPT4ETPKDEV8HSGFDCYZ4E522W0A7PU2LHT8EH9W6YLNC3SW78XKG\n";
const QString kClassic = QStringLiteral("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
const QByteArray kClassicKey = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX\n";

/// Where no real one can be made, one of the right form.
QString recipient()
{
    if (ageHybridSupported())
        return QString::fromStdString(AgeIdentity::fromText(kKey.trimmed().toStdString())->recipient().text());
    return QString::fromStdString(std::string(bech32Encode("age1pq", std::vector<std::uint8_t>(1216)).text()));
}

} // namespace

class TestCliPostQuantum : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sealAndOpen();
    void theWrongKey();
    void mixingIsRefused();
    void refusedWithoutMlKem();

private:
    /// Seals a small file to the recipients; `sealed` is in the runner's folder.
    [[nodiscard]] Ran seal(const QStringList &recipients, const QString &sealed)
    {
        QStringList arguments{QStringLiteral("seal"), m_runner.write(QStringLiteral("plain"), "readings"),
                              QStringLiteral("-o"), m_runner.path(sealed)};
        for (const QString &text : recipients)
            arguments << QStringLiteral("-r") << text;
        return m_runner.json(arguments);
    }
    [[nodiscard]] Ran open(const QString &sealed, const QByteArray &key)
    {
        return m_runner.json({QStringLiteral("open"), m_runner.path(sealed), QStringLiteral("-i"),
                              m_runner.write(QStringLiteral("key"), key), QStringLiteral("-o"),
                              m_runner.path(sealed) + QStringLiteral(".opened")});
    }

    Runner m_runner;
};

void TestCliPostQuantum::sealAndOpen()
{
    if (!ageHybridSupported())
        QSKIP("OpenSSL here has no ML-KEM (from 3.5 on)");
    const auto other = AgeIdentity::generateHybrid();
    const Ran sealed =
        seal({recipient(), QString::fromStdString(other->recipient().text())}, QStringLiteral("two.age"));
    QVERIFY2(sealed.code == 0, sealed.why());
    SAME_JSON(sealed.json["recipients"], 2);
    const QByteArray file = contentOf(m_runner.path(QStringLiteral("two.age")));
    QCOMPARE(file.count("\n-> mlkem768x25519 "), 2);
    for (const QByteArray &key : {kKey, QByteArray::fromStdString(std::string(other->text().text()))}) {
        QFile::remove(m_runner.path(QStringLiteral("two.age.opened")));
        const Ran opened = open(QStringLiteral("two.age"), kClassicKey + key);
        QVERIFY2(opened.code == 0, opened.why());
        QCOMPARE(contentOf(m_runner.path(QStringLiteral("two.age.opened"))), QByteArray("readings"));
    }
}

void TestCliPostQuantum::theWrongKey()
{
    if (!ageHybridSupported())
        QSKIP("OpenSSL here has no ML-KEM (from 3.5 on)");
    QCOMPARE(seal({recipient()}, QStringLiteral("one.age")).code, 0);
    QCOMPARE(open(QStringLiteral("one.age"), kClassicKey).errorCode(), std::string("age.noMatch"));
    QVERIFY(!QFile::exists(m_runner.path(QStringLiteral("one.age.opened"))));
}

void TestCliPostQuantum::mixingIsRefused()
{
    if (!ageHybridSupported())
        QSKIP("OpenSSL here has no ML-KEM (from 3.5 on)");
    const Ran mixed = seal({recipient(), kClassic}, QStringLiteral("mixed.age"));
    QCOMPARE(mixed.code, 1);
    QCOMPARE(mixed.errorCode(), std::string("age.badRecipient"));
    QVERIFY2(mixed.out.contains("\"mixed\""), mixed.why());
    QVERIFY(!QFile::exists(m_runner.path(QStringLiteral("mixed.age"))));
}

void TestCliPostQuantum::refusedWithoutMlKem()
{
    if (ageHybridSupported())
        QSKIP("OpenSSL here has ML-KEM");
    const Ran sealed = seal({recipient()}, QStringLiteral("refused.age"));
    QCOMPARE(sealed.code, 1);
    QCOMPARE(sealed.errorCode(), std::string("age.unsupported"));
    QVERIFY2(sealed.out.contains("\"postQuantum\""), sealed.why());
    QVERIFY(!QFile::exists(m_runner.path(QStringLiteral("refused.age"))));
    QCOMPARE(seal({kClassic}, QStringLiteral("classic.age")).code, 0);
    const Ran opened = open(QStringLiteral("classic.age"), kKey);
    QCOMPARE(opened.code, 1);
    QCOMPARE(opened.errorCode(), std::string("age.unsupported"));
    // a person reads why
    const Ran words =
        m_runner.run({QStringLiteral("seal"), m_runner.path(QStringLiteral("plain")), QStringLiteral("-o"),
                      m_runner.path(QStringLiteral("refused.age")), QStringLiteral("-r"), recipient()});
    QVERIFY2(words.err.contains("OpenSSL"), words.why());
}

QTEST_GUILESS_MAIN(TestCliPostQuantum)
#include "test_cli_post_quantum.moc"
