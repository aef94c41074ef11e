// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/crypto/random.h"
#include "core/store/library.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <thread>

using namespace amana;
using namespace amana::store;

class TestLibrary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void importCountsAddUp();
    void importTwiceIsOnlyDuplicates();
    void subjectsAreJoinedAcrossFiles();
    void twoHospitalsStayApart();
    void laterLinkJoinsSubjects();
    void documentsComeBack();
    void nothingReadableOnDisk();
    void killedImportIsCompleted();
    void manyWriters();
    void namelessFiles();
    void quarantineIsLookedAtAgain();
    void draftsAndJobs();
    void openErrors();

private:
    QString path(const char *name) const { return m_folder->path() + QLatin1Char('/') + QString::fromLatin1(name); }
    void write(const char *name, const QByteArray &bytes) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QVERIFY(writeFileAtomic(path(name), bytes));
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    SecretBytes m_key;
    std::unique_ptr<Library> m_library;
};

namespace {

const QString kSample = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample");
const QStringList kSampleFiles{kSample + QStringLiteral("/whitcombe-bundle.json"), kSample + QStringLiteral("/two-patients.ndjson"),
                               kSample + QStringLiteral("/note-korean.txt"), kSample + QStringLiteral("/glucose-whitcombe.csv"),
                               kSample + QStringLiteral("/blood-pressure.csv")};

bool addsUp(const ImportSummary &s)
{
    return s.found == s.imported + s.duplicates + s.quarantined && s.found == s.items.size();
}

QByteArray patient(const char *id, const char *family, const char *mrn = "")
{
    return QByteArray(R"({"resourceType":"Patient","id":")") + id + R"(","name":[{"family":")" + family
           + R"(","given":["Ann"]}],"identifier":[{"system":"http://mrn.example","value":")" + mrn + R"("}]})";
}

} // namespace

void TestLibrary::init()
{
    m_library.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_key = crypto::randomSecret(32);
    auto library = Library::open(path("library"), m_key);
    QVERIFY(library);
    m_library = std::move(*library);
}

void TestLibrary::importCountsAddUp()
{
    write("in/good.json", patient("1", "Ash"));
    write("in/same.json", patient("1", "Ash"));
    write("in/cut.json", patient("2", "Birch").left(40));
    write("in/empty.json", "");
    write("in/what.bin", QByteArray("\0\1\2", 3));
    write("in/.DS_Store", "x");
    write("in/rows.csv", "timestamp,glucose\n2025-01-01 08:00,5.5\n2025-01-01 09:00,7:0\n");
    QVERIFY(QFile::link(path("in/good.json"), path("in/link.json")));
    const auto summary = m_library->import({path("in"), path("nowhere")});
    QVERIFY(summary);
    QVERIFY(addsUp(*summary));
    QCOMPARE(summary->found, 8U);
    QCOMPARE(summary->imported, 2U);
    QCOMPARE(summary->duplicates, 1U);
    QCOMPARE(summary->quarantined, 5U);
    QCOMPARE(summary->ignored.size(), 1);
    std::set<std::string> reasons;
    for (const ImportedItem &item : summary->items) {
        QCOMPARE(item.state == ItemState::Quarantined, item.error.has_value());
        if (item.error)
            reasons.insert(std::string(errorId(item.error->code)));
        if (item.path.endsWith(QStringLiteral("rows.csv")))
            QCOMPARE(item.problems.size(), 1U);
    }
    QCOMPARE(reasons, (std::set<std::string>{"content.symlinkRefused", "file.notFound", "format.empty", "format.truncated", "format.unknown"}));
    QCOMPARE(m_library->items()->size(), 5U); // link and missing file were never read; the duplicate is the item it repeats
}

void TestLibrary::importTwiceIsOnlyDuplicates()
{
    const auto first = m_library->import(kSampleFiles);
    QVERIFY(first && addsUp(*first));
    QCOMPARE(first->imported, 5U);
    const auto before = *m_library->documents();
    const auto second = m_library->import(kSampleFiles);
    QVERIFY(second && addsUp(*second));
    QCOMPARE(second->duplicates, 5U);
    QCOMPARE(m_library->documents()->size(), before.size());
    for (std::size_t i = 0; i < first->items.size(); ++i)
        QCOMPARE(second->items[i].documents, first->items[i].documents);
}

void TestLibrary::subjectsAreJoinedAcrossFiles()
{
    QVERIFY(m_library->import(kSampleFiles));
    const auto subjects = m_library->subjects();
    QCOMPARE(subjects->size(), 4U);
    const auto named = [&subjects](const char *name) {
        return std::find_if(subjects->begin(), subjects->end(), [name](const SubjectEntry &entry) {
            return std::find(entry.subject.names.begin(), entry.subject.names.end(), name) != entry.subject.names.end();
        });
    };
    QVERIFY(named("Whitcombe") != subjects->end());
    QCOMPARE(named("Whitcombe")->documents, 2U);     // bundle and sensor, by name and birth date
    QCOMPARE(named("Okonjo-Reyes")->documents, 2U);  // lines and blood pressure
    QCOMPARE(m_library->documentsOf("")->size(), 1U); // the clinic's own line belongs to no one
    const auto documents = m_library->documentsOf(named("Whitcombe")->subject.key);
    for (const DocumentEntry &entry : *documents) {
        const auto document = m_library->document(entry.id);
        QVERIFY(document);
        const auto &names = document->subject.names; // what one file says is known for the other
        QVERIFY(std::find(names.begin(), names.end(), "Fairbrother") != names.end());
    }
}

void TestLibrary::twoHospitalsStayApart()
{
    write("a/p.json", patient("1", "Ash", "A-1"));
    write("a/c.json", R"({"resourceType":"Condition","subject":{"reference":"Patient/1"},"note":[{"text":"a"}]})");
    write("b/p.json", patient("1", "Birch", "B-1"));
    write("b/c.json", R"({"resourceType":"Condition","subject":{"reference":"Patient/1"},"note":[{"text":"b"}]})");
    QVERIFY(m_library->import({path("a"), path("b")}));
    const auto subjects = m_library->subjects();
    QCOMPARE(subjects->size(), 2U); // "Patient/1" is in every export
    QCOMPARE(subjects->front().documents, 2U);
    QCOMPARE(subjects->back().documents, 2U);
}

void TestLibrary::laterLinkJoinsSubjects()
{
    write("a/p.json", patient("1", "Ash", "A-1"));
    write("b/p.json", patient("7", "Ash", "B-9"));
    QVERIFY(m_library->import({path("a"), path("b")}));
    QCOMPARE(m_library->subjects()->size(), 2U);
    const std::string oldest = m_library->subjects()->front().subject.key;
    write("c/p.json", R"({"resourceType":"Patient","identifier":[{"system":"http://mrn.example","value":"A-1"},{"system":"http://mrn.example","value":"B-9"}]})");
    QVERIFY(m_library->import({path("c")}));
    const auto subjects = m_library->subjects();
    QCOMPARE(subjects->size(), 1U);
    QCOMPARE(subjects->front().subject.key, oldest);
    QCOMPARE(subjects->front().documents, 3U);
}

void TestLibrary::documentsComeBack()
{
    QVERIFY(m_library->import(kSampleFiles));
    const auto list1 = m_library->items();
    for (const ItemEntry &item : *list1) {
        QCOMPARE(item.state, ItemState::Imported);
        const auto original = m_library->original(item.id);
        QVERIFY(original);
        QCOMPARE(*original, *readFile(kSample + QLatin1Char('/') + QString::fromStdString(item.sourceName)));
    }
    const auto list2 = m_library->documents();
    for (const DocumentEntry &entry : *list2) {
        const auto document = m_library->document(entry.id);
        QVERIFY(document);
        QCOMPARE(document->id, entry.id);
        QCOMPARE(document->fields.size(), entry.fields);
        QCOMPARE(static_cast<std::size_t>(document->bytes.size()), entry.bytes);
        QCOMPARE(document->subject.key, entry.subject);
    }
    QCOMPARE(m_library->document("d-nothing").error().code, ErrorCode::StoreNotFound);
    QCOMPARE(m_library->original("../vault-check").error().code, ErrorCode::StoreNotFound);
}

void TestLibrary::nothingReadableOnDisk()
{
    write("in/Whitcombe secret name.json", patient("9", "Whitcombe", "HV-1"));
    QVERIFY(m_library->import(kSampleFiles + QStringList{path("in")}));
    m_library.reset();
    int files = 0;
    QDirIterator it(path("library"), QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QByteArray bytes = *readFile(it.next());
        for (const char *secret : {"Whitcombe", "HV-4471902", "Lindqvist", "1951-03-14", "sample", "Penhaligon", "secret name"})
            QVERIFY2(!bytes.contains(secret) && !it.filePath().contains(QLatin1String(secret) + QStringLiteral(" ")), qPrintable(it.filePath()));
        ++files;
    }
    QVERIFY(files > 5);
}

/// The import runs in a second process that is killed at a different moment each time.
void TestLibrary::killedImportIsCompleted()
{
    for (int i = 0; i < 40; ++i)
        write(qPrintable(QStringLiteral("in/%1.json").arg(i)), patient(qPrintable(QString::number(i)), qPrintable(QStringLiteral("N%1").arg(i)), qPrintable(QString::number(1000 + i))));
    m_library.reset();
    for (int round = 0; round < 6; ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            auto library = Library::open(path("library"), m_key);
            const bool done = library && (*library)->import({path("in")});
            ::_exit(done ? 0 : 1);
        }
        ::usleep(static_cast<useconds_t>(8'000 + round * 15'000));
        ::kill(child, SIGKILL);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
    }
    auto library = Library::open(path("library"), m_key);
    QVERIFY(library);
    const auto summary = (*library)->import({path("in")});
    QVERIFY(summary && addsUp(*summary));
    QCOMPARE(summary->found, 40U);
    QCOMPARE(summary->quarantined, 0U);
    QCOMPARE((*library)->documents()->size(), 40U);
    QCOMPARE((*library)->items()->size(), 40U);
    QCOMPARE((*library)->subjects()->size(), 40U);
    const auto list3 = (*library)->documents();
    for (const DocumentEntry &entry : *list3)
        QVERIFY((*library)->document(entry.id));
    // Blobs of the killed runs were written again under their own names: one a file, and the vault's check.
    QCOMPARE(QDir(path("library/vault")).entryList({QStringLiteral("*.age")}).size(), 41);
}

/// Two libraries on one folder, as two programs would have, and two threads on one of them.
void TestLibrary::manyWriters()
{
    for (int i = 0; i < 12; ++i)
        write(qPrintable(QStringLiteral("in/%1.json").arg(i)), patient(qPrintable(QString::number(i)), "Ash", qPrintable(QString::number(i))));
    auto other = Library::open(path("library"), m_key);
    QVERIFY(other);
    std::vector<ImportSummary> summaries(3);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 3; ++i) {
        Library *library = i == 0 ? other->get() : m_library.get();
        threads.emplace_back([this, library, &summaries, i] {
            if (auto summary = library->import({path("in")}))
                summaries[i] = std::move(*summary);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    std::size_t imported = 0;
    for (const ImportSummary &summary : summaries) {
        QVERIFY(addsUp(summary));
        QCOMPARE(summary.found, 12U);
        imported += summary.imported;
    }
    QCOMPARE(imported, 12U);
    QCOMPARE(m_library->documents()->size(), 12U);
}

void TestLibrary::namelessFiles()
{
    const QByteArray rows = "timestamp,systolic,diastolic\n2025-01-01 08:00,120,80\n";
    const auto first = m_library->importBytes(rows, QStringLiteral("a.csv"));
    QVERIFY(first);
    const std::string own = m_library->documents()->front().subject;
    QVERIFY(!own.empty()); // someone's, though nobody says whose
    const auto person = m_library->importBytes(patient("1", "Ash", "A-1"), QStringLiteral("p.json"));
    const std::string key = m_library->document(person->documents.front())->subject.key;
    QVERIFY(m_library->assignSubject(first->documents.front(), key));
    QCOMPARE(m_library->document(first->documents.front())->subject.names.front(), std::string("Ann Ash"));
    QCOMPARE(m_library->subjects()->size(), 1U);
    QCOMPARE(m_library->assignSubject(first->documents.front(), "s-unknown").error().code, ErrorCode::StoreNotFound);
    ImportOptions options;
    options.subject = key;
    const auto second = m_library->importBytes(rows + "2025-01-02 08:00,121,80\n", QStringLiteral("b.csv"), options);
    QVERIFY(second);
    QCOMPARE(m_library->documentsOf(key)->size(), 3U);
    // A file that says whose it is keeps its own subject.
    QVERIFY(m_library->importBytes(patient("2", "Birch", "B-1"), QStringLiteral("q.json"), options));
    QCOMPARE(m_library->documentsOf(key)->size(), 3U);
}

void TestLibrary::quarantineIsLookedAtAgain()
{
    const QByteArray bytes = patient("1", "Ash");
    ImportOptions strict;
    strict.limits.values = 2;
    const auto refused = m_library->importBytes(bytes, QStringLiteral("p.json"), strict);
    QCOMPARE(refused->state, ItemState::Quarantined);
    QCOMPARE(m_library->items()->front().errorId, std::string("format.tooLarge"));
    QCOMPARE(*m_library->original(refused->item), bytes); // kept all the same
    const auto accepted = m_library->importBytes(bytes, QStringLiteral("p.json"));
    QCOMPARE(accepted->state, ItemState::Imported);
    QCOMPARE(m_library->items()->size(), 1U);
    QCOMPARE(m_library->items()->front().state, ItemState::Imported);
    QCOMPARE(m_library->importBytes(bytes, QStringLiteral("p.json"))->state, ItemState::Duplicate);
}

void TestLibrary::draftsAndJobs()
{
    QVERIFY(m_library->drafts()->empty());
    QVERIFY(m_library->putDraft("a", bytesOf(std::string_view("one"))));
    QTest::qWait(3);
    QVERIFY(m_library->putDraft("b", bytesOf(std::string_view("two"))));
    QTest::qWait(3);
    QVERIFY(m_library->putDraft("a", bytesOf(std::string_view("three"))));
    QCOMPARE(*m_library->drafts(), (std::vector<std::string>{"a", "b"}));
    QVERIFY(m_library->draft("a")->text() == "three");
    QVERIFY(m_library->removeDraft("a"));
    QCOMPARE(m_library->draft("a").error().code, ErrorCode::StoreNotFound);
    QVERIFY(!m_library->putDraft("../x", {}));

    QVERIFY(m_library->putJob({"j1", "publish", "sealing", {}, "Ann's data"}));
    QVERIFY(m_library->putJob({"j1", "publish", "sent", {}, "Ann's data 2"}));
    const auto jobs = m_library->jobs();
    QCOMPARE(jobs->size(), 1U);
    QCOMPARE(jobs->front().state, std::string("sent"));
    QCOMPARE(jobs->front().payload, QByteArray("Ann's data 2"));
    QVERIFY(m_library->removeJob("j1") && m_library->jobs()->empty());
}

void TestLibrary::openErrors()
{
    m_library.reset();
    QCOMPARE(Library::open(path("library"), crypto::randomSecret(32)).error().code, ErrorCode::VaultWrongKey);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("later"));
        database.setDatabaseName(path("library/library.sqlite"));
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(QStringLiteral("PRAGMA user_version=99")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("later"));
    QCOMPARE(Library::open(path("library"), m_key).error().code, ErrorCode::StoreTooNew);
    for (const char *name : {"library/library.sqlite-wal", "library/library.sqlite-shm"})
        QFile::remove(path(name));
    QVERIFY(writeFileAtomic(path("library/library.sqlite"), QByteArray(8192, 'x')));
    QCOMPARE(Library::open(path("library"), m_key).error().code, ErrorCode::StoreCorrupt);
}

QTEST_GUILESS_MAIN(TestLibrary)
#include "test_library.moc"
