// SPDX-License-Identifier: GPL-3.0-or-later
// The architecture as a test: reads every include in the sources and fails on a forbidden arrow.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QSet>
#include <QTest>

namespace {

struct Include {
    QString file;   // relative to the project
    QString target; // as written
    bool own = false; // "…" and not <…>
};

const QString kRoot = QStringLiteral(AMANA_SOURCE_DIR "/");

QStringList sourceFiles(const QStringList &folders)
{
    QStringList files;
    for (const QString &folder : folders) {
        QDirIterator it(kRoot + folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext())
            files << it.next().mid(kRoot.size());
    }
    files.sort();
    return files;
}

QString contents(const QString &relative)
{
    QFile file(kRoot + relative);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QList<Include> includesOf(const QString &relative)
{
    static const QRegularExpression pattern(QStringLiteral(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"),
                                            QRegularExpression::MultilineOption);
    QList<Include> found;
    auto it = pattern.globalMatch(contents(relative));
    while (it.hasNext()) {
        const auto match = it.next();
        found << Include{relative, match.captured(2), match.captured(1) == QStringLiteral("\"")};
    }
    return found;
}

/// "core/deid" for core/deid/model/x.h, "ui/text" for ui/text/x.h, "ui" and "app" for what has no line of its own.
QString layerOf(const QString &path, const QHash<QString, QStringList> &layers)
{
    const QStringList parts = path.split(u'/');
    const QString two = parts.value(0) + u'/' + parts.value(1);
    if (layers.contains(two))
        return two;
    return layers.contains(parts.value(0)) ? parts.value(0) : QString();
}

bool within(const QString &layer, const QString &allowed)
{
    return layer == allowed || layer.startsWith(allowed + u'/');
}

} // namespace

class TestArchitecture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void arrowsPointDown();
    void coreHasNoWindows();
    void librariesStayInTheirFolder();
    void everyFolderHasAReadme();
    void everySourceNamesItsLicence();
    void noContextlessConnect();
    void everyErrorCodeIsUsed();

private:
    QHash<QString, QStringList> m_layers;
};

void TestArchitecture::initTestCase()
{
    const QStringList lines = contents(QStringLiteral("tests/arch/layers.txt")).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (line.startsWith(u'#'))
            continue;
        const qsizetype colon = line.indexOf(u':');
        QVERIFY2(colon > 0, qPrintable(line));
        m_layers.insert(line.left(colon), line.mid(colon + 1).split(u' ', Qt::SkipEmptyParts));
    }
    QVERIFY(m_layers.size() > 10);
    QVERIFY(sourceFiles({QStringLiteral("core")}).size() > 10);
}

void TestArchitecture::arrowsPointDown()
{
    QStringList wrong;
    for (const QString &file : sourceFiles({QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")})) {
        const QString layer = layerOf(file, m_layers);
        if (layer.isEmpty()) {
            wrong << file + QStringLiteral(": its folder is not in layers.txt");
            continue;
        }
        for (const Include &include : includesOf(file)) {
            const QString target = layerOf(include.target, m_layers);
            const bool ours = include.own && !target.isEmpty();
            if (!ours || target == layer || target == QStringLiteral("core/base"))
                continue;
            bool allowed = false;
            for (const QString &may : m_layers.value(layer))
                allowed = allowed || within(target, may);
            if (!allowed)
                wrong << file + QStringLiteral(" includes ") + include.target;
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestArchitecture::coreHasNoWindows()
{
    // A Qt class header found in one of these modules is not for core.
    const QStringList forbidden{QStringLiteral("QtGui"), QStringLiteral("QtWidgets"), QStringLiteral("QtCharts"),
                                QStringLiteral("QtSvg"), QStringLiteral("QtPrintSupport")};
    QStringList wrong;
    for (const QString &file : sourceFiles({QStringLiteral("core"), QStringLiteral("app/amana"), QStringLiteral("ui/text")}))
        for (const Include &include : includesOf(file))
            for (const QString &module : forbidden) {
                const QString base = QStringLiteral(AMANA_QT_INCLUDES "/") + module + u'/';
                const bool named = include.target.startsWith(module + u'/') || include.target == module;
                if (!include.own && (named || QFile::exists(base + include.target)))
                    wrong << file + QStringLiteral(" includes ") + include.target;
            }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestArchitecture::librariesStayInTheirFolder()
{
    const QHash<QString, QStringList> homes{
        {QStringLiteral("openssl/"), {QStringLiteral("core/crypto")}},
        {QStringLiteral("botan"), {QStringLiteral("core/crypto"), QStringLiteral("core/keys")}},
        {QStringLiteral("secp256k1"), {QStringLiteral("core/crypto")}},
        {QStringLiteral("torch/"), {QStringLiteral("core/deid/model"), QStringLiteral("core/deid/train")}},
        {QStringLiteral("dcmtk/"), {QStringLiteral("core/formats/dicom")}},
        {QStringLiteral("qt6keychain/"), {QStringLiteral("core/keys")}},
        {QStringLiteral("simdjson"), {QStringLiteral("core/formats")}},
        {QStringLiteral("archive"), {QStringLiteral("core/sharing"), QStringLiteral("core/sources")}},
        {QStringLiteral("zstd"), {QStringLiteral("core/sharing")}},
        {QStringLiteral("microhttpd"), {QStringLiteral("core/net")}},
    };
    QStringList wrong;
    for (const QString &file : sourceFiles({QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}))
        for (const Include &include : includesOf(file))
            for (auto it = homes.cbegin(); it != homes.cend(); ++it) {
                if (include.own || !include.target.startsWith(it.key()))
                    continue;
                bool atHome = false;
                for (const QString &home : it.value())
                    atHome = atHome || file.startsWith(home + u'/');
                if (!atHome)
                    wrong << file + QStringLiteral(" includes ") + include.target;
            }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestArchitecture::everyFolderHasAReadme()
{
    QStringList missing;
    for (const QString &parent : {QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("ui")}) {
        const auto folders = QDir(kRoot + parent).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString &folder : folders) {
            const QString path = parent + u'/' + folder;
            const bool shared = parent == QStringLiteral("ui") && QFile::exists(kRoot + QStringLiteral("ui/README.md"));
            if (!shared && !QFile::exists(kRoot + path + QStringLiteral("/README.md")))
                missing << path;
        }
    }
    for (const QString &folder : {QStringLiteral("contracts"), QStringLiteral("tests"), QStringLiteral("packaging"),
                                  QStringLiteral("resources")})
        if (!QFile::exists(kRoot + folder + QStringLiteral("/README.md")))
            missing << folder;
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

void TestArchitecture::everySourceNamesItsLicence()
{
    QStringList missing;
    for (const QString &file : sourceFiles({QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app"),
                                            QStringLiteral("tests")}))
        if (!contents(file).startsWith(QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later")))
            missing << file;
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

/// connect() without a context object outlives what it captured: clazy misses some, so a text search is kept too.
void TestArchitecture::noContextlessConnect()
{
    static const QRegularExpression threeArguments(
        QStringLiteral(R"(connect\(\s*[^,;()]+(?:\([^()]*\))?\s*,\s*&[\w:]+\s*,\s*\[)"));
    QStringList wrong;
    for (const QString &file : sourceFiles({QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}))
        if (threeArguments.match(contents(file)).hasMatch())
            wrong << file;
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

/// A code that nothing returns has words in every language that nobody will read.
void TestArchitecture::everyErrorCodeIsUsed()
{
    static const QRegularExpression declared(QStringLiteral(R"(^AMANA_ERROR\((\w+),)"), QRegularExpression::MultilineOption);
    static const QRegularExpression named(QStringLiteral(R"(ErrorCode::(\w+))"));
    QSet<QString> used;
    for (const QString &file : sourceFiles({QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")})) {
        const QString text = contents(file);
        for (auto it = named.globalMatch(text); it.hasNext();)
            used << it.next().captured(1);
    }
    QStringList unused;
    const QString codes = contents(QStringLiteral("core/base/error_codes.def"));
    for (auto it = declared.globalMatch(codes); it.hasNext();)
        if (const QString code = it.next().captured(1); !used.contains(code))
            unused << code;
    QVERIFY(used.size() > 100);
    QVERIFY2(unused.isEmpty(), qPrintable(unused.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestArchitecture)
#include "test_architecture.moc"
