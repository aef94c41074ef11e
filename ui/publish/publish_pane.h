// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTabWidget;

namespace amana::ui {

class ConsequencesView;
class PublishedView;

class PublishPane final : public Pane {
    Q_OBJECT
public:
    explicit PublishPane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;
    void open(const QString &draft) override;

    /// An irreversible button enables this long after its page is complete.
    static constexpr int kArmDelayMs = 3000;

protected:
    void reload() override;

private:
    QWidget *makeNew();
    QWidget *makeForm();
    void addSale(QFormLayout *layout); ///< price, arbiter, emergency access
    void showArbiters();
    void showDrafts(const std::vector<ports::DraftRow> &drafts);
    void showCustodians(const std::vector<ports::CustodianChoice> &choices);
    void draftChosen();
    void changed(); ///< the form changed: ask for the consequences again
    void askPreview();
    void showPreview(const ports::PublishPreview &preview);
    void start();
    void keep(const QString &dataset);
    [[nodiscard]] ports::PublishSpec spec() const;

    Latest m_draftsRead, m_custodiansRead, m_previewRead, m_publishedRead;
    QTimer m_previewTimer;
    QTimer m_armTimer;
    QString m_wanted;
    QTabWidget *m_tabs;
    QStackedWidget *m_stack;
    QComboBox *m_draft;
    QLineEdit *m_title;
    QLineEdit *m_keywords;
    QListWidget *m_custodians;
    QSpinBox *m_threshold;
    QListWidget *m_purposes;
    QLineEdit *m_price;
    QComboBox *m_arbiter;
    QCheckBox *m_emergency;
    QPushButton *m_button;
    QLabel *m_hint;
    ConsequencesView *m_consequences;
    PublishedView *m_published;
    QAction *m_publish;
    std::vector<ports::CustodianChoice> m_choices;
};

} // namespace amana::ui
