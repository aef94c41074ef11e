// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue's search beside a scan with LIKE over the same cards, in the same run.
#include "catalogue_rows.h"

#include "core/chain/event_index.h"
#include "core/chain/purpose.h"
#include "core/crypto/hash.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <random>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;

namespace {

constexpr int kRounds = 5;
constexpr std::uint64_t kBatch = 20'000;
constexpr const char *kKorean[] = {"당뇨병", "고혈압", "소아당뇨", "심전도", "수면", "혈당", "임신성당뇨", "폐암",
                                   "뇌졸중", "우울증", "청소년", "노인", "병원", "기록", "영상", "판독", "연속혈당측정",
                                   "제2형당뇨병", "환자", "추적관찰"};
constexpr const char *kEnglish[] = {"diabetes", "glucose", "diabetic", "sleep", "actigraphy", "electrocardiogram",
                                    "cohort", "study", "registry", "night", "values", "children", "hypertension",
                                    "stroke", "imaging", "records", "Ménière", "spring"};

template <std::size_t N>
std::string oneOf(const char *const (&words)[N], std::mt19937 &random)
{
    return words[random() % N];
}

CardText cardOf(std::uint64_t id, std::mt19937 &random)
{
    CardText card;
    card.title = oneOf(kKorean, random) + " " + oneOf(kKorean, random) + " " + oneOf(kEnglish, random) + " "
                 + oneOf(kEnglish, random) + " study" + std::to_string(id % 50'000);
    for (int i = 0; i < 4; ++i)
        card.keywords.push_back(random() % 2 == 0 ? oneOf(kKorean, random) : oneOf(kEnglish, random));
    return card;
}

/// Datasets by their tables and triggers, cards as the program remembers them, and the plain text beside them for
/// the baseline.
Status fill(const QString &file, EventIndex &index, std::uint64_t count)
{
    std::mt19937 random(20261123);
    AMANA_TRY(Database db, Database::open(file));
    AMANA_CHECK(db.run("PRAGMA synchronous=OFF"));
    AMANA_CHECK(db.transaction([&] { return makeEventTables(db); }));
    AMANA_CHECK(db.run("CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"));
    for (std::uint64_t first = 1; first <= count; first += kBatch) {
        std::vector<std::pair<Digest, CardText>> cards;
        const Status written = db.transaction([&]() -> Status {
            for (std::uint64_t id = first; id < first + kBatch && id <= count; ++id) {
                CatalogueRow row{.id = id, .mask = id % 1000 == 1 ? 1u << kPurposeCare : 1u << (id % 4)};
                row.kind = id % 10 == 0 ? DatasetKind::Model : DatasetKind::Dataset;
                row.status = id % 20 == 0 ? DatasetStatus::Withdrawn : DatasetStatus::Published;
                row.owner.fill(static_cast<std::uint8_t>(id % 200));
                row.card = crypto::sha256(bytesOf(std::to_string(id)));
                AMANA_CHECK(addRow(db, row));
                const CardText card = cardOf(id, random);
                std::string text = card.title;
                for (const std::string &keyword : card.keywords)
                    text += "\n" + keyword;
                AMANA_CHECK(db.write("INSERT INTO plain VALUES (?,?)", {sqlNumber(id), QString::fromStdString(text)}));
                cards.push_back({row.card, card});
            }
            return {};
        });
        AMANA_CHECK(written);
        AMANA_CHECK(index.rememberCards(cards));
    }
    return {};
}

/// Milliseconds, of each round, sorted.
template <class Work>
Result<std::vector<double>> timed(const Work &work)
{
    std::vector<double> rounds;
    for (int i = 0; i < kRounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        AMANA_CHECK(work());
        rounds.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(rounds.begin(), rounds.end());
    return rounds;
}

/// What a program without an index does: every card is looked at, until the page is full.
Result<int> scan(const QString &file, const std::string &text, std::uint64_t below)
{
    AMANA_TRY(Database db, Database::open(file));
    AMANA_TRY(QSqlQuery rows,
              db.run("SELECT d.* FROM plain p JOIN dataset d ON d.id = p.id WHERE p.text LIKE ? AND d.status = 1 AND"
                     " p.id < ? ORDER BY p.id DESC LIMIT 50",
                     {QString::fromStdString("%" + text + "%"), sqlNumber(below)}));
    int found = 0;
    while (rows.next())
        ++found;
    return found;
}

struct Question {
    const char *name;
    CatalogueQuery query;
};

Status compare(const QString &file, const EventIndex &index, const Question &question, std::uint64_t count)
{
    const std::uint64_t deep = count / 10; // nine tenths of the list are above
    for (const bool first : {true, false}) {
        CatalogueQuery query = question.query;
        std::size_t found = 0;
        if (!first) {
            AMANA_TRY(const CataloguePage page, index.search(query));
            if (page.next && page.next->rank) // ranked lists are short: the page in their middle
                query.after = CataloguePosition{page.next->rank, page.next->dataset};
            else
                query.after = CataloguePosition{{}, deep};
        }
        AMANA_TRY(const auto ours, timed([&]() -> Status {
                      AMANA_TRY(const CataloguePage page, index.search(query));
                      found = page.entries.size();
                      return {};
                  }));
        int scanned = 0;
        AMANA_TRY(const auto baseline, timed([&]() -> Status {
                      AMANA_TRY(scanned, scan(file, question.query.text, first ? count + 1 : deep));
                      return {};
                  }));
        std::printf("%-28s %-10s search %7.2f ms (worst %7.2f, %2zu rows), LIKE %8.2f ms (worst %8.2f, %2d rows)\n",
                    question.name, first ? "first page" : "deep page", ours[kRounds / 2], ours.back(), found,
                    baseline[kRounds / 2], baseline.back(), scanned);
    }
    return {};
}

Status run(std::uint64_t count)
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("index.sqlite"));
    AMANA_TRY(const auto index, EventIndex::open(file));
    QElapsedTimer timer;
    timer.start();
    AMANA_CHECK(fill(file, *index, count));
    std::printf("%llu entries in %.1f s, %.0f MB\n", static_cast<unsigned long long>(count),
                static_cast<double>(timer.elapsed()) / 1e3, static_cast<double>(QFileInfo(file).size()) / 1e6);
    const Question questions[] = {{"everything", {}},
                                  {"당뇨 (in 4 of 10)", {.text = "당뇨"}},
                                  {"암 (one syllable)", {.text = "암"}},
                                  {"임신성당뇨", {.text = "임신성당뇨"}},
                                  {"diab (beginning of 2 words)", {.text = "diab"}},
                                  {"s (beginning of many)", {.text = "s"}},
                                  {"meniere (diacritics)", {.text = "meniere"}},
                                  {"당뇨 glucose 수면", {.text = "당뇨 glucose 수면"}},
                                  {"study4711 (ranked)", {.text = "study4711"}},
                                  {"당뇨 study471 (ranked)", {.text = "당뇨 study471"}},
                                  {"당뇨, care (1 in 1000)", {.text = "당뇨", .purposes = {kPurposeCare}}},
                                  {"care without a text", {.purposes = {kPurposeCare}}},
                                  {"nothing like it", {.text = "심부전증"}}};
    for (const Question &question : questions)
        AMANA_CHECK(compare(file, *index, question, count));
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const Status done = run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
    if (!done)
        std::fprintf(stderr, "%s\n", done.error().debugString().c_str());
    return done ? 0 : 1;
}
