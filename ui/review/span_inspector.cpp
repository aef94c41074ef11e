// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/span_inspector.h"

#include "ui/review/span_model.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/text_offsets.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>

namespace amana::ui {

namespace {

constexpr int kLongest = 160;

QString shortened(const QString &text)
{
    return text.size() > kLongest ? text.left(kLongest) + QStringLiteral("…") : text;
}

} // namespace

SpanInspector::SpanInspector(QWidget *parent)
    : QWidget(parent), m_original(valueLabel()), m_replacement(valueLabel()), m_type(valueLabel()),
      m_reason(valueLabel()), m_confidence(valueLabel()), m_same(valueLabel()), m_state(new Chip),
      m_addType(new QComboBox)
{
    m_form = new QFormLayout(this);
    QFormLayout *form = m_form;
    form->setContentsMargins(0, 8, 0, 8);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(m_state);
    form->addRow(tr("Text"), m_original);
    form->addRow(tr("Becomes"), m_replacement);
    form->addRow(tr("Type"), m_type);
    form->addRow(tr("Found by"), m_reason);
    form->addRow(tr("Sure"), m_confidence);
    form->addRow(tr("Same text"), m_same);
    for (const QString &type : addTypes())
        m_addType->addItem(termText(QStringLiteral("type"), type), type);
    m_addType->setAccessibleName(tr("Type for marks added by hand"));
    m_addType->setToolTip(tr("Type for marks added by hand (keys 1 to 9)"));
    form->addRow(tr("Add as"), m_addType);
}

QStringList SpanInspector::addTypes()
{
    return {QStringLiteral("NAME"), QStringLiteral("DATE"), QStringLiteral("AGE"), QStringLiteral("LOCATION"),
            QStringLiteral("HOSPITAL"), QStringLiteral("ORG"), QStringLiteral("PROFESSION"), QStringLiteral("ID"),
            QStringLiteral("PHONE"), QStringLiteral("EMAIL"), QStringLiteral("URL"), QStringLiteral("OTHER")};
}

QString SpanInspector::addType() const
{
    return m_addType->currentData().toString();
}

void SpanInspector::setAddType(int index)
{
    m_addType->setCurrentIndex(index);
}

void SpanInspector::show(const ReviewSession &session)
{
    const ReviewItem *item = session.currentItem();
    const ports::ReviewSpan *span = item != nullptr ? session.spanOf(*item) : nullptr;
    for (QLabel *label : {m_original, m_replacement, m_type, m_reason, m_confidence, m_same})
        label->clear();
    m_confidence->setToolTip({});
    m_state->setVisible(item != nullptr);
    for (QLabel *label : {m_replacement, m_reason, m_confidence, m_same})
        m_form->setRowVisible(label, span != nullptr);
    if (span != nullptr) {
        showSpan(*span, session.textOf(*item));
    } else if (item != nullptr && session.sampleOf(*item) != nullptr) {
        m_state->set(tr("Look here"), Tone::Info, QStringLiteral("search"));
        m_original->setText(shortened(session.textOf(*item)));
        m_type->setText(tr("Unmarked text: is anything left that names a person?"));
    }
}

void SpanInspector::showSpan(const ports::ReviewSpan &span, const QString &text)
{
    const StateWords words = decisionWords(span.edit.decision);
    m_state->set(words.text, words.tone, words.icon);
    m_original->setText(shortened(text));
    const bool removed = span.edit.action == records::EditAction::Remove;
    m_replacement->setText(removed ? tr("(removed)") : shortened(fromUtf8(span.edit.replacement)));
    m_type->setText(typeText(span));
    m_reason->setText(span.edit.reason == "model" ? tr("the model") : fromUtf8(span.edit.reason));
    m_confidence->setText(confidenceText(span.edit.confidence));
    m_confidence->setToolTip(QLocale().toString(span.edit.confidence, 'f', 2));
    m_same->setText(tr("%n place(s) in this dataset", nullptr, span.sameText));
}

} // namespace amana::ui
