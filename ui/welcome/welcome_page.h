// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"

#include <array>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace amana::ui {

class PassphraseFields;
class PhraseView;

/// Choose or make a profile. Emits ready() when one is open and its recovery phrase was proved.
class WelcomePage final : public Pane {
    Q_OBJECT
public:
    explicit WelcomePage(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;
    void showPhrase(const ports::CreatedProfile &created);
    /// A profile is being made or its phrase proved: the window must not go on yet.
    [[nodiscard]] bool holdsWindow() const;
    void presetRole(ports::ProfileRole role);

Q_SIGNALS:
    void ready();

protected:
    void reload() override;

private:
    QWidget *makeChoice();
    QWidget *makeOpenBox();
    QWidget *makeNewBox();
    QWidget *makeProof();
    void openChosen();
    void create();
    void checkProof();
    void showButtons();

    Latest m_profilesRead;
    bool m_creating = false;
    QStackedWidget *m_stack;
    QWidget *m_openBox;
    QListWidget *m_profiles;
    PassphraseFields *m_openPassphrase;
    QLineEdit *m_name;
    QComboBox *m_role;
    PassphraseFields *m_newPassphrase;
    PhraseView *m_phrase;
    std::array<QLineEdit *, 3> m_words{};
    std::array<QLabel *, 3> m_wordLabels{};
    std::array<int, 3> m_asked{};
    QAction *m_open, *m_create, *m_done;
};

} // namespace amana::ui
