// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/theme/tokens.h"

#include <QFrame>

class QAction;
class QLabel;
class QToolButton;

namespace amana::ui {

/// Results and failures, in the page. Errors show title, meaning, next step, and details to copy.
class MessageBar final : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);
    void showError(const Error &error);
    void showMessage(const QString &text, Tone tone = Tone::Ok);
    void clear();
    [[nodiscard]] QString text() const; ///< all that is shown, for tests and screen readers

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void set(const QString &title, const QString &body, Tone tone, const QString &details);
    void paintIcon();

    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_body;
    QAction *m_copy;
    QAction *m_close;
    QToolButton *m_copyButton;
    Tone m_tone = Tone::Plain;
    QString m_details;
};

} // namespace amana::ui
