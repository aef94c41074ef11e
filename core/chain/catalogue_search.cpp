// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/catalogue_search.h"

#include "core/chain/event_store.h"
#include "core/chain/event_tables.h"
#include "core/chain/index_rows.h"
#include "core/chain/purpose.h"
#include "core/chain/search_text.h"

#include <algorithm>

namespace amana::chain {

namespace {

constexpr std::uint32_t kMaxPage = 1000;
constexpr std::size_t kMaxOwners = 200; // terms of one question
/// A word in the title tells more than a keyword; facets tell nothing about fitting.
constexpr char kRank[] = "bm25(search, 4.0, 2.0, 0.0)";

/// SQL for duoPermits of the row `r` of dataset.
std::string permits(const std::string &r, const DuoRule &rule)
{
    return "((" + r + ".mask & " + std::to_string(rule.permittedBy) + ") != 0 AND (" + r + ".mask & "
           + std::to_string(rule.excludedBy) + ") = 0)";
}

/// SQL for the facets of the row `r` of dataset.
std::string facetsOf(const std::string &r)
{
    std::string sql = "'n' || " + r + ".id || ' o' || lower(hex(" + r + ".owner)) || ' i' || " + r
                      + ".institution || ' k' || " + r + ".kind";
    for (const DuoTerm &term : duoTerms()) {
        if (!term.isPurpose())
            continue;
        sql += " || CASE WHEN " + permits(r, duoRule(term.bit)) + " THEN ' p" + std::to_string(term.bit) + "' ELSE ' x' END"; // the rank counts words: as many of these in every entry
    }
    return sql;
}

/// SQL for what the card of the row `r` of dataset says; nothing when it was not seen.
std::string wordsOf(const std::string &r)
{
    return "coalesce((SELECT title FROM card WHERE digest = " + r
           + ".card), ''), coalesce((SELECT keywords FROM card WHERE digest = " + r + ".card), '')";
}

constexpr char kAdd[] = "INSERT INTO search (rowid, title, keywords, facets) ";
/// Without a copy of the text, FTS5 has to be told what to take out.
constexpr char kRemove[] = "INSERT INTO search (search, rowid, title, keywords, facets) ";

struct Condition {
    std::string sql;
    QVariantList values;
};

/// `a OP b OP …` in the language of FTS5, in brackets.
std::string terms(const std::vector<std::string> &list, const char *between)
{
    std::string joined;
    for (const std::string &term : list)
        joined += (joined.empty() ? "" : between) + term;
    return list.size() > 1 ? "(" + joined + ")" : joined;
}

/// The number itself when the text is one.
std::optional<std::uint64_t> numberIn(const std::string &text)
{
    bool whole = false;
    const qulonglong number = QString::fromStdString(text).trimmed().toULongLong(&whole);
    return whole ? std::optional<std::uint64_t>(number) : std::nullopt;
}

/// What finds the text; empty when there is no word in it, and nothing else to find.
std::string wanted(const CatalogueQuery &query)
{
    std::vector<std::string> any;
    if (const std::string words = searchExpression(query.text); !words.empty())
        any.push_back("{title keywords} : (" + words + ")");
    std::vector<std::string> facets;
    if (const auto number = numberIn(query.text))
        facets.push_back("n" + std::to_string(*number));
    for (std::size_t i = 0; i < std::min(query.orOwners.size(), kMaxOwners); ++i)
        facets.push_back("o" + toHex(query.orOwners[i]));
    for (std::size_t i = 0; i < std::min(query.orInstitutions.size(), kMaxOwners); ++i)
        facets.push_back("i" + std::to_string(query.orInstitutions[i]));
    if (!facets.empty())
        any.push_back("facets : " + terms(facets, " OR "));
    return terms(any, " OR ");
}

/// The conditions that never change after publication, as terms: an intersection instead of a walk. Not where
/// entries are ranked: bm25 counts the entries of every term, and few are found anyway.
std::vector<std::string> facetTerms(const CatalogueQuery &query)
{
    std::vector<std::string> list;
    if (query.kind)
        list.push_back("facets : k" + std::to_string(static_cast<int>(*query.kind)));
    for (const std::uint8_t purpose : query.purposes)
        list.push_back("facets : p" + std::to_string(purpose));
    return list;
}

/// What is asked of the row itself.
Condition rowConditions(const CatalogueQuery &query)
{
    Condition c;
    if (query.kind)
        c.sql += " AND d.kind = " + std::to_string(static_cast<int>(*query.kind));
    for (const std::uint8_t purpose : query.purposes)
        c.sql += " AND " + permits("d", duoRule(purpose));
    if (query.cid) {
        c.sql += " AND d.cid = ?";
        c.values << toByteArray(*query.cid);
    }
    if (query.includeWithdrawn)
        return c;
    if (!query.concerning) {
        c.sql += " AND d.status = 1";
        return c;
    }
    c.sql += " AND (d.status = 1 OR d.owner = ? OR EXISTS (SELECT 1 FROM request r WHERE r.dataset = d.id AND"
             " r.requester = ?))";
    c.values << toByteArray(*query.concerning) << toByteArray(*query.concerning);
    return c;
}

/// Whether few enough entries are found to read them all. The second page asks as the first one did.
Result<bool> isRanked(Database &db, const CatalogueQuery &query, const std::string &words)
{
    if (query.after)
        return query.after->rank.has_value();
    AMANA_TRY(QSqlQuery count,
              db.run("SELECT count(*) FROM (SELECT rowid FROM search WHERE search MATCH ? LIMIT ?)",
                     {QString::fromStdString(words), kMaxRanked + 1}));
    return count.next() && count.value(0).toInt() <= kMaxRanked;
}

/// `match`: the FTS5 expression, empty for none.
Condition selection(const CatalogueQuery &query, const std::string &match, bool ranked)
{
    Condition c;
    c.sql = match.empty() ? "SELECT d.*, NULL AS rank FROM dataset d WHERE 1"
                          : std::string("SELECT d.*, ") + (ranked ? kRank : "NULL")
                                + " AS rank FROM search CROSS JOIN dataset d ON d.id = search.rowid"
                                  " WHERE search MATCH ?";
    if (!match.empty())
        c.values << QString::fromStdString(match);
    const Condition row = rowConditions(query);
    c.sql += row.sql;
    c.values += row.values;
    const std::string place = match.empty() ? "d.id" : "search.rowid";
    if (!ranked && query.after) {
        c.sql += " AND " + place + " < ?";
        c.values << sqlNumber(query.after->dataset);
    }
    if (!ranked)
        c.sql += " ORDER BY " + place + " DESC";
    if (ranked && query.after) {
        c.sql = "SELECT * FROM (" + c.sql + ") WHERE rank > ? OR (rank = ? AND id < ?)";
        c.values << *query.after->rank << *query.after->rank << sqlNumber(query.after->dataset);
    }
    if (ranked)
        c.sql += " ORDER BY rank, id DESC"; // the best has the lowest
    c.sql += " LIMIT ?";
    return c;
}

} // namespace

Status makeSearchTables(Database &database)
{
    const std::string removed = std::string(kRemove) + "SELECT 'delete', ";
    const std::string statements[] = {
        "CREATE TABLE IF NOT EXISTS card (digest BLOB PRIMARY KEY, title TEXT NOT NULL, keywords TEXT NOT NULL)"
        " WITHOUT ROWID",
        "DROP TABLE IF EXISTS wanted",
        "CREATE TABLE wanted (dataset INTEGER PRIMARY KEY)",
        "DROP TABLE IF EXISTS search",
        // Words come folded and cut (search_text.h): the simplest tokenizer does. Beginnings of up to four
        // characters have lists of their own; longer ones have few words to go through.
        "CREATE VIRTUAL TABLE search USING fts5 (title, keywords, facets, content='', tokenize='ascii',"
        " prefix='1 2 3 4')",
        "CREATE TRIGGER dataset_added AFTER INSERT ON dataset BEGIN " + std::string(kAdd) + "SELECT new.id, "
            + wordsOf("new") + ", " + facetsOf("new")
            + "; INSERT INTO wanted SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM card WHERE digest = new.card); END",
        "CREATE TRIGGER dataset_removed AFTER DELETE ON dataset BEGIN " + removed + "old.id, " + wordsOf("old") + ", "
            + facetsOf("old") + "; DELETE FROM wanted WHERE dataset = old.id; END",
        "DROP TRIGGER IF EXISTS card_seen",
        "CREATE TRIGGER card_seen AFTER INSERT ON card BEGIN " + removed + "d.id, '', '', " + facetsOf("d")
            + " FROM dataset d WHERE d.card = new.digest; " + kAdd + "SELECT d.id, new.title, new.keywords, "
            + facetsOf("d") + " FROM dataset d WHERE d.card = new.digest;"
            + " DELETE FROM wanted WHERE dataset IN (SELECT id FROM dataset WHERE card = new.digest); END"};
    for (const std::string &sql : statements)
        AMANA_CHECK(database.run(sql.c_str()));
    return {};
}

Status forgetCards(Database &database)
{
    AMANA_CHECK(database.run("DROP TABLE IF EXISTS card"));
    return {};
}

Result<CataloguePage> searchCatalogue(Database &db, const CatalogueQuery &query)
{
    CataloguePage page;
    const std::string words = wanted(query);
    if (words.empty() && !query.text.empty())
        return page; // a text without a letter or digit: it is in no card
    bool ranked = false;
    if (!words.empty()) {
        AMANA_TRY(ranked, isRanked(db, query, words));
    }
    std::vector<std::string> match = ranked ? std::vector<std::string>() : facetTerms(query);
    if (!words.empty())
        match.insert(match.begin(), words);
    const Condition select = selection(query, terms(match, " AND "), ranked);
    const std::uint32_t limit = std::clamp<std::uint32_t>(query.limit, 1, kMaxPage);
    AMANA_TRY(QSqlQuery rows, db.run(select.sql.c_str(), select.values + QVariantList{limit + 1}));
    AMANA_TRY(const std::uint64_t final, newestFinal(db));
    CataloguePosition last;
    while (rows.next()) {
        if (page.entries.size() == limit) {
            page.next = last;
            break;
        }
        AMANA_TRY(IndexedDataset entry, readDataset(db, rows, final));
        last = {ranked ? std::optional(rows.value(QLatin1String("rank")).toDouble()) : std::nullopt,
                entry.dataset.id};
        page.entries.push_back(std::move(entry));
    }
    return page;
}

Status rememberCard(Database &database, const Digest &digest, const CardText &text)
{
    std::string keywords;
    for (const std::string &keyword : text.keywords)
        keywords += keyword + '\n'; // pairs end at a line: no phrase reaches from one into the next
    AMANA_CHECK(database.write("INSERT INTO card VALUES (?,?,?) ON CONFLICT (digest) DO NOTHING",
                               {toByteArray(digest), searchWords(text.title), searchWords(keywords)}));
    return {};
}

Result<std::vector<WantedCard>> wantedCards(Database &database, std::uint64_t before, int limit)
{
    AMANA_TRY(QSqlQuery rows, database.run("SELECT w.dataset, d.card FROM wanted w JOIN dataset d ON d.id = w.dataset"
                                           " WHERE w.dataset < ? ORDER BY w.dataset DESC LIMIT ?",
                                           {sqlNumber(before), limit}));
    std::vector<WantedCard> list;
    while (rows.next())
        list.push_back({rows.value(0).toULongLong(), arrayOf<Digest>(column(rows, 1))});
    return list;
}

} // namespace amana::chain
