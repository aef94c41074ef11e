// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/publish_pane.h"

#include "ui/publish/consequences_view.h"
#include "ui/publish/published_view.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/format_text.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabWidget>

namespace amana::ui {

namespace {

constexpr int kPreviewDelayMs = 250;

} // namespace

PublishPane::PublishPane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("publish"), tr("Publish"), QStringLiteral("publish"), true}, context, parent),
      m_tabs(new QTabWidget), m_published(new PublishedView)
{
    m_publish = addPaneAction(QStringLiteral("publish"), tr("Seal and publish"), QKeySequence(Qt::CTRL | Qt::Key_Return),
                              QStringLiteral("sealed"));
    m_publish->setEnabled(false);
    connect(m_publish, &QAction::triggered, this, &PublishPane::start);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeNew(), tr("New"));
    m_tabs->addTab(m_published, tr("Published"));
    body()->addWidget(m_tabs);
    connect(m_published, &PublishedView::keepWanted, this, &PublishPane::keep);
    for (QTimer *timer : {&m_previewTimer, &m_armTimer})
        timer->setSingleShot(true);
    m_previewTimer.setInterval(kPreviewDelayMs);
    m_armTimer.setInterval(kArmDelayMs);
    connect(&m_previewTimer, &QTimer::timeout, this, &PublishPane::askPreview);
    connect(&m_armTimer, &QTimer::timeout, this, [this] {
        m_publish->setEnabled(true);
        m_hint->clear();
    });
    connect(&ports().events, &ports::Events::draftsChanged, this, &Pane::reloadSoon);
    connect(&ports().events, &ports::Events::publishedChanged, this, &Pane::reloadSoon);
    connect(&ports().events, &ports::Events::membersChanged, this, &Pane::reloadSoon);
}

QWidget *PublishPane::firstFocus()
{
    return m_stack->currentIndex() == 0 ? static_cast<QWidget *>(m_tabs) : m_draft;
}

void PublishPane::open(const QString &draft)
{
    m_tabs->setCurrentIndex(0);
    m_wanted = draft;
    reloadSoon();
}

QWidget *PublishPane::makeNew()
{
    m_stack = new QStackedWidget;
    auto *toReview = new QAction(tr("Go to Review"), this);
    connect(toReview, &QAction::triggered, this, [this] { Q_EMIT goTo(QStringLiteral("review"), {}); });
    m_stack->addWidget(new EmptyState(QStringLiteral("publish"),
                                      tr("No dataset is ready. Finish a review first; then you see here what would go "
                                         "out, to whom, and what cannot be undone."),
                                      toReview));
    m_consequences = new ConsequencesView;
    auto *right = new QWidget;
    auto *layout = new QVBoxLayout(right);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->addWidget(scrolled(m_consequences), 1);
    auto *row = new QHBoxLayout;
    m_hint = hintLabel({});
    m_button = buttonFor(m_publish, QStringLiteral("primary"));
    row->addWidget(m_hint, 1);
    row->addWidget(m_button);
    layout->addLayout(row);
    m_stack->addWidget(sideBySide(scrolled(makeForm()), right, 430, 600));
    return m_stack;
}

QWidget *PublishPane::makeForm()
{
    auto *form = new QWidget;
    auto *layout = new QFormLayout(form);
    layout->setContentsMargins(0, 8, 8, 0);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_draft = new QComboBox;
    m_title = new QLineEdit;
    m_keywords = new QLineEdit;
    m_keywords->setPlaceholderText(tr("Separated by commas"));
    m_custodians = tickList(tr("Who decides on requests"), 4);
    m_threshold = new QSpinBox;
    m_threshold->setMinimum(1);
    m_purposes = tickList(tr("Purposes that may be named"), 8);
    for (const QString &code : ports().publish.purposes())
        addTick(m_purposes, termText(QStringLiteral("purpose"), code), code, code == QLatin1String("DUO:0000006"));
    layout->addRow(tr("Reviewed dataset"), m_draft);
    layout->addRow(tr("Public title"), m_title);
    layout->addRow(tr("Keywords"), m_keywords);
    layout->addRow(tr("Who decides on requests"), m_custodians);
    layout->addRow(tr("How many must agree"), m_threshold);
    layout->addRow(tr("Purposes that may be named"), m_purposes);
    addSale(layout);
    const std::pair<QWidget *, QString> names[] = {{m_draft, tr("Reviewed dataset")}, {m_title, tr("Public title")},
                                                   {m_keywords, tr("Keywords")},
                                                   {m_threshold, tr("How many must agree")}};
    for (const auto &[widget, name] : names)
        widget->setAccessibleName(name);
    connect(m_draft, &QComboBox::activated, this, &PublishPane::draftChosen);
    connect(m_title, &QLineEdit::textChanged, this, &PublishPane::changed);
    connect(m_keywords, &QLineEdit::textChanged, this, &PublishPane::changed);
    connect(m_custodians, &QListWidget::itemChanged, this, &PublishPane::changed);
    connect(m_threshold, &QSpinBox::valueChanged, this, &PublishPane::changed);
    connect(m_purposes, &QListWidget::itemChanged, this, &PublishPane::changed);
    return form;
}

void PublishPane::addSale(QFormLayout *layout)
{
    m_price = new QLineEdit;
    m_price->setPlaceholderText(tr("Free, or for example 5 AMC"));
    m_arbiter = new QComboBox;
    m_emergency = new QCheckBox(tr("Permit emergency access (24 hours, reviewed afterwards)"));
    layout->addRow(tr("Price of one request"), m_price);
    layout->addRow(tr("Who decides disputes about money"), m_arbiter);
    layout->addRow(m_emergency);
    m_price->setAccessibleName(tr("Price of one request"));
    m_arbiter->setAccessibleName(tr("Who decides disputes about money"));
    m_arbiter->setEnabled(false);
    connect(m_price, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_arbiter->setEnabled(!text.trimmed().isEmpty()); // what is free has nothing to dispute
        changed();
    });
    connect(m_arbiter, &QComboBox::activated, this, &PublishPane::changed);
    connect(m_emergency, &QCheckBox::toggled, this, &PublishPane::changed);
}

void PublishPane::showArbiters()
{
    const QString before = m_arbiter->currentData().toString();
    const QSignalBlocker quiet(m_arbiter);
    m_arbiter->clear();
    m_arbiter->addItem(tr("Nobody yet"), QString());
    for (const ports::CustodianChoice &choice : m_choices)
        if (choice.hasKey) // the reason of a dispute is sealed to them
            m_arbiter->addItem(choice.id == QLatin1String("institution") ? tr("My institution") : partyText(choice.party),
                               choice.id);
    m_arbiter->setCurrentIndex(std::max(0, m_arbiter->findData(before)));
}

void PublishPane::reload()
{
    m_draftsRead.wait<std::vector<ports::DraftRow>>(
        ports().review.drafts(), this,
        [this](const std::vector<ports::DraftRow> &drafts) { showDrafts(drafts); }, showFailure());
    m_publishedRead.wait<std::vector<ports::PublishedRow>>(
        ports().publish.published(), this,
        [this](std::vector<ports::PublishedRow> rows) { m_published->setRows(std::move(rows)); }, showFailure());
    m_custodiansRead.wait<std::vector<ports::CustodianChoice>>(
        ports().publish.custodianChoices(), this,
        [this](const std::vector<ports::CustodianChoice> &choices) { showCustodians(choices); }, showFailure());
}

void PublishPane::showDrafts(const std::vector<ports::DraftRow> &drafts)
{
    const QString before = m_wanted.isEmpty() ? m_draft->currentData().toString() : m_wanted;
    const QSignalBlocker quiet(m_draft);
    m_draft->clear();
    for (const ports::DraftRow &draft : drafts) {
        if (draft.state == ports::DraftState::Finished)
            m_draft->addItem(draft.title, draft.id);
    }
    setBadge(m_draft->count());
    m_stack->setCurrentIndex(m_draft->count() == 0 ? 0 : 1);
    const int at = m_draft->findData(before);
    m_draft->setCurrentIndex(std::max(0, at));
    if (at < 0 || !m_wanted.isEmpty())
        draftChosen();
    m_wanted.clear();
}

void PublishPane::draftChosen()
{
    m_title->setText(m_draft->currentText());
    changed();
}

void PublishPane::showCustodians(const std::vector<ports::CustodianChoice> &choices)
{
    const QStringList before = tickedIds(m_custodians);
    {
        const QSignalBlocker quiet(m_custodians);
        m_custodians->clear();
        for (const ports::CustodianChoice &choice : choices) {
            const QString name = choice.id == QLatin1String("institution") ? tr("My institution") : partyText(choice.party);
            addTick(m_custodians, choice.hasKey ? name : tr("%1 (no key yet)").arg(name), choice.id,
                    before.contains(choice.id));
        }
    }
    m_choices = choices;
    showArbiters();
    changed();
}

ports::PublishSpec PublishPane::spec() const
{
    ports::PublishSpec spec;
    spec.draft = m_draft->currentData().toString();
    spec.title = m_title->text().trimmed();
    for (const QString &word : m_keywords->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
        spec.keywords << word.trimmed();
    spec.custodians = tickedIds(m_custodians);
    spec.threshold = m_threshold->value();
    spec.purposes = tickedIds(m_purposes);
    spec.price = m_price->text().trimmed();
    if (!spec.price.isEmpty())
        spec.arbiter = m_arbiter->currentData().toString();
    spec.emergencyAccess = m_emergency->isChecked();
    return spec;
}

void PublishPane::changed()
{
    m_publish->setEnabled(false);
    m_armTimer.stop();
    m_previewRead.drop();
    const auto custodians = int(tickedIds(m_custodians).size());
    m_threshold->setMaximum(std::max(1, custodians));
    m_threshold->setEnabled(custodians > 1);
    if (spec().draft.isEmpty())
        return;
    if (custodians == 0 || spec().title.isEmpty() || spec().purposes.isEmpty()) {
        m_previewTimer.stop();
        m_hint->setText(tr("Give a title, and choose at least one custodian and one purpose."));
        return;
    }
    m_hint->setText(tr("Working out the consequences…"));
    m_previewTimer.start();
}

void PublishPane::askPreview()
{
    m_previewRead.wait<ports::PublishPreview>(
        ports().publish.preview(spec()), this,
        [this](const ports::PublishPreview &preview) { showPreview(preview); },
        [this](const Error &error) {
            m_consequences->clear();
            m_hint->clear();
            messages().showError(error);
        });
}

void PublishPane::showPreview(const ports::PublishPreview &preview)
{
    m_consequences->show(preview);
    m_publish->setText(tr("Seal and publish %n record(s)", nullptr, preview.documents));
    if (!preview.problems.empty()) {
        m_hint->setText(tr("Not possible yet: see the reasons above."));
        return;
    }
    m_hint->setText(tr("Please read the consequences. The button is ready in 3 seconds."));
    m_armTimer.start();
}

void PublishPane::keep(const QString &dataset)
{
    whenDone<ports::JobId>(
        ports().publish.keep(dataset), this,
        [this](const ports::JobId &) {
            messages().showMessage(tr("Everybody who keeps copies is asked. Jobs shows how far it is."), Tone::Info);
        },
        showFailure());
}

void PublishPane::start()
{
    m_publish->setEnabled(false);
    whenDone<ports::JobId>(
        ports().publish.start(spec()), this,
        [this](const ports::JobId &) {
            messages().showMessage(
                tr("Publishing has started. It continues in the background; Jobs shows how far it is."), Tone::Info);
            m_tabs->setCurrentIndex(1);
        },
        showFailure());
}

} // namespace amana::ui
