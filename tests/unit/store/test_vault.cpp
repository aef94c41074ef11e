// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/crypto/random.h"
#include "core/store/vault.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace amana;
using store::Vault;

class TestVault : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsAndReplaces();
    void streams();
    void wrongKey();
    void tampering();
    void oneBlobIsNotAnother();
    void names();
    void smallValues();
    void fingerprints();

private:
    QString blob(const char *name) const { return m_folder->path() + QStringLiteral("/v/%1.age").arg(QLatin1String(name)); }
    std::unique_ptr<QTemporaryDir> m_folder;
    SecretBytes m_key;
    std::unique_ptr<Vault> m_vault;
};

void TestVault::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_key = crypto::randomSecret(32);
    auto vault = Vault::open(m_folder->path() + QStringLiteral("/v"), m_key);
    QVERIFY2(vault, vault ? "" : vault.error().debugString().c_str());
    m_vault = std::move(*vault);
}

void TestVault::keepsAndReplaces()
{
    QVERIFY(!m_vault->has("a"));
    QCOMPARE(m_vault->get("a").error().code, ErrorCode::StoreNotFound);
    QVERIFY(m_vault->put("a", bytesOf(std::string_view("first"))));
    QVERIFY(m_vault->put("a", bytesOf(std::string_view("second"))));
    QVERIFY(m_vault->put("empty", {}));
    QVERIFY(m_vault->get("a")->text() == "second");
    QVERIFY(m_vault->get("empty")->empty());
    const QByteArray sealed = *readFile(blob("a"));
    QVERIFY(sealed.startsWith("age-encryption.org/v1\n") && !sealed.contains("second"));
    QCOMPARE(QFile::permissions(blob("a")) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QVERIFY(m_vault->remove("a") && m_vault->remove("a") && !m_vault->has("a"));
    const auto again = Vault::open(m_folder->path() + QStringLiteral("/v"), m_key);
    QVERIFY(again && (*again)->get("empty"));
}

void TestVault::streams()
{
    QByteArray big(3'000'000, 'x');
    big[1'234'567] = 'y';
    QBuffer in(&big);
    in.open(QIODevice::ReadOnly);
    QVERIFY(m_vault->putStream("big", in));
    QByteArray back;
    QBuffer out(&back);
    out.open(QIODevice::WriteOnly);
    QVERIFY(m_vault->getStream("big", out));
    QVERIFY(back == big);
    QVERIFY(toByteArray(m_vault->get("big")->view()) == big);
    const std::atomic<bool> cancelled{true};
    in.seek(0);
    QCOMPARE(m_vault->putStream("other", in, Progress(nullptr, &cancelled)).error().code, ErrorCode::Cancelled);
    QVERIFY(!m_vault->has("other"));
}

void TestVault::wrongKey()
{
    QCOMPARE(Vault::open(m_folder->path() + QStringLiteral("/v"), crypto::randomSecret(32)).error().code, ErrorCode::VaultWrongKey);
    QCOMPARE(Vault::open(m_folder->path() + QStringLiteral("/w"), crypto::randomSecret(16)).error().code, ErrorCode::VaultWrongKey);
}

void TestVault::tampering()
{
    QVERIFY(m_vault->put("a", bytesOf(std::string_view("some text"))));
    const QByteArray sealed = *readFile(blob("a"));
    for (qsizetype i = 30; i < sealed.size(); i += 7) {
        QByteArray changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        QVERIFY(writeFileAtomic(blob("a"), changed));
        const auto read = m_vault->get("a");
        QVERIFY(!read);
        QVERIFY(read.error().code == ErrorCode::VaultCorrupt || read.error().code == ErrorCode::VaultWrongKey);
    }
    for (qsizetype size = 0; size < sealed.size(); size += 9) {
        QVERIFY(writeFileAtomic(blob("a"), sealed.left(size)));
        QVERIFY(!m_vault->get("a"));
    }
}

void TestVault::oneBlobIsNotAnother()
{
    QVERIFY(m_vault->put("a", bytesOf(std::string_view("of a"))));
    QVERIFY(m_vault->put("b", bytesOf(std::string_view("of b"))));
    QVERIFY(writeFileAtomic(blob("a"), *readFile(blob("b"))));
    QCOMPARE(m_vault->get("a").error().code, ErrorCode::VaultCorrupt);
    QByteArray back;
    QBuffer out(&back);
    out.open(QIODevice::WriteOnly);
    QCOMPARE(m_vault->getStream("a", out).error().code, ErrorCode::VaultCorrupt);
    QVERIFY(back.isEmpty());
}

void TestVault::names()
{
    for (const char *name : {"", "../a", "A", "a/b", ".hidden", "a b", "\xc3\xa9"})
        QVERIFY2(!m_vault->put(name, {}), name);
}

void TestVault::smallValues()
{
    const QByteArray sealed = m_vault->sealSmall(bytesOf(std::string_view("text")), "items/1");
    QVERIFY(!sealed.contains("text"));
    QVERIFY(m_vault->openSmall(bytesOf(sealed), "items/1")->text() == "text");
    QCOMPARE(m_vault->openSmall(bytesOf(sealed), "items/2").error().code, ErrorCode::VaultCorrupt);
}

void TestVault::fingerprints()
{
    const auto view = bytesOf(std::string_view("x"));
    QCOMPARE(m_vault->fingerprint("a", view), m_vault->fingerprint("a", view));
    QVERIFY(m_vault->fingerprint("a", view) != m_vault->fingerprint("b", view));
    const auto other = Vault::open(m_folder->path() + QStringLiteral("/other"), crypto::randomSecret(32));
    QVERIFY((*other)->fingerprint("a", view) != m_vault->fingerprint("a", view));
}

QTEST_GUILESS_MAIN(TestVault)
#include "test_vault.moc"
