// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QWidget>

class QLineEdit;

namespace amana::ui {

/// Paints the 24 words of a recovery phrase; no label, no selection, no accessible text holds them.
class PhraseView final : public QWidget {
    Q_OBJECT
public:
    explicit PhraseView(QWidget *parent = nullptr);
    void setPhrase(ports::Secret phrase);
    void clear();
    [[nodiscard]] int wordCount() const;
    /// Whether `typed` is word `number` (from 1), ignoring case and blanks around it.
    [[nodiscard]] bool isWord(int number, const QString &typed) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] std::string_view word(int index) const;

    ports::Secret m_phrase;
};

} // namespace amana::ui
