// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/cid.h"

#include <QTest>

#include <algorithm>
#include <cctype>
#include <unordered_set>

using namespace amana;
using namespace amana::content;

class TestCid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textAndBytes();
    void everyChangedCharacterIsAnotherCidOrNone();
    void otherKindsAreToldApart();
    void malformedTexts();
    void hashesSpread();
};

void TestCid::textAndBytes()
{
    const Cid cid = Cid::of(Codec::Raw, bytesOf(std::string_view("hello world")));
    QCOMPARE(cid.text(), std::string("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"));
    QCOMPARE(cid.bytes().size(), qsizetype(kCidSize));
    QCOMPARE(toHex(bytesOf(cid.bytes().left(4))), std::string("01551220"));
    const auto parsed = Cid::parse(cid.text());
    QVERIFY(parsed);
    QVERIFY(*parsed == cid);
    const auto decoded = Cid::fromBytes(bytesOf(cid.bytes()));
    QVERIFY(decoded);
    QVERIFY(*decoded == cid);
}

void TestCid::everyChangedCharacterIsAnotherCidOrNone()
{
    const Cid cid = Cid::of(Codec::DagPb, {});
    const std::string good = cid.text();
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = bad[at] == 'b' ? 'c' : 'b';
        const auto parsed = Cid::parse(bad);
        QVERIFY2(!parsed || !(*parsed == cid), bad.c_str());
        QVERIFY(!Cid::parse(std::string_view(good).substr(0, at)));
    }
}

void TestCid::otherKindsAreToldApart()
{
    for (const std::string_view text : {"QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR",
                                        "zb2rhiVd5G2DSpnbYtty8NhYHeDvNkPxjSqA7YbDPuhdihj9L",
                                        // dag-cbor, and sha2-512 in base32
                                        "bafyreigaknpexyvxt76zgkitavbwx6ejgfheup5oybpm77f3pxzrvwpfdi"}) {
        const auto parsed = Cid::parse(text);
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().code == ErrorCode::CidUnsupported, parsed.error().debugString().c_str());
    }
}

void TestCid::malformedTexts()
{
    std::string upper = Cid::of(Codec::Raw, {}).text();
    std::transform(upper.begin() + 1, upper.end(), upper.begin() + 1,
                   [](char c) { return static_cast<char>(std::toupper(c)); });
    const std::string longText = "b" + std::string(1000, 'a');
    for (const std::string &text : {std::string(), std::string("b"), std::string("hello"), upper, longText,
                                    Cid::of(Codec::Raw, {}).text() + "aa", std::string("../../etc/passwd")}) {
        const auto parsed = Cid::parse(text);
        QVERIFY2(!parsed, text.c_str());
        QVERIFY2(parsed.error().code == ErrorCode::CidMalformed
                     || parsed.error().code == ErrorCode::CidUnsupported,
                 parsed.error().debugString().c_str());
    }
}

void TestCid::hashesSpread()
{
    std::unordered_set<Cid> cids;
    for (int i = 0; i < 1000; ++i)
        cids.insert(Cid::of(Codec::Raw, bytesOf(std::to_string(i))));
    QCOMPARE(cids.size(), std::size_t(1000));
}

QTEST_GUILESS_MAIN(TestCid)
#include "test_cid.moc"
