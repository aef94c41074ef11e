// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalogue/catalogue_pane.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace amana::ui {

namespace {

constexpr int kPageRows = 100;
constexpr int kMaxRows = 1000; // of one reading
constexpr int kFirstModifier = 5; // the port lists uses first: GRU, HMB, DS, POA, CC

} // namespace

CataloguePane::CataloguePane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("catalogue"), tr("Catalogue"), QStringLiteral("catalogue")}, context, parent),
      m_stack(new QStackedWidget)
{
    makeActions();
    auto *list = makeList();
    body()->addWidget(sideBySide(list, scrolled(makeDetail()), 640, 400));
    connect(&ports().events, &ports::Events::catalogueChanged, this, &Pane::reloadSoon);
    connect(&ports().events, &ports::Events::requestsChanged, this, &Pane::reloadSoon);
    showCurrent();
}

QWidget *CataloguePane::firstFocus()
{
    return m_search;
}

void CataloguePane::open(const QString &dataset)
{
    m_wanted = dataset;
    if (m_model->find(dataset) != nullptr)
        showWanted();
    else
        reload();
}

void CataloguePane::makeActions()
{
    m_request = addPaneAction(QStringLiteral("request"), tr("Ask for access"), QKeySequence(Qt::CTRL | Qt::Key_Return),
                              QStringLiteral("requests"));
    m_refresh = addPaneAction(QStringLiteral("refresh"), tr("Read the chain again"), QKeySequence(Qt::Key_F5),
                              QStringLiteral("refresh"));
    connect(m_request, &QAction::triggered, this, &CataloguePane::ask);
    connect(m_refresh, &QAction::triggered, this, [this] {
        whenDone<void>(ports().catalogue.refresh(), this, [this] { reloadSoon(); }, showFailure());
    });
}

QWidget *CataloguePane::makeList()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout;
    m_search = searchField(tr("Search the catalogue"), [this](const QString &) { reload(); });
    m_filter = new QComboBox;
    m_filter->setAccessibleName(tr("Filter by purpose"));
    m_filter->addItem(tr("Any purpose"), QString());
    const QStringList codes = ports().publish.purposes();
    for (const QString &code : codes.mid(0, kFirstModifier))
        m_filter->addItem(termText(QStringLiteral("purpose"), code), code);
    m_filter->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row->addWidget(m_search, 1);
    row->addWidget(m_filter);
    row->addWidget(buttonFor(m_refresh));
    layout->addLayout(row);
    m_model = new RowModel<ports::CatalogueRow>(
        {{tr("No."), [](const auto &r) { return r.dataset; },
          [](const auto &r) { return QVariant(r.dataset.toULongLong()); }, {}, true},
         {tr("Title"), [](const auto &r) { return r.title.isEmpty() ? tr("(single patient)") : r.title; }},
         {tr("From"), [](const auto &r) { return partyText(r.owner); }},
         {tr("People"), [](const auto &r) { return r.subjects.isEmpty() ? QStringLiteral("–") : r.subjects; }, {}, {},
          true},
         {tr("Who decides"), [](const auto &r) { return termText(QStringLiteral("custody"), r.custody); }},
         {tr("Published"), [](const auto &r) { return dateText(r.published); },
          [](const auto &r) { return QVariant(r.published); }}},
        [](const auto &r) { return r.dataset; }, this);
    m_table = new Table(tr("Catalogue"));
    m_table->setSource(m_model);
    m_table->setSortingEnabled(false); // in the order of the search; only what was scrolled to is here
    m_model->setFetch([this] { readMore(); });
    m_table->setWidths({5, 0, 14, 8, 18, 11});
    m_stack->addWidget(new EmptyState(QStringLiteral("catalogue"),
                                      tr("Nothing here yet. Published datasets that may be asked for appear in this "
                                         "list."),
                                      m_refresh));
    m_stack->addWidget(m_table);
    layout->addWidget(m_stack, 1);
    connect(m_filter, &QComboBox::activated, this, [this] { reload(); });
    connect(m_table, &Table::currentIdChanged, this, &CataloguePane::showCurrent);
    return side;
}

QWidget *CataloguePane::makeDetail()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(8, 0, 4, 0);
    auto *box = new SectionBox(tr("Dataset"));
    m_title = box->addLine(tr("Title"));
    m_owner = box->addLine(tr("From"));
    m_records = box->addLine(tr("Contents"));
    m_purposes = box->addLine(tr("Permitted"));
    m_custody = box->addLine(tr("Who decides"));
    m_price = box->addLine(tr("Price"));
    m_cid = box->addLine(tr("CID"));
    m_own = box->addLine(tr("My request"));
    layout->addWidget(box);
    layout->addWidget(makeRequestForm());
    layout->addStretch();
    return side;
}

QWidget *CataloguePane::makeRequestForm()
{
    auto *box = new SectionBox(tr("Ask for access"));
    auto *form = new QWidget;
    auto *layout = new QFormLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setRowWrapPolicy(QFormLayout::WrapAllRows);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_purpose = new QComboBox;
    m_purpose->setAccessibleName(tr("Purpose"));
    for (const QString &code : ports().publish.purposes().mid(0, kFirstModifier))
        m_purpose->addItem(termText(QStringLiteral("purpose"), code), code);
    m_purpose->setCurrentIndex(std::max(0, m_purpose->findData(QStringLiteral("DUO:0000006"))));
    m_conditions = tickList(tr("Conditions that you will meet"), 3);
    m_until = new QDateEdit(QDate::currentDate().addYears(1));
    m_until->setMinimumDate(QDate::currentDate().addDays(1));
    m_until->setCalendarPopup(true);
    m_until->setAccessibleName(tr("Until the end of"));
    m_message = new QPlainTextEdit;
    m_message->setTabChangesFocus(true);
    m_message->setAccessibleName(tr("What for (encrypted to those who decide)"));
    m_message->setPlaceholderText(tr("Study, ethics number, who will work with the data"));
    m_message->setMinimumHeight(80);
    layout->addRow(tr("Purpose"), m_purpose);
    layout->addRow(tr("Conditions that you will meet"), m_conditions);
    layout->addRow(tr("Until the end of"), m_until);
    layout->addRow(tr("What for (encrypted to those who decide)"), m_message);
    layout->addRow(buttonFor(m_request, QStringLiteral("primary")));
    box->addRow(form);
    connect(m_message, &QPlainTextEdit::textChanged, this, &CataloguePane::showCurrent);
    return box;
}

ports::CatalogueSearch CataloguePane::wanted() const
{
    return {m_search->text().trimmed(), m_filter->currentData().toString(), {}, kPageRows};
}

/// The same list read anew is as long as it was, so that who has scrolled stays there.
void CataloguePane::reload()
{
    ports::CatalogueSearch search = wanted();
    const bool same = m_shown.text == search.text && m_shown.purpose == search.purpose;
    search.count = same ? std::clamp(m_model->rowCount(), kPageRows, kMaxRows) : kPageRows;
    m_shown = search;
    m_entriesRead.wait<ports::CataloguePage>(
        ports().catalogue.entries(search), this,
        [this](ports::CataloguePage page) {
            const bool all = m_shown.text.isEmpty() && m_shown.purpose.isEmpty();
            m_stack->setCurrentIndex(page.rows.empty() && all ? 0 : 1);
            m_shown.after = page.next;
            m_model->setMore(!page.next.isEmpty());
            m_model->setRows(std::move(page.rows));
            showWanted();
            showCurrent();
        },
        showFailure());
}

void CataloguePane::readMore()
{
    ports::CatalogueSearch next = m_shown;
    next.count = kPageRows;
    m_entriesRead.wait<ports::CataloguePage>(
        ports().catalogue.entries(next), this,
        [this](ports::CataloguePage page) {
            m_shown.after = page.next;
            m_model->append(std::move(page.rows), !page.next.isEmpty());
        },
        [this, say = showFailure()](const Error &error) {
            m_model->setMore(true); // scrolling asks again
            say(error);
        });
}

/// The entry that another pane sent the user to; else the first one.
void CataloguePane::showWanted()
{
    const QString dataset = std::exchange(m_wanted, {});
    if (m_model->find(dataset) != nullptr) {
        m_table->selectId(dataset);
    } else if (dataset.isEmpty() || m_shown.text == dataset) {
        m_table->selectFirst();
    } else {
        m_wanted = dataset; // far below, or not among what is shown: its number finds it
        m_filter->setCurrentIndex(0);
        m_search->setText(dataset);
        reload();
    }
}

void CataloguePane::showCurrent()
{
    const ports::CatalogueRow *row = m_model->find(m_table->currentId());
    m_request->setEnabled(row != nullptr && !row->withdrawn && row->ownRequest.isEmpty()
                          && !m_message->toPlainText().trimmed().isEmpty());
    m_request->setToolTip(m_request->isEnabled() ? QString() : tr("Choose a dataset and say what for"));
    for (QLabel *label : {m_title, m_owner, m_records, m_purposes, m_custody, m_price, m_cid, m_own})
        label->clear();
    if (row == nullptr)
        return;
    m_title->setText(row->title.isEmpty() ? tr("(single patient)") : row->title);
    m_owner->setText(row->owner.institution.isEmpty()
                         ? partyText(row->owner)
                         : tr("%1, %2", "person, institution").arg(partyText(row->owner), row->owner.institution));
    m_records->setText(row->records.isEmpty() ? tr("Not told for a single patient")
                                              : tr("%1 records of %2 people").arg(row->records, row->subjects));
    m_purposes->setText(termsText(QStringLiteral("purpose"), row->purposes));
    showConditions(row->conditions);
    m_custody->setText(termText(QStringLiteral("custody"), row->custody));
    m_price->setText(row->price.isEmpty() ? tr("Free") : row->price);
    m_cid->setText(elidedMiddle(row->cid));
    m_cid->setToolTip(row->cid);
    m_own->setText(row->ownRequest.isEmpty() ? tr("None") : tr("No. %1").arg(row->ownRequest));
}

/// What was ticked stays ticked while the same dataset is shown.
void CataloguePane::showConditions(const QStringList &conditions)
{
    if (conditions != m_conditions->property("codes").toStringList() || m_conditions->count() == 0) {
        m_conditions->clear();
        for (const QString &code : conditions)
            addTick(m_conditions, termText(QStringLiteral("purpose"), code), code, false);
        m_conditions->setProperty("codes", conditions);
    }
    m_conditions->setVisible(!conditions.isEmpty());
    if (auto *form = qobject_cast<QFormLayout *>(m_conditions->parentWidget()->layout()))
        form->labelForField(m_conditions)->setVisible(!conditions.isEmpty());
}

void CataloguePane::ask()
{
    const ports::NewRequest spec{m_table->currentId(), m_purpose->currentData().toString(), m_until->date(),
                                 m_message->toPlainText().trimmed(), tickedIds(m_conditions)};
    m_request->setEnabled(false);
    messages().showMessage(tr("Sending the request…"), Tone::Info);
    whenDone<QString>(
        ports().requests.request(spec), this,
        [this](const QString &number) {
            m_message->clear();
            messages().showMessage(tr("Request no. %1 was sent. You see its state under Requests.").arg(number));
            reloadSoon();
        },
        [this](const Error &error) {
            messages().showError(error);
            showCurrent();
        });
}

} // namespace amana::ui
