// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age.h"
#include "core/crypto/hash.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QTest>

#include <map>
#include <set>

using namespace amana;
using namespace amana::crypto;

namespace {

constexpr int kFiles = 143;
constexpr int kHybridFiles = 19; // hybrid* and armor_hybrid

struct Vector {
    std::multimap<QByteArray, QByteArray> fields;
    QByteArray file;

    [[nodiscard]] QByteArray field(const QByteArray &name) const
    {
        const auto found = fields.find(name);
        return found == fields.end() ? QByteArray() : found->second;
    }
};

/// qUncompress wants the expanded size in front; a guess that is too small is enlarged.
QByteArray expand(const QByteArray &compressed)
{
    static const char guess[] = {0, 16, 0, 0};
    return qUncompress(QByteArray(guess, sizeof guess) + compressed);
}

Vector load(const QString &path)
{
    QFile file(path);
    Vector vector;
    if (!file.open(QIODevice::ReadOnly))
        return vector;
    for (QByteArray line = file.readLine(); line != "\n" && !line.isEmpty(); line = file.readLine()) {
        const qsizetype colon = line.indexOf(": ");
        vector.fields.emplace(line.left(colon), line.mid(colon + 2).chopped(1));
    }
    vector.file = file.readAll();
    if (vector.field("compressed") == "zlib")
        vector.file = expand(vector.file);
    return vector;
}

/// The codes that may stand for a class of the kit; where a file has a code of its own, that one only.
std::set<ErrorCode> expectedCodes(const QByteArray &name, const QByteArray &expect)
{
    static const std::map<QByteArray, ErrorCode> special{
        {"version_unsupported", ErrorCode::AgeUnsupported},
        {"scrypt_work_factor_23", ErrorCode::AgeWorkFactor},
        {"scrypt_work_factor_overflow", ErrorCode::AgeWorkFactor},
        {"stream_no_nonce", ErrorCode::AgeTruncated},
        {"stream_short_nonce", ErrorCode::AgeTruncated},
        {"hmac_truncated", ErrorCode::AgeMalformed},
        {"stream_no_chunks", ErrorCode::AgeTruncated},
        {"stream_no_final_full", ErrorCode::AgeTruncated},
        {"stream_no_final_two_chunks_full", ErrorCode::AgeTruncated},
        {"stream_missing_tag", ErrorCode::AgeTruncated},
        {"stream_short_chunk", ErrorCode::AgeTruncated},
        {"stream_short_second_chunk", ErrorCode::AgeTruncated}};
    if (const auto found = special.find(name); found != special.end())
        return {found->second};
    static const std::map<QByteArray, std::set<ErrorCode>> classes{
        {"no match", {ErrorCode::AgeNoMatch}},
        {"HMAC failure", {ErrorCode::AgeHeaderTampered}},
        {"header failure", {ErrorCode::AgeMalformed}},
        {"payload failure", {ErrorCode::AgePayloadTampered}},
        {"armor failure", {ErrorCode::AgeArmorMalformed}}};
    return classes.at(expect);
}

bool isHybrid(const QByteArray &name)
{
    return name.startsWith("hybrid") || name == "armor_hybrid";
}

Status openVector(const Vector &vector, QByteArray &plain)
{
    QBuffer in;
    in.setData(vector.file);
    in.open(QIODevice::ReadOnly);
    QBuffer out(&plain);
    out.open(QIODevice::WriteOnly);
    const auto passphrases = vector.fields.equal_range("passphrase");
    if (passphrases.first != passphrases.second)
        return ageDecryptWithPassphrase(in, out,
                                        SecretBytes::fromText(passphrases.first->second.toStdString()));
    std::vector<AgeIdentity> identities;
    const auto texts = vector.fields.equal_range("identity");
    for (auto at = texts.first; at != texts.second; ++at) {
        AMANA_TRY(AgeIdentity identity, AgeIdentity::fromText(at->second.toStdString()));
        identities.push_back(std::move(identity));
    }
    return ageDecrypt(in, out, identities);
}

} // namespace

class TestAgeVectors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theKitIsComplete();
    void vectors_data();
    void vectors();
    void unsupportedFilesAreCounted();
    void hybridFilesAndAnX25519Key();
};

static QDir kit()
{
    return QDir(QStringLiteral(AMANA_SOURCE_DIR "/tests/vectors/age/testdata"));
}

void TestAgeVectors::theKitIsComplete()
{
    const QStringList names = kit().entryList(QDir::Files);
    QCOMPARE(names.size(), kFiles);
    int hybrid = 0;
    for (const QString &name : names)
        hybrid += isHybrid(name.toLatin1()) ? 1 : 0;
    QCOMPARE(hybrid, kHybridFiles);
}

void TestAgeVectors::vectors_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const QString &name : kit().entryList(QDir::Files))
        QTest::newRow(name.toLatin1().constData()) << name.toLatin1();
}

void TestAgeVectors::vectors()
{
    QFETCH(QByteArray, name);
    const Vector vector = load(kit().filePath(QString::fromLatin1(name)));
    const QByteArray expect = vector.field("expect");
    QVERIFY(!expect.isEmpty());

    QByteArray plain;
    const Status status = openVector(vector, plain);
    if (isHybrid(name) && !ageHybridSupported()) {
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::AgeUnsupported);
        QVERIFY(plain.isEmpty());
        return;
    }
    if (expect == "success") {
        QVERIFY2(status, status ? "" : status.error().debugString().c_str());
    } else {
        QVERIFY(!status);
        const auto codes = expectedCodes(name, expect);
        QVERIFY2(codes.contains(status.error().code), status.error().debugString().c_str());
    }
    const QByteArray payload = vector.field("payload");
    if (payload.isEmpty())
        QVERIFY(plain.isEmpty()); // refused before the payload: nothing may have come out
    else
        QCOMPARE(QByteArray::fromStdString(toHex(sha256(bytesOf(plain)))), payload);
}

/// Which files need an OpenSSL that is not here: all the hybrid ones or none, and no others.
void TestAgeVectors::unsupportedFilesAreCounted()
{
    int unsupported = 0;
    for (const QString &name : kit().entryList(QDir::Files)) {
        QByteArray plain;
        const Status status = openVector(load(kit().filePath(name)), plain);
        if (status || status.error().code != ErrorCode::AgeUnsupported
            || status.error().param("reason") != "postQuantum")
            continue;
        QVERIFY2(isHybrid(name.toLatin1()), qPrintable(name));
        ++unsupported;
    }
    qInfo("%d of %d files were refused as post-quantum: OpenSSL here has %s ML-KEM", unsupported, kFiles,
          ageHybridSupported() ? "an" : "no");
    QCOMPARE(unsupported, ageHybridSupported() ? 0 : kHybridFiles);
}

/// Where hybrid keys are not supported, a file for them alone is told apart from one that is for somebody else.
void TestAgeVectors::hybridFilesAndAnX25519Key()
{
    const Vector vector = load(kit().filePath(QStringLiteral("hybrid")));
    const std::vector<AgeIdentity> identities = [] {
        std::vector<AgeIdentity> list;
        list.push_back(AgeIdentity::generate());
        return list;
    }();
    const auto opened = ageOpen(bytesOf(vector.file), identities);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ageHybridSupported() ? ErrorCode::AgeNoMatch : ErrorCode::AgeUnsupported);
}

QTEST_GUILESS_MAIN(TestAgeVectors)
#include "test_age_vectors.moc"
