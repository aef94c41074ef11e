// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/train/vocabulary.h"

#include "core/base/files.h"
#include "core/base/utf8.h"

#include <QDir>

#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace amana::deid::train {
namespace {

std::u32string trimmed(std::u32string_view text)
{
    while (!text.empty() && (text.front() == U' ' || text.front() == U'\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == U' ' || text.back() == U'\t'))
        text.remove_suffix(1);
    return std::u32string(text);
}

} // namespace

Words linesOf(const QString &path, EmptyLines empty)
{
    const auto bytes = readFile(path);
    if (!bytes) {
        std::fprintf(stderr, "cannot read %s\n", qPrintable(path));
        std::exit(1);
    }
    Words out;
    std::istringstream in(bytes->toStdString());
    for (std::string line; std::getline(in, line);)
        if (empty == EmptyLines::Keep || line.find_first_not_of(" \t\r") != std::string::npos)
            out.push_back(decodeUtf8(line));
    return out;
}

Vocabulary::Vocabulary(const QString &phraseFolder)
{
    const QDir folder(phraseFolder);
    for (const QString &lang : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        auto &keys = m_words[lang.toStdString()];
        for (const std::u32string &line : linesOf(folder.filePath(lang + QStringLiteral("/words.txt")), EmptyLines::Drop)) {
            const auto colon = line.find(U':');
            if (colon == std::u32string::npos)
                continue;
            auto &list = keys[encodeUtf8(trimmed(line.substr(0, colon)))];
            for (std::size_t from = colon + 1; from <= line.size();) {
                const auto end = std::min(line.find(U'|', from), line.size());
                if (auto word = trimmed(std::u32string_view(line).substr(from, end - from)); !word.empty())
                    list.push_back(std::move(word));
                from = end + 1;
            }
        }
    }
}

const Words *Vocabulary::find(const std::string &lang, const std::string &key) const
{
    const auto keys = m_words.find(lang);
    if (keys == m_words.end())
        return nullptr;
    const auto list = keys->second.find(key);
    return list == keys->second.end() || list->second.empty() ? nullptr : &list->second;
}

} // namespace amana::deid::train
