// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/audit_pane.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/table.h"

#include <QAction>

namespace amana::ui {

AuditPane::AuditPane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("audit"), tr("Audit"), QStringLiteral("audit")}, context, parent),
      m_table(new Table(tr("What happened")))
{
    m_search = searchField(tr("Search people, datasets, numbers"), [this](const QString &) { reload(); });
    m_model = new RowModel<ports::AuditRow>(
        {{tr("When"), [](const auto &r) { return dateTimeText(r.when); }, [](const auto &r) { return QVariant(r.when); }},
         {tr("What"), [](const auto &r) { return termText(QStringLiteral("event"), r.kind); }},
         {tr("Who"), [](const auto &r) { return partyText(r.who); }},
         {tr("Dataset"),
          [](const auto &r) {
              if (r.dataset.isEmpty())
                  return QString();
              return datasetText(r.datasetTitle, r.dataset);
          }},
         {tr("Request"), [](const auto &r) { return r.request; },
          [](const auto &r) { return QVariant(r.request.toULongLong()); }, {}, true},
         {tr("Block"), [](const auto &r) { return QLocale().toString(qulonglong(r.block)); },
          [](const auto &r) { return QVariant(qulonglong(r.block)); }, {}, true},
         {tr("Transaction"), [](const auto &r) { return elidedMiddle(r.transaction, 8); }}},
        [](const auto &r) { return r.transaction + r.kind + r.request + r.dataset + r.who.address; }, this);
    m_table->setSource(m_model);
    m_table->setWidths({22, 24, 16, 0, 8, 8, 20});
    QAction *refresh = addPaneAction(QStringLiteral("refresh"), tr("Read again"), QKeySequence(Qt::Key_F5),
                                     QStringLiteral("refresh"));
    connect(refresh, &QAction::triggered, this, [this] { reload(); });
    body()->addWidget(m_search);
    body()->addWidget(m_table, 1);
    connect(&ports().events, &ports::Events::auditChanged, this, &Pane::reloadSoon);
}

QWidget *AuditPane::firstFocus()
{
    return m_search;
}

void AuditPane::reload()
{
    m_read.wait<std::vector<ports::AuditRow>>(
        ports().audit.rows(m_search->text().trimmed()), this,
        [this](std::vector<ports::AuditRow> rows) { m_model->setRows(std::move(rows)); }, showFailure());
}

} // namespace amana::ui
