// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/blocks.h"
#include "core/content/dag_reader.h"
#include "core/content/unixfs.h"
#include "core/crypto/hash.h"
#include "core/crypto/random.h"
#include "core/sharing/access.h"
#include "core/sharing/archive.h"
#include "core/sharing/attestation.h"
#include "core/sharing/card.h"
#include "core/sharing/dataset_keys.h"
#include "core/sharing/linkage.h"
#include "core/sharing/package.h"
#include "core/sharing/publisher.h"

#include <QBuffer>
#include <QProcess>
#include <QTest>

#include <cmath>

using namespace amana;
using namespace amana::sharing;

namespace {

std::vector<ArchiveEntry> unpacked(const QByteArray &packed, Status *outcome = nullptr)
{
    QBuffer buffer;
    buffer.setData(packed);
    buffer.open(QIODevice::ReadOnly);
    std::vector<ArchiveEntry> entries;
    const Status status = unpackArchive(buffer, [&](const ArchiveEntry &entry) -> Status {
        entries.push_back(entry);
        return {};
    });
    if (outcome)
        *outcome = status;
    return entries;
}

Result<QByteArray> packed(const std::vector<ArchiveEntry> &entries)
{
    QByteArray bytes;
    AMANA_CHECK(packArchive(entries, [&bytes](ByteView some) -> Status {
        bytes += toByteArray(some);
        return {};
    }));
    return bytes;
}

QByteArray run(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished();
    return process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray("exit ") + QByteArray::number(process.exitCode());
}

PackageInput twoSubjects(const crypto::AgeIdentity &owner)
{
    PackageInput input;
    input.description = {"Title", {"glucose"}, {"DUO:0000042"}, "longitudinal", "2026-01-02"};
    input.documents = {{"P-A-1.json", "fhir.bundle", "P-A", R"({"a":1})"},
                       {"P-A-2.csv", "csv.device", "P-A", "t,v\n1,2\n"},
                       {"P-B-1.txt", "text.note", "P-B", "note"},
                       {"shared-1.json", "fhir.resource", "", "{}"}};
    input.linkages = {{"P-A", {"Ada Example"}, {"mrn|1"}, "1970-01-02", "female", 17, {}},
                      {"P-B", {"Ben Example"}, {"mrn|2"}, "1980-01-02", "male", -20, {}}};
    input.report = R"({"edits":3})";
    input.custodians = {owner.recipient()};
    return input;
}

} // namespace

class TestPackage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void padmeFollowsThePaper();
    void archiveRoundTrip();
    void archiveTellsWhyItCouldNotBeWritten();
    void archiveOpensWithPublicTools();
    void hostileArchivesAreRefused();
    void capsuleIsAnIdentityFile();
    void badCapsulesAreRefused();
    void linkageHasOneSize();
    void cardShowsNoSmallCounts();
    void hostileCardsAreRefused();
    void attestationBindsAllThree();
    void packageOpensWithItsCapsules();
    void packageNamesTellNothing();
    void largePartsAreCutAsTheyCome();
    void grantNeedsNoPart();
    void purposesBecomeAMask();
    void endOfDayIsTheWholeDay();
};

void TestPackage::padmeFollowsThePaper()
{
    // Section 5 of the paper: at most 12 % more, and only O(log log L) different low bits.
    QCOMPARE(padmeLength(9), std::uint64_t(10));
    QCOMPARE(padmeLength(1000), std::uint64_t(1024));
    for (std::uint64_t length = 2; length < 5'000'000; length = length * 5 / 4 + 1) {
        const std::uint64_t padded = padmeLength(length);
        QVERIFY(padded >= length);
        QVERIFY(static_cast<double>(padded) <= static_cast<double>(length) * 1.12);
        QCOMPARE(padmeLength(padded), padded);
    }
}

void TestPackage::archiveRoundTrip()
{
    const std::vector<ArchiveEntry> entries{{"aa", "first"}, {"bb", QByteArray(3'000'000, 'x')}, {"cc", ""}};
    const auto archive = packed(entries);
    QVERIFY(archive);
    QCOMPARE(static_cast<std::uint64_t>(archive->size()), padmeLength(static_cast<std::uint64_t>(archive->size())));
    Status outcome;
    const auto back = unpacked(*archive, &outcome);
    QVERIFY(outcome);
    QCOMPARE(back.size(), entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        QCOMPARE(back[i].name, entries[i].name);
        QCOMPARE(back[i].bytes, entries[i].bytes);
    }
}

void TestPackage::archiveTellsWhyItCouldNotBeWritten()
{
    for (const std::size_t limit : {std::size_t(0), std::size_t(100)}) { // at the first byte, and in the padding
        std::size_t taken = 0;
        const Status status = packArchive({{"aa", QByteArray(200'000, 'x')}}, [&](ByteView bytes) -> Status {
            taken += bytes.size();
            return taken > limit ? Status(fail(ErrorCode::FileDiskFull)) : Status();
        });
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::FileDiskFull);
    }
}

void TestPackage::archiveOpensWithPublicTools()
{
    const auto archive = packed({{"aa", "first"}, {"bb", "second"}});
    QVERIFY(archive);
    const QByteArray tar = run(QStringLiteral("zstd"), {QStringLiteral("-dc")}, *archive);
    QCOMPARE(run(QStringLiteral("tar"), {QStringLiteral("-xO")}, tar), QByteArray("firstsecond"));
    const QByteArray listing =
        run(QStringLiteral("tar"), {QStringLiteral("-tv"), QStringLiteral("--utc"), QStringLiteral("--full-time")}, tar);
    QVERIFY(listing.contains("-rw-r--r-- 0/0"));
    QVERIFY(listing.contains("1970-01-01 00:00:00"));
}

void TestPackage::hostileArchivesAreRefused()
{
    for (const char *name : {"../up", "a/b", ".hidden", "/root"}) {
        const auto archive = packed({{name, "x"}});
        QVERIFY(archive);
        Status outcome;
        unpacked(*archive, &outcome);
        QVERIFY2(!outcome, name);
        QCOMPARE(outcome.error().code, ErrorCode::SharingPackageInvalid);
    }
    const auto good = packed({{"aa", QByteArray(5000, 'y')}, {"bb", "z"}});
    for (qsizetype cut = 1; cut < 60; cut += 7) {
        Status outcome;
        const auto entries = unpacked(good->left(cut), &outcome);
        QVERIFY(!outcome || entries.empty());
    }
    QBuffer buffer;
    buffer.setData(*good);
    buffer.open(QIODevice::ReadOnly);
    const Status limited =
        unpackArchive(buffer, [](const ArchiveEntry &) -> Status { return {}; }, {100, 1 << 20, 100});
    QCOMPARE(limited.error().param("reason"), std::string("entryTooLarge"));
}

void TestPackage::capsuleIsAnIdentityFile()
{
    const auto receiver = crypto::AgeIdentity::generate();
    std::vector<CapsuleKey> keys;
    keys.push_back({std::nullopt, crypto::AgeIdentity::generate()});
    const content::Cid part = content::Cid::of(content::Codec::Raw, bytesOf(QByteArray("part")));
    keys.push_back({part, crypto::AgeIdentity::generate()});
    const auto sealed = sealCapsule(keys, receiver.recipient());
    QVERIFY(sealed);
    QVERIFY2(sealed->size() <= 512, "a one-part capsule has to travel in an event");
    std::vector<crypto::AgeIdentity> own;
    own.push_back(receiver.clone());
    const auto opened = openCapsule(bytesOf(*sealed), own);
    QVERIFY(opened);
    QCOMPARE(opened->size(), std::size_t(2));
    QVERIFY(keyFor(*opened, part)->recipient() == keys[1].identity.recipient());
    QVERIFY(keyFor(*opened, std::nullopt)->recipient() == keys[0].identity.recipient());
    const SecretBytes text = capsuleText(keys);
    QCOMPARE(crypto::parseIdentityFile(text.text())->size(), std::size_t(2));

    std::vector<crypto::AgeIdentity> other;
    other.push_back(crypto::AgeIdentity::generate());
    QCOMPARE(openCapsule(bytesOf(*sealed), other).error().code, ErrorCode::AgeNoMatch);
}

void TestPackage::badCapsulesAreRefused()
{
    for (const char *text : {"", "# nonsense\n", "hello\n", "# bafkqaaa\nAGE-SECRET-KEY-1\n"})
        QCOMPARE(parseCapsule(text).error().code, ErrorCode::SharingCapsuleInvalid);
}

void TestPackage::linkageHasOneSize()
{
    Linkage linkage{"P-A", {"Ada"}, {"mrn|1"}, "1970-01-02", "female", -3, {{"Eva", "Ada"}}};
    QCOMPARE(linkageToSecret(linkage).size(), kLinkageBytes);
    QCOMPARE(linkageToSecret({}).size(), kLinkageBytes);
    QVERIFY(*linkageFromSecret(linkageToSecret(linkage).text()) == linkage);
    linkage.identifiers.assign(2000, "http://hospital.example/mrn|12345678");
    const SecretBytes large = linkageToSecret(linkage);
    QCOMPARE(large.size(), kLinkageBytes);
    QCOMPARE(linkageFromSecret(large.text())->names, linkage.names);
    QCOMPARE(linkageFromSecret("{}").error().code, ErrorCode::SharingPackageInvalid);
}

void TestPackage::cardShowsNoSmallCounts()
{
    QCOMPARE(publicCount(10), std::string("<11"));
    QCOMPARE(publicCount(11), std::string("11"));
    const Card card{"dataset", "Glucose", {"cgm"}, "<11", "<11", {"csv.device"}, {"DUO:0000042"}, "longitudinal",
                    "patient", {{"0x0", "age1x"}}};
    const auto json = cardToJson(card);
    QVERIFY(json);
    QVERIFY(*cardFromJson(*json) == card);
    Card large = card;
    large.title = std::string(70'000, 'x');
    QCOMPARE(cardToJson(large).error().code, ErrorCode::SharingCardTooLarge);
}

void TestPackage::hostileCardsAreRefused()
{
    for (const char *json : {"", "[]", "{}", R"({"version":1})", R"({"version":1,"title":3,"custodians":[{}]})",
                             R"({"version":1,"custodians":"all"})", R"({"version":2,"custodians":[{}]})"})
        QCOMPARE(cardFromJson(json).error().code, ErrorCode::SharingCardInvalid);
    QCOMPARE(cardFromJson(QByteArray(100'000, ' ')).error().code, ErrorCode::SharingCardInvalid);
}

void TestPackage::attestationBindsAllThree()
{
    const auto key = crypto::SigningKey::generate();
    const Address registry{1, 2, 3};
    const Digest a = crypto::sha256(bytesOf(QByteArray("a")));
    const Digest b = crypto::sha256(bytesOf(QByteArray("b")));
    const Digest c = crypto::sha256(bytesOf(QByteArray("c")));
    const Attestation good = signAttestation(a, b, c, 7, registry, key);
    QVERIFY(checkAttestation(good, 7, registry));
    const auto back = attestationFromJson(attestationToJson(good));
    QVERIFY(back && checkAttestation(*back, 7, registry));
    for (Digest Attestation::*member : {&Attestation::cidDigest, &Attestation::cardDigest, &Attestation::reportHash}) {
        Attestation changed = good;
        (changed.*member)[0] ^= 1;
        QCOMPARE(checkAttestation(changed, 7, registry).error().code, ErrorCode::SignatureInvalid);
    }
    QVERIFY(!checkAttestation(good, 8, registry));
    QVERIFY(!checkAttestation(good, 7, Address{}));
    QCOMPARE(attestationFromJson("{}").error().code, ErrorCode::DeidReportInvalid);
}

void TestPackage::packageOpensWithItsCapsules()
{
    const auto owner = crypto::AgeIdentity::generate();
    const PackageInput input = twoSubjects(owner);
    content::MemoryBlocks blocks;
    const auto package = sealPackage(input, blocks, {});
    QVERIFY2(package, package ? "" : package.error().debugString().c_str());
    QCOMPARE(package->parts, std::size_t(3));
    QCOMPARE(package->keys.size(), std::size_t(7)); // dataset, three parts, three linkages

    const auto openFile = [&](const std::string &path, const std::optional<content::Cid> &key) {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        const auto file = content::resolvePath(blocks, package->cid, path);
        if (!file || !content::readFile(blocks, *file, buffer))
            return SecretBytes();
        const auto *identity = keyFor(package->keys, key);
        auto plain = crypto::ageOpen(bytesOf(buffer.data()), std::span(identity, 1));
        return plain ? std::move(*plain) : SecretBytes();
    };
    const auto manifest = readManifest(openFile("manifest.age", std::nullopt).text());
    QVERIFY(manifest);
    QCOMPARE(manifest->size(), std::size_t(3));
    std::size_t files = 0;
    for (const ManifestPart &part : *manifest) {
        files += part.files.size();
        const auto cid = content::resolvePath(blocks, package->cid, part.path);
        QVERIFY(cid);
        const SecretBytes packed = openFile(part.path, *cid);
        const auto entries = unpacked(toByteArray(packed.view()));
        QCOMPARE(entries.size(), part.files.size());
        for (std::size_t i = 0; i < entries.size(); ++i)
            QCOMPARE(toHex(crypto::sha256(bytesOf(entries[i].bytes))), part.files[i].sha256);
    }
    QCOMPARE(files, std::size_t(4));
    const auto report = saltedReportFromJson(openFile("report.age", std::nullopt).text());
    QCOMPARE(report->report, input.report);
    QVERIFY(report->hash() != crypto::sha256(bytesOf(input.report)));

    const SecretBytes owners = [&] {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        const auto file = content::resolvePath(blocks, package->cid, "owners/01.age");
        if (!file || !content::readFile(blocks, *file, buffer))
            return SecretBytes();
        auto plain = crypto::ageOpen(bytesOf(buffer.data()), std::span(&owner, 1));
        return plain ? std::move(*plain) : SecretBytes();
    }();
    QCOMPARE(parseCapsule(owners.text())->size(), std::size_t(7));
}

void TestPackage::packageNamesTellNothing()
{
    const auto owner = crypto::AgeIdentity::generate();
    content::MemoryBlocks blocks;
    const auto package = sealPackage(twoSubjects(owner), blocks, {});
    QVERIFY(package);
    std::vector<std::string> names;
    std::uint64_t bytes = 0;
    const auto entries = content::listDirectory(blocks, package->cid);
    QVERIFY(entries);
    for (const content::DirectoryEntry &entry : *entries) {
        const bool file = entry.name.ends_with(".age");
        const auto below = file ? std::vector{content::DirectoryEntry{{}, entry.cid, 0}}
                                : *content::listDirectory(blocks, entry.cid);
        for (const content::DirectoryEntry &one : below) {
            QBuffer buffer;
            buffer.open(QIODevice::WriteOnly);
            QVERIFY(content::readFile(blocks, one.cid, buffer));
            QVERIFY(buffer.data().startsWith("age-encryption.org/v1\n"));
            bytes += static_cast<std::uint64_t>(buffer.size());
            names.push_back(file ? entry.name : entry.name + '/' + one.name);
        }
    }
    const std::vector<std::string> expected{"linkage/0001.age", "linkage/0002.age", "linkage/0003.age", "manifest.age",
                                            "owners/01.age",    "parts/0001.age",   "parts/0002.age",   "parts/0003.age",
                                            "report.age"};
    QVERIFY(names == expected);
    QCOMPARE(bytes, package->bytes);
    QCOMPARE(numberedPath("parts", 1001, 2000), std::string("parts/001/1001.age"));
}

/// Parts of several chunks, straight from the documents: none of it is ever whole in memory or in a file.
void TestPackage::largePartsAreCutAsTheyCome()
{
    const auto owner = crypto::AgeIdentity::generate();
    PackageInput input = twoSubjects(owner);
    QByteArray noise(9'000'000, Qt::Uninitialized); // does not compress
    crypto::randomBytes(std::span(reinterpret_cast<std::uint8_t *>(noise.data()), static_cast<std::size_t>(noise.size())));
    input.documents = {{"P-A-1.bin", "x", "P-A", noise}};
    content::MemoryBlocks blocks;
    const auto package = sealPackage(input, blocks, {});
    QVERIFY(package);
    const auto part = content::resolvePath(blocks, package->cid, "parts/0001.age");
    QVERIFY(part);
    QBuffer sealed;
    sealed.open(QIODevice::WriteOnly);
    QVERIFY(content::readFile(blocks, *part, sealed));
    const auto plain = crypto::ageOpen(bytesOf(sealed.data()), std::span(keyFor(package->keys, *part), 1));
    QVERIFY(plain);
    QCOMPARE(std::uint64_t(plain->size()), padmeLength(plain->size()));
    const auto entries = unpacked(toByteArray(plain->view()));
    QCOMPARE(entries.size(), std::size_t(1));
    QVERIFY(entries[0].bytes == noise);
}

/// A capsule is made of the owner's capsule and the nodes of folders; the parts may be anywhere else.
void TestPackage::grantNeedsNoPart()
{
    const auto owner = crypto::AgeIdentity::generate();
    content::MemoryBlocks whole;
    const auto package = sealPackage(twoSubjects(owner), whole, {});
    QVERIFY(package);
    content::MemoryBlocks blocks; // folders only
    QVERIFY(content::walk(whole, package->cid, [&](const content::Cid &cid, const QByteArray &block) {
        return cid.codec == content::Codec::DagPb ? blocks.put(cid, bytesOf(block)) : Status();
    }));
    QVERIFY(blocks.count() < whole.count());
    const auto keys = [&package] {
        std::vector<CapsuleKey> all;
        for (const CapsuleKey &key : package->keys)
            all.push_back({key.file, key.identity.clone()});
        return all;
    };
    QCOMPARE(keysForGrant(blocks, package->cid, keys(), GrantKind::Research, {})->size(), std::size_t(4));
    QCOMPARE(keysForGrant(blocks, package->cid, keys(), GrantKind::Care, {})->size(), std::size_t(7));
    const auto fewer = keysForGrant(blocks, package->cid, keys(), GrantKind::Care, {2});
    QVERIFY(fewer);
    QCOMPARE(fewer->size(), std::size_t(5));
    const auto gone = content::resolvePath(blocks, package->cid, "parts/0002.age");
    QVERIFY(keyFor(*fewer, *gone) == nullptr);
}

void TestPackage::purposesBecomeAMask()
{
    QCOMPARE(*duoMask({"GRU", "duo:0000043", "IRB"}), std::uint64_t(1 | 1 << 4 | 1 << 17));
    QCOMPARE(duoMask({"IRB"}).error().code, ErrorCode::SharingUnknownPurpose);
    QCOMPARE(duoMask({}).error().code, ErrorCode::SharingUnknownPurpose);
    QCOMPARE(duoMask({"DUO:9"}).error().code, ErrorCode::SharingUnknownPurpose);
}

void TestPackage::endOfDayIsTheWholeDay()
{
    const SystemClock clock;
    const QDate tomorrow = clock.now().date().addDays(1);
    const auto end = endOfDay(tomorrow.toString(Qt::ISODate).toStdString(), clock);
    QVERIFY(end);
    QCOMPARE(QDateTime::fromSecsSinceEpoch(static_cast<qint64>(*end), Qt::UTC), QDateTime(tomorrow, QTime(23, 59, 59), Qt::UTC));
    for (const char *bad : {"", "tomorrow", "2020-01-01", "2026-13-01", "2026-02-30"})
        QCOMPARE(endOfDay(bad, clock).error().code, ErrorCode::SharingBadDate);
}

QTEST_GUILESS_MAIN(TestPackage)
#include "test_package.moc"
