// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/json_tree.h"
#include "samples.h"

#include <QtTest>

#include <nlohmann/json.hpp>
#include <simdjson.h>

using namespace amana;
using namespace amana::formats;
using fhir::JsonTree;

class TestJsonTree : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsRanges();
    void agreesWithSimdjson();
    void agreesOnDamage();
    void decodesLikeNlohmann();
    void limits();
};

void TestJsonTree::keepsRanges()
{
    const std::string text = "{\"a\" : [1.00, \"x\\u00e9\"], \"b\":{}}";
    const auto tree = JsonTree::parse(text, {});
    QVERIFY(tree);
    const auto items = tree->items(tree->member(0, "a"));
    QCOMPARE(items.size(), 2U);
    QCOMPARE(std::string(tree->raw(items[0])), std::string("1.00"));
    QCOMPARE(tree->value(items[1]), std::string("x\u00e9"));
    QCOMPARE(fhir::codePointOffsets(tree->raw(items[1])), (std::vector<std::uint32_t>{1, 2, 8}));
    QVERIFY(tree->member(0, "c") == fhir::kNoNode);
    QVERIFY(JsonTree::parse("{\"\\u0061\":1}", {})->member(0, "a") != fhir::kNoNode);
}

/// Every sample is read alike by simdjson.
void TestJsonTree::agreesWithSimdjson()
{
    simdjson::dom::parser parser;
    for (const QString &path : test::allSamples()) {
        if (!path.endsWith(QStringLiteral(".json")))
            continue;
        const std::string bytes = readFile(path)->toStdString();
        QVERIFY2(JsonTree::parse(bytes, {}).has_value(), qPrintable(path));
        QVERIFY(parser.parse(bytes).error() == simdjson::SUCCESS);
    }
}

/// A second reader as judge: cut anywhere, or with any byte changed, both accept or both refuse.
void TestJsonTree::agreesOnDamage()
{
    simdjson::dom::parser parser;
    const std::string whole = R"({"a":[-0.5e+3,true,null,"q\"\u00e9\ud83d\ude00"],"b":{"c":false,"d":[]}, "e" : 10})";
    const auto same = [&parser](const std::string &text) {
        const auto tree = JsonTree::parse(text, {});
        return tree.has_value() == (parser.parse(text).error() == simdjson::SUCCESS);
    };
    for (std::size_t i = 0; i <= whole.size(); ++i)
        QVERIFY2(same(whole.substr(0, i)), whole.substr(0, i).c_str());
    int checked = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (const char c : std::string("\"\\{}[],:0-.eEtu \n\x01x")) {
            std::string changed = whole;
            changed[i] = c;
            QVERIFY2(same(changed), changed.c_str());
            ++checked;
        }
    }
    QVERIFY(checked > 1000);
}

void TestJsonTree::decodesLikeNlohmann()
{
    for (const std::string text : {R"("plain")", R"("\"\\\/\b\f\n\r\t")", R"("\u00e9\uac00\ud83d\ude00")", R"("가나 \u0041")"}) {
        QCOMPARE(fhir::decodeJsonString(text), nlohmann::json::parse(text).get<std::string>());
        QCOMPARE(nlohmann::json::parse("\"" + fhir::escapeJson(fhir::decodeJsonString(text)) + "\"").get<std::string>(),
                 fhir::decodeJsonString(text));
    }
    for (const char *half : {R"("\ud800x")", R"("\ude00")", R"("\ud83d\ud83d")", R"("\ud83d\n")"})
        QCOMPARE(JsonTree::parse(half, {}).error().code, ErrorCode::FormatMalformed);
    QVERIFY(fhir::isJsonNumber("-1.50e3") && !fhir::isJsonNumber("01") && !fhir::isJsonNumber("1.") && !fhir::isJsonNumber(""));
}

void TestJsonTree::limits()
{
    Limits limits;
    limits.depth = 8;
    QVERIFY(JsonTree::parse("[[[[[[[[1]]]]]]]]", limits));
    QCOMPARE(JsonTree::parse("[[[[[[[[[1]]]]]]]]]", limits).error().code, ErrorCode::FormatTooDeep);
    QCOMPARE(JsonTree::parse(std::string(1'000'000, '['), limits).error().code, ErrorCode::FormatTooDeep);
    limits.values = 3;
    QCOMPARE(JsonTree::parse("[1,2,3]", limits).error().code, ErrorCode::FormatTooLarge);
}

QTEST_GUILESS_MAIN(TestJsonTree)
#include "test_json_tree.moc"
