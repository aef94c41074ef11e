// SPDX-License-Identifier: GPL-3.0-or-later
// The bundled model loads and finds what is planted; its figures on a few published lines do not fall.
#include "core/base/files.h"
#include "core/base/utf8.h"
#include "core/deid/model_loader.h"
#include "core/deid/plan.h"

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <set>
#include <sstream>

using namespace amana;
using namespace amana::deid;

namespace {

const QString kModel = QStringLiteral(AMANA_SOURCE_DIR "/resources/deid/model.safetensors");
const QString kModule = QStringLiteral(AMANA_TORCH_MODULE);
constexpr double kLeastRecall = 0.95; // share of labelled letters and digits that a mark covers
constexpr double kLeastPrecision =
    0.90; // share of marked ones that are labelled, among types the source labels

DeidOptions options()
{
    DeidOptions o;
    o.resources = QStringLiteral(AMANA_SOURCE_DIR "/resources");
    o.modulePath = kModule;
    return o;
}

const Deidentifier &engine()
{
    static const auto kEngine = Deidentifier::create(options());
    if (!kEngine)
        qFatal("%s", kEngine.error().debugString().c_str());
    return **kEngine;
}

Detections marks(const std::u32string &text)
{
    const auto found = engine().detect({text});
    return found ? found->front() : Detections();
}

} // namespace

class GoldenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void modelIsOurs();
    void plantedIdentifiers_data();
    void plantedIdentifiers();
    void leavesMedicineAlone_data();
    void leavesMedicineAlone();
    void publishedLines();
    void answersDoNotDependOnCompany();
    void longTextsAreReadWhole();
    void otherFilesAreRefused();
};

void GoldenTest::modelIsOurs()
{
    QCOMPARE(engine().info().modelHash.size(), std::size_t(64));
    const auto bytes = readFile(kModel);
    QVERIFY(bytes.has_value());
    QVERIFY(bytes->size() < 10'000'000);
}

void GoldenTest::plantedIdentifiers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("planted");
    const auto row = [](const char *name, const char *text, const QStringList &planted) {
        QTest::newRow(name) << QString::fromUtf8(text) << planted;
    };
    row("names without cue",
        "Oyelaran tolerated the procedure well and Birgitta was told. Later Oyelaran denied pain.",
        {QStringLiteral("Oyelaran"), QStringLiteral("Birgitta")});
    row("letter",
        "Dear Dr. Wexford,\nThank you for referring Tamsin Quarles, a 61-year-old retired welder from "
        "Penmarsh, seen 14 March 2023.",
        {QStringLiteral("Wexford"), QStringLiteral("Tamsin Quarles"), QStringLiteral("Penmarsh"),
         QStringLiteral("14 March 2023")});
    row("header",
        "PATIENT: VASILAKIS, ELENI   MRN: 7781203\nDOB: 02/11/1948  PHONE: 555-823-1190\nMERCY VALLEY "
        "HOSPITAL",
        {QStringLiteral("VASILAKIS"), QStringLiteral("ELENI"), QStringLiteral("7781203"),
         QStringLiteral("02/11/1948"), QStringLiteral("555-823-1190"),
         QStringLiteral("MERCY VALLEY HOSPITAL")});
    row("korean",
        "환자 오태경(남, 58세)은 2024년 3월 5일 새빛병원에서 박서진 교수에게 진료받음. 연락처 010-2233-4455",
        {QStringLiteral("오태경"), QStringLiteral("2024년 3월 5일"), QStringLiteral("새빛병원"),
         QStringLiteral("박서진"), QStringLiteral("010-2233-4455")});
    row("spanish",
        "Paciente Lucía Ferreiro Otero, remitida por el Dr. Andrés Baamonde el 12/05/2021 desde Betanzos.",
        {QStringLiteral("Lucía Ferreiro Otero"), QStringLiteral("Andrés Baamonde"),
         QStringLiteral("12/05/2021"), QStringLiteral("Betanzos")});
    row("german", "Herr Jochen Brandstetter, geb. am 03.07.1955, wohnhaft in Lindenweg 12, stellte sich vor.",
        {QStringLiteral("Jochen Brandstetter"), QStringLiteral("03.07.1955"),
         QStringLiteral("Lindenweg 12")});
}

void GoldenTest::plantedIdentifiers()
{
    QFETCH(QString, text);
    QFETCH(QStringList, planted);
    const auto decoded = text.toStdU32String();
    std::u32string masked = decoded;
    for (const Detection &d : marks(decoded))
        std::fill(masked.begin() + static_cast<std::ptrdiff_t>(d.span.begin),
                  masked.begin() + static_cast<std::ptrdiff_t>(d.span.end), U'#');
    const QString left = QString::fromStdU32String(masked);
    for (const QString &value : planted)
        QVERIFY2(!left.contains(value), qPrintable(value + QStringLiteral(" in ") + left));
}

void GoldenTest::leavesMedicineAlone_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"Foley catheter placed. Lasix 40 mg IV bid, potassium 4.1, creatinine 1.2.",
                             "History of Parkinson's disease and Crohn disease. Babinski negative.",
                             "The abdomen is soft. No masses. Bowel sounds are normal. Follow up as needed.",
                             "혈압 120/80 mmHg, 체온 36.5도, 복통 없음. 아스피린 100mg 하루 1회."})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void GoldenTest::leavesMedicineAlone()
{
    QFETCH(QString, text);
    const auto decoded = text.toStdU32String();
    for (const Detection &d : marks(decoded))
        if (d.score >= engine().policy().ruleFor(d.type).threshold)
            QFAIL(qPrintable(QString::fromStdU32String(decoded.substr(d.span.begin, d.span.length()))));
}

void GoldenTest::publishedLines()
{
    const auto bytes = readFile(QStringLiteral(AMANA_SOURCE_DIR "/tests/golden/deid/lines.jsonl"));
    QVERIFY(bytes.has_value());
    std::istringstream in(bytes->toStdString());
    double gold = 0, covered = 0, said = 0, right = 0;
    for (std::string line; std::getline(in, line);) {
        const auto row = nlohmann::json::parse(line);
        const auto text = decodeUtf8(row.at("text").get<std::string>());
        const auto labelled = row.at("labelled_types").get<std::set<std::string>>();
        std::vector<char> truth(text.size(), 0), answer(text.size(), 0);
        for (const auto &span : row.at("spans"))
            std::fill(truth.begin() + span.at("start").get<int>(), truth.begin() + span.at("end").get<int>(),
                      1);
        for (const Detection &d : marks(text))
            for (auto i = d.span.begin; i < d.span.end; ++i)
                answer[i] = labelled.contains(d.type) || truth[i] ? 1 : 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (!QChar::isLetterOrNumber(text[i]))
                continue;
            gold += truth[i];
            covered += truth[i] && answer[i];
            said += answer[i];
            right += answer[i] && truth[i];
        }
    }
    QVERIFY(gold > 500);
    QVERIFY2(covered / gold >= kLeastRecall, qPrintable(QString::number(covered / gold)));
    QVERIFY2(right / said >= kLeastPrecision, qPrintable(QString::number(right / said)));
}

void GoldenTest::answersDoNotDependOnCompany()
{
    const std::u32string a = U"Oyelaran came with Birgitta on 14 March 2023.", b = U"No pain. Walks well.";
    const auto alone = engine().detect({a}), together = engine().detect({b, a, b, b});
    QVERIFY(alone && together);
    QCOMPARE((*alone)[0].size(), (*together)[1].size());
    for (std::size_t i = 0; i < (*alone)[0].size(); ++i) {
        QCOMPARE((*alone)[0][i].span, (*together)[1][i].span);
        QVERIFY(std::abs((*alone)[0][i].score - (*together)[1][i].score) < 1e-5);
    }
}

void GoldenTest::longTextsAreReadWhole()
{
    std::u32string text;
    for (int i = 0; i < 400; ++i)
        text += U"The lungs are clear and the heart is regular. ";
    const auto at = text.size();
    text += U"Mrs. Oyelaran lives in Penmarsh. ";
    for (int i = 0; i < 400; ++i)
        text += U"The lungs are clear and the heart is regular. ";
    const auto found = marks(text);
    QVERIFY(std::any_of(found.begin(), found.end(), [&](const Detection &d) {
        return d.type == "NAME" && d.span.overlaps({at + 5, at + 13});
    }));
    QVERIFY(found.size() < 6); // no mark where chunks meet
}

void GoldenTest::otherFilesAreRefused()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("m.safetensors"));
    auto bytes = readFile(kModel);
    QVERIFY(bytes.has_value());
    QByteArray other = *bytes;
    other.replace("amana-dilated-tagger-1", "amana-dilated-tagger-9");
    for (const QByteArray &bad : {QByteArray("nothing"), bytes->left(bytes->size() / 2), other}) {
        QVERIFY(writeFileAtomic(path, bad).has_value());
        const auto loaded = loadModel(path, kModule);
        QVERIFY(!loaded);
        QVERIFY(loaded.error().code == ErrorCode::DeidModelInvalid);
    }
    const auto none = loadModel(folder.filePath(QStringLiteral("absent")), kModule);
    QVERIFY(!none && none.error().code == ErrorCode::DeidModelMissing);
}

QTEST_GUILESS_MAIN(GoldenTest)
#include "golden_test.moc"
