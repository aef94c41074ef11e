// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QWidget>

class QAction;
class QLabel;

namespace amana::ui {

/// What an empty page teaches: one sentence, one next step, at most one alternative.
class EmptyState final : public QWidget {
    Q_OBJECT
public:
    EmptyState(const QString &iconName, const QString &sentence, QAction *primary = nullptr,
               QAction *alternative = nullptr, QWidget *parent = nullptr);
    void setSentence(const QString &sentence);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintIcon();
    void fitSentence();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_sentence;
};

/// A push button that follows an action: text, tooltip, enabled state. Buttons from actions have accessible names.
QPushButton *buttonFor(QAction *action, const QString &tone = {}, QWidget *parent = nullptr);

} // namespace amana::ui
