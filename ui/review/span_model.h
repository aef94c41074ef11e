// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/review_session.h"
#include "ui/widgets/format_text.h"

#include <QAbstractListModel>

namespace amana::ui {

/// The items of a ReviewSession as a list. The session belongs to the pane; after it changed, call refresh().
class SpanModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { TypeRole = Qt::UserRole + 10, StateRole, StateToneRole, StateIconRole, ReplacementRole, WaitsRole };

    explicit SpanModel(const ReviewSession &session, QObject *parent = nullptr);
    void refresh();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    [[nodiscard]] QString spoken(const ReviewItem &item) const;

    const ReviewSession &m_session;
    int m_rows = 0;
};

[[nodiscard]] StateWords decisionWords(records::Decision decision);
[[nodiscard]] QString confidenceText(double confidence); ///< low, medium, high: never a promise
[[nodiscard]] QString typeText(const ports::ReviewSpan &span);

} // namespace amana::ui
