// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/keys/profile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace amana;
using namespace amana::keys;

namespace {

SecretBytes passphrase(std::string_view text = "correct horse")
{
    return SecretBytes::fromText(text);
}

/// Answers "no entry" to everything, as a locked keyring may.
class AmnesicStore final : public SecretStore {
public:
    std::string kind() const override { return "keychain"; }
    Result<SecretBytes> read(const std::string &) override { return fail(ErrorCode::KeychainNoEntry); }
    Status write(const std::string &, ByteView) override
    {
        ++writes;
        return {};
    }
    Status remove(const std::string &) override { return {}; }
    int writes = 0;
};

class KeychainLike final : public SecretStore {
public:
    std::string kind() const override { return "keychain"; }
    Result<SecretBytes> read(const std::string &name) override { return m_inner.read(name); }
    Status write(const std::string &name, ByteView secret) override { return m_inner.write(name, secret); }
    Status remove(const std::string &name) override { return m_inner.remove(name); }

private:
    MemoryStore m_inner;
};

} // namespace

class TestProfiles : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString home(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

private Q_SLOTS:
    void aProfileComesBackAsItWas()
    {
        MemoryStore store;
        const auto made = createProfile(home("a"), {"Dr. Yang-1", ProfileRole::Clinician, {}}, store);
        QVERIFY(made);
        const auto opened = openProfile(home("a"), "Dr. Yang-1", store);
        QVERIFY(opened);
        QCOMPARE(opened->info.address, made->info.address);
        QCOMPARE(opened->identity.chainKey()->address(), made->info.address);
        QCOMPARE(opened->identity.ageIdentity(0).recipient().text(), made->info.ageRecipient);
        QVERIFY(opened->vaultKey.equals(made->vaultKey.view()));
        QCOMPARE(opened->vaultKey.size(), std::size_t(32));
        QCOMPARE(opened->info.secrets, "memory");
    }

    void nothingSecretIsInTheFolder()
    {
        MemoryStore store;
        const auto made = createProfile(home("b"), {"양순희", ProfileRole::Patient, {}}, store);
        QVERIFY(made);
        const QByteArray json = readFile(made->info.folder + "/profile.json").value();
        const std::string text = json.toStdString();
        QVERIFY(text.find(toHex(made->vaultKey.view())) == std::string::npos);
        QVERIFY(text.find(toHex(made->identity.entropy().view())) == std::string::npos);
        QVERIFY(!json.contains(
            QByteArray::fromStdString(std::string(made->identity.phrase().text().substr(0, 20)))));
    }

    void listsInTheOrderOfCreation()
    {
        MemoryStore store;
        for (const char *name : {"zeta", "alpha", "mid"}) {
            QVERIFY(createProfile(home("c"), {name, ProfileRole::Researcher, {}}, store));
            QTest::qWait(3);
        }
        const auto list = listProfiles(home("c"));
        QVERIFY(list);
        QCOMPARE(list->size(), std::size_t(3));
        QCOMPARE((*list)[0].name, "zeta");
        QCOMPARE((*list)[2].name, "mid");
        QVERIFY(listProfiles(home("nothing"))->empty());
    }

    void aNameIsTakenOnceAlsoByTwoAtATime()
    {
        MemoryStore store;
        int made = 0;
        int exists = 0;
        std::mutex mutex;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                const auto profile = createProfile(home("d"), {"same", ProfileRole::Clinician, {}}, store);
                const std::lock_guard lock(mutex);
                made += profile ? 1 : 0;
                exists += !profile && profile.error().code == ErrorCode::ProfileExists ? 1 : 0;
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(made, 1);
        QCOMPARE(exists, 3);
    }

    void badNamesAreRefused()
    {
        MemoryStore store;
        for (const char *name :
             {"", ".", "..", "../x", "a/b", ".hidden", "a\nb", " a", "a ", "x\\y", "a:b"}) {
            const auto made = createProfile(home("e"), {name, ProfileRole::Clinician, {}}, store);
            QVERIFY2(!made, name);
            QCOMPARE(made.error().code, ErrorCode::ProfileBadName);
        }
        QCOMPARE(
            createProfile(home("e"), {std::string(65, 'a'), ProfileRole::Clinician, {}}, store).error().code,
            ErrorCode::ProfileBadName);
        QCOMPARE(openProfile(home("e"), "../e", store).error().code, ErrorCode::ProfileUnknown);
    }

    void aPersonIsRestoredFromThePhrase()
    {
        MemoryStore store;
        const auto made = createProfile(home("f"), {"first", ProfileRole::Patient, {}}, store);
        const auto again =
            createProfile(home("f"), {"again", ProfileRole::Patient, made->identity.phrase()}, store);
        QVERIFY(again);
        QCOMPARE(again->info.address, made->info.address);
        QCOMPARE(again->info.ageRecipient, made->info.ageRecipient);
        QVERIFY(!again->vaultKey.equals(made->vaultKey.view()));
        const auto bad =
            createProfile(home("f"), {"bad", ProfileRole::Patient, SecretBytes::fromText("zoo zoo")}, store);
        QVERIFY(!bad);
        QCOMPARE(bad.error().code, ErrorCode::MnemonicInvalid);
        QCOMPARE(listProfiles(home("f"))->size(), std::size_t(2));
    }

    void anAccountOfAWalletIsKept()
    {
        MemoryStore store;
        const crypto::SigningKey account = crypto::SigningKey::generate();
        const auto made = createProfile(home("w"), {"w", ProfileRole::Researcher, {}, account.clone()}, store);
        QVERIFY(made);
        QCOMPARE(made->info.address, account.address());
        const auto opened = openProfile(home("w"), "w", store);
        QVERIFY(opened);
        QVERIFY(opened->info.importedAccount && opened->identity.hasImportedAccount());
        QCOMPARE(opened->identity.chainKey()->address(), account.address());
        QVERIFY(opened->vaultKey.equals(made->vaultKey.view()));
        // Everything else follows from the phrase.
        const Identity phrase = std::move(Identity::fromPhrase(opened->identity.phrase().text()).value());
        QVERIFY(phrase.chainKey()->address() != account.address());
        QCOMPARE(phrase.chainKey(1)->address(), opened->identity.chainKey(1)->address());
        QCOMPARE(phrase.ageIdentity(0).recipient().text(), opened->info.ageRecipient);
    }

    // A locked keyring may say "no entry". That must never make a new key for a profile that exists.
    void noEntryNeverMakesAKey()
    {
        KeychainLike store;
        QVERIFY(createProfile(home("g"), {"kept", ProfileRole::Clinician, {}}, store));
        const QByteArray before = readFile(home("g") + "/profiles/kept/profile.json").value();
        AmnesicStore amnesic;
        const auto opened = openProfile(home("g"), "kept", amnesic);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::KeychainNoEntry);
        QCOMPARE(amnesic.writes, 0);
        QCOMPARE(readFile(home("g") + "/profiles/kept/profile.json").value(), before);
        QCOMPARE(createProfile(home("g"), {"kept", ProfileRole::Clinician, {}}, amnesic).error().code,
                 ErrorCode::ProfileExists);
        QVERIFY(openProfile(home("g"), "kept", store));
    }

    void aStoreThatForgetsMakesNoProfile()
    {
        AmnesicStore amnesic;
        QVERIFY(!createProfile(home("h"), {"lost", ProfileRole::Clinician, {}}, amnesic));
        QVERIFY(listProfiles(home("h"))->empty());
    }

    void aProfileIsNotOpenedFromAWeakerPlace()
    {
        KeychainLike keychain;
        QVERIFY(createProfile(home("i"), {"strong", ProfileRole::Clinician, {}}, keychain));
        MemoryStore memory;
        QVERIFY(!openProfile(home("i"), "strong", memory));
    }

    void damagedProfilesAreTold()
    {
        MemoryStore store;
        const auto made = createProfile(home("j"), {"p", ProfileRole::Clinician, {}}, store);
        const QString path = made->info.folder + "/profile.json";
        const QByteArray good = readFile(path).value();
        QByteArray other = good;
        other.replace(QByteArray::fromStdString(crypto::checksumAddress(made->info.address)),
                      "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
        QByteArray newer = good;
        newer.replace("\"format\": 1", "\"format\": 2");
        for (const auto &[bytes, code] :
             {std::pair{QByteArray("{"), ErrorCode::StoreCorrupt},
              std::pair{QByteArray("[]"), ErrorCode::StoreCorrupt}, std::pair{other, ErrorCode::StoreCorrupt},
              std::pair{newer, ErrorCode::StoreTooNew}}) {
            QVERIFY(writeFileAtomic(path, bytes));
            const auto opened = openProfile(home("j"), "p", store);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, code);
        }
    }

    void keyVersionsAreRemembered()
    {
        MemoryStore store;
        QVERIFY(createProfile(home("k"), {"p", ProfileRole::Researcher, {}}, store));
        QVERIFY(recordKeyVersion(home("k"), "p", {"local", 1, 0}));
        QVERIFY(recordKeyVersion(home("k"), "p", {"local", 2, 1}));
        QVERIFY(recordKeyVersion(home("k"), "p", {"local", 2, 7}));
        const auto info = readProfile(home("k"), "p");
        const std::vector<KeyVersion> expected{{"local", 1, 0}, {"local", 2, 7}};
        QCOMPARE(info->keyVersions, expected);
    }

    void thePassphraseStoreKeepsSecrets()
    {
        const QString file = home("l") + "/secrets.age";
        {
            auto store = PassphraseStore::open(file, passphrase());
            QVERIFY(store);
            QVERIFY((*store)->write("one", bytesOf(QByteArray("\0\1\2\n ", 5))));
            QVERIFY((*store)->write("two", bytesOf(QByteArray("second"))));
        }
        QVERIFY(readFile(file)->startsWith("age-encryption.org/v1\n-> scrypt "));
        QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        auto again = PassphraseStore::open(file, passphrase());
        QVERIFY(again);
        QCOMPARE(toByteArray((*again)->read("one")->view()), QByteArray("\0\1\2\n ", 5));
        QCOMPARE((*again)->read("three").error().code, ErrorCode::KeychainNoEntry);
        QVERIFY((*again)->remove("one"));
        QVERIFY((*again)->remove("one"));
        QCOMPARE((*again)->read("one").error().code, ErrorCode::KeychainNoEntry);
        const auto wrong = PassphraseStore::open(file, passphrase("correct house"));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().code, ErrorCode::PassphraseWrong);
        QCOMPARE(PassphraseStore::open(file, SecretBytes()).error().code, ErrorCode::PassphraseNeeded);
    }

    void passphraseFilesMustBePrivate()
    {
        const QString file = m_folder.filePath("pass");
        QVERIFY(writeFileAtomic(file, "open sesame\n", true));
        QCOMPARE(std::string(readPassphraseFile(file)->text()), "open sesame");
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
        QCOMPARE(readPassphraseFile(file).error().code, ErrorCode::PassphraseFileMode);
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        QCOMPARE(readPassphraseFile(file).error().code, ErrorCode::PassphraseFileMode);
        QVERIFY(writeFileAtomic(file, "\n", true));
        QCOMPARE(readPassphraseFile(file).error().code, ErrorCode::PassphraseNeeded);
        QCOMPARE(readPassphraseFile(m_folder.filePath("none")).error().code, ErrorCode::FileNotFound);
        QCOMPARE(readPassphraseFile(m_folder.path()).error().code, ErrorCode::FileUnreadable);
    }

    void theStoreOfAHomeIsNeverSilentlyWeaker()
    {
        const QString file = m_folder.filePath("pass2");
        QVERIFY(writeFileAtomic(file, "open sesame", true));
        qunsetenv("AMANA_PASSPHRASE_FILE");
        QCOMPARE(openSecretStore(home("m")).value()->kind(), "keychain");
        {
            auto store = openSecretStore(home("m"), file);
            QVERIFY(store);
            QCOMPARE((*store)->kind(), "passphrase");
            QVERIFY((*store)->write("x", bytesOf(QByteArray("y"))));
        }
        QCOMPARE(openSecretStore(home("m")).error().code, ErrorCode::PassphraseNeeded);
        qputenv("AMANA_PASSPHRASE_FILE", file.toUtf8());
        auto store = openSecretStore(home("m"));
        QVERIFY(store);
        QCOMPARE(std::string((*store)->read("x")->text()), "y");
        qunsetenv("AMANA_PASSPHRASE_FILE");
    }
};

QTEST_GUILESS_MAIN(TestProfiles)
#include "test_profiles.moc"
