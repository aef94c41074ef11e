// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"
#include "core/base/files.h"
#include "core/base/secret_bytes.h"
#include "core/base/utf8.h"
#include "core/records/document.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace amana;

class TestBase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void errorIdentifiersAreUnique();
    void errorsKeepTheirCause();
    void hexRoundTrip();
    void utf8CountsCodePoints();
    void illFormedUtf8LosesNothing();
    void secretsCompareAndMove();
    void filesAreWrittenWhole();
    void fieldKindsHaveNames();
};

void TestBase::errorIdentifiersAreUnique()
{
    std::set<std::string_view> seen;
    for (const ErrorCode code : allErrorCodes()) {
        QVERIFY(errorId(code).find('.') != std::string_view::npos);
        QVERIFY2(seen.insert(errorId(code)).second, std::string(errorId(code)).c_str());
    }
    QVERIFY(seen.size() > 100);
}

void TestBase::errorsKeepTheirCause()
{
    const Error error = Error(ErrorCode::StoreCorrupt, {{"place", "row 3"}}).because(Error(ErrorCode::FileUnreadable));
    QCOMPARE(error.debugString(), std::string("store.corrupt place=row 3 <- file.unreadable"));
    QCOMPARE(error.param("place"), std::string("row 3"));
    QCOMPARE(error.param("absent"), std::string());
}

void TestBase::hexRoundTrip()
{
    const QByteArray bytes("\x00\x7f\xff\x10", 4);
    QCOMPARE(toHex(bytesOf(bytes)), std::string("007fff10"));
    QCOMPARE(*fromHex("0x007FFF10"), bytes);
    QCOMPARE(fromHex("abc").error().code, ErrorCode::EncodingBadHex);
    QCOMPARE(fromHex("zz").error().code, ErrorCode::EncodingBadHex);
    QCOMPARE(digestFromHex("00").error().code, ErrorCode::EncodingBadHex);
}

void TestBase::utf8CountsCodePoints()
{
    const std::string text = "a\u00e9\uc6b0\U0001f600z";
    const std::u32string decoded = decodeUtf8(text);
    QCOMPARE(decoded.size(), std::size_t(5));
    QCOMPARE(encodeUtf8(decoded), text);
    QCOMPARE(codePointCount(text), std::size_t(5));
    QCOMPARE(byteOffset(text, 3), std::size_t(6));
    QCOMPARE(byteOffset(text, 99), text.size());
}

void TestBase::illFormedUtf8LosesNothing()
{
    // Lone continuation, overlong slash, surrogate, truncated tail: each byte becomes one U+FFFD.
    for (const std::string bad : {"\x80", "\xC0\xAF", "\xED\xA0\x80", "\xE2\x82"}) {
        QVERIFY(!isValidUtf8(bad));
        QCOMPARE(decodeUtf8(bad), std::u32string(bad.size(), 0xFFFD));
    }
    QVERIFY(isValidUtf8("\xEC\x9A\xB0"));
}

void TestBase::secretsCompareAndMove()
{
    SecretBytes secret = SecretBytes::fromText("hush");
    QVERIFY(secret.equals(bytesOf(std::string_view("hush"))));
    QVERIFY(!secret.equals(bytesOf(std::string_view("husk"))));
    const SecretBytes moved = std::move(secret);
    QVERIFY(secret.empty()); // NOLINT(bugprone-use-after-move): that it is empty is the promise
    QCOMPARE(moved.text(), std::string_view("hush"));
}

void TestBase::filesAreWrittenWhole()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a/b/file"));
    QCOMPARE(writeFileAtomic(path, "x").error().code, ErrorCode::FileUnwritable);
    QVERIFY(makeFolder(dir.filePath(QStringLiteral("a/b"))));
    QVERIFY(writeFileAtomic(path, "first", true));
    QCOMPARE(QFile::permissions(path) & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
    QVERIFY(writeFileAtomic(path, "second"));
    QCOMPARE(*readFile(path), QByteArray("second"));
    QCOMPARE(readFile(path, 3).error().code, ErrorCode::FileTooLarge);
    QCOMPARE(readFile(dir.path()).error().code, ErrorCode::FileUnreadable);
    QCOMPARE(readFile(dir.filePath(QStringLiteral("none"))).error().code, ErrorCode::FileNotFound);
}

void TestBase::fieldKindsHaveNames()
{
    using records::FieldKind;
    for (int i = 0; i <= static_cast<int>(FieldKind::Unknown); ++i) {
        const auto kind = static_cast<FieldKind>(i);
        QVERIFY(*records::kindName(kind) != '\0');
        QCOMPARE(records::kindFromName(records::kindName(kind)), kind);
    }
    QVERIFY(!records::kindFromName("nonsense"));
}

QTEST_GUILESS_MAIN(TestBase)
#include "test_base.moc"
