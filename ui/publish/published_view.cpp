// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/published_view.h"

#include "ui/text/text_catalogue.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace amana::ui {

namespace {

void showTruth(Chip *chip, ports::Truth truth, const QString &yes, const QString &no)
{
    switch (truth) {
    case ports::Truth::Proved: chip->set(yes, Tone::Ok, QStringLiteral("check")); return;
    case ports::Truth::NotProved: chip->set(no, Tone::Caution, QStringLiteral("clock")); return;
    case ports::Truth::OnlyThisComputer:
        chip->set(PublishedView::tr("Only on this computer"), Tone::Pending, QStringLiteral("info"));
        return;
    }
}

/// "university: 2 of 3 copies, 23 Nov 10:44"
QString keepingText(const ports::Keeping &keeping)
{
    QString text = PublishedView::tr("%1: %2 of %3 copies", "who keeps them, how many, of how many")
                       .arg(keeping.place, QLocale().toString(keeping.kept), QLocale().toString(keeping.wanted));
    if (keeping.checked.isValid())
        text += QStringLiteral(", ") + dateTimeText(keeping.checked);
    if (keeping.problem)
        text += QStringLiteral(" · ") + TextCatalogue::current().error(*keeping.problem).title;
    return text;
}

} // namespace

PublishedView::PublishedView(QWidget *parent)
    : QWidget(parent), m_table(new Table(tr("Published datasets"))), m_stored(new Chip), m_found(new Chip),
      m_kept(new Chip), m_foundText(valueLabel()), m_keptText(valueLabel()), m_keep(new QPushButton(tr("Check and send again")))
{
    m_model = new RowModel<ports::PublishedRow>(
        {{tr("No."), [](const auto &r) { return r.dataset; },
          [](const auto &r) { return QVariant(r.dataset.toULongLong()); }, {}, true},
         {tr("Title"), [](const auto &r) { return datasetText(r.title, r.dataset); }},
         {tr("Published"), [](const auto &r) { return dateTimeText(r.when); },
          [](const auto &r) { return QVariant(r.when); }},
         {tr("Requests open"), [](const auto &r) { return QLocale().toString(r.openRequests); },
          [](const auto &r) { return QVariant(r.openRequests); }, {}, true},
         {tr("Can open"), [](const auto &r) { return QLocale().toString(r.grants); },
          [](const auto &r) { return QVariant(r.grants); }, {}, true},
         {tr("State"), [](const auto &r) { return r.withdrawn ? tr("Withdrawn") : tr("Published"); }, {},
          [](const auto &r) {
              return r.withdrawn ? StateWords{tr("Withdrawn"), Tone::Pending, QStringLiteral("stop")}
                                 : StateWords{tr("Published"), Tone::Ok, QStringLiteral("check")};
          }}},
        [](const auto &r) { return r.dataset; }, this);
    m_table->setSource(m_model);
    m_table->setWidths({6, 0, 22, 14, 10, 14});
    auto *box = new SectionBox(tr("Three truths"));
    box->addRow(makeTruths());
    m_cid = box->addLine(tr("CID"));
    m_transaction = box->addLine(tr("Transaction"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(m_table, 1);
    layout->addWidget(box);
    connect(m_table, &Table::currentIdChanged, this, &PublishedView::showCurrent);
    showCurrent();
}

QWidget *PublishedView::makeTruths()
{
    auto *truths = new QWidget;
    auto *grid = new QGridLayout(truths);
    grid->setContentsMargins(0, 4, 0, 4);
    grid->setColumnStretch(1, 1);
    const std::pair<Chip *, QLabel *> rows[] = {{m_stored, nullptr}, {m_found, m_foundText}, {m_kept, m_keptText}};
    for (int row = 0; row < 3; ++row) {
        grid->addWidget(rows[row].first, row, 0, Qt::AlignLeft | Qt::AlignTop);
        if (rows[row].second != nullptr)
            grid->addWidget(rows[row].second, row, 1);
    }
    grid->addWidget(m_keep, 3, 0, Qt::AlignLeft);
    m_keep->setToolTip(tr("Asks everybody who keeps copies, and gives what is missing"));
    connect(m_keep, &QPushButton::clicked, this, [this] { Q_EMIT keepWanted(m_table->currentId()); });
    return truths;
}

void PublishedView::setRows(std::vector<ports::PublishedRow> rows)
{
    m_model->setRows(std::move(rows));
    m_table->selectFirst();
    showCurrent();
}

void PublishedView::showCurrent()
{
    const ports::PublishedRow *row = m_model->find(m_table->currentId());
    for (QWidget *part : {static_cast<QWidget *>(m_stored), static_cast<QWidget *>(m_found), static_cast<QWidget *>(m_kept),
                          static_cast<QWidget *>(m_foundText), static_cast<QWidget *>(m_keptText), static_cast<QWidget *>(m_keep)})
        part->setVisible(row != nullptr);
    m_cid->setText(row != nullptr ? row->cid : QString());
    m_transaction->setText(row != nullptr ? row->transaction : QString());
    if (row != nullptr)
        showTruths(*row);
}

void PublishedView::showTruths(const ports::PublishedRow &row)
{
    const bool alone = row.keptByOthers == ports::Truth::OnlyThisComputer;
    showTruth(m_stored, row.storedHere, tr("Stored on this computer"), tr("Not stored here"));
    showTruth(m_found, row.foundByOthers, tr("Found by another node"), tr("Not found by others yet"));
    showTruth(m_kept, row.keptByOthers, tr("Kept by others"), tr("Not kept by others yet"));
    m_keep->setVisible(!alone);
    QString found;
    if (row.foundByOthers == ports::Truth::Proved)
        found = tr("%1, %2", "who found it, when").arg(row.foundBy, dateTimeText(row.foundAt));
    else if (row.foundByOthers == ports::Truth::NotProved)
        found = tr("It can take minutes until other nodes know of it.");
    m_foundText->setText(found);
    QStringList kept;
    for (const ports::Keeping &keeping : row.keeping)
        kept << keepingText(keeping);
    m_keptText->setText(kept.join(QLatin1Char('\n')));
}

} // namespace amana::ui
