// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/review_session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/text_offsets.h"

#include <QFont>
#include <QPalette>
#include <QString>
#include <QTextLayout>

#include <memory>
#include <vector>

class QPainter;

namespace amana::ui {

enum class MarkStyle { Proposed, Accepted, Rejected, Added, Sample, SampleDone };

/// A mark on laid-out text, in UTF-16 offsets.
struct Mark {
    QString id;
    Utf16Range range;
    MarkStyle style = MarkStyle::Proposed;
    QString label;
};

/// One side of one field: wrapped text with marks; lines in which a mark begins have room above for its type word.
class SideLayout {
public:
    SideLayout(const QString &text, std::vector<Mark> marks, const QFont &font, double width);

    [[nodiscard]] double height() const { return m_height; }
    [[nodiscard]] const QString &text() const { return m_text; }
    /// UTF-16 offset nearest to a point, relative to the layout's top left.
    [[nodiscard]] int offsetAt(QPointF point) const;
    [[nodiscard]] QString markAt(QPointF point) const; ///< id, or empty
    /// Vertical place of an offset: top and bottom of its line.
    [[nodiscard]] std::pair<double, double> lineAt(int offset) const;
    /// Top of each paragraph (text up to a line break).
    [[nodiscard]] std::vector<double> paragraphTops() const;
    /// Moves each paragraph down by its own amount; one number for each paragraph.
    void moveParagraphs(const std::vector<double> &down);
    void draw(QPainter &painter, QPointF topLeft, const QPalette &palette, const QString &currentMark,
              Utf16Range selection, int caret) const;

private:
    [[nodiscard]] int paragraphOf(const QTextLine &line) const;
    [[nodiscard]] std::vector<QRectF> boxesOf(Utf16Range range) const;
    void drawMark(QPainter &painter, QPointF topLeft, const Tokens &tokens, const Mark &mark, bool current) const;
    void drawLabel(QPainter &painter, QPointF topLeft, const Tokens &tokens, const Mark &mark) const;

    QString m_text;
    std::vector<Mark> m_marks;
    QFont m_labelFont;
    double m_labelHeight;
    double m_height = 0;
    QTextLayout m_layout;
};

/// Both sides of a field.
struct FieldLayout {
    std::unique_ptr<SideLayout> original;
    std::unique_ptr<SideLayout> released;

    [[nodiscard]] double height() const { return std::max(original->height(), released->height()); }
};

[[nodiscard]] FieldLayout layOut(const ports::ReviewDocument &document, int field, const QFont &font, double width);

} // namespace amana::ui
