// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/search_text.h"

#include <QStringList>

#include <vector>

namespace amana::chain {

namespace {

constexpr std::size_t kMaxWords = 16; // of a question
constexpr qsizetype kMaxQuestion = 1000; // characters; a person types fewer

enum class Sort { None, Word, Pairs };

Sort sortOf(char32_t c)
{
    if (!QChar::isLetterOrNumber(c))
        return Sort::None;
    switch (QChar::script(c)) {
    case QChar::Script_Hangul:
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
        return Sort::Pairs;
    default:
        return Sort::Word;
    }
}

/// Case, width and diacritics folded; by way of capitals, for Qt folds ß there only. Hangul is whole syllables again after its marks were looked at.
QString folded(std::string_view text)
{
    const QString given = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    QString bare;
    for (const char32_t c : given.normalized(QString::NormalizationForm_KD).toUpper().toCaseFolded().toUcs4())
        if (QChar::category(c) != QChar::Mark_NonSpacing)
            bare += QString::fromUcs4(&c, 1);
    return bare.normalized(QString::NormalizationForm_C);
}

struct Run {
    Sort sort = Sort::None;
    std::vector<QString> characters;
};

std::vector<Run> runsOf(const QString &text)
{
    std::vector<Run> runs;
    Sort before = Sort::None;
    for (const char32_t c : text.toUcs4()) {
        const Sort sort = sortOf(c);
        if (sort != Sort::None) {
            if (sort != before)
                runs.push_back({sort, {}});
            runs.back().characters.push_back(QString::fromUcs4(&c, 1));
        }
        before = sort;
    }
    return runs;
}

QString joined(const Run &run)
{
    return QStringList(run.characters.begin(), run.characters.end()).join(QString());
}

/// From each character to the next; the last one stands alone, and is left out where the run is asked for: whatever
/// follows it there is welcome.
QStringList pairsOf(const Run &run, bool withLast)
{
    QStringList pairs;
    for (std::size_t i = 0; i + 1 < run.characters.size(); ++i)
        pairs << run.characters[i] + run.characters[i + 1];
    if (withLast)
        pairs << run.characters.back();
    return pairs;
}

} // namespace

QString searchWords(std::string_view text)
{
    QStringList words;
    for (const Run &run : runsOf(folded(text)))
        words << (run.sort == Sort::Pairs ? pairsOf(run, true) : QStringList{joined(run)});
    return words.isEmpty() ? QStringLiteral("") : words.join(QLatin1Char(' ')); // a null one would be NULL in SQL
}

std::string searchExpression(std::string_view text)
{
    QStringList terms;
    for (const Run &run : runsOf(folded(text).left(kMaxQuestion))) {
        const bool phrase = run.sort == Sort::Pairs && run.characters.size() > 1;
        const QString words = phrase ? pairsOf(run, false).join(QLatin1Char(' ')) : joined(run);
        // Quoted, it is a string of FTS5, and there is no quote in it: only letters and digits were left.
        terms << QLatin1Char('"') + words + (phrase ? QStringLiteral("\"") : QStringLiteral("\"*"));
        if (static_cast<std::size_t>(terms.size()) == kMaxWords)
            break;
    }
    return terms.join(QStringLiteral(" AND ")).toStdString();
}

} // namespace amana::chain
