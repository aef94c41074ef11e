// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/model/labels.h"
#include "core/deid/model/safetensors.h"
#include "core/deid/model/tokens.h"

#include <QTest>

#include <cmath>

using namespace amana;
using namespace amana::deid::model;

class ModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokensCoverTheText();
    void koreanSyllablesStandAlone();
    void featuresAreFixed();
    void labelsFollowBioes();
    void bestPathIsConstrained();
    void bestPathIsTheBest();
    void tensorsSurvive();
    void damagedFilesAreRefused_data();
    void damagedFilesAreRefused();
};

void ModelTest::tokensCoverTheText()
{
    const std::u32string text = U"Dr. O'Neil\n\nseen 12/05, 김민수는 José\u0301  x";
    std::size_t at = 0;
    for (const Token &t : tokenize(text)) {
        for (; at < t.begin; ++at)
            QVERIFY(text[at] == U' ' || text[at] == U'\n');
        QVERIFY(t.end > t.begin);
        at = t.end;
    }
    QCOMPARE(at, text.size());
    QVERIFY(tokenize(U"").empty());
    QVERIFY(tokenize(U" \n\t ").empty());
    const auto gaps = tokenize(U"a b  c\nd\n\ne,");
    QCOMPARE(gaps[1].gap, std::uint8_t(1));
    QCOMPARE(gaps[2].gap, std::uint8_t(2));
    QCOMPARE(gaps[3].gap, std::uint8_t(3));
    QCOMPARE(gaps[4].gap, std::uint8_t(4));
    QCOMPARE(gaps[5].gap, std::uint8_t(0));
}

void ModelTest::koreanSyllablesStandAlone()
{
    QCOMPARE(tokenize(U"김민수는").size(), std::size_t(4));
    QCOMPARE(tokenize(U"山田さん").size(), std::size_t(4));
    QCOMPARE(tokenize(U"word").size(), std::size_t(1));
}

void ModelTest::featuresAreFixed()
{
    const std::u32string text = U"Anna 2019 김";
    const auto tokens = tokenize(text);
    const auto name = featuresOf(text, tokens[0], 40960);
    for (const auto bucket : name.bag)
        QVERIFY(bucket >= 1 && bucket < 40960);
    QCOMPARE(name.chars[0], std::uint8_t('A'));
    QCOMPARE(name.chars[4], std::uint8_t(0));
    QCOMPARE(featuresOf(U"ANNA", {0, 4, 4}, 40960).bag[0], name.bag[0]);  // one word in any case
    QVERIFY(featuresOf(U"ANNA", {0, 4, 4}, 40960).bag[1] != name.bag[1]); // of another shape
    QCOMPARE(featuresOf(U"1987", {0, 4, 1}, 40960).bag[0], featuresOf(text, tokens[1], 40960).bag[0]);
    QVERIFY(featuresOf(text, tokens[2], 40960).chars[0] >= 128);
    // The numbers below are the model format: a bundled model would read another text if they moved.
    QCOMPARE(name.shape, std::uint8_t(4 * 12 + 10));
    QCOMPARE(name.bag[0], featuresOf(U"anna", {0, 4, 1}, 40960).bag[0]);
}

void ModelTest::labelsFollowBioes()
{
    const auto label = [](int type, LabelSet::Part part) { return LabelSet::label(type, part); };
    QVERIFY(LabelSet::follows(0, 0));
    QVERIFY(LabelSet::follows(0, label(1, LabelSet::Begin)));
    QVERIFY(!LabelSet::follows(0, label(1, LabelSet::End)));
    QVERIFY(!LabelSet::follows(label(1, LabelSet::Begin), 0));
    QVERIFY(LabelSet::follows(label(1, LabelSet::Begin), label(1, LabelSet::End)));
    QVERIFY(!LabelSet::follows(label(1, LabelSet::Begin), label(2, LabelSet::End)));
    QVERIFY(LabelSet::follows(label(1, LabelSet::Single), label(2, LabelSet::Begin)));
}

namespace {

std::vector<float> rowsOf(const std::vector<std::vector<double>> &probabilities)
{
    std::vector<float> out;
    for (const auto &row : probabilities)
        for (const double p : row)
            out.push_back(static_cast<float>(std::log(std::max(p, 1e-9))));
    return out;
}

} // namespace

void ModelTest::bestPathIsConstrained()
{
    const LabelSet labels({"NAME"}); // O B I E S
    // The best class of each token alone would be B, O: no span may stay open.
    const auto rows = rowsOf({{0.30, 0.40, 0.05, 0.05, 0.20}, {0.60, 0.05, 0.05, 0.25, 0.05}});
    const auto spans = decodeBest(rows.data(), 2, labels, 0);
    QCOMPARE(spans.size(), std::size_t(0)); // O O = .18 beats S O = .12 and B E = .10
    const auto biased = decodeBest(rows.data(), 2, labels, 1.0);
    QCOMPARE(biased.size(), std::size_t(1));
    QVERIFY(biased[0].score > 0.3 && biased[0].score < 0.8);
    QVERIFY(decodeBest(rows.data(), 0, labels, 0).empty());
}

void ModelTest::bestPathIsTheBest()
{
    const LabelSet labels({"NAME", "DATE"});
    const auto classes = static_cast<std::size_t>(labels.classes());
    std::uint32_t state = 7;
    for (int round = 0; round < 50; ++round) {
        std::vector<float> rows;
        for (std::size_t i = 0; i < 4 * classes; ++i) {
            state = state * 1664525U + 1013904223U;
            rows.push_back(-static_cast<float>(state >> 8) / static_cast<float>(1U << 22));
        }
        double best = -1e9;
        std::vector<int> path(4), winner;
        const auto search = [&](auto &&self, std::size_t at, int last, double score) -> void {
            if (at == 4) {
                if (LabelSet::follows(last, 0) && score > best) {
                    best = score;
                    winner = path;
                }
                return;
            }
            for (int c = 0; c < labels.classes(); ++c)
                if (LabelSet::follows(last, c)) {
                    path[at] = c;
                    self(self, at + 1, c,
                         score + static_cast<double>(rows[at * classes + static_cast<std::size_t>(c)]));
                }
        };
        search(search, 0, 0, 0);
        std::vector<int> got(4, 0);
        for (const auto &s : decodeBest(rows.data(), 4, labels, 0))
            for (std::size_t i = s.first; i <= s.last; ++i)
                got[i] = LabelSet::label(s.type, s.first == s.last ? LabelSet::Single
                                                 : i == s.first    ? LabelSet::Begin
                                                 : i == s.last     ? LabelSet::End
                                                                   : LabelSet::Inside);
        QCOMPARE(got, winner);
    }
}

void ModelTest::tensorsSurvive()
{
    TensorFile file;
    file.metadata = {{"architecture", "x"}};
    file.tensors["b"] = {{2, 2}, {1.0F, -0.5F, 0.25F, 1024.0F}};
    file.tensors["a"] = {{3}, {0.0F, 0.1F, -2.0F}};
    const auto bytes = writeTensors(file);
    QCOMPARE(bytes, writeTensors(file));
    const auto back = readTensors(bytes);
    QVERIFY(back.has_value());
    QCOMPARE(back->metadata, file.metadata);
    QCOMPARE(back->tensors.at("b").values, file.tensors.at("b").values);
    QCOMPARE(back->tensors.at("b").shape, file.tensors.at("b").shape);
    QVERIFY(std::abs(back->tensors.at("a").values[1] - 0.1F) < 1e-4F); // sixteen bits
}

void ModelTest::damagedFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto file = [](const QByteArray &header, const QByteArray &data) {
        QByteArray out(8, '\0');
        for (int i = 0; i < 4; ++i)
            out[i] = static_cast<char>(header.size() >> (8 * i) & 0xFF);
        return out + header + data;
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("short") << QByteArray("abc");
    QTest::newRow("length lies") << QByteArray("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F{}");
    QTest::newRow("no json") << file("nothing", "");
    QTest::newRow("left over") << file("{}", "abcd");
    QTest::newRow("size") << file(R"({"a":{"dtype":"F16","shape":[2],"data_offsets":[0,2]}})", "ab");
    QTest::newRow("outside") << file(R"({"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}})", "ab");
    QTest::newRow("hole") << file(R"({"a":{"dtype":"F16","shape":[1],"data_offsets":[2,4]}})", "abcd");
    QTest::newRow("type") << file(R"({"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}})", "abcdefgh");
    QTest::newRow("negative") << file(R"({"a":{"dtype":"F16","shape":[-1],"data_offsets":[0,2]}})", "ab");
    QTest::newRow("huge") << file(
        R"({"a":{"dtype":"F16","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", "");
    QTest::newRow("nan") << file(R"({"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}})",
                                 QByteArray("\xFF\x7F", 2));
}

void ModelTest::damagedFilesAreRefused()
{
    QFETCH(QByteArray, bytes);
    const auto file = readTensors(bytes);
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::DeidModelInvalid);
}

QTEST_GUILESS_MAIN(ModelTest)
#include "model_test.moc"
