// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/formats/format.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QStringList>

namespace amana::test {

inline QString dataPath(const QString &name)
{
    return QStringLiteral(AMANA_SOURCE_DIR "/tests/data/formats/") + name;
}

inline QByteArray sample(const QString &name)
{
    return readFile(dataPath(name)).value_or(QByteArray());
}

/// Every file of the test data that has a reader, and the synthetic sample records.
inline QStringList allSamples()
{
    QStringList paths;
    for (const QString &folder : {dataPath(QString()), QStringLiteral(AMANA_SOURCE_DIR "/resources/sample")}) {
        QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next();
            const QString name = QFileInfo(path).fileName();
            if (name != QLatin1String("README.md") && name != QLatin1String("planted.json")
                && name != QLatin1String("log.ndjson") && name != QLatin1String("with_contained.json"))
                paths.append(path);
        }
    }
    paths.sort();
    return paths;
}

inline records::Edit edit(const std::string &path, records::Span span, const std::string &replacement)
{
    records::Edit e;
    e.path = path;
    e.span = span;
    e.replacement = replacement;
    e.decision = records::Decision::Accepted;
    return e;
}

inline records::Edit removal(const std::string &path, std::size_t codePoints)
{
    records::Edit e = edit(path, {0, codePoints}, {});
    e.action = records::EditAction::Remove;
    return e;
}

inline const records::Field *fieldAt(const records::Document &document, const std::string &path)
{
    for (const records::Field &field : document.fields)
        if (field.path == path)
            return &field;
    return nullptr;
}

} // namespace amana::test
