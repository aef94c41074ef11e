// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QHash>
#include <QLocale>
#include <QString>
#include <QStringList>

namespace amana::ui {

/// Languages the program speaks completely.
enum class Language { English, Korean };

[[nodiscard]] QString languageCode(Language language); ///< "en", "ko": folder and catalogue names
[[nodiscard]] Language languageOf(const QLocale &locale); ///< English for what is not spoken

/// What a person reads about an error.
struct ErrorText {
    QString title;   ///< what happened, at most 8 words
    QString meaning; ///< what it means for the user's data
    QString next;    ///< what to do now
};

/// All texts of one language. Immutable after loading; safe from any thread.
class TextCatalogue {
public:
    /// The catalogue of `language`, or of QLocale(), the application's locale.
    static const TextCatalogue &of(Language language);
    static const TextCatalogue &current() { return of(languageOf(QLocale())); }

    /// Words for the error with its parameters filled in; a missing parameter reads "–". A code without a text (a
    /// test excludes it) gives the text of internal.unexpected.
    [[nodiscard]] ErrorText error(const Error &error) const;

    /// The words for a code of an area, e.g. term("purpose", "DUO:0000042"); the code itself when not known.
    [[nodiscard]] QString term(const QString &area, const QString &code) const;

    [[nodiscard]] bool hasError(ErrorCode code) const;
    [[nodiscard]] bool hasTerm(const QString &area, const QString &code) const;
    [[nodiscard]] QStringList errorIds() const;
    [[nodiscard]] QStringList termKeys() const; ///< "area.code"
    [[nodiscard]] ErrorText rawError(const QString &id) const; ///< unfilled, for tests

private:
    explicit TextCatalogue(Language language);
    void readErrors(const QByteArray &json);
    void readTerms(const QByteArray &json);

    QHash<QString, ErrorText> m_errors;
    QHash<QString, QString> m_terms;
};

/// `{name}` → parameter, in one pass: braces inside a value are left alone.
[[nodiscard]] QString fillParams(const QString &pattern, const Error::Params &params);

} // namespace amana::ui
