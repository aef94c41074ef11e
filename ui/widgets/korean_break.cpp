// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/korean_break.h"

namespace amana::ui {

namespace {

// Unicode block "Hangul Syllables".
bool isSyllable(QChar c)
{
    return c.unicode() >= 0xAC00 && c.unicode() <= 0xD7A3;
}

} // namespace

QString breakAtSpaces(const QString &text)
{
    QString out;
    out.reserve(text.size() * 2);
    for (qsizetype i = 0; i < text.size(); ++i) {
        out += text[i];
        if (i + 1 < text.size() && isSyllable(text[i]) && isSyllable(text[i + 1]))
            out += QChar(0x2060);
    }
    return out;
}

} // namespace amana::ui
