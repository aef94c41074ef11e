// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/welcome_page.h"

#include "ui/welcome/passphrase_fields.h"
#include "ui/welcome/phrase_view.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/format_text.h"
#include "ui/widgets/section_box.h"

#include <QAction>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QRandomGenerator>
#include <QStackedWidget>

namespace amana::ui {

namespace {

constexpr int kPageWidth = 560;

QWidget *centred(QWidget *content)
{
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    content->setMaximumWidth(kPageWidth);
    row->addStretch(1);
    row->addWidget(content, 4);
    row->addStretch(1);
    return scrolled(page);
}

} // namespace

WelcomePage::WelcomePage(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("welcome"), tr("Welcome"), QStringLiteral("amana")}, context, parent),
      m_stack(new QStackedWidget)
{
    m_open = addPaneAction(QStringLiteral("open"), tr("Open"), QKeySequence(Qt::CTRL | Qt::Key_O));
    m_create = addPaneAction(QStringLiteral("create"), tr("Make my profile"), QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_done = addPaneAction(QStringLiteral("done"), tr("I have kept the phrase"), QKeySequence(Qt::CTRL | Qt::Key_D));
    connect(m_open, &QAction::triggered, this, &WelcomePage::openChosen);
    connect(m_create, &QAction::triggered, this, &WelcomePage::create);
    connect(m_done, &QAction::triggered, this, [this] {
        m_phrase->clear();
        for (QLineEdit *edit : m_words)
            edit->clear();
        m_stack->setCurrentIndex(0);
        Q_EMIT ready();
    });
    m_stack->addWidget(centred(makeChoice()));
    m_stack->addWidget(centred(makeProof()));
    body()->addWidget(m_stack);
    connect(&ports().events, &ports::Events::sessionChanged, this, &Pane::reloadSoon);
    showButtons();
}

QWidget *WelcomePage::firstFocus()
{
    return m_stack->currentIndex() == 1 ? m_words[0] : m_name;
}

bool WelcomePage::holdsWindow() const
{
    return m_creating || m_stack->currentIndex() == 1;
}

void WelcomePage::presetRole(ports::ProfileRole role)
{
    m_role->setCurrentIndex(m_role->findData(int(role)));
}

QWidget *WelcomePage::makeChoice()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(12);
    layout->addWidget(titleLabel(tr("Welcome to Amana")));
    layout->addWidget(hintLabel(tr("Medical data, kept safe and shared by consent. Everything works on this computer at "
                                   "once; nothing leaves it without a page that says what, to whom and until when.")));
    layout->addWidget(makeOpenBox());
    layout->addWidget(makeNewBox());
    layout->addStretch();
    return page;
}

QWidget *WelcomePage::makeOpenBox()
{
    auto *box = new SectionBox(tr("Profiles of this computer"));
    m_profiles = new QListWidget;
    m_profiles->setAccessibleName(tr("Profiles of this computer"));
    m_profiles->setMaximumHeight(130);
    m_openPassphrase = new PassphraseFields(false);
    box->addRow(m_profiles);
    box->addRow(m_openPassphrase);
    box->addRow(buttonFor(m_open, QStringLiteral("primary")));
    connect(m_profiles, &QListWidget::currentRowChanged, this, [this] {
        m_openPassphrase->hide();
        showButtons();
    });
    connect(m_profiles, &QListWidget::itemActivated, this, &WelcomePage::openChosen);
    connect(m_openPassphrase, &PassphraseFields::changed, this, &WelcomePage::showButtons);
    m_openBox = box;
    m_openBox->hide();
    return box;
}

QWidget *WelcomePage::makeNewBox()
{
    auto *box = new SectionBox(tr("New profile"));
    auto *form = new QWidget;
    auto *layout = new QFormLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name"));
    m_role = new QComboBox;
    m_role->setAccessibleName(tr("I am"));
    using ports::ProfileRole;
    for (const ProfileRole role : {ProfileRole::Clinician, ProfileRole::Patient, ProfileRole::Researcher,
                                   ProfileRole::Administrator})
        m_role->addItem(profileRoleText(role), int(role));
    m_newPassphrase = new PassphraseFields(true);
    layout->addRow(tr("Name"), m_name);
    layout->addRow(tr("I am"), m_role);
    layout->addRow(m_newPassphrase);
    box->addRow(form);
    box->addRow(buttonFor(m_create, QStringLiteral("primary")));
    box->addRow(hintLabel(tr("The first profile of this computer is the administrator of its institution and enrols the "
                             "others. What you are changes words and first pages only.")));
    connect(m_name, &QLineEdit::textChanged, this, &WelcomePage::showButtons);
    connect(m_newPassphrase, &PassphraseFields::changed, this, &WelcomePage::showButtons);
    return box;
}

QWidget *WelcomePage::makeProof()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(12);
    layout->addWidget(titleLabel(tr("Your recovery phrase")));
    layout->addWidget(hintLabel(tr("Write these words on paper, in order. They are shown only now. With them you get your "
                                   "identity back on another computer; whoever has them is you.")));
    m_phrase = new PhraseView;
    layout->addWidget(m_phrase);
    auto *box = new SectionBox(tr("Type these words to prove it"));
    auto *form = new QWidget;
    auto *rows = new QFormLayout(form);
    rows->setContentsMargins(0, 0, 0, 0);
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        m_words[i] = new QLineEdit;
        m_words[i]->setAccessibleName(tr("Word %1").arg(i + 1));
        m_words[i]->setAttribute(Qt::WA_InputMethodEnabled, false);
        m_wordLabels[i] = new QLabel;
        m_wordLabels[i]->setBuddy(m_words[i]);
        rows->addRow(m_wordLabels[i], m_words[i]);
        connect(m_words[i], &QLineEdit::textChanged, this, &WelcomePage::checkProof);
    }
    box->addRow(form);
    box->addRow(buttonFor(m_done, QStringLiteral("primary")));
    layout->addWidget(box);
    layout->addStretch();
    return page;
}

void WelcomePage::reload()
{
    m_profilesRead.wait<std::vector<ports::ProfileInfo>>(
        ports().session.profiles(), this,
        [this](const std::vector<ports::ProfileInfo> &profiles) {
            m_profiles->clear();
            for (const ports::ProfileInfo &profile : profiles) {
                auto *item = new QListWidgetItem(
                    tr("%1 · %2", "name, role").arg(profile.name, profileRoleText(profile.role)), m_profiles);
                item->setData(Qt::UserRole, profile.name);
            }
            m_openBox->setVisible(!profiles.empty());
            m_profiles->setCurrentRow(0);
            showButtons();
        },
        showFailure());
}

void WelcomePage::showButtons()
{
    m_open->setEnabled(m_profiles->currentItem() != nullptr && m_openPassphrase->isAcceptable());
    m_create->setEnabled(!m_name->text().trimmed().isEmpty() && m_newPassphrase->isAcceptable());
    checkProof();
}

void WelcomePage::openChosen()
{
    const QString name = m_profiles->currentItem()->data(Qt::UserRole).toString();
    m_open->setEnabled(false);
    whenDone<ports::SessionInfo>(
        ports().session.openProfile(name, m_openPassphrase->take()), this,
        [this](const ports::SessionInfo &) {
            messages().clear();
            m_openPassphrase->hide();
            Q_EMIT ready();
        },
        [this](const Error &error) {
            m_openPassphrase->setVisible(PassphraseFields::helps(error));
            if (error.code != ErrorCode::PassphraseNeeded)
                messages().showError(error);
            showButtons();
        });
}

void WelcomePage::create()
{
    const ports::NewProfile spec{m_name->text().trimmed(), ports::ProfileRole(m_role->currentData().toInt()),
                                 m_newPassphrase->take()};
    m_create->setEnabled(false);
    m_creating = true;
    whenDone<ports::CreatedProfile>(
        ports().session.createProfile(spec), this,
        [this](const ports::CreatedProfile &created) {
            messages().clear();
            m_name->clear();
            m_newPassphrase->hide();
            showPhrase(created);
            m_creating = false;
        },
        [this](const Error &error) {
            m_creating = false;
            m_newPassphrase->setVisible(PassphraseFields::helps(error));
            if (error.code != ErrorCode::PassphraseNeeded)
                messages().showError(error);
            showButtons();
        });
}

void WelcomePage::showPhrase(const ports::CreatedProfile &created)
{
    m_phrase->setPhrase(created.recoveryPhrase);
    const int third = std::max(1, m_phrase->wordCount() / 3);
    for (std::size_t i = 0; i < m_words.size(); ++i) { // one of each third, so that all of the paper is looked at
        m_asked[i] = int(i) * third + 1 + QRandomGenerator::global()->bounded(third);
        m_wordLabels[i]->setText(tr("Word %1").arg(m_asked[i]));
        m_words[i]->setAccessibleName(tr("Word %1").arg(m_asked[i]));
        m_words[i]->setObjectName(QStringLiteral("word%1").arg(m_asked[i]));
        m_words[i]->clear();
    }
    m_stack->setCurrentIndex(1);
    m_words[0]->setFocus();
    checkProof();
}

void WelcomePage::checkProof()
{
    bool right = m_phrase != nullptr && m_phrase->wordCount() > 0;
    for (std::size_t i = 0; right && i < m_words.size(); ++i)
        right = m_phrase->isWord(m_asked[i], m_words[i]->text());
    m_done->setEnabled(right);
}

} // namespace amana::ui
