// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/surrogates.h"

#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace amana;
using namespace amana::deid;

class SurrogatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linksStayLinked();
    void identifiersKeepShape();
    void namesAreConsistent();
    void namesKeepScriptAndCase();
    void ownNamesAreAvoided();
    void shiftsAreFixedPerSubject();
    void twoMapsDiffer();
    void survivesTheVault();
    void damagedStateIsRefused();
};

namespace {

std::string tail(const std::string &text, std::size_t from) { return text.substr(from); }

bool matches(const std::string &text, const char *pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QString::fromUtf8(pattern)))
        .match(QString::fromStdString(text))
        .hasMatch();
}

} // namespace

void SurrogatesTest::linksStayLinked()
{
    SurrogateMap map;
    const auto id = map.link("abc");
    QVERIFY(matches(id, "[A-Za-z0-9\\-.]{1,64}")); // a FHIR id
    QVERIFY(id.find("abc") == std::string::npos);
    QCOMPARE(map.link("Patient/abc"), "Patient/" + id);
    QCOMPARE(map.link("https://ehr.example.org/fhir/Patient/abc"), "Patient/" + id);
    QCOMPARE(map.link("Patient/abc/_history/3"), "Patient/" + id + "/_history/3");
    QCOMPARE(map.link("#abc"), "#" + id);
    const auto urn = map.link("urn:uuid:0f5c1f5a-1111-4222-8333-444455556666");
    QVERIFY(matches(urn, "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    QCOMPARE("urn:uuid:" + map.link("0f5c1f5a-1111-4222-8333-444455556666"), urn);
    const auto query = map.link("Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999991234");
    QVERIFY(matches(query, "Practitioner\\?identifier=http://hl7.org/fhir/sid/us-npi\\|\\d{10}"));
    QCOMPARE(tail(query, query.rfind('|') + 1), map.identifier("9999991234"));
    QVERIFY(map.link("https://hospital.example/people/jane-doe").find("jane") == std::string::npos);
}

void SurrogatesTest::identifiersKeepShape()
{
    SurrogateMap map;
    const auto id = map.identifier("AB-1234.x");
    QVERIFY(matches(id, "[A-Z]{2}-\\d{4}\\.[a-z]"));
    QVERIFY(id != "AB-1234.x");
    QCOMPARE(map.identifier("urn:mrn|AB-1234.x"), "urn:mrn|" + id);
    QVERIFY(map.identifier("ab 1234X").size() == 8); // the same number in another dress
    QVERIFY(map.identifier("7").size() > 4);         // too short to hide in its own shape
}

void SurrogatesTest::namesAreConsistent()
{
    SurrogateMap map;
    const auto full = map.surrogate("s", "NAME", "Maria Delgado");
    const auto space = full.find(' ');
    QVERIFY(space != std::string::npos);
    const auto first = full.substr(0, space), last = full.substr(space + 1);
    QCOMPARE(map.surrogate("s", "NAME", "Delgado, Maria"), last + ", " + first);
    QCOMPARE(map.surrogate("s", "NAME", "Delgado"), last);
    QCOMPARE(map.surrogate("s", "NAME", "MARIA"), QString::fromStdString(first).toUpper().toStdString());
    QCOMPARE(map.surrogate("s", "NAME", "maria"), QString::fromStdString(first).toLower().toStdString());
    QVERIFY(full.find("Maria") == std::string::npos && full.find("Delgado") == std::string::npos);
}

void SurrogatesTest::namesKeepScriptAndCase()
{
    SurrogateMap map;
    const auto korean = QString::fromStdString(map.surrogate("s", "NAME", "김민수"));
    QVERIFY(QRegularExpression(QStringLiteral("^[가-힣]{2,4}$")).match(korean).hasMatch());
    QVERIFY(korean != QStringLiteral("김민수"));
    const auto given = QString::fromStdString(map.surrogate("s", "NAME", "민수"));
    QVERIFY(korean.endsWith(given));
    const auto russian = QString::fromStdString(map.surrogate("s", "NAME", "Иван Петров"));
    QVERIFY(QRegularExpression(QStringLiteral("^[А-Яа-яЁё]+ [А-Яа-яЁё]+$")).match(russian).hasMatch());
    QVERIFY(matches(map.surrogate("s", "PHONE", "(555) 201-3344"), "\\(\\d{3}\\) \\d{3}-\\d{4}"));
    QVERIFY(matches(map.surrogate("s", "EMAIL", "a@b.org"), "user\\d{4}@example\\.org"));
    QVERIFY(map.surrogate("s", "HOSPITAL", "부산대학교병원") != "부산대학교병원");
}

void SurrogatesTest::ownNamesAreAvoided()
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        SurrogateMap map = SurrogateMap::seeded(seed);
        map.describe("s", {"Alice Abbott", "Barlow"}, "female");
        const auto name = map.surrogate("s", "NAME", "Alice Abbott");
        for (const char *own : {"Alice", "Abbott", "Barlow"})
            QVERIFY2(name.find(own) == std::string::npos, name.c_str());
    }
}

void SurrogatesTest::shiftsAreFixedPerSubject()
{
    SurrogateMap map;
    std::set<int> seen;
    for (int i = 0; i < 200; ++i) {
        const auto subject = std::to_string(i);
        const int days = map.dateShift(subject, 365);
        QVERIFY(days != 0 && days >= -365 && days <= 365);
        QCOMPARE(map.dateShift(subject, 365), days);
        seen.insert(days);
    }
    QVERIFY(seen.size() > 100); // no constant, no small set
    QCOMPARE(map.dateShift("x", 0), 0);
}

void SurrogatesTest::twoMapsDiffer()
{
    SurrogateMap a, b; // nothing is derived from the original: two datasets share nothing
    QVERIFY(a.pseudonym("s") != b.pseudonym("s"));
    QVERIFY(a.link("abc") != b.link("abc"));
    QVERIFY(a.identifier("12345678") != b.identifier("12345678"));
    QVERIFY(matches(a.pseudonym("s"), "P-[0-9A-HJKMNP-TV-Z]{10}"));
}

void SurrogatesTest::survivesTheVault()
{
    SurrogateMap map;
    const auto pseudonym = map.pseudonym("s"), link = map.link("Patient/1"), id = map.identifier("MRN-77001"),
               name = map.surrogate("s", "NAME", "Maria Delgado");
    const int days = map.dateShift("s");
    auto back = SurrogateMap::fromSecret(map.toSecret());
    QVERIFY(back.has_value());
    QCOMPARE(back->pseudonym("s"), pseudonym);
    QCOMPARE(back->link("Patient/1"), link);
    QCOMPARE(back->identifier("MRN-77001"), id);
    QCOMPARE(back->surrogate("s", "NAME", "Maria Delgado"), name);
    QCOMPARE(back->dateShift("s"), days);
}

void SurrogatesTest::damagedStateIsRefused()
{
    for (const char *bad : {"", "{}", "[1]", "{\"version\":1}", "not json"}) {
        const auto map = SurrogateMap::fromSecret(SecretBytes::fromText(bad));
        QVERIFY(!map);
        QVERIFY(map.error().code == ErrorCode::StoreCorrupt);
    }
    const auto newer = SurrogateMap::fromSecret(SecretBytes::fromText("{\"version\":2}"));
    QVERIFY(!newer && newer.error().code == ErrorCode::StoreTooNew);
}

QTEST_GUILESS_MAIN(SurrogatesTest)
#include "surrogates_test.moc"
