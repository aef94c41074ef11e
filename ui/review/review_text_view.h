// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/field_layout.h"

#include <QAbstractScrollArea>

#include <map>
#include <optional>
#include <vector>

namespace amana::ui {

/// Original | released, field by field in one scroll area: both sides always show the same place. Fields are laid out
/// when they come into view; the others have an estimated height.
class ReviewTextView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    struct Selection {
        std::string path;
        records::Span span; ///< code points in the original text
    };

    explicit ReviewTextView(QWidget *parent = nullptr);

    /// `document` must outlive its showing; null clears. `allFields` false: only prose and fields with marks.
    void setDocument(const ports::ReviewDocument *document, bool allFields);
    void refresh(); ///< the document's content changed, its fields did not
    void setCurrent(const QString &markId, int field); ///< and scrolls there
    [[nodiscard]] std::optional<Selection> selection() const;
    void clearSelection();
    /// Selects in the original text of a field, as the mouse or Shift+arrows would.
    void select(int field, Utf16Range range);
    [[nodiscard]] int shownFields() const { return int(m_blocks.size()); }

Q_SIGNALS:
    void markClicked(const QString &id);
    void selectionChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Block {
        int field = 0;
        int top = 0;
        int height = 0;
    };
    struct Hit {
        int block = -1;
        bool released = false;
        QPointF inside; ///< relative to the side's text
    };

    void makeBlocks();
    void place();
    void layOutVisible();
    const FieldLayout &layoutOf(int block);
    [[nodiscard]] int blockAt(int y) const;
    [[nodiscard]] int blockOfField(int field) const;
    [[nodiscard]] int estimatedHeight(int field) const;
    [[nodiscard]] int headingHeight() const;
    [[nodiscard]] double sideWidth() const;
    [[nodiscard]] Hit hitAt(QPoint point);
    void scrollTo(int block, int offset);
    void moveCaret(int to, bool extend);
    void paintBlock(QPainter &painter, int block, int y);

    const ports::ReviewDocument *m_document = nullptr;
    bool m_allFields = false;
    std::vector<Block> m_blocks;
    std::map<int, FieldLayout> m_layouts; ///< by block; only near the viewport
    QString m_currentMark;
    int m_selectionField = -1;
    int m_anchor = 0;
    int m_caret = 0;
};

} // namespace amana::ui
