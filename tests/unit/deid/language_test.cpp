// SPDX-License-Identifier: GPL-3.0-or-later
// The language of a passage, and what follows from it: the order of dates, the countries of phone numbers, and the words that
// tell whose a name is.
#include "core/base/utf8.h"
#include "core/deid/document_pass.h"
#include "core/deid/language.h"
#include "core/deid/rules/dates.h"
#include "core/deid/rules/phones.h"

#include <QTest>

using namespace amana;
using namespace amana::deid;

namespace {

const std::string kEnglish = "The patient was seen in the clinic today and reports that the pain is better than last week. ";
const std::string kGerman = "Der Patient wurde heute in der Ambulanz gesehen und berichtet, dass die Schmerzen besser geworden sind. ";
const std::string kKorean = "환자는 오늘 외래에서 진료를 받았으며 통증이 지난주보다 호전되었다고 합니다. ";

std::vector<std::string> phonesIn(const std::string &utf8)
{
    const std::u32string text = decodeUtf8(utf8);
    std::vector<std::string> out;
    for (const Detection &d : findPhones(text))
        out.push_back(encodeUtf8(std::u32string_view(text).substr(d.span.begin, d.span.length())));
    return out;
}

/// The role of the only name in the text, which stands between < and >.
std::string roleOf(const std::string &marked)
{
    std::u32string text = decodeUtf8(marked);
    const std::size_t begin = text.find(U'<');
    text.erase(begin, 1);
    const std::size_t end = text.find(U'>');
    text.erase(end, 1);
    return documentPass({text}, {{{{begin, end}, "NAME", 0.9, "model", {}}}}).front().front().role;
}

} // namespace

class LanguageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void languages_data();
    void languages();
    void passagesOfAMixedText();
    void passagesCoverTheText();
    void orderFollowsTheLanguage();
    void phonesOfTheLanguage_data();
    void phonesOfTheLanguage();
    void noPhones_data();
    void noPhones();
    void roles_data();
    void roles();
    void roleIsCarriedToTheSameName();
};

void LanguageTest::languages_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("language");
    const auto row = [](const char *language, const char *text) {
        QTest::newRow(language) << QString::fromUtf8(text) << QString::fromLatin1(language);
    };
    row("en", "The patient was admitted with chest pain and shortness of breath for two days.");
    row("de", "Der Patient wurde mit Brustschmerzen und Atemnot seit zwei Tagen aufgenommen.");
    row("fr", "Le patient a été admis pour une douleur thoracique et une dyspnée depuis deux jours.");
    row("es", "El paciente ingresa por dolor torácico y disnea de dos días de evolución.");
    row("nl", "De patiënt werd opgenomen met pijn op de borst en kortademigheid sinds twee dagen.");
    row("it", "Il paziente è stato ricoverato per dolore toracico e dispnea da due giorni.");
    row("pt", "O doente foi internado por dor torácica e falta de ar há dois dias, não tem febre.");
    row("el", "Ο ασθενής εισήχθη με πόνο στο στήθος και δύσπνοια εδώ και δύο ημέρες.");
    row("ru", "Пациент поступил с болью в груди и одышкой в течение двух дней.");
    row("ko", "환자는 이틀 전부터 시작된 흉통과 호흡곤란으로 입원하였다.");
    row("ja", "患者は二日前からの胸痛と呼吸困難のため入院した。");
    row("zh", "患者因胸痛、气促两天入院。");
    row("ar", "أدخل المريض إلى المستشفى بسبب ألم في الصدر وضيق في التنفس منذ يومين.");
    row("hi", "मरीज को दो दिनों से सीने में दर्द और सांस फूलने के कारण भर्ती किया गया।");
    row("", "12 34 56");
}

void LanguageTest::languages()
{
    QFETCH(QString, text);
    QFETCH(QString, language);
    const std::u32string decoded = text.toStdU32String();
    QCOMPARE(mainLanguage({decoded}), language.toStdString());
}

void LanguageTest::passagesOfAMixedText()
{
    const std::string text = kEnglish + kEnglish + "\n\n" + kKorean + kKorean + "\n\n" + kGerman + kGerman;
    const std::u32string decoded = decodeUtf8(text);
    const auto passages = passagesOf(decoded);
    QCOMPARE(languageAt(passages, 10), std::string("en"));
    QCOMPARE(languageAt(passages, decoded.find(U"통증")), std::string("ko"));
    QCOMPARE(languageAt(passages, decoded.find(U"Schmerzen")), std::string("de"));
}

void LanguageTest::passagesCoverTheText()
{
    const std::vector<std::u32string> texts{U"", U"x", decodeUtf8(kEnglish + "\xFF\xFE" + kKorean), std::u32string(3'000'000, U'7')};
    for (const std::u32string &text : texts) {
        std::size_t at = 0;
        for (const Passage &passage : passagesOf(text)) {
            QCOMPARE(passage.span.begin, at);
            QVERIFY(passage.span.end > at);
            at = passage.span.end;
        }
        QCOMPARE(at, text.size());
    }
}

void LanguageTest::orderFollowsTheLanguage()
{
    const auto order = [](const std::string &text) {
        const std::u32string decoded = decodeUtf8(text);
        return guessOrder({decoded});
    };
    QCOMPARE(order(kEnglish + "Next visit 03/04/2021."), DayOrder::MonthFirst);
    QCOMPARE(order(kGerman + "Kontrolle am 03/04/2021."), DayOrder::DayFirst);
    QCOMPARE(order(kGerman + "Kontrolle am 03/04/2021, zuletzt 12/25/2020."), DayOrder::MonthFirst); // what is written counts more
}

void LanguageTest::phonesOfTheLanguage_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("phone");
    const auto row = [](const char *name, const std::string &text, const char *phone) {
        QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(phone);
    };
    // Numbers that the regulators keep for drama, or of public bodies.
    row("en-US", kEnglish + "Call 202-456-1111 for questions.", "202-456-1111");
    row("en-GB", kEnglish + "Ring 020 7946 0018 please.", "020 7946 0018");
    row("de", kGerman + "Rückfragen unter 030 23125 012.", "030 23125 012");
    row("de slash", kGerman + "Rückfragen unter 089/999998-12.", "089/999998-12");
    row("ko", kKorean + "연락처 02-2133-5114 입니다.", "02-2133-5114");
    row("ja", "患者の連絡先は03-5253-1111です。ご家族にも説明した。", "03-5253-1111");
    row("es", "El paciente ingresa por dolor torácico y disnea. Llamar al 915 96 10 00 si empeora.", "915 96 10 00");
    row("international", kEnglish + "His son lives abroad, +49 30 18441 0.", "+49 30 18441 0");
    row("no-break blanks", kGerman + "Anruf 030\u00A023125\u00A0012 erbeten.", "030\u00A023125\u00A0012");
}

void LanguageTest::phonesOfTheLanguage()
{
    QFETCH(QString, text);
    QFETCH(QString, phone);
    const auto found = phonesIn(text.toStdString());
    QCOMPARE(found, std::vector<std::string>{phone.toStdString()});
}

void LanguageTest::noPhones_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("vital signs") << QString::fromStdString(kEnglish + "BP 120/80, HR 72, RR 16, SpO2 98 %, T 36.8, weight 70.5 kg.");
    QTest::newRow("laboratory") << QString::fromStdString(kEnglish + "WBC 12.5 10.3 8.1 Hgb 13.2 12.9 PLT 250 245 K 4.1 Na 138 Cr 0.9");
    QTest::newRow("dates") << QString::fromStdString(kEnglish + "Seen 2021-03-04, 03/04/2021 and 20210304.");
    QTest::newRow("times of a day") << QString::fromStdString(kEnglish + "0800 1200 1800 2200 0800-1200 (09:30)");
    QTest::newRow("doses") << QString::fromStdString(kGerman + "Heparin 5000 IE, 1-0-1-0, Penicillin 10 000 000 IE.");
    QTest::newRow("number in a row") << QString::fromStdString(kEnglish + "Accession 4084567890.");
}

void LanguageTest::noPhones()
{
    QFETCH(QString, text);
    QCOMPARE(phonesIn(text.toStdString()), std::vector<std::string>());
}

void LanguageTest::roles_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("role");
    const auto row = [](const char *text, const char *role) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(role);
    };
    row("Patient Name: <Ann Hollis>", "patient");
    row("Mr. <Ward> was seen today.", "patient");
    row("<Ann Hollis> is a 54-year-old woman.", "patient");
    row("Discussed with Dr. <Ann Hollis>.", "staff");
    row("Physician Name: <Ann Hollis>", "staff");
    row("Dictated by: <Ann Hollis>", "staff");
    row("Mr. <John Ward>, MD", "staff");
    row("<Ann Hollis>, M.D.", "staff");
    row("His wife <Ann> was at the bedside.", "relative");
    row("It was noted that <Hollis> lay there.", "");
    row("환자 <김민수> 내원함", "patient");
    row("<김민수>님 내원하심", "patient");
    row("주치의: <김민수>", "staff");
    row("담당의는 <김민수>", "staff");
    row("<김민수> 교수에게 의뢰함", "staff");
    row("보호자 <김민수> 동의함", "relative");
    row("患者氏名：<山田花子>", "patient");
    row("<山田花子>様、来院", "patient");
    row("主治医は<山田太郎>である", "staff");
    row("<山田>先生に相談", "staff");
    row("Sehr geehrte Frau <Lehmann>,", "patient");
    row("Oberarzt <Lehmann> informiert", "staff");
    row("Le docteur <Martin> a vu", "staff");
    row("remitido por <Ana Ruiz>", "staff");
}

void LanguageTest::roles()
{
    QFETCH(QString, text);
    QFETCH(QString, role);
    QCOMPARE(roleOf(text.toStdString()), role.toStdString());
}

void LanguageTest::roleIsCarriedToTheSameName()
{
    const std::u32string text = U"Dr. Hollis came. Later Hollis left. Mr. Ward stayed.";
    const auto at = [&](std::u32string_view name, std::size_t from) -> Detection {
        const std::size_t begin = text.find(name, from);
        return {{begin, begin + name.size()}, "NAME", 0.9, "model", {}};
    };
    const auto found = documentPass({text}, {{at(U"Hollis", 0), at(U"Hollis", 12), at(U"Ward", 0)}}).front();
    QCOMPARE(found.size(), std::size_t(3));
    QCOMPARE(found[0].role, std::string("staff"));
    QCOMPARE(found[1].role, std::string("staff"));
    QCOMPARE(found[2].role, std::string("patient"));
}

QTEST_GUILESS_MAIN(LanguageTest)
#include "language_test.moc"
