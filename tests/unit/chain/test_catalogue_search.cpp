// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue's search: words of both languages, what is no syntax, filters, pages, and what was taken back.
#include "catalogue_rows.h"

#include "core/chain/event_index.h"
#include "core/chain/purpose.h"
#include "core/chain/search_text.h"
#include "core/crypto/hash.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;

namespace {

struct Entry {
    std::string title;
    std::vector<std::string> keywords{};
};

Digest cardNamed(const std::string &text)
{
    return crypto::sha256(bytesOf(text));
}

Address addressOf(std::uint8_t byte)
{
    Address who{};
    who.fill(byte);
    return who;
}

/// An index with these cards, numbered from 1.
struct Catalogue {
    QTemporaryDir folder;
    std::unique_ptr<EventIndex> index;

    [[nodiscard]] QString file() const { return folder.filePath(QStringLiteral("index.sqlite")); }
    Status write(const std::function<Status(Database &)> &work) const
    {
        AMANA_TRY(Database db, Database::open(file()));
        return db.transaction([&] { return work(db); });
    }
    Status open(const std::vector<Entry> &entries)
    {
        AMANA_TRY(index, EventIndex::open(file()));
        const Status written = write([&](Database &db) -> Status {
            AMANA_CHECK(makeEventTables(db));
            for (std::size_t i = 0; i < entries.size(); ++i)
                AMANA_CHECK(addRow(db, {.id = i + 1, .card = cardNamed(entries[i].title)}));
            return {};
        });
        AMANA_CHECK(written);
        std::vector<std::pair<Digest, CardText>> cards;
        for (const Entry &entry : entries)
            cards.push_back({cardNamed(entry.title), {entry.title, entry.keywords}});
        return index->rememberCards(cards);
    }
    [[nodiscard]] std::vector<std::uint64_t> found(const CatalogueQuery &query) const
    {
        std::vector<std::uint64_t> ids;
        const auto page = index->search(query);
        if (!page)
            return {0}; // no dataset has this number
        for (const IndexedDataset &entry : page->entries)
            ids.push_back(entry.dataset.id);
        return ids;
    }
    [[nodiscard]] std::vector<std::uint64_t> foundBy(const std::string &text) const
    {
        return found(CatalogueQuery{.text = text});
    }
};

using Ids = std::vector<std::uint64_t>;

} // namespace

Q_DECLARE_METATYPE(Ids)

class TestCatalogueSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Ids>("ids");
        QTest::newRow("two syllables, everywhere") << "당뇨" << Ids{5, 2, 1};
        QTest::newRow("three syllables, with what follows") << "당뇨병" << Ids{5, 1};
        QTest::newRow("one syllable at an end") << "암" << Ids{4};
        QTest::newRow("one syllable in the middle") << "뇨" << Ids{5, 2, 1};
        QTest::newRow("a compound") << "소아당뇨" << Ids{2};
        QTest::newRow("both orders of the words") << "수면 당뇨" << Ids{1};
        QTest::newRow("decomposed, as one system types it") << QStringLiteral("당뇨병").normalized(QString::NormalizationForm_D) << Ids{5, 1};
        QTest::newRow("two words that do not touch") << "뇨수" << Ids{};
        QTest::newRow("a keyword") << "위암" << Ids{4};
        QTest::newRow("English, any case") << "GLUCOSE" << Ids{3};
        QTest::newRow("a beginning") << "gluc" << Ids{3};
        QTest::newRow("one letter") << "g" << Ids{3};
        QTest::newRow("a middle is no beginning") << "lucose" << Ids{};
        QTest::newRow("diacritics left out") << "meniere" << Ids{6};
        QTest::newRow("diacritics given") << "MÉNIÈRE" << Ids{6};
        QTest::newRow("full width") << "ｇｌｕｃｏｓｅ" << Ids{3};
        QTest::newRow("sharp s") << "STRASSE" << Ids{7};
        QTest::newRow("languages mixed in a word") << "제2형" << Ids{5};
        QTest::newRow("Han") << "糖尿" << Ids{7};
        QTest::newRow("the number") << "6" << Ids{6};
        QTest::newRow("nothing like it") << "심전도" << Ids{};
    }
    void findsWords()
    {
        QFETCH(QString, text);
        QFETCH(Ids, ids);
        Catalogue at;
        QVERIFY(at.open({{"당뇨병 환자의 수면"},
                         {"소아당뇨 기록"},
                         {"Continuous glucose values"},
                         {"영상 판독", {"위암", "CT"}},
                         {"제2형당뇨병을 앓는 노인"},
                         {"Ménière's disease"},
                         {"Straße 糖尿病"}}));
        auto found = at.foundBy(text.toStdString());
        std::sort(found.rbegin(), found.rend());
        QCOMPARE(found, ids);
    }

    // Whatever FTS5 would understand is a word or nothing.
    void nothingIsSyntax_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Ids>("ids");
        QTest::newRow("quote") << "\"night" << Ids{1};
        QTest::newRow("two quotes") << "\"\"" << Ids{};
        QTest::newRow("star") << "*" << Ids{};
        QTest::newRow("word and star") << "nigh*" << Ids{1};
        QTest::newRow("minus") << "-night" << Ids{1};
        QTest::newRow("NOT") << "night NOT values" << Ids{};
        QTest::newRow("OR is a word") << "night OR nothing" << Ids{};
        QTest::newRow("NEAR is a word") << "NEAR(night values)" << Ids{2};
        QTest::newRow("column") << "title:night" << Ids{};
        QTest::newRow("facet") << "facets:k0" << Ids{};
        QTest::newRow("bare facet") << "k0" << Ids{};
        QTest::newRow("brackets") << "((night" << Ids{1};
        QTest::newRow("caret") << "^night" << Ids{1};
        QTest::newRow("end of statement") << "night'; DROP TABLE search; --" << Ids{};
        QTest::newRow("zero") << QString(QLatin1String("night\0x", 7)) << Ids{};
        QTest::newRow("half a pair") << QString(QChar(0xd800)) << Ids{};
    }
    void nothingIsSyntax()
    {
        QFETCH(QString, text);
        QFETCH(Ids, ids);
        Catalogue at;
        QVERIFY(at.open({{"Night values"}, {"Near the night of values"}, {"other"}}));
        auto found = at.foundBy(text.toStdString());
        if (ids == Ids{1}) // both have it
            ids = {1, 2};
        std::sort(found.begin(), found.end());
        QCOMPARE(found, ids);
        QCOMPARE(at.foundBy("night").size(), std::size_t(2));
    }

    void theBestComesFirstAndPagesAreWhole()
    {
        std::vector<Entry> entries;
        for (int i = 0; i < 25; ++i)
            entries.push_back({"Sleep study number " + std::to_string(i) + (i % 7 == 3 ? " of glucose" : ""),
                               i % 5 == 0 ? std::vector<std::string>{"glucose", "night", "cohort", "long list"}
                                          : std::vector<std::string>{}});
        Catalogue at;
        QVERIFY(at.open(entries));
        for (const std::uint32_t limit : {1u, 4u, 100u}) {
            CatalogueQuery query{.text = "glucose", .limit = limit};
            Ids ids;
            std::optional<double> before;
            for (;;) {
                const auto page = at.index->search(query);
                QVERIFY(page);
                QVERIFY(page->entries.size() <= limit);
                for (const IndexedDataset &entry : page->entries)
                    ids.push_back(entry.dataset.id);
                if (!page->next)
                    break;
                QVERIFY(page->next->rank);
                QVERIFY(!before || *page->next->rank >= *before);
                before = page->next->rank;
                query.after = page->next;
            }
            QCOMPARE(ids.front(), std::uint64_t(11)); // number 10 has it in title and keywords
            QCOMPARE(ids.size(), std::size_t(8)); // 3 10 17 24 and 0 5 10 15 20
            QCOMPARE(QSet<std::uint64_t>(ids.begin(), ids.end()).size(), 8);
            QCOMPARE((Ids{ids.begin() + 1, ids.begin() + 4}), (Ids{25, 18, 4})); // then titles, of equals the newest
        }
    }

    void withoutATextTheNewestComesFirst()
    {
        Catalogue at;
        QVERIFY(at.open(std::vector<Entry>(10, {"all alike"})));
        CatalogueQuery query{.limit = 4};
        const auto first = at.index->search(query);
        QVERIFY(first && first->next);
        QVERIFY(!first->next->rank);
        QCOMPARE(at.found(query), (Ids{10, 9, 8, 7}));
        query.after = first->next;
        QCOMPARE(at.found(query), (Ids{6, 5, 4, 3}));
        query.after = CataloguePosition{{}, 3};
        QCOMPARE(at.found(query), (Ids{2, 1}));
        QVERIFY(!at.index->search(query)->next);
    }

    // More than can be ranked: newest first, and the second page knows.
    void whatIsEverywhereIsNotRanked()
    {
        Catalogue at;
        QVERIFY(at.open(std::vector<Entry>(kMaxRanked + 1, {"everywhere"})));
        CatalogueQuery query{.text = "everywhere", .limit = 3};
        const auto first = at.index->search(query);
        QVERIFY(first && first->next && !first->next->rank);
        QCOMPARE(first->entries.front().dataset.id, std::uint64_t(kMaxRanked + 1));
        query.after = first->next;
        QCOMPARE(at.found(query).front(), std::uint64_t(kMaxRanked - 2));
        QVERIFY(at.index->search({.text = "everywhere", .limit = 3, .after = CataloguePosition{0.0, 5}}));
    }

    // For every mask of uses and every purpose, with and without a text.
    void purposesAreThoseOfTheContract()
    {
        Catalogue at;
        QVERIFY(at.open({}));
        const std::uint64_t masks[] = {1, 2, 4, 8, 16, 9, 22, 1 << 6, 8 | 1 << 14, 2 | 1 << 15, 0x4f, 0x40 | 1 << 15, 0};
        QVERIFY(at.write([&](Database &db) -> Status {
            for (std::size_t i = 0; i < std::size(masks); ++i)
                AMANA_CHECK(addRow(db, {.id = i + 1, .mask = masks[i], .card = cardNamed("card")}));
            return {};
        }));
        QVERIFY(at.index->rememberCards({{cardNamed("card"), {"word", {}}}}));
        for (std::uint8_t one = 0; one < 7; ++one)
            for (std::uint8_t other = 0; other < 7; ++other) {
                Ids expected;
                for (std::size_t i = std::size(masks); i-- > 0;)
                    if (duoPermits(masks[i], one) && duoPermits(masks[i], other))
                        expected.push_back(i + 1);
                QCOMPARE(at.found({.purposes = {one, other}}), expected);
                QCOMPARE(at.found({.text = "word", .purposes = {one, other}}), expected);
            }
    }

    void kindOwnerAndCid()
    {
        Catalogue at;
        QVERIFY(at.open({}));
        QVERIFY(at.write([&](Database &db) -> Status {
            AMANA_CHECK(addRow(db, {.id = 1, .owner = addressOf(1), .card = cardNamed("a"), .cid = cardNamed("cid")}));
            AMANA_CHECK(addRow(db, {.id = 2, .kind = DatasetKind::Model, .owner = addressOf(2), .institution = 7}));
            return addRow(db, {.id = 3, .owner = addressOf(2), .institution = 8});
        }));
        QVERIFY(at.index->rememberCards({{cardNamed("a"), {"alpha", {}}}}));
        QCOMPARE(at.found({.kind = DatasetKind::Model}), (Ids{2}));
        QCOMPARE(at.found({.kind = DatasetKind::Dataset}), (Ids{3, 1}));
        QCOMPARE(at.found({.cid = cardNamed("cid")}), (Ids{1}));
        QCOMPARE(at.found({.text = "somebody", .orOwners = {addressOf(2)}}), (Ids{3, 2}));
        QCOMPARE(at.found({.text = "alpha", .orInstitutions = {7}}), (Ids{1, 2})); // the text first
        QCOMPARE(at.found({.text = "somebody", .orOwners = {addressOf(2)}, .kind = DatasetKind::Model}), (Ids{2}));
    }

    void withdrawnOnesOnlyForWhoAsks()
    {
        Catalogue at;
        QVERIFY(at.open({}));
        QVERIFY(at.write([&](Database &db) -> Status {
            for (std::uint64_t id = 1; id <= 4; ++id)
                AMANA_CHECK(addRow(db, {.id = id, .owner = addressOf(std::uint8_t(id)), .card = cardNamed("a")}));
            AMANA_CHECK(db.run("UPDATE dataset SET status = 2 WHERE id = 1"));
            AMANA_CHECK(db.run("UPDATE dataset SET status = 3 WHERE id = 2"));
            AMANA_CHECK(db.run("INSERT INTO request VALUES (1,2,x'0909090909090909090909090909090909090909',1,0,0,1,1,"
                               "x'',1,0,0,0,x'',x'',x'',x'',0)"));
            return {};
        }));
        QVERIFY(at.index->rememberCards({{cardNamed("a"), {"alpha", {}}}}));
        for (const char *text : {"", "alpha"}) {
            QCOMPARE(at.found({.text = text}), (Ids{4, 3}));
            QCOMPARE(at.found({.text = text, .includeWithdrawn = true}), (Ids{4, 3, 2, 1}));
            QCOMPARE(at.found({.text = text, .concerning = addressOf(1)}), (Ids{4, 3, 1}));
            QCOMPARE(at.found({.text = text, .concerning = addressOf(9)}), (Ids{4, 3, 2}));
        }
    }

    // A dataset is taken back by a reorganisation, and its number goes to another one.
    void theSearchFollowsTheDatasets()
    {
        Catalogue at;
        QVERIFY(at.open({{"alpha"}, {"beta"}}));
        QVERIFY(at.index->rememberCards({{cardNamed("gamma"), {"gamma", {}}}}));
        QVERIFY(at.write([](Database &db) -> Status {
            AMANA_CHECK(db.run("DELETE FROM dataset WHERE id = 2"));
            return {};
        }));
        QCOMPARE(at.foundBy("beta"), Ids{});
        QCOMPARE(at.foundBy("2"), Ids{});
        QVERIFY(at.write([](Database &db) { return addRow(db, {.id = 2, .card = cardNamed("gamma")}); }));
        QCOMPARE(at.foundBy("gamma"), Ids{2}); // its card was known before it came
        QCOMPARE(at.foundBy("beta"), Ids{});
        QVERIFY(at.write([](Database &db) -> Status { // one row over another
            AMANA_CHECK(db.run("INSERT OR REPLACE INTO dataset SELECT 2, owner, institution, previous, kind, codec,"
                               " threshold, status, currency, breakglass, mask, price, withdrawals, generation, cid, card,"
                               " report, subjects, block, time, tx FROM dataset WHERE id = 1"));
            return {};
        }));
        QCOMPARE(at.foundBy("gamma"), Ids{});
        auto both = at.foundBy("alpha");
        std::sort(both.begin(), both.end());
        QCOMPARE(both, (Ids{1, 2}));
        // All rows are written again: cards stay known.
        QVERIFY(at.write([](Database &db) -> Status {
            AMANA_CHECK(makeIndexTables(db));
            return addRow(db, {.id = 9, .card = cardNamed("beta")});
        }));
        QCOMPARE(at.foundBy("alpha"), Ids{});
        QCOMPARE(at.foundBy("beta"), Ids{9});
        QVERIFY(at.write([](Database &db) -> Status {
            AMANA_CHECK(db.run("INSERT INTO search (search) VALUES ('integrity-check')"));
            return {};
        }));
    }

    void cardsAreWantedUntilTheyAreKnown()
    {
        Catalogue at;
        QVERIFY(at.open({}));
        QVERIFY(at.write([&](Database &db) -> Status {
            for (std::uint64_t id = 1; id <= 3; ++id)
                AMANA_CHECK(addRow(db, {.id = id, .card = cardNamed(id == 3 ? "b" : "a")}));
            return {};
        }));
        QCOMPARE(at.index->wantedCards()->size(), std::size_t(3));
        QCOMPARE(at.index->wantedCards()->front().dataset, std::uint64_t(3));
        QCOMPARE(at.index->wantedCards(3)->size(), std::size_t(2));
        QCOMPARE(at.index->wantedCards(kAnyDataset, 1)->size(), std::size_t(1));
        QCOMPARE(at.foundBy(""), (Ids{3, 2, 1})); // listed before it is known what they are
        QVERIFY(at.index->rememberCards({{cardNamed("a"), {"alpha", {}}}}));
        QCOMPARE(at.index->wantedCards()->size(), std::size_t(1));
        QVERIFY(at.index->rememberCards({{cardNamed("a"), {"other", {}}}})); // the digest names the bytes
        QCOMPARE(at.foundBy("other"), Ids{});
        QCOMPARE(at.foundBy("alpha").size(), std::size_t(2));
    }
};

QTEST_APPLESS_MAIN(TestCatalogueSearch)
#include "test_catalogue_search.moc"
