// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/requests/emergency_view.h"

#include "ui/widgets/format_text.h"
#include "ui/widgets/korean_break.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"

#include <QLabel>
#include <QVBoxLayout>

namespace amana::ui {

namespace {

StateWords wordsOf(const QString &state)
{
    const QString text = termText(QStringLiteral("emergency"), state);
    if (state == QLatin1String("open"))
        return {text, Tone::Danger, QStringLiteral("warning")};
    if (state == QLatin1String("reviewDue"))
        return {text, Tone::Caution, QStringLiteral("clock")};
    if (state == QLatin1String("justified"))
        return {text, Tone::Ok, QStringLiteral("check")};
    return {text, Tone::Danger, QStringLiteral("problem")};
}

} // namespace

EmergencyView::EmergencyView(QWidget *parent) : QWidget(parent)
{
    m_model = new RowModel<ports::EmergencyRow>(
        {{tr("Who"), [](const auto &r) { return partyText(r.who); }},
         {tr("Dataset"), [](const auto &r) { return datasetText(r.datasetTitle, r.dataset); }},
         {tr("Until"), [](const auto &r) { return dateTimeText(r.until); },
          [](const auto &r) { return QVariant(r.until); }},
         {tr("State"), [](const auto &r) { return wordsOf(r.state).text; }, {}, [](const auto &r) { return wordsOf(r.state); }},
         {tr("Reason"), [](const auto &r) { return r.reason.isEmpty() ? QStringLiteral("–") : r.reason; }}},
        [](const auto &r) { return r.id; }, this);
    m_table = new Table(tr("Emergencies"));
    m_table->setSource(m_model);
    m_table->setWidths({16, 14, 15, 15, 0});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
}

EmergencyMeaning::EmergencyMeaning(QWidget *parent) : QWidget(parent)
{
    auto *box = new SectionBox(tr("Emergency access"));
    for (const QString &text :
         {tr("A member with the emergency role may be served a dataset that permits it for 24 hours, without a "
             "custodian's yes. Everybody who decides on the dataset, and every auditor, is told here."),
          tr("The contract gives no key. Somebody who holds the keys, a custodian or the institution that published the "
             "dataset, hands them over with “amana emergency-keys”. Who received keys can open those data for ever."),
          tr("An auditor, and never the person who declared it, must review each emergency with “amana "
             "review-emergency”. A fifth one is refused while four wait for their review.")})
        box->addText(breakAtSpaces(text));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 4, 0);
    layout->addWidget(box);
    layout->addStretch();
}

} // namespace amana::ui
