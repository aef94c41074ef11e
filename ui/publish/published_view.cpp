// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/published_view.h"

#include "ui/widgets/chip.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QLabel>

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

} // namespace

PublishedView::PublishedView(QWidget *parent)
    : QWidget(parent), m_table(new Table(tr("Published datasets"))), m_stored(new Chip), m_found(new Chip),
      m_kept(new Chip)
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
    auto *chips = new QWidget;
    auto *row = new QHBoxLayout(chips);
    row->setContentsMargins(0, 4, 0, 4);
    for (Chip *chip : {m_stored, m_found, m_kept})
        row->addWidget(chip);
    row->addStretch();
    box->addRow(chips);
    m_cid = box->addLine(tr("CID"));
    m_transaction = box->addLine(tr("Transaction"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(m_table, 1);
    layout->addWidget(box);
    connect(m_table, &Table::currentIdChanged, this, &PublishedView::showCurrent);
    showCurrent();
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
    for (Chip *chip : {m_stored, m_found, m_kept})
        chip->setVisible(row != nullptr);
    m_cid->setText(row != nullptr ? row->cid : QString());
    m_transaction->setText(row != nullptr ? row->transaction : QString());
    if (row == nullptr)
        return;
    showTruth(m_stored, row->storedHere, tr("Stored on this computer"), tr("Not stored here"));
    showTruth(m_found, row->foundByOthers, tr("Found by another node"), tr("Not found by others yet"));
    showTruth(m_kept, row->keptByOthers, tr("Kept by others"), tr("Not kept by others yet"));
}

} // namespace amana::ui
