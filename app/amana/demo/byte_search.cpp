// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/demo/byte_search.h"

#include "core/base/files.h"

#include <QDirIterator>
#include <QFileInfo>

namespace amana::cli {

namespace {

constexpr qsizetype kShortestRun = 8; // characters of base64

bool isBase64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
           || c == '=' || c == '-' || c == '_';
}

/// All runs of base64 in `bytes`, decoded one behind the other. A run that begins in the middle of a group of
/// four is found too: it is decoded from each of the four places.
QByteArray decodedRuns(const QByteArray &bytes)
{
    QByteArray all;
    QByteArray run;
    for (qsizetype i = 0; i <= bytes.size(); ++i) {
        if (i < bytes.size() && isBase64(bytes[i])) {
            run.append(bytes[i]);
            continue;
        }
        run.replace('-', '+').replace('_', '/');
        for (qsizetype shift = 0; shift < 4 && run.size() - shift >= kShortestRun; ++shift)
            all += QByteArray::fromBase64(run.mid(shift)) + '\0';
        run.clear();
    }
    return all;
}

} // namespace

ByteSearch::ByteSearch(std::vector<std::string> needles)
{
    for (std::string &text : needles) {
        const QString wide = QString::fromStdString(text);
        Needle needle{std::move(text), wide.toUtf8(), {}, {}};
        for (const QChar c : wide) {
            needle.little.append(static_cast<char>(c.cell())).append(static_cast<char>(c.row()));
            needle.big.append(static_cast<char>(c.row())).append(static_cast<char>(c.cell()));
        }
        m_needles.push_back(std::move(needle));
    }
}

std::vector<std::string> ByteSearch::texts() const
{
    std::vector<std::string> all;
    for (const Needle &needle : m_needles)
        all.push_back(needle.text);
    return all;
}

bool ByteSearch::contains(const QByteArray &view, const Needle &needle)
{
    return view.contains(needle.utf8) || view.contains(needle.little) || view.contains(needle.big);
}

std::vector<std::string> ByteSearch::in(const QByteArray &bytes) const
{
    const QByteArray decoded = decodedRuns(bytes);
    std::vector<std::string> found;
    for (const Needle &needle : m_needles)
        if (contains(bytes, needle) || contains(decoded, needle))
            found.push_back(needle.text);
    return found;
}

Result<ByteSearch::Outcome> ByteSearch::below(const QString &folder) const
{
    Outcome outcome;
    QDirIterator it(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        if (QFileInfo(path).size() == 0)
            continue; // lock files
        AMANA_TRY(const QByteArray bytes, readFile(path));
        ++outcome.files;
        outcome.bytes += static_cast<std::uint64_t>(bytes.size());
        const QString name = path.mid(folder.size() + 1);
        for (const std::string &needle : in(name.toUtf8() + '\n' + bytes))
            outcome.found.push_back(name.toStdString() + ": " + needle);
    }
    return outcome;
}

} // namespace amana::cli
