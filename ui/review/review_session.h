// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/review_port.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <vector>

namespace amana::ui {

/// One thing to decide or to look at: an edit or a sampled piece of a field.
struct ReviewItem {
    QString id;      ///< edit id or sample id
    int field = -1;  ///< index into ReviewDocument::fields; -1: the field is gone
    int span = -1;   ///< index into ReviewField::spans; -1 for a sample
    int sample = -1; ///< index into ReviewDocument::sample; -1 for an edit

    [[nodiscard]] bool isSample() const { return sample >= 0; }
    bool operator==(const ReviewItem &) const = default;
};

/// The state of one open document. The order of items is made when it is opened and stays while decisions change:
/// undecided first, doubtful before sure, then samples, then what is decided.
class ReviewSession {
public:
    void open(ports::ReviewDocument document);
    void close();
    /// Returns the first item that waits now and did not before (an undo), or -1.
    int apply(const ports::ReviewChange &change);

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] const ports::ReviewDocument &document() const { return m_document; }
    [[nodiscard]] const std::vector<ReviewItem> &items() const { return m_items; }

    [[nodiscard]] int current() const { return m_current; } ///< index into items(); -1: none
    void setCurrent(int item);
    [[nodiscard]] const ReviewItem *currentItem() const;
    [[nodiscard]] int indexOf(const QString &id) const; ///< -1: not here

    /// Proposed, or a sample not yet confirmed, and no decision on it under way.
    [[nodiscard]] bool waits(const ReviewItem &item) const;
    void setUnderWay(const QString &id, bool underWay);
    /// Next or previous (`step` ±1) item that waits, round the end; -1 when nothing waits.
    [[nodiscard]] int nextWaiting(int step) const;

    [[nodiscard]] const ports::ReviewSpan *spanOf(const ReviewItem &item) const;
    [[nodiscard]] const ports::SamplePiece *sampleOf(const ReviewItem &item) const;
    [[nodiscard]] const ports::ReviewField *fieldOf(const ReviewItem &item) const;
    /// The text an item is about: original text of the span or piece.
    [[nodiscard]] QString textOf(const ReviewItem &item) const;

private:
    void makeItems(const QStringList &order);
    [[nodiscard]] QStringList initialOrder() const;

    bool m_open = false;
    ports::ReviewDocument m_document;
    std::vector<ReviewItem> m_items;
    int m_current = -1;
    QSet<QString> m_underWay;
};

} // namespace amana::ui
