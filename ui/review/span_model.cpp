// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/span_model.h"

#include "ui/widgets/text_offsets.h"

namespace amana::ui {

namespace {

constexpr double kLow = 0.6;
constexpr double kHigh = 0.9;
constexpr int kShown = 80;

QString oneLine(QString text)
{
    text = text.simplified();
    return text.size() > kShown ? text.left(kShown) + QStringLiteral("…") : text;
}

} // namespace

StateWords decisionWords(records::Decision decision)
{
    switch (decision) {
    case records::Decision::Proposed: return {termText(QStringLiteral("decision"), QStringLiteral("proposed")),
                                              Tone::Caution, QStringLiteral("clock")};
    case records::Decision::Accepted: return {termText(QStringLiteral("decision"), QStringLiteral("accepted")),
                                              Tone::Ok, QStringLiteral("check")};
    case records::Decision::Rejected: return {termText(QStringLiteral("decision"), QStringLiteral("rejected")),
                                              Tone::Pending, QStringLiteral("cross")};
    case records::Decision::Added: return {termText(QStringLiteral("decision"), QStringLiteral("added")),
                                           Tone::Sealed, QStringLiteral("hand")};
    }
    return {};
}

QString confidenceText(double confidence)
{
    if (confidence < kLow)
        return SpanModel::tr("low confidence");
    return confidence < kHigh ? SpanModel::tr("medium confidence") : SpanModel::tr("high confidence");
}

QString typeText(const ports::ReviewSpan &span)
{
    const QString type = termText(QStringLiteral("type"), fromUtf8(span.edit.type));
    if (span.edit.role.empty())
        return type;
    //: of a name that was found: what it is, and whose ("Name (staff)")
    return SpanModel::tr("%1 (%2)").arg(type, termText(QStringLiteral("nameRole"), fromUtf8(span.edit.role)));
}

SpanModel::SpanModel(const ReviewSession &session, QObject *parent) : QAbstractListModel(parent), m_session(session) {}

void SpanModel::refresh()
{
    if (int(m_session.items().size()) == m_rows && m_rows > 0) {
        Q_EMIT dataChanged(index(0), index(m_rows - 1));
        return;
    }
    beginResetModel();
    m_rows = int(m_session.items().size());
    endResetModel();
}

int SpanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant SpanModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || index.row() >= int(m_session.items().size()))
        return {};
    const ReviewItem &item = m_session.items()[std::size_t(index.row())];
    const ports::ReviewSpan *span = m_session.spanOf(item);
    const ports::SamplePiece *piece = m_session.sampleOf(item);
    const StateWords words = span != nullptr ? decisionWords(span->edit.decision)
        : piece != nullptr && piece->confirmed ? StateWords{tr("Looked at"), Tone::Ok, QStringLiteral("check")}
                                               : StateWords{tr("Look here"), Tone::Info, QStringLiteral("search")};
    switch (role) {
    case Qt::DisplayRole: return oneLine(m_session.textOf(item));
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: return spoken(item);
    case TypeRole: return span != nullptr ? typeText(*span) : tr("Unmarked text");
    case StateRole: return words.text;
    case StateToneRole: return int(words.tone);
    case StateIconRole: return words.icon;
    case ReplacementRole: return span != nullptr ? oneLine(fromUtf8(span->edit.replacement)) : QString();
    case WaitsRole: return m_session.waits(item);
    default: return {};
    }
}

QString SpanModel::spoken(const ReviewItem &item) const
{
    const QString text = oneLine(m_session.textOf(item));
    if (const ports::SamplePiece *piece = m_session.sampleOf(item))
        return (piece->confirmed ? tr("Looked at, unmarked text: %1") : tr("Look here, unmarked text: %1")).arg(text);
    const ports::ReviewSpan *span = m_session.spanOf(item);
    if (span == nullptr)
        return text;
    return tr("%1, %2, %3: %4", "decision, type, confidence: text")
        .arg(decisionWords(span->edit.decision).text, typeText(*span), confidenceText(span->edit.confidence), text);
}

} // namespace amana::ui
