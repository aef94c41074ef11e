// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/hash.h"
#include "core/crypto/wallet_hashes.h"
#include "core/keys/bip32.h"
#include "core/keys/identity.h"
#include "core/keys/mnemonic.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTest>

#include <set>

using namespace amana;
using namespace amana::keys;

namespace {

nlohmann::json vectors(const char *name)
{
    QFile file(QStringLiteral(AMANA_SOURCE_DIR "/tests/vectors/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no vectors");
    return nlohmann::json::parse(file.readAll().toStdString());
}

std::string hexOf(const SecretBytes &bytes)
{
    return toHex(bytes.view());
}

ExtendedKey rootOf(std::string_view hex)
{
    const QByteArray seed = fromHex(hex).value();
    return std::move(ExtendedKey::fromSeed(bytesOf(seed)).value());
}

} // namespace

class TestPhrases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWordListIsThatOfBip39()
    {
        QCOMPARE(wordList().size(), std::size_t(2048));
        QCOMPARE(wordList().front(), std::string_view("abandon"));
        QCOMPARE(wordList().back(), std::string_view("zoo"));
        std::set<std::string_view> beginnings; // BIP-39: four letters tell every word
        for (const std::string_view word : wordList())
            beginnings.insert(word.substr(0, 4));
        QCOMPARE(beginnings.size(), std::size_t(2048));
    }

    void officialVectors()
    {
        int count = 0;
        int keys = 0;
        for (const auto &vector : vectors("bip39/english.json")) {
            const QByteArray entropy = fromHex(vector[0].get<std::string>()).value();
            const std::string phrase = vector[1];
            QCOMPARE(std::string(mnemonicFromEntropy(bytesOf(entropy)).value().text()), phrase);
            QCOMPARE(hexOf(entropyFromMnemonic(phrase).value()), vector[0].get<std::string>());
            const SecretBytes seed = std::move(seedFromMnemonic(phrase, "TREZOR").value());
            QCOMPARE(hexOf(seed), vector[2].get<std::string>());
            if (vector.size() > 3) {
                QCOMPARE(std::string(ExtendedKey::fromSeed(seed.view()).value().xprv().text()),
                         vector[3].get<std::string>());
                ++keys;
            }
            ++count;
        }
        QCOMPARE(count, 24);
        QCOMPARE(keys, 12);
    }

    void phrasesAreReadAsPeopleTypeThem()
    {
        const std::string good =
            "legal winner thank year wave sausage worth useful legal winner thank yellow";
        const std::string typed =
            "  Legal WINNER\tthank year\nwave sausage worth useful legal\r\nwinner thank yellow \n";
        QCOMPARE(hexOf(entropyFromMnemonic(typed).value()), hexOf(entropyFromMnemonic(good).value()));
        QCOMPARE(hexOf(seedFromMnemonic(typed).value()), hexOf(seedFromMnemonic(good).value()));
    }

    void badPhrasesSayWhatIsWrong_data()
    {
        QTest::addColumn<QString>("phrase");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("place");
        QTest::newRow("empty") << ""
                               << "length"
                               << "";
        QTest::newRow("eleven words") << "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo"
                                      << "length"
                                      << "";
        QTest::newRow("unknown word") << "zoo zoo patient zoo zoox zoo zoo zoo zoo zoo zoo wrong"
                                      << "word"
                                      << "5";
        QTest::newRow("not English") << "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo \u00e9t\u00e9"
                                     << "word"
                                     << "12";
        QTest::newRow("checksum") << "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo"
                                  << "checksum"
                                  << "";
        QTest::newRow("two words swapped")
            << "winner legal thank year wave sausage worth useful legal winner thank yellow"
            << "checksum"
            << "";
    }
    void badPhrasesSayWhatIsWrong()
    {
        QFETCH(QString, phrase);
        QFETCH(QString, reason);
        QFETCH(QString, place);
        const auto entropy = entropyFromMnemonic(phrase.toStdString());
        QVERIFY(!entropy);
        QCOMPARE(entropy.error().code, ErrorCode::MnemonicInvalid);
        QCOMPARE(entropy.error().param("reason"), reason.toStdString());
        QCOMPARE(entropy.error().param("place"), place.toStdString());
        QVERIFY(!seedFromMnemonic(phrase.toStdString()));
    }

    // BIP-32, test vectors 1 to 4, every key of every chain.
    void keyTreeVectors()
    {
        int count = 0;
        for (const auto &tree : vectors("bip32/valid.json")) {
            const ExtendedKey root = rootOf(tree["seed"].get<std::string>());
            for (const auto &row : tree["keys"]) {
                const std::string path = row[0];
                const auto key = root.derive(path);
                QVERIFY2(key, path.c_str());
                QCOMPARE(key->xpub(), row[1].get<std::string>());
                QCOMPARE(std::string(key->xprv().text()), row[2].get<std::string>());
                QVERIFY(checkXpub(key->xpub()));
                const auto read = ExtendedKey::fromXprv(key->xprv().text());
                QVERIFY(read);
                QCOMPARE(read->xpub(), key->xpub());
                QCOMPARE(hexOf(read->child(7)->secret()), hexOf(key->child(7)->secret()));
                ++count;
            }
        }
        QCOMPARE(count, 17);
    }

    // BIP-32, test vector 5.
    void invalidKeysAreRefused()
    {
        int count = 0;
        for (const auto &row : vectors("bip32/invalid.json")) {
            const std::string why = row[0];
            const std::string text = row[1];
            QVERIFY2(!ExtendedKey::fromXprv(text), why.c_str());
            QVERIFY2(!checkXpub(text), why.c_str());
            ++count;
        }
        QCOMPARE(count, 16);
        for (const std::string &text : {std::string(), std::string("xprv"), std::string(112, '1'), std::string(300, 'z'),
                                        std::string("xprv0OIl")})
            QVERIFY(!ExtendedKey::fromXprv(text));
    }

    void badPathsAreRefused()
    {
        const ExtendedKey root = rootOf("000102030405060708090a0b0c0d0e0f");
        for (const char *path : {"", "0", "m/", "m//1", "m/x", "m/1x", "m/2147483648", "m/-1", "m1"})
            QVERIFY2(!root.derive(path), path);
    }

    // The account that every development tool derives from its well-known phrase.
    void ethereumAccountOfThePath()
    {
        const auto seed = seedFromMnemonic("test test test test test test test test test test test junk");
        const auto key = ExtendedKey::fromSeed(seed->view())->derive("m/44'/60'/0'/0/0");
        const auto signer = crypto::SigningKey::fromSecret(key->secret().clone());
        QCOMPARE(crypto::checksumAddress(signer->address()), "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    }

    void onePhraseGivesAllKeysAgain()
    {
        const Identity first = Identity::generate();
        const SecretBytes phrase = first.phrase();
        QCOMPARE(std::ranges::count(phrase.text(), ' '), std::ptrdiff_t(23));
        const Identity again = std::move(Identity::fromPhrase(phrase.text()).value());
        QCOMPARE(again.chainKey(3)->address(), first.chainKey(3)->address());
        QCOMPARE(again.ageIdentity(2).recipient().text(), first.ageIdentity(2).recipient().text());
        QVERIFY(again.derivedKey("amana/backup/v1").equals(first.derivedKey("amana/backup/v1").view()));

        std::set<Address> accounts;
        std::set<std::string> recipients;
        for (std::uint32_t i = 0; i < 8; ++i) {
            accounts.insert(first.chainKey(i)->address());
            recipients.insert(first.ageIdentity(i).recipient().text());
        }
        QCOMPARE(accounts.size(), std::size_t(8));
        QCOMPARE(recipients.size(), std::size_t(8));
    }

    // design: age identity n is HKDF-SHA256(seed, info "amana/age/v1/<n>"); fixed for ever by this value.
    void theDerivationOfAgeIdentitiesIsFixed()
    {
        const Identity identity =
            std::move(Identity::fromPhrase(
                          "void come effort suffer camp survey warrior heavy shoot primary clutch crush open "
                          "amazing screen patrol group space point ten exist slush involve unfold")
                          .value());
        const SecretBytes seed = std::move(seedFromMnemonic(identity.phrase().text()).value());
        const SecretBytes expected = crypto::hkdfSha256(seed.view(), {}, "amana/age/v1/5", 32);
        QCOMPARE(toHex(identity.ageIdentity(5).secret()), hexOf(expected));
    }

    void onlyTwentyFourWordsMakeAnIdentity()
    {
        const auto identity =
            Identity::fromPhrase("test test test test test test test test test test test junk");
        QVERIFY(!identity);
        QCOMPARE(identity.error().code, ErrorCode::MnemonicInvalid);
    }
};

QTEST_GUILESS_MAIN(TestPhrases)
#include "test_phrases.moc"
