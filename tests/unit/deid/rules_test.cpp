// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/deid/document_pass.h"
#include "core/deid/rules/checks.h"
#include "core/deid/rules/rules.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace amana;
using namespace amana::deid;

namespace {

Detections find(const std::string &text)
{
    const auto decoded = decodeUtf8(text);
    const auto found = RuleDetector().detect({decoded});
    return found ? found->front() : Detections();
}

/// "TYPE:text" of everything found, in order.
QStringList marks(const std::string &text)
{
    const auto decoded = decodeUtf8(text);
    QStringList out;
    for (const Detection &d : find(text))
        out << QString::fromStdString(
            d.type + ":" + encodeUtf8(std::u32string_view(decoded).substr(d.span.begin, d.span.length())));
    return out;
}

} // namespace

class RulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void checksums();
    void finds_data();
    void finds();
    void leavesAlone_data();
    void leavesAlone();
    void everyRuleHasReason();
    void mergeKeepsEverythingMarked();
    void offsetsCountCodePoints();
    void clinicalTermsAreNoNames();
    void namesSpreadThroughTheDocument();
};

void RulesTest::checksums()
{
    QVERIFY(luhnValid("79927398713"));
    QVERIFY(!luhnValid("79927398714"));
    QVERIFY(cardValid("4111 1111 1111 1111"));
    QVERIFY(!cardValid("4111 1111 1111 1112"));
    QVERIFY(npiValid("1234567893")); // example of 45 CFR 162 guidance
    QVERIFY(!npiValid("1234567890"));
    QVERIFY(ssnPlausible("123-45-6789"));
    for (const char *bad : {"000-12-3456", "666-12-3456", "900-12-3456", "123-00-3456", "123-45-0000"})
        QVERIFY(!ssnPlausible(bad));
    QVERIFY(ibanValid("GB82 WEST 1234 5698 7654 32"));
    QVERIFY(!ibanValid("GB82 WEST 1234 5698 7654 33"));
    QVERIFY(rrnPlausible("900101-1234567"));
    QVERIFY(!rrnPlausible("901301-1234567"));
    QVERIFY(nhsValid("943 476 5919"));
    QVERIFY(!nhsValid("943 476 5918"));
    QVERIFY(dniValid("12345678Z"));
    QVERIFY(!dniValid("12345678A"));
    QVERIFY(dniValid("X1234567L"));
    QVERIFY(cpfValid("529.982.247-25"));
    QVERIFY(!cpfValid("529.982.247-26"));
    QVERIFY(aadhaarValid("2341 2341 2346"));
    QVERIFY(!aadhaarValid("2341 2341 2347"));
    QVERIFY(chineseIdValid("11010519491231002X"));
    QVERIFY(!chineseIdValid("110105194912310021"));
    QVERIFY(bsnValid("111222333"));
    QVERIFY(!bsnValid("111222334"));
    QVERIFY(ipv4Valid("192.168.1.20"));
    QVERIFY(!ipv4Valid("192.168.1.256"));
    QVERIFY(!ipv4Valid("192.168.1"));
}

void RulesTest::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("mark");
    const auto row = [](const char *name, const char *text, const char *mark) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(mark);
    };
    row("email", "write to j.doe@clinic.example.org soon", "EMAIL:j.doe@clinic.example.org");
    row("url", "see https://portal.example.com/x?y=1.", "URL:https://portal.example.com/x?y=1");
    row("url-www", "at www.example.co.uk today", "URL:www.example.co.uk");
    row("ip", "login from 10.20.30.40 noted", "OTHER:10.20.30.40");
    row("ssn", "SSN 123-45-6789", "ID:123-45-6789");
    row("rrn", "주민등록번호 900101-1234567", "ID:900101-1234567");
    row("rrn-masked", "900101-1******", "ID:900101-1******");
    row("card", "card 4111 1111 1111 1111", "ID:4111 1111 1111 1111");
    row("iban", "IBAN GB82 WEST 1234 5698 7654 32", "ID:GB82 WEST 1234 5698 7654 32");
    row("mrn", "MRN: 00-12345", "ID:00-12345");
    row("mrn-number", "medical record number 8812345 on file", "ID:8812345");
    row("accession", "Accession # A24-99812", "ID:A24-99812");
    row("korean-record", "등록번호: 12345678", "ID:12345678");
    row("phone-us", "call (555) 201-3344 now", "PHONE:(555) 201-3344");
    row("phone-dots", "call 555.201.3344", "PHONE:555.201.3344");
    row("phone-intl", "tel +49 30 1234567", "PHONE:+49 30 1234567");
    row("phone-kr", "연락처 010-1234-5678", "PHONE:010-1234-5678");
    row("phone-fr", "joindre au 01 44 49 25 25", "PHONE:01 44 49 25 25");
    row("pager", "pager 4471", "PHONE:4471");
    row("age", "a 93-year-old woman", "AGE:93");
    row("age-ko", "95세 여성", "AGE:95");
    row("zip", "Springfield, IL 62704", "LOCATION:62704");
    row("street", "lives at 12 Oak Hill Road, alone", "LOCATION:12 Oak Hill Road");
    row("po-box", "P.O. Box 1234", "LOCATION:P.O. Box 1234");
    row("address-ko", "주소: 서울특별시 강남구 테헤란로 152 거주", "LOCATION:서울특별시 강남구 테헤란로 152");
    row("title", "seen by Dr. Okonkwo today", "NAME:Okonkwo");
    row("title-full", "Mrs. Ana Maria Lopez came", "NAME:Ana Maria Lopez");
    row("degree", "signed Peter Quill, MD", "NAME:Peter Quill");
    row("label", "Patient Name: Quill, Peter", "NAME:Quill, Peter");
    row("label-ko", "성명: 김철수", "NAME:김철수");
    row("title-ko", "김철수 교수님 의뢰", "NAME:김철수");
    row("hl7", "PID DOE^JOHN^A", "NAME:DOE^JOHN^A");
    row("hospital", "moved to St. Agnes Medical Center on foot", "HOSPITAL:St. Agnes Medical Center");
    row("hospital-ko", "부산대학교병원에서 전원", "HOSPITAL:부산대학교병원");
}

void RulesTest::finds()
{
    QFETCH(QString, text);
    QFETCH(QString, mark);
    const auto found = marks(text.toStdString());
    QVERIFY2(found.contains(mark), qPrintable(found.join(QStringLiteral(" | "))));
}

void RulesTest::leavesAlone_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"BP 120/80, HR 72, RR 18, T 98.6", "metformin 500 mg 1-0-1", "L4-L5 disc, C5-C6 stenosis",
          "glucose 5.6 mmol/L, A1c 7.2 %", "pain 5/10, strength 5/5", "2 x 3 x 4 cm mass", "see in 6/52",
          "G2P1001 at 38 weeks", "he was told to return if worse", "version 1.2.3", "1:200 dilution",
          "EF 55-60%", "Vicryl 3-0 and 4-0", "12-lead ECG", "혈압 120/80 mmHg, 체온 36.5", "본 병원에서 시행",
          "보호자에게 설명함"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void RulesTest::leavesAlone()
{
    QFETCH(QString, text);
    const auto found = marks(text.toStdString());
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral(" | "))));
}

void RulesTest::everyRuleHasReason()
{
    std::set<std::string> ids;
    for (const RuleInfo &info : ruleInfos()) {
        QVERIFY(info.id.starts_with("rule."));
        QVERIFY2(info.reason.size() > 8 && info.reason.ends_with("."), info.id.c_str());
        QVERIFY2(ids.insert(info.id).second, info.id.c_str());
    }
    for (const char *text : {"on 2024-03-05", "call (555) 201-3344", "MRN 123456", "3월 5일"})
        for (const Detection &d : find(text))
            QVERIFY2(ids.contains(d.by), d.by.c_str());
}

void RulesTest::mergeKeepsEverythingMarked()
{
    const std::u32string text = U"0123456789 abcdefghij";
    const Detections all{{{0, 6}, "ID", 0.6, "a"},
                         {{4, 10}, "PHONE", 0.9, "b"},
                         {{11, 15}, "NAME", 0.5, "c"},
                         {{13, 21}, "NAME", 0.8, "d"}};
    const auto out = merged(text, all);
    std::vector<bool> covered(text.size(), false);
    for (std::size_t i = 0; i < out.size(); ++i) {
        for (auto k = out[i].span.begin; k < out[i].span.end; ++k) {
            QVERIFY(!covered[k]); // never twice
            covered[k] = true;
        }
        QVERIFY(i == 0 || out[i - 1].span.end <= out[i].span.begin);
    }
    for (const Detection &d : all)
        for (auto k = d.span.begin; k < d.span.end; ++k)
            QVERIFY(covered[k]);
    QCOMPARE(out.back().span, (records::Span{11, 21})); // one name, told by the surer
    QCOMPARE(out.back().by, std::string("d"));
}

void RulesTest::offsetsCountCodePoints()
{
    const std::string text =
        "\xF0\x9F\x98\x80 \xF0\x9F\x98\x80 call 555-201-3344"; // two signs outside the basic plane
    const auto found = find(text);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].span, (records::Span{9, 21}));
}

void RulesTest::clinicalTermsAreNoNames()
{
    const std::u32string text = U"Foley catheter, Parkinson's disease, Lasix. Foley came along.";
    const Detections guesses{{{0, 5}, "NAME", 0.9, "model"},
                             {{16, 25}, "NAME", 0.9, "model"},
                             {{37, 42}, "NAME", 0.99, "model"},
                             {{44, 49}, "NAME", 0.99, "model"}};
    const auto out = documentPass({text}, {guesses}).front();
    QCOMPARE(out.size(), std::size_t(1)); // only the person
    QCOMPARE(out[0].span, (records::Span{44, 49}));
    const auto known = documentPass({text}, {{{{0, 5}, "NAME", 0.97, "known.name"}}}).front();
    QCOMPARE(known.size(), std::size_t(1)); // what the record knows is never vetoed
}

void RulesTest::namesSpreadThroughTheDocument()
{
    const std::u32string first = U"Patient name: Tadesse Abera",
                         second = U"Later Abera slept; may and May did not.";
    const auto out = documentPass({first, second}, {{{{14, 27}, "NAME", 0.95, "model"}}, {}});
    QCOMPARE(out[1].size(), std::size_t(1));
    QCOMPARE(out[1][0].span, (records::Span{6, 11}));
    QCOMPARE(out[1][0].by, std::string("spread.name"));
}

QTEST_GUILESS_MAIN(RulesTest)
#include "rules_test.moc"
