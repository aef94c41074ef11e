// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/library_pane.h"

#include "ui/text/text_catalogue.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/format_text.h"
#include "ui/widgets/phase_bar.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"
#include "ui/widgets/text_offsets.h"

#include <QAction>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTabWidget>

namespace amana::ui {

namespace {

constexpr std::size_t kFieldsShown = 500; // a look inside, not a browser

Tone toneOf(ports::Phase phase)
{
    switch (phase) {
    case ports::Phase::Imported: return Tone::Pending;
    case ports::Phase::InReview: return Tone::Caution;
    case ports::Phase::Reviewed: return Tone::Info;
    case ports::Phase::Sealed: return Tone::Sealed;
    case ports::Phase::Published:
    case ports::Phase::Shared: return Tone::Ok;
    }
    return Tone::Plain;
}

} // namespace

LibraryPane::LibraryPane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("library"), tr("Library"), QStringLiteral("library")}, context, parent),
      m_stack(new QStackedWidget)
{
    makeActions();
    makeModels();
    m_stack->addWidget(new EmptyState(
        QStringLiteral("library"),
        tr("Your records appear here. Import files or a folder; they are copied encrypted, and the originals stay "
           "where they are, unchanged."),
        m_import, m_sample));
    m_stack->addWidget(sideBySide(makeTables(), makeDetail(), 700, 340));
    body()->addWidget(m_stack);
    connect(&ports().events, &ports::Events::libraryChanged, this, &Pane::reloadSoon);
    connect(&ports().events, &ports::Events::draftsChanged, this, &Pane::reloadSoon);
    connect(&ports().events, &ports::Events::publishedChanged, this, &Pane::reloadSoon);
    showCurrent();
}

QWidget *LibraryPane::firstFocus()
{
    return m_stack->currentIndex() == 0 ? static_cast<QWidget *>(this) : m_table;
}

void LibraryPane::makeActions()
{
    m_import = addPaneAction(QStringLiteral("import"), tr("Import…"), QKeySequence(Qt::CTRL | Qt::Key_N),
                             QStringLiteral("import"));
    m_sample = addPaneAction(QStringLiteral("sample"), tr("Try the sample"), QKeySequence(Qt::CTRL | Qt::Key_T),
                             QStringLiteral("sample"));
    m_draft = addPaneAction(QStringLiteral("draft"), tr("De-identify…"), QKeySequence(Qt::CTRL | Qt::Key_D),
                            QStringLiteral("review"));
    connect(m_import, &QAction::triggered, this, [this] { Q_EMIT goTo(QStringLiteral("import"), {}); });
    connect(m_sample, &QAction::triggered, this, [this] {
        whenDone<ports::JobId>(
            ports().library.startSampleImport(), this,
            [this](const ports::JobId &job) { Q_EMIT goTo(QStringLiteral("import"), job); }, showFailure());
    });
    connect(m_draft, &QAction::triggered, this, &LibraryPane::startDraft);
}

void LibraryPane::makeModels()
{
    m_documents = new RowModel<ports::DocumentRow>(
        {{tr("Record"), [](const auto &r) { return r.name; }},
         {tr("Person"), [](const auto &r) { return r.subject.isEmpty() ? QStringLiteral("–") : r.subject; }},
         {tr("Format"), [](const auto &r) { return termText(QStringLiteral("format"), r.format); }},
         {tr("Size"), [](const auto &r) { return bytesText(r.bytes); },
          [](const auto &r) { return QVariant(r.bytes); }, {}, true},
         {tr("Imported"), [](const auto &r) { return dateText(r.imported); },
          [](const auto &r) { return QVariant(r.imported); }},
         {tr("Phase"), [](const auto &r) { return phaseText(r.phase); },
          [](const auto &r) { return QVariant(int(r.phase)); },
          [](const auto &r) { return StateWords{phaseText(r.phase), toneOf(r.phase), {}}; }}},
        [](const auto &r) { return r.id; }, this);
    m_quarantined = new RowModel<ports::QuarantineRow>(
        {{tr("File"), [](const auto &r) { return r.file; }},
         {tr("Place"), [](const auto &r) { return r.place; }},
         {tr("Reason"), [](const auto &r) { return TextCatalogue::current().error(r.reason).title; }},
         {tr("What to do"), [](const auto &r) { return TextCatalogue::current().error(r.reason).next; }}},
        [](const auto &r) { return r.id; }, this);
    m_fields = new RowModel<records::Field>(
        {{tr("Field"), [](const auto &f) { return fromUtf8(f.element.empty() ? f.path : f.element); }},
         {tr("Value"), [](const auto &f) { return fromUtf8(f.text).simplified().left(200); }}},
        [](const auto &f) { return fromUtf8(f.path); }, this);
}

QWidget *LibraryPane::makeTables()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout;
    m_table = new Table(tr("Records"));
    m_search = searchField(tr("Search records"), [this](const QString &text) {
        m_table->setFilterText(text);
        showCount();
    });
    m_count = new QLabel;
    row->addWidget(m_search, 1);
    row->addWidget(m_count);
    row->addWidget(buttonFor(m_import, QStringLiteral("primary")));
    layout->addLayout(row);
    m_table->setSource(m_documents);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setWidths({0, 15, 16, 9, 9, 11});
    m_quarantineTable = new Table(tr("Quarantined files"));
    m_quarantineTable->setSource(m_quarantined);
    m_quarantineTable->setWidths({28, 14, 30, 0});
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_table, tr("Records"));
    m_tabs->addTab(m_quarantineTable, tr("Quarantine"));
    layout->addWidget(m_tabs, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LibraryPane::showCurrent);
    connect(m_table, &Table::currentIdChanged, this, &LibraryPane::showCurrent);
    return side;
}

QWidget *LibraryPane::makeDetail()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(8, 0, 0, 0);
    m_phase = new PhaseBar;
    auto *box = new SectionBox(tr("Record"));
    m_format = box->addLine(tr("Format"));
    m_subject = box->addLine(tr("Person"));
    m_dataset = box->addLine(tr("Dataset"));
    m_fieldTable = new Table(tr("Fields of the record"));
    m_fieldTable->setSource(m_fields);
    m_fieldTable->setWidths({20, 0});
    layout->addWidget(m_phase);
    layout->addWidget(box);
    layout->addWidget(m_fieldTable, 1);
    layout->addWidget(makeDraftForm());
    return side;
}

QWidget *LibraryPane::makeDraftForm()
{
    auto *box = new SectionBox(tr("Make a dataset"));
    auto *form = new QWidget;
    auto *layout = new QFormLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setRowWrapPolicy(QFormLayout::DontWrapRows);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_title = new QLineEdit;
    m_title->setAccessibleName(tr("Title of the dataset"));
    m_title->setPlaceholderText(tr("No names, please"));
    m_policy = new QComboBox;
    m_policy->setAccessibleName(tr("De-identification policy"));
    layout->addRow(tr("Title"), m_title);
    connect(m_policy, &QComboBox::currentIndexChanged, this, &LibraryPane::showPolicyNote);
    layout->addRow(tr("Policy"), m_policy);
    box->addRow(form);
    m_policyNote = box->addText();
    m_policyNote->hide();
    box->addRow(buttonFor(m_draft, QStringLiteral("primary")));
    connect(m_title, &QLineEdit::textChanged, this, &LibraryPane::showCurrent);
    return box;
}

void LibraryPane::reload()
{
    m_documentsRead.wait<std::vector<ports::DocumentRow>>(
        ports().library.documents(), this,
        [this](std::vector<ports::DocumentRow> rows) {
            m_documents->setRows(std::move(rows));
            m_table->selectFirst();
            showStack();
        },
        showFailure());
    m_quarantineRead.wait<std::vector<ports::QuarantineRow>>(
        ports().library.quarantined(), this,
        [this](std::vector<ports::QuarantineRow> rows) {
            m_tabs->setTabText(1, rows.empty() ? tr("Quarantine") : tr("Quarantine (%1)").arg(rows.size()));
            m_quarantined->setRows(std::move(rows));
            showStack();
        },
        showFailure());
    whenDone<std::vector<ports::PolicyInfo>>(
        ports().library.policies(), this,
        [this](std::vector<ports::PolicyInfo> policies) { showPolicies(std::move(policies)); }, showFailure());
}

/// Files in the folder of own policies come and go; the choice stays.
void LibraryPane::showPolicies(std::vector<ports::PolicyInfo> policies)
{
    const QString chosen = m_policy->count() == 0 ? QStringLiteral("longitudinal") : m_policy->currentData().toString();
    m_policies = std::move(policies);
    m_policy->clear();
    for (const ports::PolicyInfo &policy : m_policies) {
        const QString name = termText(QStringLiteral("policy"), policy.id);
        m_policy->addItem(policy.base.isEmpty() ? name : tr("%1 (own)", "a policy of the user").arg(name), policy.id);
        if (!policy.problem)
            continue;
        const ErrorText words = TextCatalogue::current().error(*policy.problem);
        auto *items = qobject_cast<QStandardItemModel *>(m_policy->model());
        items->item(m_policy->count() - 1)->setEnabled(false);
        m_policy->setItemData(m_policy->count() - 1, words.title + QStringLiteral(". ") + words.meaning, Qt::ToolTipRole);
    }
    m_policy->setCurrentIndex(std::max(0, m_policy->findData(chosen)));
    showPolicyNote();
}

void LibraryPane::showPolicyNote()
{
    const int index = m_policy->currentIndex();
    const ports::PolicyInfo policy =
        index >= 0 && index < int(m_policies.size()) ? m_policies[std::size_t(index)] : ports::PolicyInfo{};
    m_policyNote->setVisible(!policy.weaker.isEmpty());
    m_policyNote->setText(policyWarning(policy.base, policy.weaker));
}

void LibraryPane::showStack()
{
    m_stack->setCurrentIndex(m_documents->rows().empty() && m_quarantined->rows().empty() ? 0 : 1);
    showCount();
    showCurrent();
}

void LibraryPane::showCount()
{
    m_count->setText(tr("%1 of %2", "rows shown, rows in all")
                         .arg(QLocale().toString(m_table->shownRows()),
                              QLocale().toString(qlonglong(m_documents->rows().size()))));
}

void LibraryPane::showCurrent()
{
    const int chosen = int(m_table->selectedIds().size());
    m_draft->setText(chosen == 0 ? tr("De-identify…") : tr("De-identify %n record(s)", nullptr, chosen));
    m_draft->setEnabled(chosen > 0 && !m_title->text().trimmed().isEmpty());
    m_draft->setToolTip(m_draft->isEnabled() ? QString() : tr("Choose records and give the dataset a title"));
    const ports::DocumentRow *row = m_documents->find(m_table->currentId());
    if (row == nullptr) {
        m_fieldsRead.drop();
        m_fields->setRows({});
        return;
    }
    m_phase->setPhase(row->phase);
    m_format->setText(termText(QStringLiteral("format"), row->format));
    m_subject->setText(row->subject.isEmpty() ? tr("Nobody in particular") : row->subject);
    m_dataset->setText(row->dataset.isEmpty() ? tr("None yet") : row->dataset);
    m_fieldsRead.wait<std::vector<records::Field>>(
        ports().library.fields(row->id), this,
        [this](std::vector<records::Field> fields) {
            if (fields.size() > kFieldsShown)
                fields.resize(kFieldsShown);
            m_fields->setRows(std::move(fields));
        },
        showFailure());
}

void LibraryPane::startDraft()
{
    const ports::NewDraft spec{m_title->text().trimmed(), m_policy->currentData().toString(), m_table->selectedIds()};
    whenDone<ports::JobId>(
        ports().library.startDraft(spec), this,
        [this](const ports::JobId &) {
            m_title->clear();
            messages().showMessage(tr("De-identification has started. What it proposes appears under Review."),
                                   Tone::Info);
            Q_EMIT goTo(QStringLiteral("review"), {});
        },
        showFailure());
}

} // namespace amana::ui
