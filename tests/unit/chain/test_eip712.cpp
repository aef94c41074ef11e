// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/eip712.h"
#include "core/chain/gateway_message.h"
#include "core/crypto/keccak.h"
#include "core/crypto/secp256k1.h"

#include <QTest>

using namespace amana;
using namespace amana::chain;

namespace {

Digest hashOf(std::string_view text)
{
    return crypto::keccak256(bytesOf(text));
}

Digest person(std::string_view name, const char *wallet)
{
    return StructHash("Person(string name,address wallet)")
        .text(name)
        .address(crypto::parseAddress(wallet).value())
        .hash();
}

} // namespace

class TestEip712 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // EIP-712, the example "Mail", every intermediate value of its text.
    void theExampleOfTheStandard()
    {
        const char *contract = "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC";
        const Digest domain =
            StructHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
                .text("Ether Mail")
                .text("1")
                .number(1)
                .address(crypto::parseAddress(contract).value())
                .hash();
        QCOMPARE(toHex(domain), "f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f");
        const Digest mail =
            StructHash("Mail(Person from,Person to,string contents)Person(string name,address wallet)")
                .word(person("Cow", "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"))
                .word(person("Bob", "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"))
                .text("Hello, Bob!")
                .hash();
        QCOMPARE(toHex(mail), "c52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e");
        const Digest digest = typedDataDigest(domain, mail);
        QCOMPARE(toHex(digest), "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");

        const auto cow = crypto::SigningKey::fromSecret(SecretBytes(hashOf("cow")));
        const crypto::Signature signature = cow->sign(digest);
        QCOMPARE(toHex(signature.r), "4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d");
        QCOMPARE(toHex(signature.s), "07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b91562");
        QCOMPARE(signature.yParity, std::uint8_t(1));
    }

    void theDomainBindsChainAndContract()
    {
        Address one{};
        Address two{};
        two[19] = 1;
        QVERIFY(domainSeparator(1, one) != domainSeparator(1, two));
        QVERIFY(domainSeparator(1, one) != domainSeparator(2, one));
    }

    void theTypeIsPartOfTheHash()
    {
        QVERIFY(StructHash("Approve(uint64 id)").number(7).hash() != StructHash("Deny(uint64 id)").number(7).hash());
        QCOMPARE(StructHash("T(bool a,bytes b)").flag(true).bytes(bytesOf(std::string_view("x"))).hash(),
                 StructHash("T(bool a,bytes b)").number(1).word(hashOf("x")).hash());
    }

    // Signatures by `cast wallet sign --data` of Foundry 1, key 1, both messages of a guarded gateway.
    void messagesOfAGateway()
    {
        SecretBytes one(32);
        one.writable()[31] = 1;
        const auto key = crypto::SigningKey::fromSecret(std::move(one));
        GatewayMessage message{"gateway.example:443", {}, 77,
                               "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy", {}, {}, 1'700'000'000,
                               1'700'000'060};
        message.key[19] = 0xaa;
        message.client[19] = 0xbb;
        message.nonce.fill(0x11);
        Address contract{};
        contract[19] = 7;
        const QByteArray proof = signTypedData(message.proofHash(), 31337, contract, *key);
        QCOMPARE(toHex(bytesOf(proof)), "3126e2f993d957fedb7cbfbf1815d349eebfca2637569c2015c919d8228749ec"
                                        "360ed8abdf55dffeb063b2b4ad3551c400eb8a1cfe114b2dc45c0a830c89d9e61c");
        const QByteArray challenge = signTypedData(message.challengeHash(), 31337, contract, *key);
        QCOMPARE(toHex(bytesOf(challenge)), "4cac70e7183209a1d8fc8e78e04b21f5754630966107d36a0770934234fee940"
                                            "5b117f49e5889406f4c145b6ee8f1eaa44d6a199add34d20e07d1dc8f90f5b911b");
        const auto signer = typedDataSigner(message.proofHash(), 31337, contract, bytesOf(proof));
        QVERIFY(signer && *signer == key->address());
        const auto other = typedDataSigner(message.proofHash(), 1, contract, bytesOf(proof));
        QVERIFY(!other || *other != key->address());
        for (QByteArray bad : {QByteArray(), proof.left(64), proof + 'x', proof.left(64) + '\0', proof.left(64) + '\x1d'})
            QVERIFY(!typedDataSigner(message.proofHash(), 31337, contract, bytesOf(bad)));
    }

    // The example of the ethers documentation (hashMessage), and a length of two digits.
    void plainTextOfEip191()
    {
        QCOMPARE(toHex(plainTextDigest("Hello World")),
                 "a1de988600a42c4b4ab089b619297c17d53cffae5d5120d82d8a92d0bb3b78f2");
        QCOMPARE(toHex(plainTextDigest("hello")),
                 "50b2c43fd39106bafbba0da34fc430e1f91e3c96ea2acee2bc34119f92b37750");
        QVERIFY(plainTextDigest("") != plainTextDigest("0"));
    }
};

QTEST_GUILESS_MAIN(TestEip712)
#include "test_eip712.moc"
