// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/review_session.h"

#include <QWidget>

class QLabel;
class QComboBox;
class QFormLayout;

namespace amana::ui {

class Chip;

/// What is known about the current mark: type, who found it, how sure, where else.
class SpanInspector final : public QWidget {
    Q_OBJECT
public:
    explicit SpanInspector(QWidget *parent = nullptr);
    void show(const ReviewSession &session);

    /// Type for marks added by hand, as records::Edit::type.
    [[nodiscard]] QString addType() const;
    void setAddType(int index);
    static QStringList addTypes(); ///< in the order of the keys 1…9

private:
    void showSpan(const ports::ReviewSpan &span, const QString &text);

    QFormLayout *m_form;
    QLabel *m_original;
    QLabel *m_replacement;
    QLabel *m_type;
    QLabel *m_reason;
    QLabel *m_confidence;
    QLabel *m_same;
    Chip *m_state;
    QComboBox *m_addType;
};

} // namespace amana::ui
